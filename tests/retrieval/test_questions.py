from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UnusableQuestionError
from qa.records import Scope
from qa.retrieval.questions import LONGEST_QUESTION, read_question

ZHENHAI = "浙江省宁波市镇海区"


def test_scope_is_read_from_the_wording() -> None:
    question = read_question("镇海2024年高企目标是多少")
    assert question.regions == (ZHENHAI,)
    assert question.years == (2024,)
    assert question.aim == "target"
    assert question.wants == "amount"
    assert [(name, others[0]) for name, others in question.aliases] == [("高企", "高新技术企业")]


@pytest.mark.parametrize(
    "asked",
    [
        "镇海2024年高企目标是多少",
        "镇海２０２４年高企目标是多少？",
        "镇 海 2024 年 高 企 目 标 是 多 少",
        "鎮海2024年高企目標是多少",
    ],
)
def test_width_script_spaces_and_punctuation_change_nothing(asked: str) -> None:
    question = read_question(asked)
    assert (question.regions, question.years, question.aim, question.wants) == ((ZHENHAI,), (2024,), "target", "amount")


@given(st.sampled_from(["", "？", "?", "。", "！！", "  "]), st.sampled_from(["", " ", "，"]))
def test_punctuation_does_not_change_the_scope(end: str, start: str) -> None:
    question = read_question(f"{start}桐乡2019年R&D占比要做到多少{end}")
    assert question.regions == ("浙江省嘉兴市桐乡市",)
    assert question.years == (2019,)


@pytest.mark.parametrize(
    ("asked", "aim"),
    [
        ("天津2025年新增就业的目标是多少万人", "target"),
        ("天津2025年实际实现城镇新增就业多少人", "result"),
        ("2022年的研发经费占GDP有多高", None),
    ],
)
def test_aim(asked: str, aim: str | None) -> None:
    assert read_question(asked).aim == aim


@pytest.mark.parametrize(
    ("asked", "wants"),
    [
        ("郑州和桐乡各自计划新增多少家高企", "comparison"),
        ("海南2025年和2026年的社零增长目标各是多少", "comparison"),
        ("宁波市镇海区新增多少家高企", "amount"),
    ],
)
def test_several_places_or_years_are_compared(asked: str, wants: str) -> None:
    assert read_question(asked).wants == wants


@pytest.mark.parametrize(
    ("history", "asked", "completed"),
    [
        (["镇海2024年要新增多少家高企？"], "2023年呢", "镇海2023年要新增多少家高企?"),
        (["福建2026年城镇新增就业目标是多少？"], "浙江呢？", "浙江2026年城镇新增就业目标是多少?"),
        (["新疆2024年粮食总产量是多少？"], "棉花呢？", "新疆2024年棉花呢?"),
        (["郑州2015年高新技术产业产值目标是多少？"], "是哪个部门发的", "郑州2015年是哪个部门发的"),
        (["镇海2024年高企目标是多少"], "上一年呢", "镇海2023年高企目标是多少"),
        (["镇海2024年高企目标是多少", "那慈溪呢"], "2020年呢", "慈溪2020年高企目标是多少"),
        (["镇海2024年高企目标是多少"], "桐乡2019年技术交易额是多少", "桐乡2019年技术交易额是多少"),
        (["？？"], "镇海高企目标", "镇海高企目标"),
    ],
)
def test_a_turn_is_completed_from_the_turns_before(history: list[str], asked: str, completed: str) -> None:
    question = read_question(asked, history)
    assert question.text == completed
    assert question.completed is (completed != asked)


def test_actual_figures_after_a_target_ask_for_the_result() -> None:
    question = read_question("实际完成了多少？", ["河北2025年固定资产投资增长目标是多少？"])
    assert (question.regions, question.years, question.aim) == (("河北省",), (2025,), "result")
    assert "固定资产投资" in question.text


def test_this_year_needs_today() -> None:
    assert read_question("镇海今年高企目标").years == ()
    assert read_question("镇海今年高企目标", today=date(2026, 3, 1)).years == (2026,)
    assert read_question("镇海去年高企目标", today=date(2026, 3, 1)).years == (2025,)


def test_a_given_scope_counts_instead_of_what_is_named() -> None:
    question = read_question("镇海2024年高企目标", scope=Scope(regions=("慈溪",), years=(2020,), documents=("a.txt",)))
    assert question.regions == ("浙江省宁波市慈溪市",)
    assert question.years == (2020,)
    assert question.documents == ("a.txt",)


@pytest.mark.parametrize("asked", ["", "  \n", "？？！！", "…", "甲" * (LONGEST_QUESTION + 1)])
def test_what_cannot_be_asked_is_said(asked: str) -> None:
    with pytest.raises(UnusableQuestionError):
        read_question(asked)


def test_numerals_are_searched_as_figures_too() -> None:
    assert ("一百一十家", ("110家",)) in read_question("新增一百一十家高新技术企业").aliases
