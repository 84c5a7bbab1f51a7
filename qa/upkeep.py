"""The documents folder as its keeper changes it: a file comes, a file goes, a document is set right."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from qa.documents.corrections import SUFFIX, Corrections, corrections_file, read_corrections, write_corrections
from qa.documents.formats import LARGEST_FILE
from qa.documents.reading import find_files
from qa.errors import DocumentError, NameTakenError, NoDocumentsError, StorageError
from qa.records import DocumentCard

LONGEST_NAME = 200  # bytes; file systems take 255, and the name of the corrections is longer

_placing = Lock()


def safe_name(name: str) -> str:
    """The name under which a file that comes from elsewhere is kept: no folders, nothing hidden, nothing unseen.

    Raises DocumentError where nothing is left of it, or it is that of corrections.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(character for character in last if character.isprintable() or character.isspace())
    seen = " ".join(seen.split()).lstrip(". ")
    suffix = Path(seen).suffix if len(Path(seen).suffix) < 10 else ""
    stem = seen.removesuffix(suffix).encode()[: LONGEST_NAME - len(suffix.encode())].decode(errors="ignore")
    if not stem.strip():
        raise DocumentError(f"“{name}”不能用作文件名。请改名后再上传。")
    if seen.endswith(SUFFIX):
        raise DocumentError(f"“{seen}”是更正文件，不能上传。请在文件列表里点“更正”。")
    return stem + suffix


class Upload:
    """A file on its way into the folder; a build sees all of it or nothing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = 0

    def write(self, chunk: bytes) -> None:
        """Raises DocumentError once it is larger than any file that a build reads."""
        self._size += len(chunk)
        check_size(self._size)
        self._file.write(chunk)


def check_size(size: int) -> None:
    """Raises DocumentError for more bytes than a build reads of a file."""
    if size > LARGEST_FILE:
        raise DocumentError(f"文件超过 {LARGEST_FILE >> 20} MB 的上限，没有保存。请拆成较小的文件。")


@contextmanager
def receive_file(folder: Path, name: str, replacing: bool) -> Iterator[Upload]:
    """Takes a file in under a `safe_name`, once all of it is written and unless an error ends it.

    Raises NameTakenError where there is such a file and it is not to be replaced, StorageError where the folder cannot
    be written.
    """
    target = folder / name
    draft = folder / f".upload-{secrets.token_hex(8)}"
    with _naming(folder):
        try:
            with draft.open("xb") as file:
                yield Upload(file)
            with _placing:
                if target.exists() and not replacing:
                    raise NameTakenError(f"已有文件“{name}”，没有替换。请改名后上传，或选择替换它。")
                draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def delete_file(folder: Path, source: str) -> None:
    """Deletes a file of the folder and its corrections; a link goes, not what it leads to.

    Raises DocumentError where the folder holds no such file, StorageError where it cannot be written.
    """
    path = _held_file(folder, source)
    with _naming(folder):
        path.unlink()
        corrections_file(path).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is set right of each document of a file, and the place of one of them."""

    path: Path
    all: tuple[Corrections, ...]
    place: int

    @property
    def own(self) -> Corrections:
        return self.all[self.place]

    def save(self, own: Corrections) -> None:
        """Writes them with these for the one. Raises StorageError where the folder cannot be written."""
        with _naming(self.path.parent):
            write_corrections(self.path, [*self.all[: self.place], own, *self.all[self.place + 1 :]])


def find_corrections(folder: Path, cards: Sequence[DocumentCard], card: DocumentCard) -> Corrected:
    """What is set right of a document that stands among the cards. Raises DocumentError where it cannot be read."""
    path = _held_file(folder, card.source)
    place = [other.id for other in cards if other.source == card.source].index(card.id)
    given = read_corrections(path)
    return Corrected(path, (*given, *[Corrections()] * (place + 1 - len(given))), place)


def _held_file(folder: Path, source: str) -> Path:
    """A client names one of the files that are there, never a path."""
    with suppress(NoDocumentsError):
        for file in find_files(folder):
            if file.source == source:
                return file.path
    raise DocumentError(f"文档目录里没有文件“{source}”。请刷新网页。")


@contextmanager
def _naming(folder: Path) -> Iterator[None]:
    """Makes a StorageError that names the folder of whatever its disk refuses."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or "没有写完"
        raise StorageError(f"无法写入文档目录“{folder}”：{reason}。请检查磁盘空间和目录权限。") from error
