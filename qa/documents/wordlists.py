"""The lists that reading goes by; each is a text file beside this one that users can extend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_FROM_HERE = "from here: "
_TO_HERE = "to here: "


def _lines(name: str) -> list[str]:
    text = files("qa.documents").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def named_patterns(name: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a list whose lines are a name, ":", and a regular expression."""
    return {name: re.compile(pattern) for name, pattern in (line.split(": ", 1) for line in _lines(name))}


@cache
def furniture() -> re.Pattern[str]:
    """Matches a whole line that is page furniture."""
    return _any_of([line.removeprefix(_FROM_HERE).removeprefix(_TO_HERE) for line in _lines("furniture.txt")])


@cache
def furniture_from_here() -> re.Pattern[str]:
    """Matches a whole line below which everything is page furniture."""
    return _any_of(_after(_FROM_HERE))


@cache
def furniture_to_here() -> re.Pattern[str]:
    """Matches a whole line above which short lines are page furniture."""
    return _any_of(_after(_TO_HERE))


def _after(mark: str) -> list[str]:
    return [line.removeprefix(mark) for line in _lines("furniture.txt") if line.startswith(mark)]


@cache
def part_titles() -> re.Pattern[str]:
    """Matches a whole line that heads a part of a report without a number."""
    return _any_of(_lines("part_titles.txt"))


@cache
def rules() -> re.Pattern[str]:
    """Finds in a sentence what shows that it rules something itself and names no topic."""
    return _any_of(_lines("rules.txt"))


@cache
def duties() -> re.Pattern[str]:
    """Matches what begins a paragraph that only says who does what stands above it, or until when."""
    return re.compile(rf"[（(]?(?:{_any_of(_lines('duties.txt')).pattern})\s*[:：]")


@cache
def numbered_words() -> tuple[str, ...]:
    """The words that tasks are numbered with: the 行动 of 行动一：…."""
    return tuple(_lines("numbered_words.txt"))


@cache
def metadata_labels() -> Mapping[str, str]:
    """The field that each label fills; "-" for labels whose value is not kept."""
    fields = (line.split(":", 1) for line in _lines("labels.txt"))
    return {label: field for field, labels in fields for label in labels.split()}


@cache
def label_pattern() -> str:
    """Matches a label, also one with white space between its characters (索 引 号)."""
    labels = sorted(metadata_labels(), key=lambda label: (-len(label), label))
    return "|".join(r"\s*".join(map(re.escape, label)) for label in labels)


@cache
def document_kinds() -> tuple[str, ...]:
    return tuple(_lines("kinds.txt"))


@cache
def agency_endings() -> tuple[str, ...]:
    return tuple(sorted(_lines("agencies.txt"), key=len, reverse=True))


@cache
def central_bodies() -> tuple[str, ...]:
    """How the names of bodies begin whose documents are for the whole country."""
    return tuple(_lines("central.txt"))
