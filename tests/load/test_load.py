"""The short form of the load test: a few people, under a minute, one rebuild."""

from __future__ import annotations

from pathlib import Path

from qa.records import BuildReport
from tests.load.run import run
from tests.load.versions import DEPARTMENTS, find_versions, write_version

SECONDS = 45  # a build has to end in them, on a machine that asks meanwhile


def test_people_ask_while_the_documents_change(seed_index: tuple[Path, BuildReport]) -> None:
    outcome = run(people=10, seconds=SECONDS, vectors=seed_index[0], builds=1)
    assert outcome.problems(SECONDS, builds=1) == []
    for what in ("page asks, until the reply", "program asks", "keeper uploads"):
        assert int(outcome.lines[what]["Request Count"]) > 0
    assert outcome.memory


def test_a_mixture_would_be_seen() -> None:
    both = write_version(DEPARTMENTS[0], 1) + write_version(DEPARTMENTS[1], 2)
    assert find_versions(both) == {1, 2}
