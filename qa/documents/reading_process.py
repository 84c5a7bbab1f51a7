"""Files read in a process of its own, which ends where one of them takes too long or too much memory.

Whatever a file holds, reading it must come to an end and must not take the build with it. The readers of other people's
formats are C libraries fed with what may be forged, and nobody can prove of the rules for layout that they are quick on
every text; so all reading is done there, that of plain text too. What crosses over are lines of JSON, in which nothing
can be hidden that is run here.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.documents.reading import FileReading, SourceFile
from qa.errors import DocumentError, ReadingStoppedError
from qa.plain import from_json

FILE_SECONDS = 300  # a scan of a hundred pages takes OCR about that long on two cores, LibreOffice stops itself at 120
FILE_MEMORY = 2 << 30  # bytes; OCR takes half of it, and a machine with 4 GB must go on answering

OUT_OF_MEMORY = 12  # exit code

Reader = Callable[[SourceFile], FileReading]


@contextmanager
def reading_process(seconds: int = FILE_SECONDS, memory: int = FILE_MEMORY) -> Iterator[Reader]:
    """Gives `read_file` as done in a process of its own, which starts with the first file and ends with the block.

    It raises ReadingStoppedError where reading a file takes more than `seconds` or `memory` (bytes), or kills the
    process; the next file finds a new one. DocumentError is raised as by `read_file`.
    """
    worker = _Worker(seconds, memory)
    try:
        yield worker.read
    finally:
        worker.end()


class _Worker:
    """The process, started when there is none."""

    def __init__(self, seconds: int, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[str] | None = None

    def read(self, file: SourceFile) -> FileReading:
        if file.problem:
            raise DocumentError(file.problem)
        fresh = self._process is None
        reply = self._ask(file)
        if not reply and not fresh and self._end_code() != -signal.SIGALRM:
            reply = self._ask(file)  # what files before it left behind may have been the reason
        if not reply:
            raise ReadingStoppedError(self._say_why(self._end_code()))
        kind, _, content = reply.partition(" ")
        if kind == "error":
            raise DocumentError(json.loads(content))
        return from_json(FileReading, content)

    def end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, file: SourceFile) -> str:
        """The reply; empty where the process died."""
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = self._start()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            print(json.dumps([file.source, str(file.path)]), file=self._process.stdin, flush=True)
        except BrokenPipeError:
            return ""
        return self._process.stdout.readline()

    def _start(self) -> subprocess.Popen[str]:
        here = str(Path(__file__).parents[2])  # where this `qa` is, whichever others there are
        paths = filter(None, [here, os.environ.get("PYTHONPATH")])
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "qa.documents.reading_worker", str(self._seconds), str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="ascii",
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )

    def _end_code(self) -> int:
        assert self._process is not None
        return self._process.wait()

    def _say_why(self, code: int) -> str:
        if code == -signal.SIGALRM:
            return f"读取超时：超过 {self._seconds} 秒，已停止。请拆成较小的文件，或另存为其他格式。"
        if code == OUT_OF_MEMORY:
            return f"读取所需的内存超过 {self._memory >> 20} MB 的上限，已停止。请拆成较小的文件，或另存为其他格式。"
        end = signal.Signals(-code).name if code < 0 else f"代码 {code}"
        return f"读取程序意外终止（{end}），文件可能已损坏。请另存为其他格式后放入。"
