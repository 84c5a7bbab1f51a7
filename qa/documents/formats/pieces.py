"""Pieces of text placed on pages, as PDF, OFD and OCR give them, put back into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from qa.documents.formats.columns import read_columns
from qa.documents.formats.extracts import Draft, Extract, Table, count_characters, count_heads
from qa.documents.formats.running_heads import drop_running_heads

_WIDE_GAP = 1.2  # of the size of the text: what lies between the cells of a table
_SHORT = 2.6  # how far from the right margin the last line of a paragraph ends
_INDENT = 1.2
_BLOCK_INDENT = 2.6  # more than the first line of a paragraph has: a whole block stands in
_OTHER_SIZE = 1.3
_BIG = 1.15  # of the usual size: a title
_LOOSE = 1.6  # of the usual distance between lines
_SENTENCE_ENDS = tuple("。！？；：!?;:")
_UNBROKEN = re.compile(r".?[!-~“”‘’《》〈〉（）〔〕，。、；：！？·—…]*.?")  # what a line break may not divide
_SHORTEST_TITLE = 4
_NO_TITLE = re.compile(  # the head of a red-headed paper, its number, a date
    r".{2,40}文件|.{1,20}[〔\[【(（]\d{4}[〕\]】)）].{0,10}号.*|.{0,20}\d{4}年\d{1,2}月.*|[\d\s年月日./:-]+"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one line of a page without wide gaps; y grows downwards, `size` is the width of a hanzi."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float


def word_gap(before: str, after: str) -> float:
    """How wide a gap between two characters is a blank, in sizes: Latin words stand closer than hanzi apart."""
    return 0.2 if before.isascii() and after.isascii() else 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces on one line of a column; column 0 is a page's whole width, 1 its left half and 2 its right."""

    pieces: tuple[Piece, ...]
    page: int
    column: int

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def cells(self) -> list[str]:
        cells = [self.pieces[0].text]
        for before, piece in pairwise(self.pieces):
            gap = (piece.x0 - before.x1) / max(self.size, 1e-6)
            if gap > _WIDE_GAP:
                cells.append(piece.text)
            else:
                cells[-1] += (" " if gap > word_gap(before.text[-1:], piece.text[:1]) else "") + piece.text
        return cells

    @property
    def text(self) -> str:
        return " ".join(self.cells)


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    pitch: float  # usual distance from the top of one line to the top of the next
    size: float


def write_pages(pages: Iterable[Sequence[Piece]]) -> Extract:
    """The text of the pages in reading order: paragraphs joined over lines, columns and pages.

    Running heads and page numbers are dropped and counted. Raises DocumentError when there is no text.
    """
    everything = [_read_rows(pieces, number) for number, pieces in enumerate(pages)]
    rows, heads = drop_running_heads(everything)
    draft = Draft(dropped=sum(count_characters(row.text) for row in heads))
    margins = {column: _measure([row for row in rows if row.column == column]) for column in (0, 1, 2)}
    _write(_join(rows, margins), margins, draft)
    draft.begin_pages(len(everything))
    return draft.finish()


def _read_rows(pieces: Sequence[Piece], page: int) -> list[Row]:
    return [Row(tuple(row), page, column) for column, row in read_columns(pieces)]


def _measure(rows: Sequence[Row]) -> _Margins:
    if not rows:
        return _Margins(0, 0, 0, 0)
    lefts, rights = sorted(row.x0 for row in rows), sorted(row.x1 for row in rows)
    steps = [b.top - a.top for a, b in pairwise(rows) if a.page == b.page and b.top > a.top]
    size = median(row.size for row in rows) or 1.0  # a forged file may have letters without width
    return _Margins(lefts[len(lefts) // 20], rights[len(rights) * 3 // 4], median(steps) if steps else size, size)


def _join(rows: Sequence[Row], margins: Mapping[int, _Margins]) -> list[list[Row]]:
    paragraphs: list[list[Row]] = []
    for row in rows:
        if paragraphs and _continues(paragraphs[-1][-1], row, margins):
            paragraphs[-1].append(row)
        else:
            paragraphs.append([row])
    return paragraphs


def _continues(above: Row, row: Row, margins: Mapping[int, _Margins]) -> bool:
    """Whether a line belongs to the paragraph of the line above it."""
    if len(above.cells) > 1 or len(row.cells) > 1:
        return False
    if max(above.size, row.size) > min(above.size, row.size) * _OTHER_SIZE:
        return False
    here, there = margins[above.column], margins[row.column]
    same_flow = above.page == row.page and above.column == row.column
    if same_flow and row.top - above.top > here.pitch * _LOOSE * max(1, row.size / here.size):
        return False
    if same_flow and min(above.size, row.size) > here.size * _BIG:
        return True  # a title of several lines
    if same_flow and _is_centred(above, here) and _is_centred(row, here):
        return False
    word = _UNBROKEN.match(row.text)
    if here.right - above.x1 > max(_SHORT, len(word[0]) * 0.6 if word else 0) * above.size:
        return False
    indent = row.x0 - there.left
    if indent <= _INDENT * row.size:
        return True
    aligned = abs(indent - (above.x0 - here.left)) < 0.5 * row.size
    return aligned and indent > _BLOCK_INDENT * row.size and not above.text.endswith(_SENTENCE_ENDS)


def _is_centred(row: Row, margins: _Margins) -> bool:
    left, right = row.x0 - margins.left, margins.right - row.x1
    return left > 2.5 * margins.size and abs(left - right) < max(2 * row.size, 0.2 * left)


def _write(paragraphs: Sequence[Sequence[Row]], margins: Mapping[int, _Margins], draft: Draft) -> None:
    titled = False
    for tabular, run in groupby(paragraphs, key=lambda paragraph: len(paragraph[0].cells) > 1):
        group = list(run)
        if tabular and len(group) > 1:
            cells = [row.cells for (row,) in group]
            draft.add_table(Table(cells, count_heads(cells)))
            for (row,), mark in zip(group, draft.marks[-len(group) :], strict=True):
                draft.begin_pages(row.page + 1, mark.start)
            continue
        for paragraph in group:
            text, breaks = _join_lines(paragraph)
            title = not titled and _is_title(paragraph, text, margins[paragraph[0].column])
            titled = titled or title
            start = draft.length
            draft.begin_pages(paragraph[0].page + 1)
            draft.add(text, "title" if title else None)
            for page, offset in breaks:
                draft.begin_pages(page + 1, start + offset)


def _is_title(paragraph: Sequence[Row], text: str, margins: _Margins) -> bool:
    big = paragraph[0].size > margins.size * _BIG and _is_centred(paragraph[-1], margins)
    return big and paragraph[0].page == 0 and len(text) > _SHORTEST_TITLE and not _NO_TITLE.fullmatch(text)


def _join_lines(paragraph: Sequence[Row]) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph's text, and the pages that begin in it with their offsets."""
    text = paragraph[0].text
    breaks: list[tuple[int, int]] = []
    for above, row in pairwise(paragraph):
        words = text[-1:].isascii() and text[-1:].isalnum() and row.text[:1].isascii() and row.text[:1].isalnum()
        text += " " if words and (text[-1:].isalpha() or row.text[:1].isalpha()) else ""
        if row.page > above.page:
            breaks.append((row.page, len(text)))
        text += row.text
    return text, breaks
