from __future__ import annotations

import pytest

from qa.chat.scope_chips import show_scope, take_off
from qa.records import Question, Scope
from tests.chat.reading import text_of
from tests.chat.samples import answer

UNDERSTOOD = Question(
    "镇海、慈溪2024年高企目标",
    "",
    regions=("浙江省宁波市镇海区", "浙江省宁波市慈溪市"),
    years=(2024,),
    documents=("a.txt",),
    aim="target",
    aliases=(("高企", ("高新技术企业",)),),
)


def test_every_part_that_was_understood_is_a_chip() -> None:
    words = text_of(show_scope(UNDERSTOOD, 1), inside="chip", without="cross")
    assert words == "浙江省宁波市镇海区浙江省宁波市慈溪市2024年目标高企 = 高新技术企业只在 1 份文件里"
    assert show_scope(Question("问", "问"), 1) == ""


@pytest.mark.parametrize(
    ("part", "value", "scope"),
    [
        ("region", "浙江省宁波市慈溪市", Scope(regions=("浙江省宁波市镇海区",), documents=("a.txt",))),
        ("year", "2024年", Scope(years=(), documents=("a.txt",))),
        ("aim", "target", Scope(aim="any", documents=("a.txt",))),
        ("name", "高企", Scope(literal=("高企",), documents=("a.txt",))),
        ("documents", "", Scope()),
    ],
)
def test_what_is_taken_off_is_any_and_the_rest_stays(part: str, value: str, scope: Scope) -> None:
    assert take_off(Scope(documents=("a.txt",)), answer(question=UNDERSTOOD), part, value) == scope


def test_the_years_of_a_plan_are_one_chip() -> None:
    question = Question("十四五期间", "", years=(2021, 2022, 2023, 2024, 2025))
    assert text_of(show_scope(question, 1), inside="chip", without="cross") == "2021—2025年"
    assert take_off(Scope(), answer(question=question), "year", "2021—2025年") == Scope(years=())
