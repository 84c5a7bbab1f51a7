"""Years as they are written: 2024年, 24年, 二〇二四年, 今年, 2021—2023年, 近三年, 十四五末."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qa.text.numerals import numeral_value

_NUMERALS = "零一二三四五六七八九"
_DIGITS = {numeral: str(value) for value, numeral in enumerate(_NUMERALS)} | dict.fromkeys("〇○ΟО", "0")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")  # a character each, so that places stay
_BEFORE_A_SPAN = "近来去约满超第达后前费限龄长续"  # 近10年 and 缴费满15年 are spans of time, 24年 is a year
_BASE = "度(?:实际|月|职工|平均|缴|社会)"  # 上年度实际缴纳的保险费 is what a figure is reckoned from, whatever the year
_FROM_TODAY = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
_FROM_THE_YEAR_TOLD = {
    **dict.fromkeys(("本年", "当年"), 0),
    **dict.fromkeys(("上年", "上一年", "前一年"), -1),
    **dict.fromkeys(("下年", "下一年", "后一年"), 1),
}
_RELATIVE = _FROM_TODAY | _FROM_THE_YEAR_TOLD
_YEAR = re.compile(
    r"(?<!\d)(?P<full>(?:19|20)\d{2})(?=\s*(?:年|[-—~至到、和/]\s*(?:19|20)\d{2}\s*年|[-/]\d{1,2}(?!\d)|\.\d{1,2}\.\d))"
    rf"|(?<![\d.{_BEFORE_A_SPAN}])(?P<short>[012]\d)(?=年)(?!年(?:期|来|间|以上|以下|以内|前(?![一二三四两\d])))"
    r"|(?P<numerals>[一二][零〇○ΟО一二三四五六七八九]{3})(?=年)"
    rf"|(?<![以之说注证写标])(?!(?<=其)上一?年|上一?年{_BASE})"  # 以前年度, 以上年龄, 注明年份
    rf"(?P<relative>{'|'.join(_RELATIVE)})(?![龄限份薪轻])"
    r"|(?P<bare>(?<![\d.])(?<!\d,)(?:19|20)\d{2}(?![\d.%]|,\d|\s*[家个亿万项元人件]))"
    r"|[“\"]?(?P<plan>十[一二三四五六七八九]?)五[”\"]?(?:(?P<last>收官|末|最后一年)|开局|第一年)"
)
_PERIOD_OF_PLAN = re.compile(  # the tenth is written “十五”: 正月十五期间 and 十五年均 name no plan
    r"(?:[“‘「\"](?P<quoted>十[一二三四五六七八九]?|[三四五六七八九])五[”’」\"]"
    r"|(?<![一二三四五六七八九])(?P<plain>十[一二三四五六七八九])五)"
    r"(?:规划(?:实施)?)?(?:时期|期间|以来|这?五年|累计|年均|[一总]共|[合总]计)"
)
_TENTH_PLAN, YEARS_OF_PLAN = 2001, 5  # its first year, and how many a plan has
_TO = re.compile(r"\s*(?:-|—+|–|~|至|到)\s*")
_LATEST = re.compile(r"(?:最近|近|过去)\s*(?P<count>[一二两三四五六七八九]|\d)\s*年(?![级制期])")
_LONGEST_RANGE = 20  # years


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a text and where it stands; `relative` says from what a year without a number is counted."""

    start: int
    end: int
    year: int
    relative: bool = False


@dataclass(frozen=True, slots=True)
class YearStretch:
    """The stretch of a question that names years, and all the years it means."""

    start: int
    end: int
    years: tuple[int, ...]


def find_years(text: str, this_year: int | None = None, bare: bool = True) -> list[YearMention]:
    """The years in the text from left to right.

    今年 and its like count only when it is known which year is meant. A `bare` year has no 年 behind it: people ask
    that way and titles are written so, in running text it is a figure.
    """
    mentions = []
    for match in _YEAR.finditer(text.translate(_HALF_WIDTH)):
        if word := match["relative"]:
            if this_year is not None:
                mentions.append(YearMention(*match.span(), this_year + _RELATIVE[word], relative=True))
        elif bare or not match["bare"]:
            end = match.end() + (text[match.end() : match.end() + 1] == "年")
            mentions.append(YearMention(match.start(), end, _year(match)))
    return mentions


def named_years(text: str, this_year: int | None = None) -> list[YearStretch]:
    """The years that a question names, from left to right: single ones, all those of a range or a plan, the latest few.

    近三年 means none as long as it is not known which year is the last.
    """
    stretches: list[YearStretch] = []
    for mention in find_years(text, this_year):
        before = stretches[-1] if stretches else None
        first = before.years[-1] if before else mention.year
        if before and _TO.fullmatch(text, before.end, mention.start) and 0 < mention.year - first <= _LONGEST_RANGE:
            years = (*before.years, *range(first + 1, mention.year + 1))
            stretches[-1] = YearStretch(before.start, mention.end, years)
        else:
            stretches.append(YearStretch(mention.start, mention.end, (mention.year,)))
    for match in _PERIOD_OF_PLAN.finditer(text):
        years = _years_of_plan(match["quoted"] or match["plain"])
        if not any(
            set(years).issuperset(stretch.years) for stretch in stretches
        ):  # 十四五期间，2023年… is asked of 2023
            stretches.append(YearStretch(*match.span(), years))
    for match in _LATEST.finditer(text):
        count = int(_DIGITS.get(match["count"].replace("两", "二"), match["count"]))
        latest = () if this_year is None else tuple(range(this_year - count + 1, this_year + 1))
        stretches.append(YearStretch(*match.span(), latest))
    return sorted(stretches, key=lambda stretch: stretch.start)


def plan_years(text: str) -> tuple[int, ...]:
    """The years of the first five-year plan whose period the text names: 2021 to 2025 of “十四五”时期; () of none."""
    named = _PERIOD_OF_PLAN.search(text)
    return _years_of_plan(named["quoted"] or named["plain"]) if named else ()


def year_names(years: Sequence[int]) -> list[str]:
    """How years are called: 2023年, 2024年; five and more in a row together, 2021—2025年."""
    if len(years) >= YEARS_OF_PLAN and list(years) == list(range(years[0], years[-1] + 1)):
        return [f"{years[0]}—{years[-1]}年"]
    return [f"{year}年" for year in years]


def write_out_years(text: str, year: int, from_today: bool = False) -> str:
    """The text with 去年, 上一年 and their like as plain years; `from_today` leaves 上一年, which may be another."""
    for mention in reversed(find_years(text, year)):
        if mention.relative and (not from_today or text[mention.start : mention.end] in _FROM_TODAY):
            text = f"{text[: mention.start]}{mention.year}年{text[mention.end :]}"
    return text


def _year(match: re.Match[str]) -> int:
    if match["plan"] is not None:
        return _years_of_plan(match["plan"])[-1 if match["last"] else 0]
    if match["short"]:
        return 2000 + int(match["short"])
    if match["numerals"]:
        return int("".join(_DIGITS[character] for character in match["numerals"]))
    return int(match["full"] or match["bare"])


@cache
def _years_of_plan(ordinal: str) -> tuple[int, ...]:
    """Of the five-year plan of that ordinal: 十四 of 十四五, 六 of 六五. Before the third they were of other years."""
    first = _TENTH_PLAN + YEARS_OF_PLAN * (int(numeral_value(ordinal) or 0) - 10)
    return tuple(range(first, first + YEARS_OF_PLAN))
