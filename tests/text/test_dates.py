from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.dates import DAY, add_months, days_of, last_day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024年3月1日", (date(2024, 3, 1), date(2024, 3, 1))),
        ("二〇二四年三月十二日", (date(2024, 3, 12), date(2024, 3, 12))),
        ("2024年2月", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025年底", (date(2025, 1, 1), date(2025, 12, 31))),
        ("2024年2月30日", None),
    ],
)
def test_days_of_what_is_written(text: str, days: tuple[date, date] | None) -> None:
    assert re.fullmatch(DAY, text)
    assert days_of(text) == days


def test_months_later() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 12, 15), 12) == date(2024, 12, 15)
    assert last_day(date(2024, 3, 1), 24) == date(2026, 2, 28)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_times_that_follow_each_other_leave_no_day_out(first: date, months: int) -> None:
    assert (add_months(first, months) - last_day(first, months)).days == 1
