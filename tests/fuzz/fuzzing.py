"""Forged files given to the readers; every one must be read or refused, in time and within the memory.

The long form: python -m tests.fuzz.fuzzing --times 20000. What goes wrong is kept in --keep for a closer look.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from qa.documents.passages import split_passages
from qa.documents.reading import SourceFile
from qa.documents.reading_process import reading_process
from qa.errors import DocumentError, ReadingStoppedError
from tests.fuzz.mutation import list_samples, mutate

SECONDS = 120  # of the clock: most of them take one, but the machine may be busy
READ, REFUSED, STOPPED = "read", "refused", "stopped"


def fuzz(times: int, seed: int, keep: Path, converted: bool = False) -> tuple[Counter[str], list[str]]:
    """How it ended how often, and why reading was stopped where it was."""
    chance = random.Random(seed)
    samples = list_samples(converted)
    ends: Counter[str] = Counter()
    reasons: list[str] = []
    with reading_process(SECONDS) as read, tempfile.TemporaryDirectory() as folder:
        for number in range(times):
            sample = chance.choice(samples)
            path = Path(folder, f"a{sample.suffix}")
            path.write_bytes(mutate(chance, sample, samples))
            try:
                for document in read(SourceFile(path.name, path)).documents:
                    passages = split_passages(document)
                    assert all(document.text[p.start : p.end] == p.text for p in passages)
                    assert "".join(document.text[b.start : b.end] for b in document.blocks) == document.text
                ends[READ] += 1
            except ReadingStoppedError as error:
                ends[STOPPED] += 1
                reasons.append(f"{seed}-{number}{sample.suffix}: {error}")
                (keep / f"{seed}-{number}{sample.suffix}").write_bytes(path.read_bytes())
            except DocumentError as error:
                assert str(error)
                ends[REFUSED] += 1
    return ends, reasons


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--converted", action="store_true", help="also the formats that LibreOffice converts")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "qa-fuzz"))
    given = parser.parse_args()
    given.keep.mkdir(parents=True, exist_ok=True)
    ends, reasons = fuzz(given.times, given.seed, given.keep, given.converted)
    print(*reasons, sep="\n")
    print(f"{ends.total()} files: {ends[READ]} read, {ends[REFUSED]} refused, {ends[STOPPED]} stopped")
    sys.exit(bool(reasons))


if __name__ == "__main__":
    main()
