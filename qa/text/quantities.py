"""Quantities as documents write them: 110家, 4847.8385万元, 5%—5.5%, 百分之三点四二, 一百一十家, 翻一番, 前三."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.text.numerals import numeral_value

_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_NUMERALS = "一二两三四五六七八九十百千零〇"
_NUMBER = (
    r"\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|(?!0\d)\d+(?:[.．]\d+)?"
    rf"|(?<![数几](?=十))(?<![统同唯单逐](?=一))[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?"
)
_MYRIADS = rf"(?:(?:{_NUMBER})(?:万亿|亿|万)零?){{1,2}}(?=[\d一二两三四五六七八九])"  # the 1亿 of 1亿2000万元
# What no number of its own begins behind: 第3条, 5A级, 2000万元 behind 1亿, 每100户 (a measure), 前3个; but 提前3个月.
_NOT_INSIDE = rf"(?<![\dA-Za-z.．第每万亿点○ΟО{_NUMERALS}])(?<![^提满期]前)(?<!^前)"
_INCLUDED = r"(?:[（(]含[)）])?"
_MINUS = r"(?<![\dA-Za-z%％‰])[-－−](?=[\d.．]+\s*(?:[%％‰]|个?百分点))"
_LEAST = "不(?:得|能)?(?:低|少|小)于|至少|最低|最少|超过|超|突破|高于|大于|达到|[≥＞>]"
_MOST = "不(?:得|能)?(?:超过|高于|大于|多于)|至多|最多|最高|不足|不到|低于|少于|小于|控制在|压减到|[≤＜<]"
_FALL = "(?:下降|减少|降低|下跌|下滑|回落|缩减|负增长|压减|降)了?(?![到至为])"  # 下降到5% is 5%
_BEFORE = rf"(?P<fall>{_FALL})?(?:力争|确保|争取|预计|预期)?(?:(?:{_LEAST}|{_MOST}|约|近|大约|将近|达)[了到]?){{0,2}}"
_AFTER = "(?:[（(]含[)）])?及?以[上下]|[以之]内|左右|上下"
_RANK = re.compile(
    rf"前[{_NUMERALS}\d]+(?:[位名强%％]|(?=[列的]|行列|水平|[^一-鿿\dA-Za-z.．]|$))"
    rf"|第[{_NUMERALS}\d]+[位名]|(?<=[一-鿿])第[{_NUMERALS}\d]+(?=[，,。；;！）)”\s]|$)"
    r"|翻了?[一两二三]?番"
)
_TO = r"(?:[-—–~～至到]{1,2}|以上(?=\S{1,12}以下))"
_SPACE = r"[^\S\n]*"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text: `text[start:end]` is the value with unit and what limits it."""

    start: int
    end: int
    low: float | None  # in base units, the fall of a share below zero; None for 翻番, 前三 and their like
    high: float | None  # differs from `low` in a range
    unit: str  # as it stands: 万元, %, 家
    base: str  # what it is brought to: 元, %, 家; quantities of one base can be compared
    limit: str  # what limits it, as it stands: 力争, 以上, 左右; "" where nothing does


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
    scale = "|".join(map(re.escape, sorted(filter(None, _SCALES), key=len, reverse=True)))
    return re.compile(
        rf"(?P<before>{_BEFORE}){_SPACE}(?:{_NOT_INSIDE}(?P<whole>[{_NUMERALS}万]+)分之(?P<part>{_NUMBER})"
        rf"(?:{_TO}(?:(?P=whole)分之)?(?P<part_high>{_NUMBER}))?"
        rf"|(?:(?P<minus>{_MINUS})|{_NOT_INSIDE})(?P<myriads>{_MYRIADS})?(?P<low>{_NUMBER})(?P<more>[余多])?{_INCLUDED}{_SPACE}"
        rf"(?:(?P<scale_low>{scale})??(?P<unit_low>{unit})?{_SPACE}{_TO}{_SPACE}(?P<high>{_NUMBER}))?"
        rf"{_SPACE}(?P<scale>{scale})??(?P<more_after>[余多])?{_SPACE}"
        rf"(?:(?P<unit>{unit})(?P<per>(?:[/／·](?:{unit}|学?[年期]|月|生|股))*)"
        rf"|(?<=[万亿])(?=[^一-鿿\d]|$|{_AFTER}))"
        rf")(?P<after>{_AFTER})?"
    )


def find_quantities(text: str) -> list[Quantity]:
    """The quantities in the text from left to right; years, dates and the numbers of headings are none."""
    found = [quantity for match in _pattern().finditer(text) if (quantity := _quantity(text, match))]
    ranks = (Quantity(*match.span(), None, None, "", "", "") for match in _RANK.finditer(text))
    return sorted((*found, *ranks), key=lambda quantity: quantity.start)


def in_unit(amount: float, unit: str) -> str:
    """An amount of base units, written in a unit: 4e9 元 in 亿元 is 40亿元; a difference of shares is in 个百分点."""
    size, _ = _measure(unit)
    written = f"{round(amount / size, 4):f}".rstrip("0").rstrip(".")
    return written + ("个百分点" if unit in ("%", "％") else unit)


def base_of(unit: str) -> str | None:
    """What a unit is brought to (亿元 to 元); None for what is no unit."""
    counted = unit.lstrip("百千万亿")
    return _units()[counted][1] if counted in _units() else "元" if unit and not counted else None


def all_units() -> Iterable[str]:
    """Every unit of the list."""
    return _units().keys()


def units_of(bases: Iterable[str]) -> tuple[str, ...]:
    """The units that are brought to one of the bases, without 万 or 亿 before them."""
    wanted = frozenset(bases)
    return tuple(unit for unit, (_, base) in _units().items() if base in wanted)


def qualifiers(text: str) -> frozenset[str]:
    """The qualifiers in the text that make another indicator of the one they stand with, one name for each."""
    return frozenset(names[0] for names in _qualifiers() if any(name in text for name in names))


@cache
def _qualifiers() -> tuple[tuple[str, ...], ...]:
    lines = files("qa.text").joinpath("qualifiers.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip() and not line.startswith("#"))


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    unit = "%" if match["part"] else "".join(filter(None, match.group("scale", "unit", "per")))
    ends = _share(match) if match["part"] else None if _is_date(text, match) else _amounts(match, unit)
    if ends is None:
        return None
    _, base = _measure(unit)
    falls = match["minus"] or (match["fall"] and base in ("%", "个百分点"))
    low, high = sorted(float(f"{-end if falls else end:.12g}") for end in ends)
    limit = "".join(filter(None, match.group("before", "more", "more_after", "after")))
    return Quantity(*match.span(), low, high, unit, base, limit)


def _share(match: re.Match[str]) -> tuple[float, float] | None:
    """The ends of 百分之五至七, 三分之二 in per cent."""
    whole, low, high = (
        _SCALES.get(written) or _number(written)
        for written in (match["whole"], match["part"], match["part_high"] or match["part"])
    )
    return (low * (100 / whole), high * (100 / whole)) if whole and low is not None and high is not None else None


def _amounts(match: re.Match[str], unit: str) -> tuple[float, float] | None:
    """The ends of a range in base units: of 100—200万元 both are in 万元, of 8000元—1万元 each is in its own unit."""
    low, high = _number(match["low"]), _number(match["high"] or match["low"])
    size, base = _measure(unit)
    if low is None or high is None or size == 0:
        return None
    own_unit = match["unit_low"] or match["unit"] or ""
    has_own_scale = match["scale_low"] or match["unit_low"] or low > high
    own_scale = (match["scale_low"] or "") if has_own_scale else (match["scale"] or "")
    own_size, own_base = _measure(own_scale + own_unit + (match["per"] or ""))
    if own_base != base:
        return None
    start = _myriads(match["myriads"] or "") * _measure(own_unit)[0] + low * own_size
    return start, high * size if match["high"] else start


def _myriads(written: str) -> float:
    """The value of 1亿3000万, of which each part is a number with its own scale."""
    parts = re.findall(rf"({_NUMBER})(万亿|亿|万)", written)
    return sum((_number(number) or 0.0) * _SCALES[scale] for number, scale in parts)


@cache
def _measure(unit: str) -> tuple[float, str]:
    """How many of the base unit a unit is, with what stands before and behind it (万吨/日), and the base unit."""
    counted = re.split("[/／·]", unit)[0]
    scale = "" if counted in _units() else max(filter(counted.startswith, _SCALES), key=len)
    size, base = _units().get(counted.removeprefix(scale), (1.0, counted.removeprefix(scale)))
    return _SCALES[scale] * size, base + unit[len(counted) :]


def _is_date(text: str, match: re.Match[str]) -> bool:
    """2024年, 3月5日 and 9时30分 are no quantities; 3年, 5日 and 30分 by themselves are."""
    if match["unit"] == "年":
        low = unicodedata.normalize("NFKC", match["low"])
        return re.fullmatch(r"(?:19|20)\d\d|[二一][零〇九][零〇一二三四五六七八九]{2}", low) is not None
    before = text[: match.start("low")].rstrip()[-1:]
    return (match["unit"], before) in (("日", "月"), ("分", "时"), ("分", "点"))


def _number(written: str) -> float | None:
    plain = unicodedata.normalize("NFKC", written).replace(",", "")
    return float(plain) if plain[0].isdigit() else numeral_value(plain)
