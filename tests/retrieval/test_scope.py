from __future__ import annotations

import numpy as np
import pytest

from qa.records import DocumentCard, Passage, Question
from qa.retrieval.scope import (
    AROUND,
    INSIDE,
    NOWHERE,
    OWN,
    UNKNOWN,
    aim_fit,
    documents_in_scope,
    read_years,
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
    ("text", "span", "section", "years", "told"),
    [
        ("2022年度占比3.4%。2023年投资25亿元。", (0, 13), (), (2024,), {2022}),
        ("2023年投资25亿元。全年交易67亿元。", (12, 21), (), (2024,), {2023}),
        ("全年交易67亿元。", (0, 9), ("二、2023年主要工作", "(一)平台"), (2024,), {2023}),
        ("新增110家。", (0, 7), ("三、2024年工作计划",), (2023, 2024), {2024}),
        ("新增110家。", (0, 7), ("工作计划",), (2023, 2024), {2024}),
        ("新增120家。", (0, 7), ("完成情况",), (2023, 2024), {2023}),
        ("今年新增110家。", (0, 9), (), (2019,), {2019}),
        ("新增110家。", (0, 7), (), (), set()),
    ],
)
def test_years_told(
    text: str, span: tuple[int, int], section: tuple[str, ...], years: tuple[int, ...], told: set[int]
) -> None:
    assert years_told(read_years(passage(text, *section), card(years=years)), span) == told


def test_a_work_report_tells_results_of_the_year_before() -> None:
    report = card("2026年某省政府工作报告", years=(2026,))
    assert years_told(read_years(passage("增长5%。", "一、工作回顾"), report), (0, 5)) == {2025}
    assert years_told(read_years(passage("增长5%。", "三、主要任务"), report), (0, 5)) == {2026}


def test_year_fit() -> None:
    asked = Question("", "", years=(2024,))
    assert year_fit(frozenset({2024}), asked) == 1.0
    assert year_fit(frozenset({2023}), asked) == 0.0
    assert year_fit(frozenset(), asked) == UNKNOWN
    assert year_fit(frozenset({2023}), Question("", "")) == UNKNOWN


def test_aim_fit_takes_the_innermost_heading_that_says_so() -> None:
    asked = Question("", "", aim="target")
    assert aim_fit(passage("", "一、工作回顾", "（一）目标完成情况"), "", card(), asked) == 0.0
    assert aim_fit(passage("", "一、工作回顾", "（二）工作计划"), "", card(), asked) == 1.0
    assert aim_fit(passage(""), "力争新增110家", card(), asked) == 1.0
    assert aim_fit(passage(""), "甲乙丙", card(), asked) == UNKNOWN
    assert aim_fit(passage("", "工作回顾"), "", card(), Question("", "")) == UNKNOWN
