"""The figures of a table row in words, each with the row's name and the head of its column: 接待游客2024年512万人次."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from qa.text.quantities import find_quantities

_LONGEST_ROW = 300  # characters; a longer one is running text in columns
_NUMBER = re.compile(r"[-+−－]?\d[\d,，]*(?:[.．]\d+)?")
_GROUPED = re.compile("[,，]")  # the marks in 88,000
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENTENCE = re.compile(r"[。；;！？]")
_NUMBERS_ROWS = re.compile(r"序\s*号|编\s*号|№|No\.?", re.IGNORECASE)
_NAMES_YEARS = re.compile(r"年\s*[份度]?")
_NAMES_UNITS = re.compile(r"(?:计[量算]|数量)?单\s*位")
_IN_BRACKETS = re.compile(r"\s*[（(](?:单\s*位\s*[:：])?\s*([^（）()]+?)\s*[）)]\s*")
_PER_CENT = re.compile(r"[\s，,]*([%％‰])\s*$")
_RUN_TOGETHER = re.compile(r"\s[-+−－]?\d[\d,，.]*[%％]?$")  # 高新技术企业 100 in one cell: where it ends is lost
_HAVE_SHIFTED = re.compile(r"备\s*注|说\s*明")  # no figure stands there: cells are missing before it
_OF_TABLE = re.compile(r"单\s*位\s*[:：]\s*([^\s（）()，,、；;]+)")
# A column of changes or shares is not in the unit of its row: the 增长 of 亿元.
_IN_ITS_OWN = re.compile("[增降减升跌涨]|比|率|速|幅|倍|位次|排名|名次|得分|±")
_ENDS_CLAUSE = re.compile(r"\s*[，,：:\n]\s*")
_TOUCH = re.compile(r"[0-9A-Za-z.]{2}")


def tell_row(heads: Sequence[str], cells: Sequence[str], caption: str = "") -> tuple[str, ...]:
    """The figures of a row from left to right; () where it has none, or it is not certain what one of them is of.

    Each is in the unit that its cell, the head of its column, the row's own column of units or its name, or the table's
    caption gives.
    """
    if not any(heads) or len(cells) > len(heads) or not _is_short(cells):
        return ()
    columns = [(head, cell) for head, cell in zip(heads, cells, strict=False) if not _NUMBERS_ROWS.fullmatch(head)]
    units = [cell for head, cell in columns if _NAMES_UNITS.fullmatch(head) and _is_unit(cell)]
    columns = [(head, cell) for head, cell in columns if not _NAMES_UNITS.fullmatch(head)]
    naming = [cell for _, cell in takewhile(lambda column: not _is_value(*column), columns)]
    named = [_without_unit(_as_year(cell)) for cell in naming]
    of_table = [unit for unit in _OF_TABLE.findall(caption) if _is_unit(unit)]
    of_row = [*units, *(unit for _, unit in named if unit), *of_table]
    name = _joined(name for name, _ in named)
    values = [(_as_year(head), cell) for head, cell in columns[len(naming) :] if _is_value(head, cell)]
    if not _is_certain([head for head, _ in values], naming):
        return ()
    return tuple(_joined((name, *_in_unit(head, cell, of_row))) for head, cell in values)


def _is_short(cells: Sequence[str]) -> bool:
    return sum(len(cell) + len(" | ") for cell in cells) <= _LONGEST_ROW and not any(map(_SENTENCE.search, cells))


def _is_certain(heads: Sequence[str], naming: Sequence[str]) -> bool:
    """Whether each figure has a head of its own, and no cell has run into the next one or moved below another head."""
    alone = all(heads) and len(set(heads)) == len(heads)
    return alone and not any(map(_HAVE_SHIFTED.fullmatch, heads)) and not any(map(_RUN_TOGETHER.search, naming))


def _is_value(head: str, cell: str) -> bool:
    """Whether a cell holds a figure: a number, or one with its unit; the years that name rows are none."""
    if _NUMBER.fullmatch(cell):
        return not (_NAMES_YEARS.fullmatch(head) and _YEAR.fullmatch(cell))
    return [(each.start, each.end) for each in find_quantities(cell)] == [(0, len(cell))]


def _is_unit(text: str) -> bool:
    return [(each.end, each.unit) for each in find_quantities(f"1{text}")] == [(len(text) + 1, text)]


def _in_unit(head: str, cell: str, of_row: Sequence[str]) -> tuple[str, str, str]:
    """The head without the unit that it gives, the cell, and the unit where the cell has none."""
    name, unit = _without_unit(head)
    if not _NUMBER.fullmatch(cell):
        return name, cell, ""
    return name, _GROUPED.sub("", cell), unit or ("" if _IN_ITS_OWN.search(name) else next(iter(of_row), ""))


def _without_unit(name: str) -> tuple[str, str]:
    """A name without the unit in it, and the unit; "" where it has none: 工业产值（亿元）, 增长%."""
    bracketed = (match for match in _IN_BRACKETS.finditer(name) if _is_unit(match[1]))
    found = next(bracketed, None) or _PER_CENT.search(name)
    return (name[: found.start()] + name[found.end() :], found[1]) if found else (name, "")


def _as_year(name: str) -> str:
    return f"{name}年" if _YEAR.fullmatch(name) else name


def _joined(pieces: Iterable[str]) -> str:
    """The pieces one behind the other, with nothing in them that ends a clause."""
    text = ""
    for piece in pieces:
        plain = _ENDS_CLAUSE.sub(" ", piece)
        text += f" {plain}" if _TOUCH.fullmatch(text[-1:] + plain[:1]) else plain
    return text
