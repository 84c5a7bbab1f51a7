from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from qa.chat.compare_tab import show_compared
from qa.errors import UnusableQuestionError
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer
from tests.chat.reading import text_of
from tests.chat.samples import compared, figure

HOSTILE = "<script>alert(1)</script>"


class _Compared:
    """Stands for a knowledge base; remembers what it was to compare."""

    def __init__(self, *sides: object) -> None:
        self._sides = sides
        self.asked: list[tuple[object, ...]] = []

    def compare(self, indicator: str, regions: Sequence[str], years: Sequence[int], aim: str | None) -> Answer:
        self.asked.append((indicator, regions, years, aim))
        if not indicator:
            raise UnusableQuestionError("请写出要比较的指标。")
        return compared(*self._sides)  # type: ignore[arg-type]


def shown(knowledge: _Compared, *asked: object) -> str:
    return show_compared(cast(KnowledgeBase, knowledge), *asked)  # type: ignore[arg-type]


def test_a_row_for_each_region_and_a_column_for_each_year() -> None:
    knowledge = _Compared(
        figure("1家", 1), figure("2家", 2, year=None, aim=None), "没有乙区2023年的文件", figure("4家", 4)
    )
    html = shown(knowledge, "高企", ["甲区", "乙区"], [2023, 2024], "target")
    assert knowledge.asked == [("高企", ["甲区", "乙区"], [2023, 2024], "target")]
    assert text_of(html, inside="h2") == "高企：目标"
    assert text_of(html, inside="thead") == "地区2023年2024年"
    assert text_of(html, inside="open") == "1家2家4家"
    assert text_of(html, inside="none") == "没有乙区2023年的文件"
    titled = "《镇海区科技局2024年工作计划》"
    assert text_of(html, inside="facts") == f"2024年 · 目标 · {titled}原文未写明年份 · {titled}2024年 · 目标 · {titled}"
    assert text_of(html, inside="verdict") == "甲更高。"
    assert html.count('data-document="004.txt" data-start="') == 3
    assert "<svg" in html
    assert 'download="高企对比.xlsx"' in html


def test_what_cannot_be_compared_is_told() -> None:
    assert text_of(shown(_Compared(), "", [], [], ""), inside="problem") == "请写出要比较的指标。"


def test_neither_an_indicator_nor_a_figure_is_markup() -> None:
    html = shown(_Compared(figure(HOSTILE, 1, wording=HOSTILE), HOSTILE), HOSTILE, [HOSTILE, HOSTILE], [], "")
    assert text_of(html, inside="h2") == f"{HOSTILE}：目标和完成情况"
    assert text_of(html, inside="open") == text_of(html, inside="none") == HOSTILE
