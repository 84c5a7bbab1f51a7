"""Forged files: the samples of every format, changed in the ways that find errors in readers."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "documents" / "formats" / "samples"
CONVERTED = {".doc", ".wps", ".rtf", ".xls"}  # LibreOffice takes seconds for each

_TOKENS = (b"0", b"-1", b"65535", b"2147483648", b"99999999999999999999", b"NaN", b"\x00", b"\xff\xfe", b"&e;", b"../")
_NUMBER = re.compile(rb"\d+")


def list_samples(converted: bool = False) -> list[Path]:
    """The samples, those that LibreOffice converts only where wanted."""
    return [path for path in sorted(SAMPLES.iterdir()) if converted or path.suffix not in CONVERTED]


def mutate(chance: random.Random, path: Path, others: list[Path]) -> bytes:
    """The content of a sample, changed once or several times; of a package, what is packed in it."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path) and chance.random() < 0.7:
        return _mutate_package(chance, path)
    if chance.random() < 0.1:  # the beginning of one file, the end of another
        other = chance.choice(others).read_bytes()
        return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]
    return _mutate_bytes(chance, content)


def _mutate_package(chance: random.Random, path: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as forged:
        names = package.namelist()
        hit = chance.choice(names)
        for name in names:
            content = package.read(name)
            if name == hit and chance.random() < 0.1:
                continue
            forged.writestr(name, _mutate_bytes(chance, content) if name == hit and content else content)
    return made.getvalue()


def _mutate_bytes(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if content:
            content = chance.choice(_WAYS)(chance, content)
    return content


def _flip(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def _cut(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, len(content) + 1) :]


def _repeat(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.choice((1, 10, 1000))]
    return content[:start] + piece * chance.choice((2, 20, 2000)) + content[start:]


def _insert(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(_TOKENS) + content[place:]


def _move(chance: random.Random, content: bytes) -> bytes:
    start, place = chance.randrange(len(content)), chance.randrange(len(content))
    piece = content[start : start + chance.choice((4, 100, 10_000))]
    return content[:place] + piece + content[place:]


def _other_number(chance: random.Random, content: bytes) -> bytes:
    """Lengths, offsets and object numbers stand in figures in PDF and XML; a PDF may come to point at itself."""
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    number = chance.choice(found)
    other = chance.choice((*_TOKENS[:6], chance.choice(found)[0]))
    return content[: number.start()] + other + content[number.end() :]


_WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flip, _cut, _repeat, _insert, _move, _other_number)
