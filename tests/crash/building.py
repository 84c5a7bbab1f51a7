"""Builds in processes of their own, for others to kill: python -m tests.crash.building DOCUMENTS VECTORS.

Each line of standard input starts one and is its step: with a step it kills itself before that step of those that
change folders, counted from 1; with step 0 it waits in the middle for another line; with -1 it goes on to the end. It
says `ready` and its process when the build begins, and how it ended. What takes time to load is loaded once, before.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

import qa
from qa.errors import QAError
from qa.text.words import load_dictionary
from tests.stub_encoder import StubEncoder

STEPS = ("os.mkdir", "os.rename", "os.remove", "os.rmdir")
UNITS_AT_ONCE = 8


def main() -> None:
    for library in ("faiss", "tantivy"):
        import_module(library)
    load_dictionary()
    for line in sys.stdin:
        if process := os.fork():
            code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
            print("ended", code, flush=True)
        else:
            build(Path(sys.argv[1]), Path(sys.argv[2]), int(line))
            os._exit(0)


def build(documents: Path, vectors: Path, step: int) -> None:
    encoder = Waiting() if step == 0 else StubEncoder()
    if step > 0:
        die_before(step, str(vectors))
    with (
        patch("qa.knowledge_base.prepare_encoder", lambda model, folder: encoder),
        patch("qa.index.building.ENCODED_AT_ONCE", UNITS_AT_ONCE),  # many small writes to be killed in
    ):
        print("ready", os.getpid(), flush=True)
        try:
            qa.rebuild(documents, vectors)
        except QAError as error:
            print(f"{type(error).__name__}: {error}", flush=True)


class Waiting(StubEncoder):
    """Waits with the first texts until it is told to go on."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not self.encoded:
            print("waiting", flush=True)
            sys.stdin.readline()
        return super().encode_passages(texts)


def die_before(step: int, vectors: str) -> None:
    passed = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal passed
        if event in STEPS and (str(arguments[0]).startswith(vectors) or arguments[-1] != -1):  # -1: no open folder
            passed += 1
            if passed == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


if __name__ == "__main__":
    main()
