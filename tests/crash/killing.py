"""Builds killed at random moments; after each the index must be whole, and the next build must go through.

The long form: python -m tests.crash.killing --times 200
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import qa
from qa.index.generation import open_generation
from qa.index.integrity import broken_files
from qa.index.publishing import live_folder
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

QUESTION, FACT = "2024年新增高新技术企业多少家", "2024年新增高新技术企业110家。"
NOTICES = 12


class Builder:
    """Starts builds of a trial, one after another, each in a process of its own."""

    def __init__(self, documents: Path, vectors: Path) -> None:
        command = [sys.executable, "-m", "tests.crash.building", str(documents), str(vectors)]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def start(self, step: int = -1) -> int:
        """Starts a build and gives its process at the moment when it begins."""
        self.tell(str(step))
        ready, process = self.hear().split()
        assert ready == "ready"
        return int(process)

    def tell(self, line: str) -> None:
        assert self._server.stdin is not None
        print(line, file=self._server.stdin, flush=True)

    def hear(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().rstrip()

    def end(self) -> tuple[int, str]:
        """Waits for the build's end; gives its exit code (-9 where it was killed) and what it said of an error."""
        said = ""
        while not (line := self.hear()).startswith("ended "):
            said += line
        return int(line.removeprefix("ended ")), said

    def close(self) -> None:
        self._server.communicate()


class Trial:
    """A documents folder, its index, and somebody who goes on asking it all the time."""

    def __init__(self, folder: Path) -> None:
        self.documents, self.vectors = folder / "documents", folder / "vectors"
        self.asked = 0
        self.lost: list[str] = []  # questions without their answer
        self.builder = Builder(self.documents, self.vectors)
        self._written = 0
        self._ended = threading.Event()

    def write_next(self) -> None:
        """Something for a build to do: a document more, and one that has changed."""
        self._written += 1
        write_notice(self.documents, f"第{self._written}号工作", f"今年完成第{self._written}项任务{self._written}个。")
        write_notice(self.documents, "粮食生产", f"粮食播种面积稳定在{self._written}万亩以上。")

    def build_whole(self) -> None:
        """The next build goes through, holds every document, and leaves nothing lying about."""
        report = qa.rebuild(self.documents, self.vectors)
        files = [path.name for path in self.documents.iterdir()]
        assert report.documents == len(files)
        assert not report.skipped
        kept = [path.name for path in self.vectors.iterdir() if not path.name.startswith("2")]
        assert sorted(kept) == [".lock", "current", "embeddings"]

    def check_whole(self) -> str:
        """The live generation is complete to the last bit, and answers."""
        index = open_generation(self.vectors)
        folder = live_folder(self.vectors)
        assert broken_files(folder, index.manifest.files) == []
        assert {card.source for card in index.store.cards()} == set(index.manifest.sources)
        assert qa.KnowledgeBase.open(self.vectors).retrieve(QUESTION, 1)[0].text.endswith(FACT)
        index.close()
        return index.manifest.generation

    @contextmanager
    def somebody_asks(self) -> Iterator[None]:
        knowledge = qa.KnowledgeBase.open(self.vectors)

        def ask() -> None:
            while not self._ended.wait(0.05):
                self.asked += 1
                try:
                    found = knowledge.retrieve(QUESTION, 1)
                    if not found or not found[0].text.endswith(FACT):
                        self.lost.append(f"found {found}")
                except Exception as error:  # noqa: BLE001  whatever it is, it is an answer that was not given
                    self.lost.append(repr(error))

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            yield
        finally:
            self._ended.set()
            asking.join()


@contextmanager
def begin_trial(folder: Path) -> Iterator[Trial]:
    """A trial with its first index built; somebody asks until it ends."""
    encoder = StubEncoder()
    with (
        patch("qa.knowledge_base.prepare_encoder", lambda model, folder: encoder),
        patch("qa.knowledge_base.open_encoder", lambda folder, identity, model: encoder),
        patch("qa.knowledge_base.LOOK_EVERY", 0.02),
    ):
        trial = Trial(folder)
        write_notice(trial.documents, "科技计划", FACT)
        for _ in range(NOTICES):
            trial.write_next()
        trial.build_whole()
        with closing(trial.builder), trial.somebody_asks():
            yield trial


def kill_builds(trial: Trial, times: int, seed: int) -> Counter[str]:
    """Kills that many builds at random moments and gives how it ended how often; fails where a promise is broken."""
    chance = random.Random(seed)
    ends: Counter[str] = Counter()
    trial.write_next()
    trial.builder.start()
    began = time.monotonic()
    assert trial.builder.end() == (0, "")
    duration = time.monotonic() - began
    while ends.total() < times:
        before = trial.check_whole()
        trial.write_next()
        process = trial.builder.start()
        time.sleep(chance.uniform(0, duration))
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        code, said = trial.builder.end()
        assert said == ""
        if code == 0:
            continue  # it was quicker; this one does not count
        ends["the one before" if trial.check_whole() == before else "the new one"] += 1
        trial.build_whole()
    trial.check_whole()
    return ends


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, begin_trial(Path(folder)) as trial:
        ends = kill_builds(trial, given.times, given.seed)
    listed = "，".join(f"{end} {count}" for end, count in sorted(ends.items()))
    print(f"{ends.total()} builds killed, 0 damaged indexes; live afterwards: {listed}")
    print(f"{trial.asked} questions asked meanwhile, {len(trial.lost)} lost")
    sys.exit(bool(trial.lost))


if __name__ == "__main__":
    main()
