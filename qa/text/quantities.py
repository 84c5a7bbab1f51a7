"""Quantities as documents write them: 110家, 4847.8385万元, 5%—5.5%, 百分之三点四二, 一百一十家, 翻一番, 前三."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.text.numerals import numeral_value

_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_NUMERAL = "[一二两三四五六七八九十百千零〇]"
_LEAST, _MOST = "不低于|不少于|不小于|至少|超过|超|突破|高于|大于|达到", "不超过|不高于|不大于|低于|少于|控制在|压减到"
_FALL = "下降|减少|降低|下跌|下滑|回落|缩减|负增长"
_BEFORE = rf"(?P<fall>{_FALL})?(?:力争|确保|争取|预计|预期)?(?:{_LEAST}|{_MOST}|约|近|大约|将近|达|为)?(?:了|到)?"
_AFTER = "以上|以下|以内|之内|左右|上下"
_RANK = re.compile(r"前[一二两三四五六七八九十\d]+(?:位|名)?|第[一二两三四五六七八九十\d]+(?:位|名)|翻[一两二三]?番")
_TO = "[-—–~～至到]{1,2}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text: `text[start:end]` is the value with unit and what limits it."""

    start: int
    end: int
    low: float | None  # in base units, a fall below zero; None for 翻番, 前三 and their like
    high: float | None  # differs from `low` in a range
    unit: str  # as it stands: 万元, %, 家
    base: str  # what it is brought to: 元, %, 家; quantities of one base can be compared
    limit: str  # what limits it, as it stands: 力争, 以上, 左右; "" where nothing does

    @property
    def is_range(self) -> bool:
        return self.low != self.high


@cache
def _units() -> Mapping[str, tuple[float, str]]:
    """Each unit with its size in the base unit, and the base unit."""
    lines = files("qa.text").joinpath("units.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split("=") for line in lines if line.strip() and not line.startswith("#"))
    sizes = ((unit.strip(), size.split()) for unit, size in entries)
    return {unit: (float(size), base) for unit, (size, base) in sizes}


@cache
def _pattern() -> re.Pattern[str]:
    unit = "|".join(map(re.escape, sorted(_units(), key=lambda name: (-len(name), name))))
    number = rf"\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_NUMERAL}+(?:点{_NUMERAL}+)?"
    scale = "万亿|千万|百万|亿|万|千|百"
    return re.compile(
        rf"(?P<before>{_BEFORE})(?:"
        rf"百分之(?P<share>{number})"
        rf"|(?<![\dA-Za-z.第])(?P<low>{number})(?P<more>[余多])?\s*"
        rf"(?:(?P<scale_low>{scale})?(?:{unit})?\s*{_TO}\s*(?P<high>{number}))?"
        rf"\s*(?P<scale>{scale})?(?P<more_after>[余多])?\s*(?P<unit>{unit}|(?<=[万亿])(?![一-鿿]))"
        rf")(?P<after>{_AFTER})?"
    )


def find_quantities(text: str) -> list[Quantity]:
    """The quantities in the text from left to right; years, dates and the numbers of headings are none."""
    found = [quantity for match in _pattern().finditer(text) if (quantity := _quantity(text, match))]
    ranks = (Quantity(*match.span(), None, None, "", "", "") for match in _RANK.finditer(text))
    return sorted((*found, *ranks), key=lambda quantity: quantity.start)


def in_unit(amount: float, unit: str) -> str:
    """An amount of base units, written in a unit: 4e9 元 in 亿元 is 40亿元; a difference of shares is 个百分点."""
    scale = next(name for name in sorted(_SCALES, key=len, reverse=True) if unit.startswith(name))
    size = _SCALES[scale] * _units().get(unit.removeprefix(scale), (1.0, ""))[0]
    written = f"{round(amount / size, 4):f}".rstrip("0").rstrip(".")
    return written + ("个百分点" if unit in ("%", "％") else unit)


def qualifiers(text: str) -> frozenset[str]:
    """The qualifiers in the text that make another indicator of the one they stand with, one name for each."""
    return frozenset(names[0] for names in _qualifiers() if any(name in text for name in names))


@cache
def _qualifiers() -> tuple[tuple[str, ...], ...]:
    lines = files("qa.text").joinpath("qualifiers.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip() and not line.startswith("#"))


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    if match["share"]:
        low = high = _number(match["share"])
        unit, size, base = "%", 1.0, "%"
    else:
        if _is_date(text, match):
            return None
        unit = (match["scale"] or "") + match["unit"]
        size, base = _units().get(match["unit"], (1.0, ""))
        size *= _SCALES[match["scale"] or ""]
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        if low is not None and match["scale_low"] and match["scale_low"] != match["scale"]:
            low *= _SCALES[match["scale_low"]] / _SCALES[match["scale"] or ""]
    if low is None or high is None:
        return None
    limits = (match["before"], match["more"], match["more_after"], match["after"])
    if match["fall"] and base in ("%", "个百分点"):
        size = -size
    return Quantity(*match.span(), low * size, high * size, unit, base, "".join(filter(None, limits)))


def _is_date(text: str, match: re.Match[str]) -> bool:
    """2024年, 3月5日 and the 24 hours of a day are no quantities; 3年 and 5日 by themselves are."""
    if match["unit"] == "年":
        return re.fullmatch(r"(?:19|20)\d\d|[二一][零〇九][零〇一二三四五六七八九]{2}", match["low"]) is not None
    return match["unit"] == "日" and text[max(match.start("low") - 1, 0) : match.start("low")] == "月"


def _number(written: str) -> float | None:
    plain = written.replace(",", "").replace("，", "")
    return float(plain) if plain[0].isdigit() else numeral_value(plain)
