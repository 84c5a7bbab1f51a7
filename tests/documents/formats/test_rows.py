from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.documents.formats.rows import tell_rows
from qa.records import Told


def told(heads: Sequence[str], *rows: Sequence[str], caption: str = "") -> list[list[str]]:
    """The figures of each row in words."""
    return [[figure.text for figure in figures] for figures in tell_rows(heads, rows, caption)]


def test_each_figure_with_its_name_its_column_and_its_unit() -> None:
    heads = ("序号", "指标", "单位", "2024年", "2023", "比上年增长（%）", "备注")
    rows = [
        ("1", "接待游客", "万人次", "512", "480", "6.7", "初步数"),
        ("2", "一、出口（亿元）", "", "1,350.2", "—", "-3", ""),
        ("3", "PM2.5", "微克", "25", "", "", ""),
        ("4", "城镇化率，%", "", "75.1", "", "", ""),
        ("5", "交通", "", "", "", "", ""),
    ]
    assert told(heads, *rows) == [
        ["接待游客2024年512万人次", "接待游客2023年480万人次", "接待游客比上年增长6.7%"],
        ["出口2024年1350.2亿元", "出口比上年增长-3%"],
        ["PM2.5 2024年25微克"],
        ["城镇化率2024年75.1%"],
        [],
    ]


def test_a_column_of_units_may_have_some_that_are_not_known() -> None:
    heads = ("指标", "单位", "2020年", "2025年", "性质")
    rows = [
        ("死亡率", "1/10万", "7.8", "9", "预期性"),
        ("托位数", "个", "1.36", "4.6", "预期性"),
        ("素养水平", "%", "21.3", "32", ""),
    ]
    assert told(heads, *rows) == [
        ["死亡率2020年7.8", "死亡率2025年9"],
        ["托位数2020年1.36个", "托位数2025年4.6个"],
        ["素养水平2020年21.3%", "素养水平2025年32%"],
    ]


def test_a_figure_knows_its_column_its_row_and_its_place() -> None:
    heads = ("镇（街道）", "工业产值（亿元）", "高新技术企业（家） 2024年目标", "增长%")
    (figures,) = tell_rows(heads, [("骆驼街道", "310.8", "20", "5")])
    assert figures == (
        Told("骆驼街道工业产值310.8亿元", "工业产值", "骆驼街道", "骆驼街道"),
        Told("骆驼街道高新技术企业 2024年目标20家", "高新技术企业 2024年目标", "骆驼街道", "骆驼街道"),
        Told("骆驼街道增长5%", "增长", "骆驼街道", "骆驼街道"),
    )
    compared = tell_rows(("指标", "全国", "镇海区"), [("GDP增速（%）", "5.0", "6.1")])
    assert [figure.place for figure in compared[0]] == ["全国", "镇海区"]
    (counties,) = tell_rows(("指标", "江油市", "三台县", "高新区"), [("高企（家）", "5", "6", "7")])
    assert [figure.place for figure in counties] == ["江油市", "三台县", "高新区"]
    (homes,) = tell_rows(("项目", "目标", "老旧小区"), [("改造老旧小区", "30个", "40个")])
    assert [figure.place for figure in homes] == ["", ""]


def test_columns_of_codes_and_rows_of_years() -> None:
    assert told(("科目编码", "科目", "合计"), ("205", "教育", "30"), caption="单位：万元") == [["教育合计30万元"]]
    assert told(("时间", "产量（吨）"), ("2023", "97"), ("2024", "98")) == [["2023年产量97吨"], ["2024年产量98吨"]]
    assert told(("单位", "高企（家）"), ("镇海区", "97")) == [["镇海区高企97家"]]


@pytest.mark.parametrize("caption", ["单位：万元", "表1 财政收支（单位: 万元）", "单位：万元 2024年底"])
def test_the_unit_of_the_whole_table_is_that_of_no_share_and_no_number_of_things(caption: str) -> None:
    heads = ("项目", "2024年决算数", "增幅", "惠及学生数")
    row = ("其中：增值税", "88", "4.3", "1200")
    assert told(heads, row, caption=caption) == [["增值税2024年决算数88万元", "增值税增幅4.3", "增值税惠及学生数1200"]]


@pytest.mark.parametrize("caption", ["责任单位：市科技局", "单位：人、万元", "各项支出"])
def test_a_caption_that_gives_no_unit_for_all(caption: str) -> None:
    assert told(("项目", "金额"), ("车位", "88"), caption=caption) == [["车位金额88"]]


def test_a_thousands_mark_parts_no_figure() -> None:
    assert told(("对象", "标准"), ("散居孤儿", "1,450元/人·月")) == [["散居孤儿标准1450元/人·月"]]


@pytest.mark.parametrize(
    ("name", "told_as"),
    [
        ("其中：税收", "税收"),
        ("（一）税收", "税收"),
        ("2.税收", "税收"),
        ("2.5米以下儿童", "2.5米以下儿童"),
        ("二类区", "二类区"),
    ],
)
def test_the_number_of_a_row_is_not_its_name(name: str, told_as: str) -> None:
    assert told(("项目", "金额"), (name, "88元")) == [[f"{told_as}金额88元"]]


def test_no_word_is_said_twice() -> None:
    assert told(("收入项目", "收入预算（元）"), ("财政拨款收入", "5")) == [["财政拨款收入预算5元"]]


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (("", "", ""), ("车位", "个", "88")),
        (("指标", "2024年", "2024年"), ("车位", "88个", "90个")),  # which is which stands elsewhere
        (("指标", ""), ("车位", "88个")),
        (("指标", "数量"), ("车位", "88个", "90个")),
        (("指标", "2024年", "备注"), ("车位", "88个", "90个")),  # a cell before it is missing
        (("收入项目", "收入", "支出项目", "支出"), ("拨款", "88元", "教育", "90元")),
        (("任务", "目标"), ("建车位。完善管理", "88个")),
        (("任务", "目标"), ("建" * 300, "88个")),
    ],
)
def test_what_is_not_certain_or_running_text_is_not_told(heads: Sequence[str], row: Sequence[str]) -> None:
    assert told(heads, row) == [[]]


def test_below_a_row_of_other_heads_nothing_is_told() -> None:
    rows = [("甲镇", "8", "9"), ("街道", "幼儿园（所）", "学位（个）"), ("乙镇", "7", "6")]
    assert told(("街道", "养老院（家）", "床位（张）"), *rows) == [["甲镇养老院8家", "甲镇床位9张"], [], []]


def test_a_bracket_that_is_not_closed_holds_no_unit() -> None:
    assert told(("指标", "2024年（" + " " * 20_000 + "x"), ("车位", "8个")) == [["车位2024年（ x 8个"]]


def test_a_rise_with_its_sign_is_a_figure() -> None:
    assert told(["项目", "单位", "上半年", "同比增减"], ["生猪出栏", "万头", "42.3", "+1.9%"]) == [
        ["生猪出栏上半年42.3万头", "生猪出栏同比增减+1.9%"]
    ]
