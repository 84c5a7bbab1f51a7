"""Other names for what documents speak of (高企 is 高新技术企业); the list is a file that users edit."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.text.folding import fold


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that stands in a question, and the other names of the same thing, the usual one first."""

    name: str
    others: tuple[str, ...]


@cache
def alias_groups() -> tuple[tuple[str, ...], ...]:
    """All names of each thing, the usual one first."""
    lines = (line.partition("=") for line in _lines())
    return tuple((usual.strip(), *others.split()) for usual, _, others in lines)


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Each folded name with all names of its thing."""
    return {fold(name): group for group in alias_groups() for name in group}


@cache
def _names_by_start() -> Mapping[str, tuple[str, ...]]:
    """The folded names by their first character, the longest first."""
    starts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(_names(), key=lambda name: (-len(name), name)):
        starts[name[0]].append(name)
    return {start: tuple(names) for start, names in starts.items()}


def _lines() -> list[str]:
    text = files("qa.text").joinpath("aliases.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def find_aliases(text: str) -> list[Alias]:
    """The names in the text that have others, from left to right; of names inside one another the longest."""
    folded, found, position = fold(text), [], 0
    while position < len(folded):
        starting = _names_by_start().get(folded[position], ())
        name = next((name for name in starting if _stands_at(name, folded, position)), None)
        if name is None:
            position += 1
            continue
        found.append(Alias(name, tuple(other for other in _names()[name] if fold(other) != name)))
        position += len(name)
    return found


def _stands_at(name: str, text: str, position: int) -> bool:
    """Whether the name stands there whole: Latin names are not parts of longer words."""
    end = position + len(name)
    return (
        text.startswith(name, position)
        and not (name[0].isascii() and position > 0 and text[position - 1].isascii() and text[position - 1].isalnum())
        and not (name[-1].isascii() and end < len(text) and text[end].isascii() and text[end].isalpha())
    )


def alias_version() -> str:
    """Names the list."""
    return hashlib.sha256("\n".join(_lines()).encode()).hexdigest()[:12]
