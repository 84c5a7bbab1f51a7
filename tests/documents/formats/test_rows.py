from __future__ import annotations

import pytest

from qa.documents.formats.rows import tell_row

INDICATORS = ("序号", "指标", "单位", "2024年", "2023", "比上年增长（%）", "备注")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            ("1", "接待游客", "万人次", "512", "480", "6.7", "初步数"),
            ("接待游客2024年512万人次", "接待游客2023年480万人次", "接待游客比上年增长6.7%"),
        ),
        (
            ("2", "进出口总额（亿元）", "", "1,350.2", "—", "-3"),
            ("进出口总额2024年1350.2亿元", "进出口总额比上年增长-3%"),
        ),
        (("3", "PM2.5", "微克", "25", "", ""), ("PM2.5 2024年25微克",)),
        (("4", "城镇化率，%", "", "75.1", "", ""), ("城镇化率2024年75.1%",)),
        (("5", "责任单位", "", "市科技局"), ()),
    ],
)
def test_each_figure_with_its_name_its_column_and_its_unit(cells: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert tell_row(INDICATORS, cells) == told


def test_columns_of_several_things_for_places_or_years() -> None:
    heads = ("镇（街道）", "工业产值（亿元）", "高新技术企业（家） 2024年目标", "增长%")
    told = ("骆驼街道工业产值310.8亿元", "骆驼街道高新技术企业2024年目标20家", "骆驼街道增长5%")
    assert tell_row(heads, ("骆驼街道", "310.8", "20", "5")) == told
    assert tell_row(("年份", "产量（吨）"), ("2024", "98")) == ("2024年产量98吨",)


@pytest.mark.parametrize("caption", ["单位：万元", "表1 财政收支（单位: 万元）"])
def test_the_unit_of_the_whole_table(caption: str) -> None:
    heads = ("项目", "2024年决算数", "增幅")
    told = ("其中 税收收入2024年决算数88万元", "其中 税收收入增幅4.3")
    assert tell_row(heads, ("其中：税收收入", "88", "4.3"), caption) == told


def test_a_body_is_no_unit() -> None:
    assert tell_row(("项目", "数量"), ("车位", "88"), "责任单位：市科技局") == ("车位数量88",)


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("", "", ""), ("车位", "个", "88")),
        (("指标", "2024年", "2024年"), ("车位", "88个", "90个")),  # which is which stands elsewhere
        (("指标", ""), ("车位", "88个")),
        (("指标", "数量"), ("车位", "88个", "90个")),
        (("指标", "2024年", "2025年"), ("车位 88", "90个")),
        (("指标", "2024年", "备注"), ("车位", "88个", "90个")),
        (("任务", "目标"), ("建车位。完善管理", "88个")),
        (("任务", "目标"), ("建" * 300, "88个")),
    ],
)
def test_what_is_not_certain_or_running_text_is_not_told(heads: tuple[str, ...], cells: tuple[str, ...]) -> None:
    assert tell_row(heads, cells) == ()
