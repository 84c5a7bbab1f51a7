"""What a generation says of itself: how it was made, of what, and which files it consists of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.errors import IndexUnusableError
from qa.records import SkippedFile, SuspiciousFile
from qa.text.words import word_list_version

FORMAT = 4  # raise it when what is on disk changes
MANIFEST = "manifest.json"
MEND = "请运行 python -m qa build 重新建立索引。"


@dataclass(frozen=True, slots=True)
class FileSeal:
    """What a file of the generation must be like."""

    bytes: int
    sha256: str


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
    files: Mapping[str, FileSeal]  # every other file of the generation, by its path in it


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes manifest.json."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation; raises IndexUnusableError if it is missing, damaged, or of another format."""
    file = folder / MANIFEST
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
        if fields["format"] != FORMAT:
            raise IndexUnusableError(f"索引 {folder} 的格式是 {fields['format']}，本程序使用格式 {FORMAT}。{MEND}")
        fields["skipped"] = tuple(SkippedFile(**skipped) for skipped in fields["skipped"])
        fields["suspicious"] = tuple(SuspiciousFile(**suspicious) for suspicious in fields["suspicious"])
        fields["files"] = {name: FileSeal(**seal) for name, seal in fields["files"].items()}
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


def seal_files(folder: Path) -> dict[str, FileSeal]:
    """The seals of all files under the folder, by their path in it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): FileSeal(file.stat().st_size, _sha256(file)) for file in files}


def is_whole(folder: Path, manifest: Manifest, name: str) -> bool:
    """Whether the content of a file is what it was; reads all of it."""
    return _sha256(folder / name) == manifest.files[name].sha256


def changed_files(folder: Path, manifest: Manifest) -> list[str]:
    """The files whose content is not what it was; reads all of them."""
    return [name for name in manifest.files if not is_whole(folder, manifest, name)]


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
