from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.index.store import Store, write_store
from qa.records import Aim, Document, DocumentCard, Passage, Question, Told
from qa.retrieval.scope import (
    AROUND,
    INSIDE,
    LIKELY,
    NOWHERE,
    OWN,
    UNKNOWN,
    aim_fit,
    covers_years,
    documents_in_scope,
    mentioned_years,
    passage_region_fit,
    region_fit,
    region_fits,
    told_aim,
    year_fit,
    year_fits,
    years_told,
)

ZHENHAI, YINZHOU, NINGBO = "浙江省宁波市镇海区", "浙江省宁波市鄞州区", "浙江省宁波市"


def card(title: str = "通知", region: str | None = None, **known: Any) -> DocumentCard:
    return DocumentCard(id=title, source=title, title=title, region=region, **known)


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
    assert region_fit(card(of_unnamed_place=True), Question("", "", regions=(ZHENHAI,))) == NOWHERE


def held(folder: Path, *cards: DocumentCard) -> Store:
    """A store of documents without text."""
    write_store(folder / "passages.sqlite", ((Document(card, "", (), ()), []) for card in cards))
    return Store(folder / "passages.sqlite")


def test_a_question_without_region_leaves_all_documents_in_scope(tmp_path: Path) -> None:
    assert documents_in_scope(held(tmp_path, card(region=ZHENHAI)), Question("", "")) is None


def test_documents_of_elsewhere_are_out_of_scope(tmp_path: Path) -> None:
    store = held(tmp_path, card("甲", ZHENHAI), card("乙", YINZHOU), card("丙"))
    scope = documents_in_scope(store, Question("", "", regions=(ZHENHAI,)))
    assert scope is not None
    assert scope.tolist() == [True, False, True]


def test_chosen_documents_are_the_scope(tmp_path: Path) -> None:
    store = held(tmp_path, card("甲", YINZHOU), card("乙", YINZHOU), card("丙", ZHENHAI))
    chosen = documents_in_scope(store, Question("", "", documents=("乙", "丙")))
    of_region = documents_in_scope(store, Question("", "", regions=(ZHENHAI,), documents=("乙", "丙")))
    assert chosen is not None
    assert of_region is not None
    assert (chosen.tolist(), of_region.tolist()) == ([False, True, True], [False, False, True])


REGIONS = st.sampled_from([None, ZHENHAI, YINZHOU, NINGBO, "浙江省", "江苏省南京市", "无此省"])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(REGIONS, st.sets(REGIONS), st.booleans()), min_size=1, max_size=8),
    st.sets(REGIONS.filter(bool), min_size=1, max_size=2),
)
def test_what_is_told_of_all_documents_is_what_each_one_says(
    tmp_path_factory: pytest.TempPathFactory, known: list[tuple[str | None, set[str], bool]], asked: set[str]
) -> None:
    cards = [
        card(str(number), region, named=tuple(sorted(filter(None, named))), of_unnamed_place=unnamed)
        for number, (region, named, unnamed) in enumerate(known)
    ]
    question = Question("", "", regions=tuple(sorted(asked)))
    store = held(tmp_path_factory.mktemp("store"), *cards)
    assert region_fits(store, question).tolist() == [region_fit(each, question) for each in cards]


def test_a_report_of_elsewhere_tells_of_a_region_where_it_names_it() -> None:
    asked = Question("", "", regions=(ZHENHAI,))
    report = card(region=YINZHOU, named=(YINZHOU, ZHENHAI), title="2024年鄞州区政府工作报告")
    assert passage_region_fit(passage("与镇海共建园区。"), report, asked) == UNKNOWN
    assert passage_region_fit(passage("建成园区12个。"), report, asked) == 0.0
    assert passage_region_fit(passage("建成园区12个。"), replace(report, title="工作总结"), asked) == UNKNOWN
    city = replace(report, region="浙江省宁波市", title="2024年宁波市政府工作报告")
    assert passage_region_fit(passage("建成园区12个。"), city, asked) == UNKNOWN


def row(*told: Told) -> Passage:
    return replace(passage("一行"), kind="row", told=told)


def test_a_table_row_is_of_the_place_in_its_cell() -> None:
    asked = Question("", "", regions=(ZHENHAI,))
    targets = card(region=NINGBO, named=(YINZHOU, ZHENHAI), title="2025年宁波市目标任务")
    here, there, whole = (row(Told(f"{place}高企7家", "高企", place, place)) for place in ("镇海区", "鄞州区", "全市"))
    of_the_city = replace(asked, regions=(NINGBO,))
    assert [passage_region_fit(each, targets, asked) for each in (here, there, whole)] == [UNKNOWN, 0.0, 0.0]
    assert [passage_region_fit(each, targets, of_the_city) for each in (here, there, whole)] == [0.0, 0.0, OWN]


def test_the_years_of_a_row_are_those_of_its_columns() -> None:
    plan = card(years=(2024,), published=date(2024, 3, 1))
    past, ahead = (
        Told("完成高企2023年5家", "2023年", "完成高企"),
        Told("完成高企2024年计划7家", "2024年计划", "完成高企"),
    )
    both = replace(row(past, ahead), aim="target")
    assert years_told(both, mentioned_years(both, plan), (0, 2)) == {2023, 2024}
    each = [replace(both, told=(figure,)) for figure in both.told]
    assert [years_told(cell, mentioned_years(cell, plan), (0, 2)) for cell in each] == [{2023}, {2024}]
    assert [told_aim(cell, plan, (0, 2)) for cell in each] == ["result", "target"]


def test_years_are_looked_for_in_documents_of_the_region(tmp_path: Path) -> None:
    store = held(tmp_path, card("甲", ZHENHAI, years=(2023,)), card("乙", YINZHOU, years=(2024,)))
    assert covers_years(store, Question("", "", regions=(YINZHOU,), years=(2024,)))
    assert not covers_years(store, Question("", "", regions=(ZHENHAI,), years=(2024,)))
    assert covers_years(store, Question("", "", years=(2022, 2024)))


def test_documents_of_the_year_and_of_the_next_are_likely_to_tell_of_it(tmp_path: Path) -> None:
    years = [(2023,), (2024,), (2023, 2024), (2022,), ()]
    store = held(tmp_path, *(card(str(number), years=each) for number, each in enumerate(years)))
    assert year_fits(store, Question("", "", years=(2023,))).tolist() == [1.0, LIKELY, 1.0, 0.0, 0.0]
    assert year_fits(store, Question("", "")).tolist() == [0.0] * 5


@pytest.mark.parametrize(
    ("text", "span", "years", "told"),
    [
        ("2022年度占比3.4%。2023年投资25亿元。", (0, 13), (2024,), {2022}),
        ("2023年投资25亿元。全年交易67亿元。", (12, 21), (2023,), {2023}),
        ("新增110家，高于2023年。全年交易67亿元。", (15, 24), (2024,), {2023, 2024}),
        ("全年交易67亿元。", (0, 9), (2023,), {2023}),
        ("今年拟按3.2%安排，比2018年有所下调。", (0, 22), (2019,), {2019}),
        ("研发投入占比达3.71%（2021年度为3.55%），高于全市。", (0, 28), (2022,), {2022}),
        ("全会（2021年12月）召开。", (0, 15), (2022,), {2021}),
        ("全年接待1526万人次，恢复至2019年的61%。", (0, 24), (2022,), {2022}),
        ("产量3556万担，比计划原定1957年的水平超过。", (0, 24), (1956,), {1956}),
        ("交易额较上年增长5%。", (0, 11), (2023,), {2023}),
        ("今年新增110家。", (0, 9), (2023,), {2019}),
        ("新增110家。", (0, 7), (), set()),
        ("产值年均增长5%。", (0, 9), (2025,), {2021, 2022, 2023, 2024, 2025}),
        ("甲乙。五年来，新增500家。", (3, 13), (2025, 2026), {2021, 2022, 2023, 2024, 2025}),
        ("“十三五”时期产值年均增长5%。", (0, 16), (2024,), {2016, 2017, 2018, 2019, 2020}),
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


def test_the_amount_of_a_period_is_that_of_its_last_year_at_most() -> None:
    period = frozenset(range(2021, 2026))
    amount = Question("", "", wants="amount", years=(2025,))
    assert year_fit(period, amount) == UNKNOWN
    assert year_fit(period, replace(amount, years=(2024,))) == 0.0
    assert year_fit(period, Question("", "", years=(2024,))) == UNKNOWN
    whole = replace(amount, years=tuple(sorted(period)))
    assert year_fit(period, whole) == 1.0
    assert [year_fit(frozenset({year}), whole) for year in (2024, 2025, 2026)] == [0.0, UNKNOWN, 0.0]
    assert year_fit(frozenset({2024}), replace(whole, wants="list")) == 1.0


def fit_of(text: str, aim: Aim | None, asked: Question, **fields: Any) -> float:
    return aim_fit(replace(passage(text), aim=aim), card(**fields), (0, len(text)), asked)


def test_aim_fit() -> None:
    asked = Question("", "", aim="target")
    assert (fit_of("力争新增110家", "result", asked), fit_of("新增110家", "target", asked)) == (0.0, 1.0)
    assert fit_of("力争新增110家", None, asked) == 1.0
    assert fit_of("甲乙丙", None, asked) == UNKNOWN
    assert fit_of("", "result", Question("", "")) == UNKNOWN
    amount = Question("", "", wants="amount", years=(2024,))
    assert (fit_of("", "result", amount), fit_of("", "target", amount)) == (LIKELY, 1 - LIKELY)


@pytest.mark.parametrize(
    ("text", "issued", "told"),
    [
        ("2022年实际新增91家。", date(2023, 3, 6), "result"),
        ("2023年新增100家。", date(2023, 3, 6), "target"),
        ("2023年新增100家。", date(2024, 1, 10), "target"),  # put on the web after its year
        ("2022年新增91家。", None, "target"),
        ("新增100家。", date(2023, 3, 6), "target"),
    ],
)
def test_what_a_plan_tells_of_years_before_its_issue_was_achieved(text: str, issued: date | None, told: Aim) -> None:
    assert told_aim(replace(passage(text), aim="target"), card(signed=issued, years=(2023,)), (0, len(text))) == told


def test_a_law_names_the_years_of_other_laws() -> None:
    law = card("目标责任考核办法", signed=date(2014, 3, 6), years=(2014,))
    assert told_aim(replace(passage("2006年的办法同时废止。"), aim="target"), law, (0, 12)) == "target"


@pytest.mark.parametrize(("text", "told"), [("2025年，新增91家。", "target"), ("2024年新增91家。", "result")])
def test_what_a_summary_tells_of_years_after_its_own_is_an_aim(text: str, told: Aim) -> None:
    assert told_aim(replace(passage(text), aim="result"), card(years=(2024,)), (0, len(text))) == told
