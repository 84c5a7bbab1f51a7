"""Reading in a process of its own gives what reading gives, and survives whatever a file does to it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.documents.reading import SourceFile, read_file
from qa.documents.reading_process import Reader, reading_process
from qa.errors import DocumentError, ReadingStoppedError

SAMPLES = Path(__file__).parent / "formats" / "samples"
SEEDS = Path(__file__).parents[2] / "seeds"

# Stands in for files that find an error in a library: what a file is called is what happens.
MISHAPS = """
import os, time
import qa.documents.reading as reading

def read_file(file, read_file=reading.read_file):
    match file.source:
        case "slow":
            while True:
                pass
        case "sleeping":
            time.sleep(1000)
        case "large":
            held = [bytes(1 << 20) for _ in range(1 << 20)]
        case "crashing":
            os.abort()
        case "raising":
            raise ZeroDivisionError
        case "printing":
            print("a line on standard output")
            os.write(1, b"another\\n")
        case "leaving":
            global left
            left = bytes(300 << 20)
    return read_file(file)

reading.read_file = read_file
"""


def outcome(read: Reader, path: Path) -> object:
    try:
        return read(SourceFile(path.name, path))
    except DocumentError as error:
        return str(error)


def test_every_sample_is_read_as_it_is_in_this_process() -> None:
    like_others = {"notice.wps", "notice.rtf", "indicators.xls"}  # LibreOffice converts them as it does notice.doc
    samples = (path for path in sorted(SAMPLES.iterdir()) if path.name not in like_others)
    with reading_process() as read:
        for path in [*samples, *sorted(SEEDS.iterdir())]:
            assert outcome(read, path) == outcome(read_file, path), path


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    (tmp_path / "sitecustomize.py").write_text(MISHAPS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with reading_process(seconds=3, memory=500 << 20) as read:
        yield read


def read_called(read: Reader, name: str) -> str:
    (document,) = read(SourceFile(name, SAMPLES / "notice.docx")).documents
    return document.card.title


def stopped(read: Reader, name: str) -> str:
    with pytest.raises(ReadingStoppedError) as caught:
        read_called(read, name)
    return str(caught.value)


@pytest.mark.parametrize("name", ["slow", "sleeping"])
def test_a_file_that_takes_too_long_is_named_and_the_next_is_read(read: Reader, name: str) -> None:
    assert "超时：超过 3 秒" in stopped(read, name)
    assert "科技工作要点" in read_called(read, "next")


def test_a_file_that_takes_too_much_memory(read: Reader) -> None:
    assert "内存超过 500 MB 的上限" in stopped(read, "large")
    assert "科技工作要点" in read_called(read, "next")


@pytest.mark.parametrize(("name", "end"), [("crashing", "SIGABRT"), ("raising", "代码 1")])
def test_a_file_that_kills_its_reader(read: Reader, name: str, end: str) -> None:
    assert read_called(read, "before")
    assert f"读取程序意外终止（{end}）" in stopped(read, name)
    assert "科技工作要点" in read_called(read, "next")


def test_what_files_before_left_behind_is_no_reason_to_refuse_one(read: Reader) -> None:
    assert read_called(read, "leaving")
    assert read_called(read, "leaving")  # both together are over the limit


def test_what_a_library_prints_is_no_reply(read: Reader) -> None:
    assert "科技工作要点" in read_called(read, "printing")


def test_the_process_ends_with_the_block() -> None:
    with reading_process() as read:
        read(SourceFile("a", SAMPLES / "notice.docx"))
        assert workers() == 1
    assert workers() == 0


def workers() -> int:
    listed = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True)
    return listed.stdout.count("qa.documents.reading_worker")
