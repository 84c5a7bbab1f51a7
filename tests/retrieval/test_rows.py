from __future__ import annotations

import pytest

from qa.records import Passage
from qa.retrieval.questions import read_question
from qa.retrieval.rows import figures_apart, is_of_other_place, place_of

ZHENHAI, NINGBO = "浙江省宁波市镇海区", "浙江省宁波市"


def row(text: str, *told: str) -> Passage:
    return Passage("p", "d", "row", text, 0, len(text), (), 1, "", told=told or (text.replace(" | ", ""),))


def test_the_figures_of_a_row_stand_by_themselves_and_a_paragraph_stays_whole() -> None:
    both = row("产量 | 30吨 | 40吨", "产量2023年30吨", "产量2024年40吨")
    assert [each.told for each in figures_apart(both)] == [("产量2023年30吨",), ("产量2024年40吨",)]
    paragraph = Passage("p", "d", "paragraph", "产量30吨", 0, 5, (), 1, "")
    assert figures_apart(paragraph) == [paragraph]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("镇海区 | 700家", False),
        ("2\t镇海\t700家", False),
        ("余姚市 | 700家", True),
        ("招宝山街道 | 700家", True),
        ("全市 | 700家", False),
        ("高新技术企业 | 700家", False),
        ("余姚市支援项目 | 700家", False),  # names no place that the row is of
    ],
)
def test_a_row_of_another_place_or_of_a_part(text: str, other: bool) -> None:
    assert is_of_other_place(row(text), read_question("镇海2025年高企目标是多少")) is other


def test_a_part_that_is_asked_of_is_no_other_place() -> None:
    assert not is_of_other_place(row("招宝山街道 | 700家"), read_question("镇海招宝山街道有多少企业"))
    assert not is_of_other_place(row("余姚市 | 700家"), read_question("高企目标是多少"))


def test_the_place_of_a_row() -> None:
    assert place_of(row("镇海区 | 700家"), NINGBO) == ZHENHAI
    assert place_of(row("全市 | 700家"), NINGBO) == NINGBO
    assert place_of(row("江北区 | 700家"), NINGBO) == "浙江省宁波市江北区"  # there is one in 重庆
    paragraph = Passage("p", "d", "paragraph", "镇海区", 0, 3, (), 1, "")
    assert place_of(paragraph, NINGBO) == NINGBO
