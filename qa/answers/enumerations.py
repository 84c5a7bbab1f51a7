"""The lists that stand inside a passage: quoted names, plain ones, what it enumerates, the clauses behind a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from qa.documents.items import FEWEST
from qa.records import Document, Hit
from qa.text.sentences import split_sentences
from qa.text.words import word_bounds

_QUOTED_RUN = re.compile(r"(?:[“\"][^”\"\n]{1,40}[”\"](?:[、，,和及与]|以及)?){2,}")
_QUOTED = re.compile(r"[“\"]([^”\"\n]{1,40})[”\"]")
_NAMED_RUN = re.compile(r"(?:[^、，,。；;：:\n“”]{2,16}、)+[^、，,。；;：:\n“”]{2,}")
_LEADS_IN = re.compile("包括|包含|分别[是为]")  # the first name stands behind it
_CLAUSES = re.compile(r"[：:](?P<clauses>(?:[^；;。：:\n]+[；;]){2,}[^；;。\n]+)")
_NUMERAL = "[一二三四五六七八九十]+"
_ENUMERATED = tuple(
    re.compile(rf"(?<![一-鿿])(?:{mark})")
    for mark in (rf"{_NUMERAL}[是要]", rf"第{_NUMERAL}[，,、]", rf"[（(](?:{_NUMERAL}|\d{{1,2}})[）)]", "[①-⑳]")
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a list in the order of the document, each by its offsets in the text."""

    document: Document
    lead: str  # the words that lead to it
    spans: tuple[tuple[int, int], ...]
    run: tuple[int, int] | None = None  # where the items stand side by side in a sentence: “甲”、“乙”


def quoted_runs(document: Document, hit: Hit) -> Iterator[Listing]:
    """The runs of quoted names in a passage, each led to by its sentence."""
    text, offset = hit.passage.text, hit.passage.start
    for start, end in split_sentences(text):
        for run in _QUOTED_RUN.finditer(text, start, end):
            names = _QUOTED.finditer(text, run.start(), run.end())
            spans = tuple((offset + name.start(1), offset + name.end(1)) for name in names)
            last = offset + run.start() + len(run.group().rstrip("、，,和及与以"))
            yield Listing(document, text[start:end], spans, (offset + run.start(), last))


def named_runs(document: Document, hit: Hit, count: int) -> Iterator[Listing]:
    """The runs of that many names without marks (汽车、钢铁、船舶等产业), each led to by its sentence."""
    text, offset = hit.passage.text, hit.passage.start
    for start, end in split_sentences(text):
        for run in _NAMED_RUN.finditer(text, start, end):
            spans = _names(text, *run.span(), count)
            if len(spans) == count:
                placed = tuple((offset + first, offset + last) for first, last in spans)
                yield Listing(document, text[start:end], placed, (placed[0][0], placed[-1][1]))


def _names(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    """Offsets of the names of a run: the first without what stands before it, the last without what follows 等."""
    pieces = list(re.finditer("[^、]+", text[start:end]))
    if len(pieces) == count - 1:  # 甲、乙和丙
        pieces = list(re.finditer("(?:(?!、|和|及|与|以及).)+", text[start:end]))
    spans = [(start + piece.start(), start + piece.end()) for piece in pieces]
    (first, stop), (begin, last) = spans[0], spans[-1]
    etc = text.find("等", begin, last)
    others = [*spans[1:-1], (begin, etc if etc > begin else last)]
    usual = median(b - a for a, b in others)
    if led := [match.end() for match in _LEADS_IN.finditer(text, first, stop) if match.end() < stop]:
        return [(led[-1], stop), *others]
    starts = (first + bound for bound in word_bounds(text[first:stop]) if first + bound < stop)
    return [(min(starts, key=lambda start: (abs(stop - start - usual), -start)), stop), *others]


def enumerations(document: Document, hit: Hit) -> Iterator[Listing]:
    """The 一是…二是…, （1）…（2）… or ：…；…；… of a passage, led to by what stands before it and the heading above."""
    text, offset = hit.passage.text, hit.passage.start
    for spans in (enumerated(text, offset), *_clauses(text, offset)):
        if spans:
            yield Listing(document, " ".join([*hit.passage.section[-1:], text[: spans[0][0] - offset]]), spans)


def _clauses(text: str, offset: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Offsets of the clauses that a colon leads to: 主要目标是：甲增长5%；乙增长6%；丙保持稳定。"""
    for run in _CLAUSES.finditer(text):
        pieces = re.finditer("[^；;]+", run["clauses"])
        yield tuple(
            trimmed(text, run.start("clauses") + p.start(), run.start("clauses") + p.end(), offset) for p in pieces
        )


def enumerated(text: str, offset: int) -> tuple[tuple[int, int], ...]:
    """Offsets of what a paragraph that begins at the offset enumerates, in one style; () where it does not."""
    styles = ([match.start() for match in style.finditer(text)] for style in _ENUMERATED)
    marks = max(styles, key=len)
    pieces = pairwise([*marks, len(text)]) if len(marks) >= FEWEST else ()
    return tuple(trimmed(text, start, end, offset) for start, end in pieces)


def trimmed(text: str, start: int, end: int, offset: int = 0) -> tuple[int, int]:
    """The offsets, moved by `offset`, of the stretch without outer white space."""
    piece = text[start:end]
    return offset + end - len(piece.lstrip()), offset + start + len(piece.rstrip())
