"""What a file says: its text, and what its format knows of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qa.documents.formats.rows import tell_rows
from qa.errors import DocumentError
from qa.records import Told

MarkKind = Literal["title", "heading", "row", "furniture"]

_CELL = " | "
_BLANK = re.compile(r"\s")
_CAPTION = re.compile(r"(?:附?表|表格|Table)\s*\d.{0,50}|[^。；]{2,40}[表单](?:[(（][^()（）]*[)）])?")
_LONGEST_CELL = 400  # characters
_LONGEST_HEAD = 40  # characters
_VALUE = re.compile(r"(?!(?:19|20)\d\d$)[-+]?[\d.,]*\d%?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\w{1,9}[〔\[]\d{4}[〕\]]\d+号")
_LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the format itself says of a stretch of text: of one or more whole lines, without the last line's end."""

    start: int
    end: int
    kind: MarkKind
    level: int = 0  # of a heading, 1 outermost
    context: str = ""  # of a table row: its table's name and column heads, to be embedded, never cited
    told: tuple[Told, ...] = ()  # the figures of a table row


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, a paragraph a line and a table row a line with its cells joined by " | "."""

    text: str
    pages: tuple[int, ...] = ()  # offsets at which pages 1, 2, … begin; () where the format has no pages
    marks: tuple[Mark, ...] = ()
    dropped: int = 0  # characters of the file, white space apart, that are not in `text`


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as they are seen; the first `heads` rows name the columns."""

    rows: Sequence[Sequence[str]]
    heads: int = 1
    name: str = ""


@dataclass(slots=True)
class Draft:
    """An extract in the making: lines are added in reading order."""

    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    dropped: int = 0
    length: int = 0  # of the text so far, the line end after the last line included

    def add(
        self,
        text: str,
        kind: MarkKind | None = None,
        level: int = 0,
        context: str = "",
        told: tuple[Told, ...] = (),
    ) -> None:
        """Adds the lines of a text that are not blank."""
        for line in _LINE_BREAK.split(text):
            if not (line := line.rstrip()).strip():
                continue
            if kind:
                self.marks.append(Mark(self.length, self.length + len(line), kind, level, context, told))
            self.lines.append(line)
            self.length += len(line) + 1

    def add_table(self, table: Table) -> None:
        """Adds a table, each row with the table's name, or the caption above it, and the heads of its columns."""
        last_row = bool(self.marks) and self.marks[-1].kind == "row" and self.marks[-1].end + 1 == self.length
        above = self.lines[-1].strip() if self.lines and not last_row else ""
        name = table.name or (above if is_caption(above) else "")
        heads = column_heads(table)
        context = describe_columns(heads, name)
        rows = [[_one_line(cell) for cell in row] for row in table.rows]
        told = tell_rows(heads, rows[table.heads :], f"{name} {above}")
        for row in rows[: table.heads]:
            self.add(_CELL.join(row).strip(" |"), "row", context=name)
        for row, figures in zip(rows[table.heads :], told, strict=True):
            self.add(_CELL.join(row).strip(" |"), "row", context=context, told=figures)

    def begin_pages(self, number: int, offset: int | None = None) -> None:
        """Lets the pages up to that number, counted from 1, begin here, or at the offset, where they have not yet."""
        self.pages += [self.length if offset is None else offset] * (number - len(self.pages))

    def finish(self) -> Extract:
        """The extract. Raises DocumentError when there is no text in it."""
        if not self.lines:
            raise DocumentError("文件里没有文字。")
        text = "\n".join(self.lines)
        pages = tuple(min(page, len(text)) for page in self.pages)
        return Extract(text, pages, tuple(self.marks), self.dropped)


def is_caption(line: str) -> bool:
    """Whether a line names the table below it: 表1 主要指标, 重点任务分工表."""
    return _CAPTION.fullmatch(line) is not None


def column_heads(table: Table) -> list[str]:
    """The head of each column; those that stand in several rows are read from the top."""
    width = max((len(row) for row in table.rows[: table.heads]), default=0)
    columns: list[str] = []
    for column in range(width):
        above = [_one_line(row[column]) for row in table.rows[: table.heads] if column < len(row)]
        columns.append(" ".join(dict.fromkeys(filter(None, above))))
    return columns


def describe_columns(heads: Sequence[str], name: str) -> str:
    """The table's name and the heads of its columns."""
    return "：".join(filter(None, (name, _CELL.join(filter(None, heads)))))


def holds_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds data, and does not only lay out running text."""
    longest = max((len(cell) for row in rows for cell in row), default=0)
    return max(map(len, rows), default=0) > 1 and longest <= _LONGEST_CELL


def count_heads(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top name the columns: 1, or 0 where the first row already holds values."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    first = [cell.strip() for cell in rows[0] if cell.strip()]
    named = len(first) * 2 > len(rows[0]) and all(len(cell) <= _LONGEST_HEAD for cell in first)
    return int(named and not any(_VALUE.fullmatch(cell) or cell.endswith((":", "：")) for cell in first))


def fill_merged(rows: list[list[str]], merges: Iterable[tuple[int, int, int, int]], heads: int) -> None:
    """Writes a merged cell's text into the cells it covers: down its rows, and across the columns where it is a head.

    A merge is its first row, first column, last row and last column, counted from 0.
    """
    for top, left, bottom, right in merges:
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, (right if row < heads else left) + 1):
                if column < len(rows[row]):
                    rows[row][column] = rows[top][left]


def count_characters(text: str) -> int:
    """The characters of a text, white space apart."""
    return len(_BLANK.sub("", text))


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
