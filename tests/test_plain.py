from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qa.plain import from_json, to_json


@dataclass(frozen=True)
class Inner:
    name: str
    day: date | None = None


@dataclass(frozen=True)
class Outer:
    inner: Inner
    many: tuple[Inner, ...]
    pair: tuple[int, date]
    share: float = 0.5
    rename: tuple[str, str] | None = None


def test_records_come_back_as_they_were() -> None:
    outer = Outer(
        Inner("甲\ud800\n", date(2024, 2, 29)), (Inner("乙"), Inner("")), (1, date(2025, 1, 1)), rename=("a", "b")
    )
    text = to_json(outer)
    assert text.isascii()
    assert "\n" not in text
    assert from_json(Outer, text) == outer
    bare = Outer(Inner(""), (), (0, date.min))
    assert from_json(Outer, to_json(bare)) == bare
