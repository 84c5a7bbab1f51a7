"""Tables that a text has lost: its columns kept apart by tabs, bars or spaces, or every cell on a line of its own.

Only what is certain is taken for one, since figures under wrong heads are worse than figures under none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from qa.documents.formats.extracts import Mark, count_heads, describe_columns, is_caption
from qa.documents.formats.rows import tell_rows

_FEWEST_LINES = 3  # of a table with a row a line, its heads among them
_FEWEST_ROWS = 2  # that are numbered 1, 2 below 序号
_MOST_COLUMNS = 12
_MOST_LINES = 3  # of a cell
_LONGEST_HEAD = 24  # characters
_SEPARATORS = ((re.compile(r"[ 　]*\t\s*"), 2), (re.compile(r"\s*[|｜]\s*"), 2), (re.compile(r"[ 　]{2,}"), 3))
_SEPARATED = re.compile(r"[\t|｜]|[ 　]{2}")
_BARS = " |｜"
_CODE = re.compile(r"\d{5}|[〔\[]\d{4}")  # an index number or the like, which names no column
_FIGURE = re.compile(r"[-+−]?\d")
_NUMBERS_ROWS = re.compile(r"序\s*号")
_SENTENCE = re.compile("[。；]")
_AFTER = re.compile(
    r"附\s*[件表]|备?注|说\s*明|合\s*计|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|.*[。：:]$"
)
_TEXT_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    start: int
    end: int


def mark_tables(text: str) -> Iterator[Mark]:
    """The rows of the tables in a plain text, from top to bottom, with the heads of their columns."""
    lines = [_Row((match.group(),), *match.span()) for match in _TEXT_LINE.finditer(text)]
    place = 0
    while place < len(lines):
        rows, taken = _cell_a_line(lines, place) or _row_a_line(lines, place)
        if rows:
            above = lines[place - 1].cells[0] if place else ""
            heads, *below = rows
            context = describe_columns(heads.cells, above if is_caption(above) else "")
            yield Mark(heads.start, heads.end, "row")
            aligned = all(len(row.cells) == len(heads.cells) for row in below)
            figures = tell_rows(heads.cells, [row.cells for row in below], above) if aligned else [()] * len(below)
            for row, told in zip(below, figures, strict=True):
                yield Mark(row.start, row.end, "row", context=context, told=told)
        place += taken


def _row_a_line(lines: Sequence[_Row], place: int) -> tuple[list[_Row], int]:
    """The rows of the table with a row a line that begins there, heads first, and how many lines were looked at."""
    first = lines[place].cells[0].strip(_BARS)
    for separator, fewest in _SEPARATORS if _SEPARATED.search(first) else ():
        width = len(separator.split(first))
        if width < fewest:
            continue
        rows: list[_Row] = []
        for line in islice(lines, place, None):
            cells = tuple(separator.split(line.cells[0].strip(_BARS)))
            if len(cells) != width:
                break
            rows.append(_Row(cells, line.start, line.end))
        return rows if _is_table(rows) else [], len(rows)
    return [], 1


def _is_table(rows: Sequence[_Row]) -> bool:
    """Whether the first row can only name the columns, and half of those below it at least hold figures."""
    heads, *below = rows
    if len(rows) < _FEWEST_LINES or not all(heads.cells) or any(_CODE.search(head) for head in heads.cells):
        return False
    figures = sum(any(_FIGURE.match(cell) for cell in row.cells) for row in below)
    return count_heads([row.cells for row in rows]) == 1 and figures * 2 >= len(below)


def _cell_a_line(lines: Sequence[_Row], place: int) -> tuple[list[_Row], int] | None:
    """The heads from 序号 on and the rows below them, each from its number 1, 2, 3 … to the next, and their lines.

    A cell may stand on several lines or be empty, so that a row ends where one line alone can be the next number.
    """
    if not _NUMBERS_ROWS.fullmatch(lines[place].cells[0]):
        return None
    first = lines[place : place + _MOST_COLUMNS + 1]
    width = next((column for column, line in enumerate(first) if _plain(line) == "1"), 0)
    if width < 2 or any(
        len(head.cells[0]) > _LONGEST_HEAD or _SENTENCE.search(head.cells[0]) for head in first[:width]
    ):
        return None
    rows, start = [_joined(first[:width])], place + width
    for number in count(2):
        end = _row_end(lines, start, width, str(number))
        if end is None:
            break
        rows.append(_joined(lines[start:end]))
        start = end
    if all(len(row.cells) == width for row in rows) and _ends_table(lines, start, width, str(number)):
        rows.append(_joined(lines[start : start + width]))
        start += width
    return (rows, start - place) if len(rows) > _FEWEST_ROWS else None


def _ends_table(lines: Sequence[_Row], start: int, width: int, next_number: str) -> bool:
    """Whether a last row of so many lines begins at `start`, and what follows it is no cell of it."""
    end = start + width
    filled = end <= len(lines) and next_number not in map(_plain, lines[start:end])
    return filled and (end == len(lines) or _AFTER.match(lines[end].cells[0]) is not None)


def _row_end(lines: Sequence[_Row], start: int, width: int, number: str) -> int | None:
    """Where the row that begins at `start` ends: at the next number."""
    if start + width < len(lines) and _plain(lines[start + width]) == number:
        return start + width
    window = range(start + 2, min(start + _MOST_LINES * width, len(lines)))
    found = [place for place in window if _plain(lines[place]) == number]
    return found[0] if len(found) == 1 else None


def _plain(line: _Row) -> str:
    return unicodedata.normalize("NFKC", line.cells[0])


def _joined(lines: Sequence[_Row]) -> _Row:
    return _Row(tuple(line.cells[0] for line in lines), lines[0].start, lines[-1].end)
