from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qa.records import DocumentCard, Passage, Question
from qa.retrieval.scope import (
    AROUND,
    INSIDE,
    LIKELY,
    NOWHERE,
    OWN,
    UNKNOWN,
    aim_fit,
    documents_in_scope,
    mentioned_years,
    region_fit,
    year_fit,
    years_told,
)

ZHENHAI, YINZHOU, NINGBO = "浙江省宁波市镇海区", "浙江省宁波市鄞州区", "浙江省宁波市"


def card(title: str = "通知", region: str | None = None, **known: tuple[object, ...]) -> DocumentCard:
    return DocumentCard(id=title, source=title, title=title, region=region, **known)  # type: ignore[arg-type]


def passage(text: str, *section: str) -> Passage:
    return Passage("p", "d", "paragraph", text, 0, len(text), section, 1, "")


@pytest.mark.parametrize(
    ("asked", "region", "named", "fit"),
    [
        (ZHENHAI, ZHENHAI, (), OWN),
        (NINGBO, ZHENHAI, (), INSIDE),
        (ZHENHAI, YINZHOU, (), 0.0),
        (ZHENHAI, YINZHOU, (ZHENHAI,), UNKNOWN),
        (ZHENHAI, NINGBO, (), AROUND),
        (ZHENHAI, None, (), AROUND),
        (ZHENHAI, None, (ZHENHAI,), UNKNOWN),
    ],
)
def test_region_fit(asked: str, region: str | None, named: tuple[str, ...], fit: float) -> None:
    assert region_fit(card(region=region, named=named), Question("", "", regions=(asked,))) == fit


def test_a_local_document_of_an_unnamed_place_is_of_nowhere() -> None:
    assert region_fit(card(of_unnamed_place=True), Question("", "", regions=(ZHENHAI,))) == NOWHERE  # type: ignore[arg-type]


def test_a_question_without_region_leaves_all_documents_in_scope() -> None:
    assert documents_in_scope([card(region=ZHENHAI)], Question("", "")) is None


def test_documents_of_elsewhere_are_out_of_scope() -> None:
    cards = [card(region=ZHENHAI), card(region=YINZHOU), card(region=None)]
    scope = documents_in_scope(cards, Question("", "", regions=(ZHENHAI,)))
    assert scope is not None
    assert np.array_equal(scope, [True, False, True])


def test_chosen_documents_are_the_scope() -> None:
    cards = [card("甲"), card("乙")]
    scope = documents_in_scope(cards, Question("", "", documents=("乙",)))
    assert scope is not None
    assert np.array_equal(scope, [False, True])


@pytest.mark.parametrize(
    ("text", "span", "years", "told"),
    [
        ("2022年度占比3.4%。2023年投资25亿元。", (0, 13), (2024,), {2022}),
        ("2023年投资25亿元。全年交易67亿元。", (12, 21), (2023,), {2023}),
        ("新增110家，高于2023年。全年交易67亿元。", (15, 24), (2024,), {2023, 2024}),
        ("全年交易67亿元。", (0, 9), (2023,), {2023}),
        ("今年拟按3.2%安排，比2018年有所下调。", (0, 22), (2019,), {2019}),
        ("交易额较上年增长5%。", (0, 11), (2023,), {2023}),
        ("今年新增110家。", (0, 9), (2023,), {2019}),
        ("新增110家。", (0, 7), (), set()),
    ],
)
def test_years_told(text: str, span: tuple[int, int], years: tuple[int, ...], told: set[int]) -> None:
    piece = replace(passage(text), years=years)
    assert years_told(piece, mentioned_years(piece, card(years=(2019,))), span) == told


def test_year_fit() -> None:
    asked = Question("", "", years=(2024,))
    assert year_fit(frozenset({2024}), asked) == 1.0
    assert year_fit(frozenset({2023}), asked) == 0.0
    assert year_fit(frozenset(), asked) == UNKNOWN
    assert year_fit(frozenset({2023}), Question("", "")) == UNKNOWN


def test_aim_fit() -> None:
    asked = Question("", "", aim="target")
    result, target = replace(passage(""), aim="result"), replace(passage(""), aim="target")
    assert (aim_fit(result, "力争新增110家", asked), aim_fit(target, "新增110家", asked)) == (0.0, 1.0)
    assert aim_fit(passage(""), "力争新增110家", asked) == 1.0
    assert aim_fit(passage(""), "甲乙丙", asked) == UNKNOWN
    assert aim_fit(result, "", Question("", "")) == UNKNOWN
    amount = Question("", "", wants="amount", years=(2024,))
    assert (aim_fit(result, "", amount), aim_fit(target, "", amount)) == (LIKELY, 1 - LIKELY)
