"""Gold questions on tables of 24 documents in five formats, asked for real; their figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.evaluation.judging import holds_evidence
from qa.evaluation.questions import read_questions
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer
from tests.quality.walking import check_answer

TABLES = Path(__file__).with_name("tables")
QUESTIONS = read_questions(TABLES / "questions.jsonl")
ANSWERABLE = [question for question in QUESTIONS if question.evidence]


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    vectors = tmp_path_factory.mktemp("tables") / "vectors"
    qa.rebuild(TABLES / "documents", vectors)
    return KnowledgeBase.open(vectors)


@pytest.fixture(scope="module")
def answers(knowledge: KnowledgeBase) -> dict[str, Answer]:
    return {question.id: knowledge.ask(question.question, question.history) for question in QUESTIONS}


# The floors lie two questions below what is measured, for processors that round differently.
def test_the_row_with_the_figure_comes_first(answers: dict[str, Answer]) -> None:
    missed = [
        question.question
        for question in ANSWERABLE
        if not any(holds_evidence(each.source, each.text, question) for each in answers[question.id].citations[:1])
    ]
    assert len(missed) <= 4, missed


def test_the_figure_of_the_right_cell_is_told(answers: dict[str, Answer]) -> None:
    wrong = [
        question.question
        for question in ANSWERABLE
        for told in [" ".join(figure.text for figure in answers[question.id].figures) or answers[question.id].text]
        if not any(said in told for answer in question.answers for said in answer)
    ]
    assert len(wrong) <= 4, wrong


def test_every_row_of_a_table_answers_what_is_asked_of_all_places(knowledge: KnowledgeBase) -> None:
    answer = knowledge.ask("哪个区高企2025年目标最低")
    assert answer.comparison
    told = [(cell.label, cell.figure and cell.figure.text) for cell in answer.comparison.cells]
    assert (told[0], told[-1], len(told)) == (("象山县 2025年 目标", "405家"), ("鄞州区 2025年 目标", "1680家"), 10)
    check_answer(answer, knowledge)


def test_what_no_table_tells_is_refused(answers: dict[str, Answer]) -> None:
    told = [
        question.question
        for question in QUESTIONS
        if not question.evidence and answers[question.id].status == "answered"
    ]
    assert len(told) <= 4, told


def test_every_figure_is_told_of_a_row_that_is_cited(answers: dict[str, Answer], knowledge: KnowledgeBase) -> None:
    for answer in answers.values():
        check_answer(answer, knowledge)
