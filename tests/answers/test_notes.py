from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answers.answering import compose_answer
from qa.records import Aim, Answer
from qa.retrieval.questions import read_question
from tests.answers.samples import hit
from tests.answers.test_answering import library

ONLY_AN_AIM = "（没有找到实际完成的数字，以上是目标。）"


def figured(asked: str, aim: Aim | None, *before: str) -> Answer:
    text = "新增高新技术企业110家。"
    found = hit(text, (0, len(text)), years=(2024,))
    found = replace(found, passage=replace(found.passage, aim=aim, years=(2024,)))
    return compose_answer(read_question(asked, before), library(found), 10)


@pytest.mark.parametrize(
    ("asked", "aim", "notes"),
    [
        ("2024年高企新增多少家", "target", (ONLY_AN_AIM,)),
        ("2024年高企新增多少家", "result", ()),
        ("2024年高企新增目标多少家", "target", ()),
        ("高企新增多少家", "target", ()),
    ],
)
def test_an_aim_that_is_not_asked_for_is_told_as_one(asked: str, aim: Aim, notes: tuple[str, ...]) -> None:
    answer = figured(asked, aim)
    assert answer.notes == notes
    assert answer.text.endswith(notes or "110家")


def test_an_aim_that_a_question_goes_on_asking_for_needs_no_note() -> None:
    answer = figured("那2024年呢", "target", "2023年高企新增目标多少家")
    assert (answer.figures[0].text, answer.notes) == ("110家", ())


@pytest.mark.parametrize(
    ("card", "notes"),
    [
        ({}, ("（没有余姚市的文档，所引文件没有提到余姚市。）",)),
        ({"region": "浙江省"}, ("（没有余姚市的文档，所引文件是浙江省的。）",)),
        ({"region": "浙江省", "named": ("浙江省宁波市余姚市",)}, ()),
        ({"source": "余姚_办法.txt"}, ()),
        ({"region": "浙江省宁波市余姚市"}, ()),
    ],
)
def test_a_document_that_is_not_of_the_place_asked_of_is_told_as_such(
    card: dict[str, object], notes: tuple[str, ...]
) -> None:
    answer = compose_answer(read_question("余姚新增高新技术企业有什么措施"), library(hit(**card)), 10)  # type: ignore[arg-type]
    assert (answer.status, answer.notes) == ("answered", notes)
