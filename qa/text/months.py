"""Parts of a year as they are written: 上半年, 1—9月, 截至6月底, “五一”假期; 全年 and 年末 are the whole of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_ONE, _MONTH = "[一二两三四五六七八九十]|1?[0-9]", "1[0-2]|[1-9]"
_MONTHS = re.compile(
    rf"(?P<whole>全年(?!(?:[\d.]+[一-鿿%]{{1,3}})?的?(?:目标|任务|计划|预期|预算)[^，,。；;]{{0,4}}[的\d])|年[末底终]|12月(?:底|末|31日))"
    rf"|(?P<half>[上下])半年"
    rf"|(?<=年)(?P<middle>年中)"
    rf"|前(?P<first_quarters>[一二两三1-3])个?季度"
    rf"|(?P<from_quarter>[一1])[—–~～至到-]+第?(?P<to_quarter>[二三四2-4])季度"
    rf"|第?(?P<quarter>[一二三四1-4])季度"
    rf"|(?<![\d.])(?P<from_month>{_MONTH})(?:月份?)?\s*[—–~～至到-]+\s*(?P<to_month>{_MONTH})月(?![\d龄])"
    rf"|(?:(?<=年)|(?<![一-鿿]))前(?P<first_months>{_ONE})个?月"  # not 期满前1个月
    rf"|截[至止]到?\s*(?:(?:19|20)\d\d年)?(?P<until>{_MONTH})月(?:份|底|末)?(?!\d)"
    rf"|(?<!\d)(?P<month>{_MONTH})月份"
    r"|(?P<spell>[“\"]?(?:元旦|春节|清明|五一|端午|中秋|国庆|暑|寒)[”\"]?(?:(?:小?长|黄金)?[假周]期?|期间?)"
    r"|[春夏秋冬淡旺]季|[供采取]暖[季期]|汛期)"
)
WHOLE, SPELL = (1, 12), (0, 0)  # a spell has no months of its own: a holiday, a season


@dataclass(frozen=True, slots=True)
class MonthsMention:
    """A part of a year where it stands in a text: its first month and its last; WHOLE, or SPELL."""

    start: int
    end: int
    months: tuple[int, int]


def find_months(text: str) -> list[MonthsMention]:
    """The parts of a year that a text names, from left to right."""
    return [MonthsMention(*match.span(), _months(match)) for match in _MONTHS.finditer(text)]


def _months(match: re.Match[str]) -> tuple[int, int]:
    if match["half"]:
        return (1, 6) if match["half"] == "上" else (7, 12)
    if match["middle"]:
        return (1, 6)
    if match["spell"]:
        return SPELL
    if match["month"]:
        return int(match["month"]), int(match["month"])
    if match["from_quarter"]:
        return 1, 3 * _value(match["to_quarter"])
    if match["quarter"]:
        last = 3 * _value(match["quarter"])
        return last - 2, last
    if match["from_month"]:
        return int(match["from_month"]), int(match["to_month"])
    if quarters := match["first_quarters"]:
        return 1, 3 * _value(quarters)
    if last_of := match["first_months"] or match["until"]:
        return 1, _value(last_of)
    return WHOLE


def _value(numeral: str) -> int:
    return _NUMERALS.get(numeral) or int(numeral)
