from __future__ import annotations

import pytest

from qa.text.months import find_months


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2024年上半年", (1, 6)),
        ("下半年工作思路", (7, 12)),
        ("1-6月规上工业增加值", (1, 6)),
        ("1—9月", (1, 9)),
        ("1月至11月", (1, 11)),
        ("前三季度", (1, 9)),
        ("一至三季度", (1, 9)),
        ("第四季度", (10, 12)),
        ("前两个季度", (1, 6)),
        ("前十个月", (1, 10)),
        ("截至2024年6月底", (1, 6)),
        ("24年年中", (1, 6)),
        ("2024年全年", (1, 12)),
        ("全年目标", (1, 12)),
        ("到2024年末", (1, 12)),
        ("9月份", (9, 9)),
        ("“五一”假期五天", (0, 0)),
        ("冬季浓度", (0, 0)),
        ("汛期转移群众", (0, 0)),
        ("截至12月底", (1, 12)),
    ],
)
def test_the_part_of_a_year_that_is_named(text: str, months: tuple[int, int]) -> None:
    assert [each.months for each in find_months(text)] == [months]


@pytest.mark.parametrize(
    "text",
    [
        "2016年中山有多少户",
        "这五年中，收入增加",
        "8月底前竣工",
        "完成全年目标的49.5%",
        "完成全年目标任务49.5%",
        "完成全年10家任务的40%",
        "2024年9月3日",
        "期满前1个月",
        "6-12月龄",
        "截至2月10日",
        "寒冷、避暑",
    ],
)
def test_no_part_of_a_year(text: str) -> None:
    assert find_months(text) == []
