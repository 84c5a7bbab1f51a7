"""Files that must be found as they were left: checksums, and writing that outlives a power cut."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SEAL = "seal"  # the key of a sealed file's own checksum


@dataclass(frozen=True, slots=True)
class FileSeal:
    """What a file must be like."""

    bytes: int
    sha256: str


def seal_file(file: Path) -> FileSeal:
    """The seal of a file as it is now; reads all of it."""
    with file.open("rb") as stream:
        return FileSeal(file.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())


def seal_files(folder: Path) -> dict[str, FileSeal]:
    """The seals of all files under the folder, by their path in it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): seal_file(file) for file in files}


def broken_files(folder: Path, seals: Mapping[str, FileSeal]) -> list[str]:
    """Those of the files that are missing or not what they were; reads all of them."""
    return [
        name for name, seal in seals.items() if not ((folder / name).is_file() and seal_file(folder / name) == seal)
    ]


def write_sealed(file: Path, fields: Mapping[str, Any]) -> None:
    """Writes a JSON file that carries its own checksum."""
    file.write_text(_sealed(fields), encoding="utf-8")


def read_sealed(file: Path) -> dict[str, Any]:
    """The fields of a JSON file of `write_sealed`. Raises ValueError where any bit of it has changed, and OSError."""
    text = file.read_bytes().decode("utf-8")
    fields = json.loads(text)
    if not isinstance(fields, dict) or _SEAL not in fields:
        raise ValueError("没有校验和")
    del fields[_SEAL]
    if _sealed(fields) != text:
        raise ValueError("与校验和不符")
    return fields


def flush_tree(folder: Path) -> None:
    """Has everything under the folder on the disk, names and contents, before it returns."""
    for path in [*folder.rglob("*"), folder]:
        flush(path)


def flush(path: Path) -> None:
    """Has a file's content, or the names in a folder, on the disk before it returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sealed(fields: Mapping[str, Any]) -> str:
    body = json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True)
    seal = hashlib.sha256(body.encode()).hexdigest()
    return json.dumps({**fields, _SEAL: seal}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
