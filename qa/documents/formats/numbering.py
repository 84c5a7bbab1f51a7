"""Word's automatic numbering written out: 一、 （一） 1. 第一章."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand")
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # as the standard calls it: decimal, chineseCounting, …
    pattern: str  # "%1、", "（%2）"
    start: int
    legal: bool  # every number of the pattern in digits


class Numbering:
    """Counts the numbered paragraphs of one document as they come."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}  # which definition a list uses; lists of one definition count on
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._restarts: dict[tuple[str, int], int] = {}
        for definition in root.iterfind(qn("w:abstractNum")) if root is not None else ():
            levels = {int(level.get(qn("w:ilvl")) or 0): _read_level(level) for level in definition.iter(qn("w:lvl"))}
            self._levels[str(definition.get(qn("w:abstractNumId")))] = levels
        for number in root.iterfind(qn("w:num")) if root is not None else ():
            identity = str(number.get(qn("w:numId")))
            self._abstract[identity] = _value(number, "w:abstractNumId")
            for override in number.iterfind(qn("w:lvlOverride")):
                if start := _value(override, "w:startOverride"):
                    self._restarts[identity, int(override.get(qn("w:ilvl")) or 0)] = int(start)

    def next_label(self, identity: str, level: int) -> str:
        """The label of the next paragraph at a level (from 0) of a list; "" for a bullet or an unknown list."""
        abstract = self._abstract.get(identity, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts[abstract]
        restart = self._restarts.pop((identity, level), None)
        counts[level] = restart if restart is not None else counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return ""

        def write(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place not in levels:
                return ""
            form = "decimal" if levels[level].legal and place != level else levels[place].form
            return format_number(counts.setdefault(place, levels[place].start), form)

        return _PLACE.sub(write, levels[level].pattern).strip()


def format_number(number: int, form: str) -> str:
    """A number from 1 written as a numbering form of WordprocessingML has it; digits for forms not known here."""
    if form in _CHINESE and 0 < number < 1000:
        return _chinese(number)
    if form in ("ideographDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((ord("A") if form == "upperLetter" else ord("a")) + number - 1)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 40:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form == "ideographTraditional" and 0 < number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    return f"{number:02}" if form == "decimalZero" else str(number)


def _chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words, number = words + letters * (number // value), number % value
    return words


def _read_level(level: etree._Element) -> _Level:
    return _Level(
        form=_value(level, "w:numFmt") or "decimal",
        pattern=_value(level, "w:lvlText"),
        start=int(_value(level, "w:start") or 1),
        legal=level.find(qn("w:isLgl")) is not None,
    )


def _value(element: etree._Element, name: str) -> str:
    child = element.find(qn(name))
    return str(child.get(qn("w:val")) or "") if child is not None else ""
