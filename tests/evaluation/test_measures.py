from __future__ import annotations

from dataclasses import replace
from math import log2

import pytest

from qa.evaluation.judging import Outcome, Reply
from qa.evaluation.measures import MEASURES, measure, missed, summarise
from qa.evaluation.questions import Evidence
from tests.evaluation.samples import asking, citing, outcome

TWO = (Evidence("a.txt", ("新增110家",)), Evidence("a.txt", ("增长5%",)))
NO_ANSWER = asking(evidence=(), evidence_mode="none", answers=())


def ours(judged: Outcome) -> dict[str, float]:
    return {name: value for name, of in MEASURES.items() if (value := of(judged)) is not None}


def test_one_evidence() -> None:
    assert ours(outcome(4)) == {
        "evidence@1": 0.0,
        "evidence@5": 1.0,
        "evidence@10": 1.0,
        "mrr@10": 0.25,
        "quote": 0.0,
        "right": 1.0,
        "answered": 1.0,
    }


def test_all_evidence() -> None:
    question = asking(evidence=TWO, evidence_mode="all", answers=())
    assert ours(outcome(7, 2, question=question)) == {"all evidence": 1.0, "answered": 1.0}
    assert ours(outcome(7, None, question=question)) == {"all evidence": 0.0, "answered": 1.0}


def test_no_answer() -> None:
    assert ours(outcome(question=NO_ANSWER)) == {"abstained": 0.0}
    assert ours(replace(outcome(question=NO_ANSWER), reply=Reply((), "not_found"))) == {"abstained": 1.0}


def test_retrieval_says_nothing() -> None:
    retrieved = replace(outcome(1), reply=Reply(outcome(1).reply.citations))
    assert set(ours(retrieved)) == {"evidence@1", "evidence@5", "evidence@10", "mrr@10"}


@pytest.mark.parametrize(("quote", "held"), [("新增110家", 1.0), ("无关", 0.0), ("新增110家企业", 0.0), ("", 0.0)])
def test_the_quote_stands_in_the_citation_and_is_of_the_evidence(quote: str, held: float) -> None:
    first = citing("年内新增110家。无关", quote=quote)
    assert MEASURES["quote"](replace(outcome(1), reply=Reply((first,), "answered"))) == held


@pytest.mark.parametrize(
    ("answers", "mode", "text", "said"),
    [
        ((("110家", "一百一十家"), ("5%",)), "any", "共一百一十家", 1.0),
        ((("110家", "一百一十家"), ("5%",)), "all", "共一百一十家", 0.0),
        ((("110家", "一百一十家"), ("5%",)), "all", "共110家，增长5%", 1.0),
        ((("110家",),), "any", "110家" + "。" * 295, 1.0),
        ((("110家",),), "any", "110家" + "。" * 297, 0.0),
    ],
)
def test_a_right_reply_is_short_and_says_what_is_needed(
    answers: tuple[tuple[str, ...], ...], mode: str, text: str, said: float
) -> None:
    assert MEASURES["right"](outcome(1, question=asking(answers=answers, answers_mode=mode), text=text)) == said


def test_replies_to_comparisons_may_be_longer() -> None:
    assert MEASURES["right"](outcome(1, question=asking(type="compare"), text="110家" + "。" * 400)) == 1.0


def test_standard_measures_over_passages() -> None:
    two_of_three = replace(
        outcome(2, 4, question=asking(evidence=TWO)), relevant=frozenset({"a.txt@20", "a.txt@40", "a.txt@990"})
    )
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert {name: value for name, value in measure([two_of_three])["q"].items() if name not in MEASURES} == {
        "RR@10": pytest.approx(1 / 2),
        "nDCG@10": pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal),
        "R@10": pytest.approx(2 / 3),
    }


def test_a_cited_list_holds_the_passages_that_begin_in_it() -> None:
    cited = (citing("无关"), citing("提交：\n（一）申请表；\n（二）证明。", start=50))
    judged = replace(outcome(2), reply=Reply(cited, "answered"), relevant=frozenset({"a.txt@54", "a.txt@62"}))
    assert measure([judged])["q"]["R@10"] == 1.0


def test_the_library_and_we_agree_on_reciprocal_ranks() -> None:
    outcomes = [outcome(rank, question=asking(f"q{rank}")) for rank in (1, 3, 10, None)]
    for judged in measure(outcomes).values():
        assert judged["RR@10"] == pytest.approx(judged["mrr@10"])


def test_means_are_of_the_questions_a_measure_applies_to() -> None:
    outcomes = [
        outcome(1, question=asking("1")),
        outcome(2, question=asking("2")),
        outcome(question=replace(NO_ANSWER, id="3", type="unanswerable")),
    ]
    summary = summarise(outcomes)
    assert list(summary) == ["numeric", "unanswerable", "all"]
    assert summary["unanswerable"] == {"n": 1, "abstained": 0.0}
    assert (summary["all"]["n"], summary["all"]["evidence@1"], summary["all"]["mrr@10"]) == (3, 0.5, 0.75)


@pytest.mark.parametrize(
    ("judged", "is_miss"),
    [
        (outcome(1), False),
        (outcome(2), False),  # the answer is right
        (outcome(1, text="不知道"), True),
        (outcome(None), True),
        (outcome(1, question=asking(answers=())), False),
        (outcome(2, question=asking(answers=())), True),
        (outcome(1, 2, question=asking(answers=(), evidence=TWO, evidence_mode="all")), False),
        (outcome(question=NO_ANSWER), True),
    ],
)
def test_misses(judged: Outcome, is_miss: bool) -> None:
    assert missed(judged) is is_miss
