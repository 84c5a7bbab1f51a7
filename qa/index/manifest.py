"""What a generation says of itself: how it was made, of what, and which files it consists of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qa.errors import IndexUnusableError
from qa.index.integrity import FileSeal, read_sealed, write_sealed
from qa.index.probing import Probing
from qa.records import SkippedFile, SuspiciousFile
from qa.text.words import word_list_version

FORMAT = 10  # raise it when what is on disk changes
MANIFEST = "manifest.json"
MEND = "请运行 python -m qa build 重新建立索引。"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of manifest.json."""

    format: int
    generation: str
    created: str  # ISO 8601, UTC
    encoder: str
    encoder_note: str | None  # why the encoder is not compiled
    dimension: int
    word_list: str
    reading: str  # how the documents were read; another way of reading calls for a build, not for refusal
    sources: Mapping[str, str]  # SHA-256 of each file of the documents folder
    skipped: tuple[SkippedFile, ...]
    suspicious: tuple[SuspiciousFile, ...]
    dropped: Mapping[str, int]  # characters left out, by source, of files where there were any
    documents: int
    passages: int
    units: int
    probing: Probing | None  # how the vectors are searched; None where a question is compared with all of them
    fit: Mapping[str, Any]  # of the probability that a hit answers, and the encoder it holds for; see qa.answers
    files: Mapping[str, FileSeal]  # every other file of the generation, by its path in it


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes manifest.json, which carries its own checksum."""
    write_sealed(folder / MANIFEST, asdict(manifest))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexUnusableError if it is missing, damaged, or of another format."""
    file = folder / MANIFEST
    try:
        if (written := json.loads(file.read_bytes())["format"]) != FORMAT:  # another one may be sealed in another way
            raise IndexUnusableError(f"索引的清单 {file} 的格式是 {written}，本程序使用格式 {FORMAT}。{MEND}")
        fields = read_sealed(file)
        fields["skipped"] = tuple(SkippedFile(**skipped) for skipped in fields["skipped"])
        fields["suspicious"] = tuple(SuspiciousFile(**suspicious) for suspicious in fields["suspicious"])
        fields["files"] = {name: FileSeal(**seal) for name, seal in fields["files"].items()}
        fields["probing"] = Probing(**fields["probing"]) if fields["probing"] else None
        return Manifest(**fields)
    except FileNotFoundError as error:
        raise IndexUnusableError(f"索引缺少文件 {file}。{MEND}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusableError(f"索引的清单 {file} 已损坏。{MEND}") from error


def check_manifest(folder: Path, manifest: Manifest) -> None:
    """Raises IndexUnusableError if words are cut otherwise now, or if a file is missing or has another size."""
    if manifest.word_list != word_list_version():
        raise IndexUnusableError(
            f"索引 {folder} 按词表 {manifest.word_list} 建立，现在的词表是 {word_list_version()}。{MEND}"
        )
    for name, seal in manifest.files.items():
        file = folder / name
        if not file.is_file():
            raise IndexUnusableError(f"索引缺少文件 {file}。{MEND}")
        if (size := file.stat().st_size) != seal.bytes:
            raise IndexUnusableError(f"索引文件 {file} 已损坏：应有 {seal.bytes} 字节，实有 {size} 字节。{MEND}")
