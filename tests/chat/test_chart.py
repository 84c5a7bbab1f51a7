from __future__ import annotations

import re

import pytest

from qa.chat.chart import ROW, show_chart
from qa.chat.markup import Html
from qa.records import Figure
from tests.chat.reading import text_of
from tests.chat.samples import compared, figure


def chart(*sides: Figure | str) -> Html:
    comparison = compared(*sides).comparison
    assert comparison
    return show_chart(comparison)


def bars(html: str, name: str) -> list[tuple[float, float]]:
    """Where each bar of that kind begins, and how long it is, in per cent of the width."""
    found = re.findall(rf'<rect class="{name}"[^>]* x="([\d.]+)%" width="([\d.]+)%"', html)
    return [(float(start), float(width)) for start, width in found]


def test_bars_are_as_long_as_their_figures() -> None:
    drawn = chart(figure("100家", 100), "没有乙区的文件", figure("25家", 25))
    assert bars(drawn, "sure") == [(0, 100), (0, 25)]
    assert text_of(drawn, inside="label") == "甲区 2024年丙区 2024年"
    assert text_of(drawn, inside="value") == "100家25家"
    assert text_of(drawn, inside="desc") == "甲区 2024年：100家；丙区 2024年：25家"
    assert f'role="img" width="100%" height="{2 * ROW}"' in drawn


def test_a_range_is_lighter_where_it_leaves_the_figure_open() -> None:
    drawn = chart(figure("5%—8%", 5, high=8), figure("10%", 10))
    assert bars(drawn, "sure") == [(0, 50), (0, 100)]
    assert bars(drawn, "open") == [(50, 30), (100, 0)]


def test_what_falls_lies_left_of_zero() -> None:
    drawn = chart(figure("下降2%", -2), figure("增长6%", 6), figure("下降1%至增长2%", -1, high=2))
    assert bars(drawn, "sure") == [(0, 25), (25, 75), (25, 0)]
    assert bars(drawn, "open")[2] == (12.5, 37.5)


def test_a_figure_of_another_unit_than_most_is_not_drawn() -> None:
    assert text_of(chart(figure(), figure("5亩", 5, base="亩"), figure("55家", 55)), inside="value") == "110家55家"


@pytest.mark.parametrize(
    "sides",
    [
        (figure(), "没有乙区的文件"),
        (figure(), figure("翻番", None)),
        (figure(), figure("5亩", 5, base="亩")),
        (figure("0家", 0), figure("0家", 0)),
    ],
)
def test_nothing_is_drawn_where_nothing_compares(sides: tuple[Figure | str, ...]) -> None:
    assert chart(*sides) == ""
