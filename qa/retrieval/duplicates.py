"""Passages of nearly the same text, shown once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from qa.records import Hit

NEARLY_THE_SAME = 0.9  # of the shingles of two passages, those that both have (Broder 1997)
_SHINGLE = 4  # characters
_LEAST_TEXT = 20  # characters: 二、工作目标 is no copy of another document's
_BESIDE_LETTERS = re.compile(r"\W+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def merge_alike(hits: Sequence[Hit], k: int) -> list[Hit]:
    """The k best hits (best first) without those that nearly repeat a better one, which lists them as `alike`.

    Sentences of different years whose figures differ are no repetition.
    """
    kept: list[Hit] = []
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)  # in `kept`, by the figures of their texts
    for hit in hits:
        letters, figures = _read(hit.text)
        same = next((place for place in places[figures] if _are_alike(letters, _read(kept[place].text)[0])), None)
        if same is not None:
            alike = (*kept[same].alike, (hit.source, hit.passage.id))
            kept[same] = replace(kept[same], alike=alike)
        elif len(kept) < k:
            places[figures].append(len(kept))
            kept.append(hit)
    return kept


def _are_alike(text: str, other: str) -> bool:
    """Whether two texts without punctuation, of the same figures, are the same but for a few words."""
    if min(len(text), len(other)) < max(NEARLY_THE_SAME * len(text), NEARLY_THE_SAME * len(other), _LEAST_TEXT):
        return False
    ours, theirs = _shingles(text), _shingles(other)
    return len(ours & theirs) >= NEARLY_THE_SAME * len(ours | theirs)


@lru_cache(maxsize=4096)  # the same passages are found for question after question
def _read(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without punctuation, and its figures."""
    letters = _BESIDE_LETTERS.sub("", text)
    return letters, tuple(_FIGURE.findall(letters))


def _shingles(text: str) -> set[str]:
    return {text[start : start + _SHINGLE] for start in range(len(text) - _SHINGLE + 1)}
