"""The figures of a table's rows in words, each with its row's name and its column's head: 接待游客2024年512万人次.

A figure under a wrong head is worse than none, so what a column holds is decided by all of its cells, and nothing is
told of a table, or of a row, where that is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from qa.documents.wordlists import named_patterns
from qa.records import Told
from qa.text.quantities import find_quantities
from qa.text.regions import find_regions

_Role = Literal["value", "name", "place", "year", "unit", "none"]

_LONGEST_ROW = 300  # characters; a longer one is running text in columns
_NUMBER = re.compile(r"[-+−－]?\d[\d,，]*(?:[.．]\d+)?")
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3})")  # the mark in 88,000
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_BLANK = re.compile(r"[\s—–\-－/、.…无]*")
_SENTENCE = re.compile(r"[。；;！？]")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_UNIT_IS = re.compile(r"^\s*单\s*位\s*[:：]")
_PER_CENT = re.compile(r"[，,]?([%％‰])$")
_OF_TABLE = re.compile(r"单\s*位\s*[:：]([^（）()；;。]+)")
_ENDS_CLAUSE = re.compile("[，,：:]")
_TOUCH = re.compile(r"[0-9A-Za-z.]{2}")


@dataclass(frozen=True, slots=True)
class _Column:
    head: str  # without its unit
    unit: str
    role: _Role


def tell_rows(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> list[tuple[Told, ...]]:
    """Of each row its figures from left to right; () where it has none, or it is not certain what they are of.

    A figure is in the unit that its cell gives, its column's head, the row's column of units or its name, or the
    table's caption (单位：万元).
    """
    columns = [_read_column(head, [row[place] for row in rows if place < len(row)]) for place, head in enumerate(heads)]
    if not _is_certain(columns):
        return [()] * len(rows)
    unit, told, ended = _unit_of(caption), [], False
    for row in rows:
        ended = ended or _heads_anew(columns, row)
        told.append(() if ended or len(row) > len(heads) or not _is_short(row) else _tell_row(columns, row, unit))
    return told


def _tell_row(columns: Sequence[_Column], row: Sequence[str], table_unit: str) -> tuple[Told, ...]:
    cells = list(zip(columns, row, strict=False))
    naming = list(takewhile(lambda cell: cell[0].role != "value", cells))
    named = [_name_and_unit(cell) for column, cell in naming if column.role in ("name", "place", "year")]
    name = _joined(text for text, _ in named)
    place = next((text for text, _ in named if _is_place(text)), "") or next(
        (cell for column, cell in naming if column.role == "place" and not _BLANK.fullmatch(cell)), ""
    )
    units = [cell for column, cell in cells if column.role == "unit" and _is_unit(cell)]
    units += [unit for _, unit in named if unit]
    units += [table_unit] if table_unit and not _has_own_unit(name) else []
    among_regions = sum(_place_in(column.head) != "" for column in columns) > 1
    told = []
    for column, cell in cells:
        if column.role == "value" and _is_value(cell):
            unit = column.unit or ("" if _has_own_unit(column.head) else next(iter(units), ""))
            value = (_GROUPED.sub("", cell), unit if _NUMBER.fullmatch(cell) else "")
            of_column = _place_in(column.head, among_regions)
            told.append(Told(_joined([name, column.head, *value]), column.head, name, place or of_column))
    return tuple(told)


def _name_and_unit(cell: str) -> tuple[str, str]:
    """The name that a cell gives its row, without its number, and the unit in it."""
    name, unit = _without_unit(named_patterns("columns.txt")["before name"].sub("", cell))
    return _as_year(name), unit


def _read_column(head: str, cells: Sequence[str]) -> _Column:
    name, unit = _without_unit(head)
    filled = [cell for cell in cells if not _BLANK.fullmatch(cell)]
    return _Column(_as_year(name), unit, _role(name, filled))


def _role(head: str, filled: Sequence[str]) -> _Role:
    """What a column holds, by its head and the cells in it that are not blank."""
    if filled and all(map(_YEAR.fullmatch, filled)):
        return "year"
    if not filled or _is("no figures", head):
        return "none"
    if _is("names units", head) and 2 * sum(map(_is_unit, filled)) >= len(filled):  # 1/10万 is none that is known
        return "unit"
    if 2 * sum(map(_is_value, filled)) >= len(filled):
        return "value"
    return "place" if _is("names places", head) else "none" if _is("remarks", head) else "name"


def _is_certain(columns: Sequence[_Column]) -> bool:
    """Whether every figure has a head of its own, and no words stand among them that may name those behind."""
    values = [place for place, column in enumerate(columns) if column.role == "value"]
    heads = [columns[place].head for place in values]
    among = {column.role for column in columns[min(values, default=0) : max(values, default=0)]}
    alone = all(heads) and len(set(heads)) == len(heads) and not any(_is("remarks", head) for head in heads)
    return alone and among.isdisjoint({"name", "place"})


def _heads_anew(columns: Sequence[_Column], row: Sequence[str]) -> bool:
    """Whether a row in the table names columns itself: words stand where the others have figures."""
    cells = [cell for column, cell in zip(columns, row, strict=False) if column.role == "value"]
    return len(cells) > 1 and not any(_BLANK.fullmatch(cell) or re.search(r"\d", cell) for cell in cells)


def _is_short(cells: Sequence[str]) -> bool:
    return sum(len(cell) + len(" | ") for cell in cells) <= _LONGEST_ROW and not any(map(_SENTENCE.search, cells))


def _is_value(cell: str) -> bool:
    """Whether a cell holds a figure: a number, or one with its unit; +0.5% is one as -0.5% is."""
    plain = cell.lstrip("+＋")
    quantities = [(each.start, each.end) for each in find_quantities(plain)]
    return _NUMBER.fullmatch(cell) is not None or quantities == [(0, len(plain))]


def _is_unit(text: str) -> bool:
    return [(each.end, each.unit) for each in find_quantities(f"1{text}")] == [(len(text) + 1, text)]


def _is_place(text: str) -> bool:
    """Whether a name is that of a region, or of the whole that others are parts of: 镇海区, 全市."""
    spans = [(each.start, each.end) for each in find_regions(text)]
    return _is("whole", text) or spans == [(0, len(text))]


def _place_in(head: str, among_regions: bool = False) -> str:
    """The place that the head of a column names; "" for none."""
    pieces = head.split()
    named = (each for each in pieces if _is_place(each) or (among_regions and _is("like places", each)))
    return next(named, "")


def _is(kind: str, text: str) -> bool:
    """Whether the whole text is of that kind in columns.txt."""
    return named_patterns("columns.txt")[kind].fullmatch(text) is not None


def _has_own_unit(name: str) -> bool:
    return named_patterns("columns.txt")["own unit"].search(name) is not None


def _unit_of(caption: str) -> str:
    """The unit that the caption gives for the whole table; "" where it gives none, or several."""
    pieces = (piece for found in _OF_TABLE.findall(caption) for piece in re.split(r"[、，,\s]+", found))
    units = list(filter(_is_unit, pieces))
    return units[0] if len(units) == 1 else ""


def _without_unit(name: str) -> tuple[str, str]:
    """A name without the unit in it, and the unit; "" where it has none: 工业产值（亿元）, 增长%."""
    for found in _BRACKETS.finditer(name):
        unit = _UNIT_IS.sub("", found[1]).strip()
        if unit and _is_unit(unit):
            return f"{name[: found.start()].rstrip()} {name[found.end() :].lstrip()}".strip(), unit
    found_share = _PER_CENT.search(name)
    return (name[: found_share.start()].rstrip(), found_share[1]) if found_share else (name, "")


def _as_year(name: str) -> str:
    return f"{name}年" if re.fullmatch(r"(?:19|20)\d\d", name) else name


def _joined(pieces: Iterable[str]) -> str:
    """The pieces one behind the other, with nothing in them that ends a clause and no word said twice."""
    text = ""
    for piece in pieces:
        plain = " ".join(_ENDS_CLAUSE.sub(" ", piece).split())
        twice = next((size for size in range(len(plain), 1, -1) if text.endswith(plain[:size])), 0)
        text += f" {plain}" if _TOUCH.fullmatch(text[-1:] + plain[:1]) else plain[twice:]
    return text
