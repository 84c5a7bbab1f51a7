"""Spreadsheets (.xlsx) and comma-separated values: a row a line, as a reader sees it in the sheet."""

from __future__ import annotations

import csv
import re
import zlib
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from qa.documents.formats.extracts import Draft, Extract, Table, count_heads, fill_merged
from qa.documents.formats.packages import broken_package
from qa.documents.formats.text import decode
from qa.errors import DocumentError

_BROKEN = (  # openpyxl checks little of what it is given
    InvalidFileException, BadZipFile, zlib.error, EOFError, SyntaxError, NotImplementedError,
    KeyError, ValueError, TypeError, AttributeError, IndexError,
)  # fmt: skip
_MOST_CELLS = 1_000_000
_DECIMALS = re.compile(r"0\.(0+)")
_DELIMITERS = ",\t;|"
_LONGEST_FIELD = 1 << 20


def read_xlsx(path: Path) -> Extract:
    """The visible sheets of a workbook, each row with its sheet and column heads as context; hidden sheets are dropped.

    Raises DocumentError when the workbook is damaged or too large.
    """
    try:
        workbook = load_workbook(path, data_only=True)
    except _BROKEN as error:
        raise broken_package() from error
    draft = Draft()
    for sheet in workbook.worksheets:
        if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_CELLS:
            raise _too_many_cells(sheet.title)
        if sheet.sheet_state == "visible":
            _read_sheet(sheet, draft)
        else:
            draft.dropped += sum(len("".join(_show(cell).split())) for row in sheet.iter_rows() for cell in row)
    return draft.finish()


def read_csv(path: Path) -> Extract:
    """The rows of a file of comma-, tab- or semicolon-separated values, whatever its encoding."""
    text, damaged = decode(path.read_bytes())
    delimiter = max(_DELIMITERS, key=lambda mark: (text[:4096].count(mark), -_DELIMITERS.index(mark)))
    if text.count(delimiter) + text.count("\n") > _MOST_CELLS:
        raise _too_many_cells(path.stem)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row))]
    except csv.Error as error:
        raise DocumentError("CSV 文件的引号不成对，或某一格过长。请用表格软件打开后另存为 CSV。") from error
    draft = Draft(dropped=damaged)
    _write_rows(rows, [], path.stem, draft)
    return draft.finish()


def _too_many_cells(name: str) -> DocumentError:
    return DocumentError(f"工作表“{name}”超过 {_MOST_CELLS:,} 个单元格。请拆成较小的表格。")


def _read_sheet(sheet: Worksheet, draft: Draft) -> None:
    rows = [[_show(cell) for cell in row] for row in sheet.iter_rows()]
    kept = [number for number, row in enumerate(rows) if any(row)]
    place = {number: index for index, number in enumerate(kept)}
    merges = [
        (place[area.min_row - 1], area.min_col - 1, place.get(area.max_row - 1, len(kept) - 1), area.max_col - 1)
        for area in sheet.merged_cells.ranges
        if area.min_row - 1 in place
    ]
    _write_rows([rows[number] for number in kept], sorted(merges), sheet.title, draft)


def _write_rows(rows: list[list[str]], merges: list[tuple[int, int, int, int]], name: str, draft: Draft) -> None:
    """Writes a sheet: the lines above its table that have one cell, then the table."""
    first = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 1), len(rows))
    above = [next(filter(None, row)) for row in rows[:first]]
    draft.add("\n".join(above))
    name = "，".join(dict.fromkeys([name, *above[:1]]))
    merges = [(top - first, left, bottom - first, right) for top, left, bottom, right in merges if top >= first]
    rows = rows[first:]
    heads = count_heads(rows)
    if heads and any(top == 0 and right > left for top, left, _, right in merges):
        heads = max(2, *(bottom + 1 for top, _, bottom, _ in merges if top == 0))
    fill_merged(rows, merges, heads)
    draft.add_table(Table(rows, heads, name))


def _show(cell: Any) -> str:
    """A cell's value as its number format shows it: percentages, decimals and dates; formulas by their last result."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int() | float():
            return _show_number(value, cell.number_format or "")
        case datetime() | date() | time():
            return _show_date(value)
        case _:
            return " ".join(str(value).split())


def _show_number(value: float, number_format: str) -> str:
    shown = number_format.split(";")[0]
    decimals = _DECIMALS.search(shown)
    places = len(decimals[1]) if decimals else 0
    exact = Decimal(repr(value)).scaleb(2 if "%" in shown else 0)
    if not exact.is_finite() or not re.search(r"[0#]", shown):
        return str(value) if isinstance(value, int) else f"{value:.11g}"
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return (f"{rounded:,f}" if "#,##" in shown else f"{rounded:f}") + ("%" if "%" in shown else "")


def _show_date(value: datetime | date | time) -> str:
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        value = value.date()
    return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
