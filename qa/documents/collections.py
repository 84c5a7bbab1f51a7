"""Pages that string several articles together (… 的文章3篇), told apart again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

from qa.documents.lines import Kind, Line
from qa.text.words import cut_words

_ANNOUNCEMENT = re.compile(
    r"(?:整理的关于|关于|整理的)(?P<topic>[^,，。]{2,40}?)的?(?:文章|范文|材料|样本)?\s*(?P<count>\d{1,2})\s*篇"
)
_EXPLICIT_BREAK = re.compile(
    r"[【\[（(]?\s*(?:第\s*[一二三四五六七八九十\d]{1,3}\s*篇|篇\s*[一二三四五六七八九十\d]{1,3}|范文\s*[一二三四五六七八九十\d]{1,3})"
    r"\s*[】\])）]?\s*[:：]?.{0,40}"
)
# How an article opens that follows another without a heading.
_OPENING = re.compile(r"(?:今年以来|近年来|一年来|20[\d_-]{1,2}[-_]?年|现将|为|根据|按照|各位|尊敬的)")


def read_announcement(lines: Sequence[Line]) -> tuple[str, int, int] | None:
    """The topic and number of articles that a page says it holds, and the line that says so."""
    for index, line in enumerate(lines[:40]):
        if line.kind is not Kind.FURNITURE and (found := _ANNOUNCEMENT.search(line.text)) and len(line.text) <= 100:
            return found["topic"], int(found["count"]), index
    return None


def split_articles(lines: Sequence[Line], count: int) -> list[int]:
    """The indices of the lines with which the `count` articles among the lines begin.

    Articles are told apart by lines that say so (篇二), or else where a numbering starts again at one; of these places
    those are taken between which the words differ most.
    """
    explicit = [index for index, line in enumerate(lines) if _EXPLICIT_BREAK.fullmatch(line.text)]
    if len(explicit) == count:
        return explicit
    candidates = sorted({_opening_before(lines, index) for index in _restarts(lines)} - {0})
    if len(candidates) < count - 1:
        return [0]
    words = [Counter(word for word in cut_words(line.text) if len(word) > 1) for line in lines]

    def likeness(breaks: tuple[int, ...]) -> tuple[float, tuple[int, ...]]:
        return _likeness(words, (0, *breaks, len(lines))), breaks

    return [0, *min(combinations(candidates, count - 1), key=likeness)]


def _restarts(lines: Sequence[Line]) -> list[int]:
    """Where a numbering starts again at one that had gone past it, no numbering of a higher rank standing between."""
    reached: dict[int, int] = {}
    restarts = []
    for index, line in enumerate(lines):
        numbering = line.numbering
        if numbering is None or line.kind is Kind.FURNITURE:
            continue
        if numbering.value == 1 and reached.get(numbering.rank, 0) > 1:
            restarts.append(index)
        reached = {rank: value for rank, value in reached.items() if rank < numbering.rank}
        reached[numbering.rank] = numbering.value
    return restarts


def _opening_before(lines: Sequence[Line], index: int) -> int:
    """The first line of the paragraphs that lead to the numbering at `index`."""
    start = index
    while start > 0 and lines[start - 1].numbering is None and lines[start - 1].kind is Kind.PARAGRAPH:
        start -= 1
    leading = range(start, index)
    return next((line for line in leading if _OPENING.match(lines[line].text)), index)


def _likeness(words: Sequence[Counter[str]], bounds: Sequence[int]) -> float:
    """The sum of the cosines between the words of neighbouring articles."""
    articles = [sum(words[start:end], Counter()) for start, end in pairwise(bounds)]
    return sum(_cosine(first, second) for first, second in pairwise(articles))


def _cosine(first: Counter[str], second: Counter[str]) -> float:
    product = sum(count * second[word] for word, count in first.items())
    length = math.sqrt(sum(c * c for c in first.values()) * sum(c * c for c in second.values()))
    return product / length if length else 0.0
