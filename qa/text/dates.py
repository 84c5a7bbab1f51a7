"""Days as running text writes them: 2024年3月1日, 二〇二四年三月, 2025年底."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_NUMERALS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○ΟОO零", "0")
_NUMBER = r"[\d一二三四五六七八九十]{1,3}"
DAY = rf"(?:\d{{4}}|[一二][〇○ΟОO零0一二三四五六七八九]{{3}})年(?:{_NUMBER}月(?:{_NUMBER}日|底|末|份)?|底|末)?"
_PARTS = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


def arabic(text: str) -> str:
    """The text with the numerals in it as figures: 二〇二四年三月十二日 as 2024年3月12日."""

    def number(match: re.Match[str]) -> str:
        numeral = match.group()
        if "十" not in numeral:
            return "".join(_NUMERALS.get(character, character) for character in numeral)
        tens, _, ones = numeral.partition("十")
        return str(10 * int(_NUMERALS.get(tens, "1")) + int(_NUMERALS.get(ones, "0")))

    return re.sub(r"[〇○ΟОO零一二三四五六七八九十]+", number, text)


def days_of(day: str) -> tuple[date, date] | None:
    """The first and the last day of what DAY matches, a day, month or year; None for 2月30日 and the like."""
    parts = _PARTS.match(arabic(day))
    if parts is None:
        return None
    year, month, of_month = (int(part) if part else None for part in parts.groups())
    try:
        first = date(year or 0, month or 1, of_month or 1)
        last = date(year or 0, month or 12, of_month or monthrange(year or 0, month or 12)[1])
    except ValueError:
        return None
    return first, last


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months later, or the last one where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(first: date, months: int) -> date:
    """The last day of a time of that many months that begins with `first`."""
    return add_months(first, months) - timedelta(days=1)
