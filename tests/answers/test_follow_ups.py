from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from qa.answers.follow_ups import MOST_TRIED, find_follow_ups
from qa.records import Answer, Cell, Comparison, DocumentCard, Item
from qa.retrieval.questions import read_question
from tests.chat.samples import citation, figure

XIAMEN, FUZHOU, QUANZHOU = "福建省厦门市", "福建省福州市", "福建省泉州市"
ASKED = "厦门2024年绿化率目标是多少"


def told(question: str, text: str = "45%", **given: Any) -> Answer:
    """An answer with a figure of the region, year and aim that the question names."""
    understood = read_question(question)
    values = {
        "wording": f"绿化率{text}",
        "base": "%",
        "region": "".join(understood.regions),
        "year": understood.years[0] if understood.years else 2024,
        "aim": understood.aim,
    }
    told = figure(text, 45, **(values | given))
    return Answer("answered", text, understood, (citation(region=XIAMEN, section=()),), figures=(told,))


def offered(answer: Answer, replies: dict[str, Answer], *regions: str) -> list[str]:
    """What leads on from the answer, where documents of these regions are held and other questions have no reply."""
    refused = Answer("not_found", "", answer.question)
    cards = [DocumentCard(region, region, region, region=region, years=(2024,)) for region in regions]
    return list(find_follow_ups(answer, cards, lambda question: replies.get(question, refused)))


def replies(*questions: str, **given: Any) -> dict[str, Answer]:
    return {question: told(question, f"{place}%", **given) for place, question in enumerate(questions, 1)}


def test_another_year_the_other_aim_and_another_place_are_offered_one_each() -> None:
    years = ("厦门2023年绿化率目标是多少", "厦门2025年绿化率目标是多少")
    result = "厦门2024年绿化率实际是多少"
    places = ("福州市2024年绿化率目标是多少", "泉州市2024年绿化率目标是多少")
    held = (XIAMEN, QUANZHOU, FUZHOU, "福建省", "浙江省宁波市镇海区")
    assert offered(told(ASKED), replies(*years, result, *places), *held) == [years[0], result, places[1]]
    assert offered(told(ASKED), replies(years[1], places[0]), *held) == [years[1], places[0]]


def test_what_has_no_answer_is_not_offered() -> None:
    assert offered(told(ASKED), {}, XIAMEN, FUZHOU) == []
    refused = replace(told(ASKED), status="not_found")
    assert offered(refused, replies("厦门2023年绿化率目标是多少"), XIAMEN) == []


@pytest.mark.parametrize(
    "given",
    [
        {"base": "亩"},
        {"wording": "生产总值增长5%"},
        {"year": 2024},
        {"year": None},
        {"region": FUZHOU},
        {"aim": "result"},
        {"wording": "绿化率45%"},
    ],
)
def test_a_figure_of_something_else_is_no_answer_to_it(given: dict[str, Any]) -> None:
    assert offered(told(ASKED), replies("厦门2023年绿化率目标是多少", **given)) == []


def test_a_year_that_is_told_beside_the_answer_is_not_offered() -> None:
    beside = replace(told(ASKED), also=(figure(year=2023, aim="target"),))
    years = ("厦门2023年绿化率目标是多少", "厦门2025年绿化率目标是多少")
    assert offered(beside, replies(*years)) == [years[1]]


def test_the_year_of_the_figure_is_written_in_where_the_question_names_none() -> None:
    assert offered(told("厦门绿化率是多少"), replies("厦门2023年绿化率是多少")) == ["厦门2023年绿化率是多少"]


def test_a_comparison_leads_to_one_that_is_full() -> None:
    def compared(question: str, *figures: Any) -> Answer:
        cells = tuple(Cell("", "", each, 0 if each else None) for each in figures)
        return replace(told(question), comparison=Comparison(cells, ""))

    asked, other = "厦门和福州2024年绿化率对比", "厦门和福州2023年绿化率对比"
    full = compared(other, figure(), figure())
    assert offered(compared(asked, figure(), figure()), {other: full}) == [other]
    assert offered(compared(asked, figure(), figure()), {other: compared(other, figure(), None)}) == []


@pytest.mark.parametrize(
    ("section", "question"),
    [
        (("一、计划", "（二）绿化工程"), "厦门市绿化工程包括哪些内容"),
        (("（二）厦门市绿化工程",), "厦门市绿化工程包括哪些内容"),
    ],
)
def test_the_list_of_the_section_is_offered_from_the_same_document(section: Sequence[str], question: str) -> None:
    best = citation(region=XIAMEN, section=tuple(section), document_id="d")
    answer = Answer("answered", "", read_question("厦门怎么做绿化"), (best,))
    listed = Answer("answered", "", read_question(question), (best,), items=(Item("甲", "d", 0, 1, 0),))
    assert offered(answer, {question: listed}) == [question]
    elsewhere = replace(listed, items=(Item("甲", "e", 0, 1, 0),))
    assert offered(answer, {question: elsewhere}) == []


def test_few_questions_are_asked_of_a_kind() -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return Answer("not_found", "", read_question(question))

    regions = ("四川省成都市", "江苏省南京市", FUZHOU, QUANZHOU, "江苏省苏州市", "广东省广州市")
    cards = [DocumentCard(region, region, region, region=region, years=(2024,)) for region in regions]
    assert list(islice(find_follow_ups(told(ASKED), cards, ask), 3)) == []
    others = [question for question in asked if "厦门" not in question]
    assert len(others) == MOST_TRIED
    assert others[:2] == ["泉州市2024年绿化率目标是多少", "福州市2024年绿化率目标是多少"]  # of the same province
