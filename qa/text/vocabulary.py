"""The words that the held documents use, found by how they sound: what a mistyped word may have been meant for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 7  # characters of a term; seven syllables of 9 bits fit one key
_BITS = 9
_MOST_TERMS = 200_000  # the most frequent ones of a large collection
_FIRST, _LAST = 0x4E00, 0x9FFF  # the characters whose readings are kept
_TERM = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]{{{SHORTEST},{LONGEST}}}")
_LATIN = re.compile(r"[a-z]{2,20}")


@dataclass(slots=True)
class Wording:
    """What a collection is worded with; it fills while the passages are indexed."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: set[str] = field(default_factory=set)  # of neighbouring characters

    def add(self, words: Iterable[str], pairs: Iterable[str]) -> None:
        self.words.update(words)
        self.pairs.update(pairs)


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A word of the documents; `name` where it names a place, or a thing that the list of aliases knows."""

    name: bool
    count: int
    text: str


def write_vocabulary(file: Path, wording: Wording, named: Iterable[Sequence[str]]) -> None:
    """Writes an .npz file of the words, with the names of those things (each a group of names) the wording holds."""
    from pypinyin import Style, lazy_pinyin

    def spoken(text: str) -> list[str]:
        return lazy_pinyin(text, style=Style.NORMAL, v_to_u=False)

    names = {name for group in named if any(_pairs(name) <= wording.pairs for name in group) for name in group}
    frequent = [word for word, count in wording.words.most_common(_MOST_TERMS) if count > 1]
    terms = sorted(term for term in names.union(frequent) if _TERM.fullmatch(term))
    alone = [spoken(chr(code))[0] for code in range(_FIRST, _LAST + 1)]
    syllables = sorted({syllable for syllable in alone if syllable.isascii()})
    number = {syllable: place for place, syllable in enumerate(syllables, start=1)}
    rows = set()
    for term in terms:  # 重庆 is chong qing as a word, zhong qing as its characters are read alone
        for reading in (spoken(term), [alone[ord(character) - _FIRST] for character in term]):
            rows.add((_key([number.get(syllable, 0) for syllable in reading]), term))
    held = [term for _, term in sorted(rows)]
    np.savez(
        file,
        syllables=np.array(syllables),
        readings=np.array([number.get(syllable, 0) for syllable in alone], dtype=np.uint16),
        keys=np.array(sorted(key for key, _ in rows), dtype=np.uint64),
        terms=np.array(held, dtype=f"U{LONGEST}"),
        counts=np.array([wording.words[term] for term in held], dtype=np.uint32),
        names=np.array([term in names for term in held], dtype=bool),
        pairs=np.array(sorted(_pair_key(pair) for pair in wording.pairs if len(pair) == 2), dtype=np.uint64),
        latin=np.array(sorted(word for word in wording.words if _LATIN.fullmatch(word)), dtype="U20"),
    )


class Vocabulary:
    """The words of a generation's documents."""

    def __init__(self, file: Path) -> None:
        """Reads what `write_vocabulary` wrote. Raises OSError, ValueError or KeyError where it is no such file."""
        with np.load(file, allow_pickle=False) as arrays:
            self._keys, self._terms = arrays["keys"], arrays["terms"]
            self._counts, self._names = arrays["counts"], arrays["names"]
            self._pairs, self._latin = arrays["pairs"], arrays["latin"]
            self._readings: list[int] = arrays["readings"].tolist()
            self.syllables = {syllable: place for place, syllable in enumerate(arrays["syllables"].tolist(), start=1)}

    def reading(self, character: str) -> int:
        """The number of the character's usual syllable, without its tone; 0 where it has none."""
        place = ord(character) - _FIRST
        return self._readings[place] if 0 <= place < len(self._readings) else 0

    def holds_pairs(self, text: str) -> NDArray[np.bool_]:
        """Of each two neighbouring characters whether they stand side by side in any document: (len(text) - 1,)."""
        return _held(self._pairs, np.array([_pair_key(a + b) for a, b in pairwise(text)], dtype=np.uint64))

    def holds_latin(self, word: str) -> bool:
        """Whether a lower-case Latin word stands in any document."""
        return bool(_held(self._latin, np.array([word[:20]]))[0])

    def sounding_like(self, readings: Sequence[Sequence[int]]) -> list[list[Term]]:
        """For each run of syllable numbers the terms read so, the likeliest first: names, then the frequent ones."""
        wanted = np.array([_key(reading) for reading in readings], dtype=np.uint64)
        first, last = (np.searchsorted(self._keys, wanted, side=side).tolist() for side in ("left", "right"))
        return [sorted(self._rows(a, b), reverse=True) for a, b in zip(first, last, strict=True)]

    def _rows(self, first: int, last: int) -> Iterator[Term]:
        for row in range(first, last):
            yield Term(bool(self._names[row]), int(self._counts[row]), str(self._terms[row]))


def _key(reading: Sequence[int]) -> int:
    key = 0
    for syllable in reading:
        key = key << _BITS | syllable
    return key


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text)}


def _pair_key(pair: str) -> int:
    return ord(pair[0]) << 32 | ord(pair[1])


def _held(every: NDArray[np.generic], asked: NDArray[np.generic]) -> NDArray[np.bool_]:
    if not len(every):
        return np.zeros(len(asked), dtype=bool)
    places = np.minimum(np.searchsorted(every, asked), len(every) - 1)
    found: NDArray[np.bool_] = every[places] == asked
    return found
