"""Passages of nearly the same text, shown once."""

from __future__ import annotations

import re
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
    texts: list[str] = []
    for hit in hits:
        text = _letters(hit.text)
        same = next((place for place, other in enumerate(texts) if are_alike(text, other)), None)
        if same is not None:
            alike = (*kept[same].alike, (hit.source, hit.passage.id))
            kept[same] = replace(kept[same], alike=alike)
        elif len(kept) < k:
            kept.append(hit)
            texts.append(text)
    return kept


def are_alike(text: str, other: str) -> bool:
    """Whether two texts without punctuation are the same but for a few words, all figures the same."""
    if min(len(text), len(other)) < max(NEARLY_THE_SAME * len(text), NEARLY_THE_SAME * len(other), _LEAST_TEXT):
        return False
    if _FIGURE.findall(text) != _FIGURE.findall(other):
        return False
    ours, theirs = _shingles(text), _shingles(other)
    return len(ours & theirs) >= NEARLY_THE_SAME * len(ours | theirs)


@lru_cache(maxsize=4096)  # the same passages are found for question after question
def _letters(text: str) -> str:
    return _BESIDE_LETTERS.sub("", text)


def _shingles(text: str) -> set[str]:
    return {text[start : start + _SHINGLE] for start in range(len(text) - _SHINGLE + 1)}
