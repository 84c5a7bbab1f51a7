"""The folder of generations: one is built at a time, out of sight, and goes live in one step."""

from __future__ import annotations

import fcntl
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from qa.errors import BuildRunningError, IndexMissingError, IndexUnusableError, StorageError
from qa.index.integrity import flush, flush_tree
from qa.index.manifest import MEND

CURRENT = "current"
_BUILDING = ".building-"
_GENERATION = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")


def live_folder(vectors: Path) -> Path:
    """The folder of the live generation; raises IndexMissingError if there is none."""
    try:
        name = (vectors / CURRENT).read_bytes().decode("ascii", "replace").removesuffix("\n")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(f"{vectors} 中还没有索引。请运行 python -m qa build 建立索引。") from error
    if not _GENERATION.fullmatch(name):
        raise IndexUnusableError(f"{vectors / CURRENT} 已损坏，没有写明可用的索引。{MEND}")
    if not (vectors / name).is_dir():
        raise IndexUnusableError(f"索引缺少文件夹 {vectors / name}。{MEND}")
    return vectors / name


@contextmanager
def one_build(vectors: Path) -> Iterator[None]:
    """Lets one build at a time work in the folder; raises BuildRunningError while another one does.

    What builds that died left behind is removed first.
    """
    vectors.mkdir(parents=True, exist_ok=True)
    with (vectors / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRunningError(f"另一个程序正在 {vectors} 中建立索引。请等它结束后再试。") from error
        for leftover in vectors.glob(f"{_BUILDING}*"):
            shutil.rmtree(leftover)
        yield


def new_generation(vectors: Path) -> Path:
    """An empty folder to build in; it becomes a generation by `publish` and no other way."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    folder = vectors / f"{_BUILDING}{name}"
    folder.mkdir(parents=True)
    return folder


def generation_name(folder: Path) -> str:
    """The name that a folder of `new_generation` will have as a generation."""
    return folder.name.removeprefix(_BUILDING)


def publish(folder: Path) -> None:
    """Makes a folder of `new_generation` the live generation; all but it and the one before it are removed."""
    vectors, name = folder.parent, generation_name(folder)
    try:
        previous = live_folder(vectors).name
    except (IndexMissingError, IndexUnusableError):
        previous = name
    flush_tree(folder)
    folder.rename(vectors / name)
    draft = vectors / f".{CURRENT}"
    draft.write_text(f"{name}\n", encoding="utf-8")
    flush(draft)
    flush(vectors)  # the folder must have its name before `current` gives it
    draft.replace(vectors / CURRENT)
    flush(vectors)
    for old in vectors.iterdir():
        if _GENERATION.fullmatch(old.name) and old.name not in (name, previous):
            shutil.rmtree(old)


@contextmanager
def naming_folder(folder: Path) -> Iterator[None]:
    """Makes a StorageError that names the folder of whatever its disk refuses."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = str(error) if isinstance(error, sqlite3.Error) else error.strerror or "没有写完"
        raise StorageError(f"无法写入索引目录“{folder}”：{reason}。请检查磁盘空间和目录权限。") from error
    except (RuntimeError, ValueError) as error:  # FAISS and tantivy say so in words
        if "No space left" not in str(error):
            raise
        raise StorageError(f"索引目录“{folder}”所在的磁盘已满。请腾出空间后再试。") from error
