from __future__ import annotations

import pytest

from qa.records import DocumentCard, Passage, Told
from qa.retrieval.need import read_subject
from qa.retrieval.questions import read_question
from qa.retrieval.rows import figures_apart, is_beside, is_of_other_place, is_of_other_row, limits_of, place_of

ZHENHAI, NINGBO = "浙江省宁波市镇海区", "浙江省宁波市"
PLAN = DocumentCard("d", "d.txt", "2025年目标任务", region=NINGBO)


def row(*told: Told) -> Passage:
    return Passage("p", "d", "row", "一行", 0, 2, (), 1, "", told=told)


def figure(place: str, name: str = "", column: str = "2025年目标") -> Told:
    return Told(f"{place}{name}{column}700家", column, f"{place}{name}", place)


def test_the_figures_of_a_row_stand_by_themselves_and_a_paragraph_stays_whole() -> None:
    asked = read_question("镇海2025年高企目标是多少")
    here, elsewhere = figure("镇海区"), figure("余姚市")
    assert [each.told for each in figures_apart(row(here, elsewhere), PLAN, asked)] == [(here,)]
    paragraph = Passage("p", "d", "paragraph", "产量30吨", 0, 5, (), 1, "")
    assert figures_apart(paragraph, PLAN, asked) == [paragraph]


@pytest.mark.parametrize(
    ("place", "asked", "other"),
    [
        ("镇海区", "镇海2025年高企目标", False),
        ("余姚市", "镇海2025年高企目标", True),
        ("招宝山街道", "镇海2025年高企目标", True),
        ("招宝山街道", "镇海招宝山街道2025年高企目标", False),
        ("区经信局", "镇海2025年高企目标", True),
        ("全市", "宁波2025年高企目标", False),
        ("全市", "宁波镇海2025年高企目标", True),
        ("全市", "镇海2025年高企目标", True),
        ("合计", "宁波2025年高企目标", False),
        ("全国", "宁波2025年高企目标", True),
        ("镇海区", "宁波2025年高企目标", True),
        ("", "宁波2025年高企目标", False),
        ("余姚市", "2025年高企目标是多少", False),
    ],
)
def test_a_row_of_another_place_or_of_a_part(place: str, asked: str, other: bool) -> None:
    assert is_of_other_place(row(figure(place)), PLAN, read_question(asked)) is other


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("镇海区", ZHENHAI),
        ("全市", NINGBO),
        ("", NINGBO),
        ("江北区", "浙江省宁波市江北区"),  # there is one in 重庆
        ("高新园区", None),
    ],
)
def test_the_place_of_a_figure(place: str, region: str | None) -> None:
    assert place_of(figure(place), NINGBO) == region


def test_what_the_head_of_a_column_limits() -> None:
    heads = ("2024年决算数", "本年完成", "一季度", "全区一季度", "工业产值 2024年实际", "地区生产总值 总量")
    limits = ["", "", "一季度", "一季度", "工业产值", "地区生产总值"]
    assert [limits_of(figure("", column=head)) for head in heads] == limits


def test_a_cell_that_shares_no_word_with_the_question() -> None:
    need = read_subject(read_question("丹灶镇考核总分是多少"))
    assert is_beside(figure("丹灶镇", column="工业投资"), need)
    assert not is_beside(figure("丹灶镇", column="总分"), need)
    assert not is_beside(figure("丹灶镇", column="2024年"), need)


@pytest.mark.parametrize(
    ("name", "other"), [("季延中学公办", False), ("晋江市季延中学公办", False), ("养正中学初中部公办", True)]
)
def test_a_row_of_another_thing(name: str, other: bool) -> None:
    need = read_subject(read_question("晋江季延中学2025年计划招多少人"))
    assert is_of_other_row(figure("", name, "计划人数"), need) is other
