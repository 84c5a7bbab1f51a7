"""Builds on a disk that is full at another stage of each: python -m tests.crash.full_disk FOLDER [mount].

With `mount` a small tmpfs is mounted on the folder, which wants the rights to. Without, no file may grow beyond what is
left, so that the same writes fail for another reason. Prints x for a build that failed, a dot for one that did not.
"""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import qa
from qa.errors import StorageError
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

SIZE = "64m"
ROOM = [
    0,
    8 << 10,
    100 << 10,
    1 << 20,
    8 << 20,
    24 << 20,
]  # bytes left; a generation takes 12 MB, most of it dictionary
REASONS = (OSError, RuntimeError, ValueError, sqlite3.Error)  # what libraries make of a file that may not grow


def main() -> None:
    folder, mounted = Path(sys.argv[1]), sys.argv[2:] == ["mount"]
    if mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    encoder = StubEncoder()
    with (
        patch("qa.knowledge_base.prepare_encoder", lambda model, folder: encoder),
        patch("qa.knowledge_base.open_encoder", lambda folder, identity, model: encoder),
    ):
        print("".join("x" if fails(folder, room, mounted) else "." for room in ROOM))


def fails(folder: Path, room: int, mounted: bool) -> bool:
    """Whether a build fails with so much room; the index before it answers then, and the next build goes through."""
    documents, vectors = folder / "documents", folder / "vectors"
    write_notice(documents, "粮食生产", f"粮食播种面积稳定在{room}万亩以上。")
    before = qa.rebuild(documents, vectors).generation
    write_notice(documents, "人才引进", f"引进人才{room}人。")
    failed = False
    with full_but(folder, room) if mounted else no_file_over(room):
        try:
            qa.rebuild(documents, vectors)
        except StorageError:
            failed = True
        except REASONS:
            assert not mounted
            failed = True
    described = qa.KnowledgeBase.open(vectors)
    assert (described.describe()["generation"] == before) is failed
    assert f"{room}万亩" in described.retrieve("粮食播种面积", 1)[0].text
    assert qa.rebuild(documents, vectors).documents == 2
    return failed


@contextmanager
def full_but(folder: Path, room: int) -> Iterator[None]:
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        for _ in range(max(0, shutil.disk_usage(folder).free - room) >> 12):
            file.write(bytes(1 << 12))
    yield
    ballast.unlink()


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


if __name__ == "__main__":
    main()
