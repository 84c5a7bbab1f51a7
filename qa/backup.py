"""What cannot be made again in one file: the documents, their corrections, and the feedback of those who asked."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from qa.errors import BackupError
from qa.feedback import FEEDBACK
from qa.index.integrity import FileSeal, flush, seal_file
from qa.settings import read_settings

_FORMAT = 1
_CONTENTS = "contents.json"  # the last member: the seals of all others
_DOCUMENTS = "documents/"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds, by the names in it; `left_out` are links, and what is no file."""

    file: Path
    documents: int  # corrections are counted with them
    feedback: bool
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was put back, and of it what replaced something else; `kept` were there already."""

    restored: tuple[str, ...]
    replaced: tuple[str, ...]
    kept: int


def back_up(file: Path, documents: str | Path | None = None, vectors: str | Path | None = None) -> BackupReport:
    """Writes a .tar.gz with all files below the documents folder, but hidden ones, and the feedback; reads it again.

    Raises BackupError where the file is there already or of another kind, or there is nothing to put in.
    """
    settings = read_settings(documents=documents, vectors=vectors)
    if not file.name.endswith(".tar.gz"):
        raise BackupError(f"备份文件“{file}”的名字应以 .tar.gz 结尾。")
    if file.exists():
        raise BackupError(f"备份文件“{file}”已存在，没有覆盖。请换一个名字。")
    found, left_out = _list_documents(settings.documents)
    if not found:
        raise BackupError(f"文档目录“{settings.documents}”里没有文件可备份。请检查 QA_DOCUMENTS。")
    with _saying_what_fails(file), tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as scratch:
        members = {_DOCUMENTS + name: path for name, path in found.items()}
        if (settings.vectors / FEEDBACK).is_file():
            members[FEEDBACK] = Path(scratch, FEEDBACK)
            _copy_database(settings.vectors / FEEDBACK, members[FEEDBACK])
        draft = Path(scratch, "backup.tar.gz")
        _write(draft, members)
        try:
            with _open_checked(draft):
                pass
        except BackupError as error:
            raise BackupError("备份没有通过核对，可能有文件正在改变。请稍后再试。") from error
        flush(draft)
        draft.rename(file)
        flush(file.parent)
    return BackupReport(file, len(found), FEEDBACK in members, tuple(left_out))


def restore(
    file: Path, documents: str | Path | None = None, vectors: str | Path | None = None, overwrite: bool = False
) -> RestoreReport:
    """Puts back what a backup holds, once all of it is found whole; files that it does not hold stay as they are.

    Raises BackupError where the backup is damaged, and, unless `overwrite`, where a file is there with another
    content; nothing is changed then.
    """
    settings = read_settings(documents=documents, vectors=vectors)
    with _saying_what_fails(file), _open_checked(file) as (archive, seals):
        places = {name: _place(name, settings.documents, settings.vectors) for name in seals}
        there = {name for name, place in places.items() if os.path.lexists(place)}
        same = {name for name in there if places[name].is_file() and _seal_now(name, places[name]) == seals[name]}
        differing = sorted(there - same)
        if differing and not overwrite:
            listed = "、".join(str(places[name]) for name in differing[:10]) + ("……" if len(differing) > 10 else "")
            raise BackupError(f"{len(differing)} 个文件已存在且内容不同，没有覆盖：{listed}。要覆盖请加 --overwrite。")
        for name in seals:  # in the order of the archive: going back in it means reading it anew
            if name not in same:
                _put_back(archive, name, places[name])
    return RestoreReport(tuple(sorted(seals.keys() - same)), tuple(differing), len(same))


def _seal_now(name: str, place: Path) -> FileSeal:
    """The seal of a file as a backup made now would have it."""
    if name != FEEDBACK:
        return seal_file(place)
    with tempfile.TemporaryDirectory() as scratch:
        _copy_database(place, Path(scratch, FEEDBACK))
        return seal_file(Path(scratch, FEEDBACK))


def _list_documents(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """The files below the folder by their path in it, and the paths of what is left out."""
    found: dict[str, Path] = {}
    left_out: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for path in (Path(parent, name) for name in (*links, *names) if not name.startswith(".")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                found[name] = path
            else:
                left_out.append(name)
    return dict(sorted(found.items())), sorted(left_out)


def _write(file: Path, members: Mapping[str, Path]) -> None:
    seals = {name: seal_file(path) for name, path in members.items()}
    contents = {"format": _FORMAT, "files": {name: asdict(seal) for name, seal in seals.items()}}
    with tarfile.open(file, "w:gz", format=tarfile.PAX_FORMAT, dereference=True) as archive:
        for name, path in members.items():
            archive.add(path, name, recursive=False)
        listed = json.dumps(contents).encode()
        member = tarfile.TarInfo(_CONTENTS)
        member.size = len(listed)
        archive.addfile(member, io.BytesIO(listed))


@contextmanager
def _open_checked(file: Path) -> Iterator[tuple[tarfile.TarFile, dict[str, FileSeal]]]:
    """A backup with what it holds, all of it read and found to be as it was written. Raises BackupError."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            members = {member.name: member for member in archive.getmembers()}
            contents = json.loads(_stream(archive, _CONTENTS).read())
            if contents["format"] != _FORMAT:
                raise BackupError(f"备份“{file}”的格式是 {contents['format']}，本程序使用格式 {_FORMAT}。")
            seals = {name: FileSeal(**seal) for name, seal in contents["files"].items()}
            if members.keys() != seals.keys() | {_CONTENTS} or not all(member.isreg() for member in members.values()):
                raise BackupError(f"备份“{file}”里的文件与其清单不符，没有恢复任何文件。")
            for name, seal in seals.items():
                if hashlib.file_digest(_stream(archive, name), "sha256").hexdigest() != seal.sha256:
                    raise BackupError(f"备份“{file}”里的“{name}”已损坏，没有恢复任何文件。请换一份备份。")
            yield archive, seals
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"备份“{file}”不完整或已损坏（{error}），没有恢复任何文件。请换一份备份。") from error


def _place(name: str, documents: Path, vectors: Path) -> Path:
    """Where a member belongs; raises BackupError for a name that leads anywhere else."""
    if name == FEEDBACK:
        return vectors / FEEDBACK
    path = PurePosixPath(name.removeprefix(_DOCUMENTS))
    hidden = any(part.startswith(".") for part in path.parts)
    place = documents / path
    inside = place.parent.resolve().is_relative_to(documents.resolve())
    if not name.startswith(_DOCUMENTS) or path.is_absolute() or hidden or "\0" in name or not path.name or not inside:
        raise BackupError(f"备份里有不该有的文件名“{name}”，没有恢复任何文件。")
    return place


def _stream(archive: tarfile.TarFile, name: str) -> io.BufferedReader:
    stream = archive.extractfile(name)
    if not isinstance(stream, io.BufferedReader):
        raise ValueError(name)
    return stream


def _put_back(archive: tarfile.TarFile, name: str, place: Path) -> None:
    """Writes a member beside its place and gives it its name; nothing of the archive but the content is taken over."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".restoring-{place.name}"[:200])
    with draft.open("wb") as written:
        shutil.copyfileobj(_stream(archive, name), written)
    flush(draft)
    if name == FEEDBACK and place.is_file():
        _copy_database(draft, place)  # somebody may have it open
        draft.unlink()
    else:
        draft.replace(place)
    flush(place.parent)


def _copy_database(file: Path, target: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


@contextmanager
def _saying_what_fails(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        named = f"“{error.filename}”" if error.filename else ""
        raise BackupError(
            f"备份文件“{file}”：无法读写{named}：{error.strerror or error}。请检查磁盘和权限。"
        ) from error
    except sqlite3.Error as error:
        raise BackupError(f"反馈数据库 {FEEDBACK} 无法读写：{error}。请运行 python -m qa doctor 检查。") from error
