from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.answers.wording import ends_text, headline, label, places, table_text, validity_note
from qa.records import Cell, Comparison, DocumentCard, Figure, Validity
from qa.retrieval.questions import read_question

FIGURE = Figure(
    "新增学位1.2万个", "1.2万个", 12000, 12000, "万个", "个", "", "福建省厦门市", 2025, "target", "d", 3, 11, 0
)


@pytest.mark.parametrize(
    ("region", "when", "aim", "said"),
    [
        ("福建省厦门市", "2025年", "target", "厦门市 2025年 目标"),
        ("福建省厦门市", "", "result", "厦门市 实际"),
        (None, "2025年上半年", None, "2025年上半年"),
        ("高新园区", "", None, "高新园区"),  # what the gazetteer does not know stands as it is
        (None, "", None, ""),
    ],
)
def test_what_a_figure_is_of(region: str | None, when: str, aim: str | None, said: str) -> None:
    assert label(region, when, aim) == said


def test_the_headline_of_a_figure() -> None:
    assert headline(FIGURE) == "厦门市 2025年 目标：新增学位1.2万个"
    assert headline(replace(FIGURE, region=None, year=None, aim=None)) == "新增学位1.2万个"


def test_places_are_told_by_their_own_names_once() -> None:
    assert places(read_question("厦门、福州和厦门的学位目标")) == "厦门市、福州市"
    assert places(read_question("学位目标是多少")) == ""


def test_the_ends_of_an_order_are_said_first_and_then_the_first_places() -> None:
    cells = tuple(Cell(name, f"{name}1.2万个", FIGURE, 0) for name in ("甲市", "乙市", "丙市"))
    assert (
        ends_text(Comparison(cells, "最高的是甲市。"), 2)
        == "最高的是甲市。\n甲市：甲市1.2万个\n乙市：乙市1.2万个\n其余1个从略。"
    )
    assert ends_text(Comparison(cells, "最高的是甲市。"), 3).endswith("\n丙市：丙市1.2万个")
    assert ends_text(Comparison(cells, ""), 1).startswith("甲市：")


def test_a_comparison_in_lines() -> None:
    told, blank = Cell("厦门市", "新增学位1.2万个", FIGURE, 0), Cell("泉州市", "", None, None, "没有泉州市的文档")
    lines = "厦门市：新增学位1.2万个\n泉州市：没有泉州市的文档"
    assert table_text(Comparison((told, blank), "")) == lines
    assert table_text(Comparison((told, blank), "厦门市更高。")) == f"{lines}\n厦门市更高。"


def test_a_document_that_does_not_hold_is_said_not_to() -> None:
    card = DocumentCard(
        "d", "d.txt", "某办法", validity=Validity(effective=date(2016, 3, 1), expires=date(2021, 2, 28))
    )
    assert validity_note(card, date(2018, 1, 1)) is None
    assert validity_note(card, date(2024, 1, 1)) == "所引文件有效期至2021年2月28日，已过有效期"
    assert validity_note(card, date(2016, 1, 1)) == "所引文件自2016年3月1日起施行，此前不适用"
    repealed = DocumentCard("d", "d.txt", "某办法", validity=Validity(repealed=True))
    assert validity_note(repealed, date(2024, 1, 1)) == "所引文件已标明废止或失效"
