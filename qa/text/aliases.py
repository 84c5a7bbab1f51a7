"""Other names for what documents speak of (高企 is 高新技术企业), and how people put it; both lists users edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from qa.text.folding import fold
from qa.text.words import word_bounds

List = Literal["aliases.txt", "everyday.txt"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that stands in a question, and the other names of the same thing, the usual one first."""

    name: str
    others: tuple[str, ...]


@cache
def alias_groups() -> tuple[tuple[str, ...], ...]:
    """All names of each thing, the usual one first."""
    lines = (line.partition("=") for line in _lines("aliases.txt"))
    return tuple((usual.strip(), *others.split()) for usual, _, others in lines)


def find_aliases(text: str) -> list[Alias]:
    """The names in the text that have others, from left to right; of names inside one another the longest."""
    return list(_find(text, "aliases.txt"))


def spell_out(text: str) -> str:
    """The text with the usual name of each thing in the place of another: 镇海地区生产总值 for 镇海GDP."""
    folded = fold(text)
    for alias in find_aliases(text):
        folded = folded.replace(alias.name, _usual_names()[alias.name], 1)
    return folded


def find_everyday(text: str) -> list[Alias]:
    """The everyday words in the text with what documents write instead, found in the same way; none inside a word.

    农民工 is no 农民, and 六大工程 are no 大工程.
    """
    return list(_find(text, "everyday.txt"))


def _find(text: str, which: List) -> Iterator[Alias]:
    folded, position = fold(text), 0
    bounds = word_bounds(folded) if which == "everyday.txt" else frozenset(range(len(folded) + 1))
    while position < len(folded):
        starting = _names_by_start(which).get(folded[position], ()) if position in bounds else ()
        standing = (name for name in starting if _stands_at(name, folded, position))
        name = next((name for name in standing if position + len(name) in bounds), None)
        if name is None:
            position += 1
            continue
        yield Alias(name, _other_names(which)[name])
        position += len(name)


def _stands_at(name: str, text: str, position: int) -> bool:
    """Whether the name stands there whole: Latin names are not parts of longer words."""
    end = position + len(name)
    return (
        text.startswith(name, position)
        and not (name[0].isascii() and position > 0 and text[position - 1].isascii() and text[position - 1].isalnum())
        and not (name[-1].isascii() and end < len(text) and text[end].isascii() and text[end].isalpha())
    )


@cache
def _other_names(which: List) -> Mapping[str, tuple[str, ...]]:
    """Each folded name with the other names of its thing."""
    if which == "everyday.txt":
        lines = (line.partition("→") for line in _lines(which))
        return {fold(said.strip()): tuple(written.split()) for said, _, written in lines}
    return {
        fold(name): tuple(other for other in group if fold(other) != fold(name))
        for group in alias_groups()
        for name in group
    }


@cache
def _usual_names() -> Mapping[str, str]:
    return {fold(name): group[0] for group in alias_groups() for name in group}


@cache
def _names_by_start(which: List) -> Mapping[str, tuple[str, ...]]:
    """The folded names by their first character, the longest first."""
    starts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(_other_names(which), key=lambda name: (-len(name), name)):
        starts[name[0]].append(name)
    return {start: tuple(names) for start, names in starts.items()}


def _lines(which: List) -> list[str]:
    text = files("qa.text").joinpath(which).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
