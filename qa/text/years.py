"""Years as they are written: 2024年, 24年, 二〇二四年, 今年, 十四五."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {numeral: str(value) for value, numeral in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○ΟО", "0")
_BEFORE_A_SPAN = "近来去约满超第达后前费限龄长续"  # 近10年 and 缴费满15年 are spans of time, 24年 is a year
_BASE = "度(?:实际|月|职工|平均|缴|社会)"  # 上年度实际缴纳的保险费 is what a figure is reckoned from, whatever the year
_YEAR = re.compile(
    r"(?<!\d)(?P<full>(?:19|20)\d{2})(?=\s*(?:年|[-—~至、和/]\s*(?:19|20)\d{2}\s*年|[-/]\d{1,2}(?!\d)|\.\d{1,2}\.\d))"
    rf"|(?<![\d.{_BEFORE_A_SPAN}])(?P<short>[012]\d)(?=年)(?!年(?:期|来|间|以上|以下|以内|前(?![一二三四两\d])))"
    r"|(?P<numerals>[一二][零〇○ΟО一二三四五六七八九]{3})(?=年)"
    rf"|(?P<relative>今年|本年|当年|去年|(?<!其)(?:上年|上一年)(?!{_BASE})|前年|明年|下年|下一年)"
    r"|(?P<bare>(?<![\d.,])(?:19|20)\d{2}(?![\d.,%]|\s*[家个亿万项元人件]))"
)
_RELATIVE = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "下": 1}
_PLAN = re.compile(r"[“\"]?(十[一二三四五六七八九]?)五[”\"]?(?:(?P<last>收官|末|最后一年)|(?P<first>开局|第一年))?")
_FIRST_PLANS = {"十": 2001}  # the tenth five-year plan began in 2001


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in a text and where it stands."""

    start: int
    end: int
    year: int
    relative: bool = False


def find_years(text: str, this_year: int | None = None, bare: bool = True) -> list[YearMention]:
    """The years in the text from left to right.

    今年 and its like count only when it is known which year is meant. A `bare` year has no 年 behind it: people ask
    that way and titles are written so, in running text it is a figure.
    """
    mentions = []
    for match in _YEAR.finditer(text):
        if match["relative"]:
            if this_year is not None:
                year = this_year + _RELATIVE[match["relative"][0]]
                mentions.append(YearMention(*match.span(), year, relative=True))
            continue
        if match["bare"] and not bare:
            continue
        end = match.end() + (text[match.end() : match.end() + 1] == "年")
        mentions.append(YearMention(match.start(), end, _year(match)))
    return mentions


def _year(match: re.Match[str]) -> int:
    if match["short"]:
        return 2000 + int(match["short"])
    if match["numerals"]:
        return int("".join(_DIGITS[character] for character in match["numerals"]))
    return int(match["full"] or match["bare"])


def plan_years(text: str) -> list[int]:
    """The first or last year of a five-year plan (十三五收官 is 2020) where the text singles one out."""
    years = []
    for match in _PLAN.finditer(text):
        ordinal = "一二三四五六七八九".find(match.group(1)[1:2]) + 1 if len(match.group(1)) > 1 else 0
        begin = _FIRST_PLANS["十"] + 5 * ordinal
        if match["last"]:
            years.append(begin + 4)
        elif match["first"]:
            years.append(begin)
    return years
