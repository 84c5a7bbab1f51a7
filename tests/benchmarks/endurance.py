"""Whether memory stays flat: python -m tests.benchmarks.endurance --vectors DIR [--questions N]

Asks an index different questions and prints the resident memory after every tenth of them.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import qa
from tests.benchmarks.growth_probe import resident_memory

TENTHS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vectors", type=Path, required=True, help="the index to ask")
    parser.add_argument("--questions", type=int, default=100_000)
    options = parser.parse_args()
    knowledge = qa.KnowledgeBase.open(options.vectors)
    titles = [card.title for card in knowledge.documents()]
    started = time.perf_counter()
    for number in range(options.questions):
        # No two are the same: whatever is kept of a question fills as it would in years.
        knowledge.retrieve(f"{titles[number % len(titles)][:40]}第{number}条有什么要求")
        if (number + 1) % (options.questions // TENTHS) == 0:
            memory = resident_memory()["rss"] / 1e6
            print(f"{number + 1:>9,} {memory:8.1f} MB {time.perf_counter() - started:8.0f} s", flush=True)


if __name__ == "__main__":
    main()
