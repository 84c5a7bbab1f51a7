"""Words that name one case among others (在职, 退休); the list is a file that users edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

Case = tuple[str, ...]  # the names of one case
_AND_ABOVE = "[及或]?以[上下]"


def put_for_alternative(case: str, before: str) -> str | None:
    """The earlier question with the case put for the other one that it names: 退休 for 在职; None without such."""
    for cases in _choices():
        named, told = _named(case, cases), _named(before, cases)
        if named and told and _case_of(named[0], cases) != _case_of(told[0], cases):
            more = [piece for piece in case.split(named[0]) if len(piece) > 1 and piece not in before]
            return " ".join([before.replace(told[0], named[0]), *more])
    return None


def tells_of_another_case(clause: str, question: str) -> bool:
    """Whether the clause names another case of a choice than the question, and not that one: 市级 for 省级.

    县级以上 names several.
    """
    told = ((asked, {_case_of(word, cases) for word in _named(clause, cases)}) for cases, asked in _asked(question))
    return any(named and named.isdisjoint(asked) for asked, named in told)


@lru_cache(maxsize=64)  # asked of every figure that is weighed for a question
def _asked(question: str) -> tuple[tuple[Sequence[Case], frozenset[Case]], ...]:
    """The choices of which the question names a case, with the cases it names."""
    named = ((cases, frozenset(_case_of(word, cases) for word in _named(question, cases))) for cases in _choices())
    return tuple((cases, asked) for cases, asked in named if asked)


def _named(text: str, cases: Sequence[Case]) -> list[str]:
    """The names in the text; of names inside one another the longer."""
    found = []
    for name in sorted((name for case in cases for name in case), key=len, reverse=True):
        if re.search(f"{re.escape(name)}(?!{_AND_ABOVE})", text):
            found.append(name)
        text = text.replace(name, " ")
    return found


def _case_of(name: str, cases: Sequence[Case]) -> Case:
    return next(case for case in cases if name in case)


@cache
def _choices() -> tuple[tuple[Case, ...], ...]:
    lines = files("qa.retrieval").joinpath("alternatives.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(tuple(case.split("/")) for case in line.split()) for line in lines if line and line[0] != "#")
