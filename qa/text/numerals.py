"""Numbers written in Chinese numerals."""

from __future__ import annotations

import re

_COUNT = re.compile(
    r"(?P<number>[一二两三四五六七八九十百千零〇]*[十百千][一二两三四五六七八九十百千零〇]*)"
    r"(?P<unit>[家个名项件人亿万元条所座亩吨户台岁天年%])(?!五)"
)


def figures_in_numerals(text: str) -> list[tuple[str, str]]:
    """The counts written in numerals, each with the same in figures: (一百一十家, 110家)."""
    found = [(match["number"], match["unit"]) for match in _COUNT.finditer(text)]
    values = ((number, unit, numeral_value(number)) for number, unit in found)
    return [(number + unit, f"{value:g}{unit}") for number, unit, value in values if value is not None]


def numeral_value(number: str) -> float | None:
    """The value of a numeral (一百一十, 三点四二), None for what only looks like one (百, 千万, 十十二)."""
    from cn2an import cn2an

    try:
        return float(cn2an(number, "smart"))
    except (ValueError, KeyError):  # the latter for 十十二, which it takes for spoken like 一百二
        return None
