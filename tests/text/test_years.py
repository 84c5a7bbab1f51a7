from __future__ import annotations

import pytest

from qa.text.years import (
    YearMention,
    YearStretch,
    find_years,
    named_years,
    plan_years,
    write_out_years,
    year_names,
)


def years(text: str, this_year: int | None = None) -> list[int]:
    return [mention.year for mention in find_years(text, this_year)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024年高企目标", [2024]),
        ("24年高企目标", [2024]),
        ("二〇二四年", [2024]),
        ("１９９７年原煤", [1997]),
        ("二○一九年十月", [2019]),
        ("一九九八年", [1998]),
        ("2023-2024年", [2023, 2024]),
        ("2023—2024年", [2023, 2024]),
        ("2023年至2025年", [2023, 2025]),
        ("2023、2024年", [2023, 2024]),
        ("2024-04-03", [2024]),
        ("镇海2024", [2024]),
        ("24年前三季度", [2024]),
        ("24年以来", [2024]),
        ("新增2024家", []),
        ("产值超2000亿元", []),
        ("1125聚才计划", []),
        ("5年", []),
        ("近10年", []),
        ("10年来", []),
        ("20年前", []),
        ("缴费满15年", []),
    ],
)
def test_years_as_they_are_written(text: str, found: list[int]) -> None:
    assert years(text) == found


def test_relative_years_need_to_know_which_year_it_is() -> None:
    assert years("今年比去年多，明年和前年呢") == []
    assert years("今年比去年多，明年和前年呢", 2026) == [2026, 2025, 2027, 2024]


def test_year_that_a_figure_is_reckoned_from_is_no_year_told() -> None:
    assert years("返还其上年度实际缴纳保险费的50%", this_year=2020) == []
    assert years("按照上年度职工月平均工资", this_year=2020) == []
    assert years("上年度工作总结", this_year=2020) == [2019]


def test_mentions_say_where_they_stand() -> None:
    assert find_years("镇海2024年和去年", 2024) == [
        YearMention(2, 7, 2024),
        YearMention(8, 10, 2023, relative=True),
    ]


@pytest.mark.parametrize("text", ["以前年度", "60岁以上年龄", "注明年份", "说明年限", "至今年薪"])
def test_words_that_hold_a_relative_year_by_chance_name_none(text: str) -> None:
    assert years(text, 2026) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("十三五收官之年", [2020]),
        ("“十四五”开局", [2021]),
        ("到十四五末", [2025]),
        ("十五五第一年", [2026]),
        ("十五末", [2005]),
        ("十四五规划", []),
        ("“十四五”期间", []),
    ],
)
def test_years_of_five_year_plans(text: str, found: list[int]) -> None:
    assert years(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024年高企", [(2024,)]),
        ("2022到2024年", [(2022, 2023, 2024)]),
        ("2021—2023", [(2021, 2022, 2023)]),
        ("2021年至2023年", [(2021, 2022, 2023)]),
        ("2021年~2022年", [(2021, 2022)]),
        ("2021年和2023年", [(2021,), (2023,)]),
        ("优良率,2024、2025两年", [(2024,), (2025,)]),
        ("计划2024-2026，规模", [(2024, 2025, 2026)]),
        ("资金2,026元", []),
        ("2024-04-03", [(2024,)]),
        ("2025年上半年", [(2025,)]),
        ("24年一季度", [(2024,)]),
        ("近三年", [(2024, 2025, 2026)]),
        ("最近2年", [(2025, 2026)]),
        ("去年到今年", [(2025, 2026)]),
        ("近年来", []),
        ("“十四五”期间新增", [(2021, 2022, 2023, 2024, 2025)]),
        ("十五五规划提出", []),
        ("“十五”期间", [(2001, 2002, 2003, 2004, 2005)]),
        ("「六五」期间", [(1981, 1982, 1983, 1984, 1985)]),
        ("十四五累计", [(2021, 2022, 2023, 2024, 2025)]),
        ("十四五规划实施以来", [(2021, 2022, 2023, 2024, 2025)]),
        ("十四五期间，2023年新增", [(2023,)]),
        ("十四五期间和2026年", [(2021, 2022, 2023, 2024, 2025), (2026,)]),
        ("正月十五期间", []),
        ("二十五期间", []),
        ("十五年均增长", []),
    ],
)
def test_all_years_that_a_question_names(text: str, found: list[tuple[int, ...]]) -> None:
    assert [stretch.years for stretch in named_years(text, 2026)] == found


def test_the_latest_years_need_to_know_which_is_the_last() -> None:
    assert named_years("近三年的产值") == [YearStretch(0, 3, ())]


def test_years_are_written_out_by_what_they_are_counted_from() -> None:
    assert write_out_years("去年和上一年", 2026, from_today=True) == "2025年和上一年"
    assert write_out_years("去年和上一年", 2020) == "2019年和2019年"


def test_the_years_of_a_plan_are_called_together() -> None:
    assert year_names(plan_years("“十三五”以来")) == ["2016—2020年"]
    assert year_names((2023, 2024)) == ["2023年", "2024年"]
    assert year_names((2019, 2021, 2022, 2023, 2024)) == ["2019年", "2021年", "2022年", "2023年", "2024年"]
