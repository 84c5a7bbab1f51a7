from __future__ import annotations

import pytest

from qa.chat.filters import chosen_scope, filter_choices
from qa.errors import UnusableQuestionError
from qa.records import Scope
from tests.chat.samples import document_card

CARDS = [
    document_card(id="a", title="甲", issuer="区科技局", region="浙江省宁波市镇海区", years=(2023, 2024)),
    document_card(id="b", title="乙", issuer="市科技局", years=(2023,), kind="通知"),
]


def test_what_is_held_can_be_chosen() -> None:
    choices = {name: [shown for shown, _ in values] for name, values in filter_choices(CARDS).items()}
    assert choices["地区"] == ["浙江省宁波市镇海区"]
    assert choices["年份"] == ["2023", "2024"]
    assert choices["机关"] == ["区科技局", "市科技局"]
    assert choices["类型"] == ["通知"]
    assert filter_choices(CARDS)["文件"] == [("甲", "a"), ("乙", "b")]


def test_what_is_not_chosen_is_left_to_the_question() -> None:
    assert chosen_scope(CARDS, [], [], [], [], []) == Scope()


def test_issuers_and_documents_limit_together() -> None:
    scope = chosen_scope(CARDS, ["浙江省宁波市镇海区"], ["2024"], ["区科技局"], [], [])
    assert scope == Scope(regions=("浙江省宁波市镇海区",), years=(2024,), documents=("a",))
    assert chosen_scope(CARDS, [], [], ["市科技局"], [], ["a", "b"]).documents == ("b",)
    assert chosen_scope(CARDS, [], [], [], ["通知"], []).documents == ("b",)
    with pytest.raises(UnusableQuestionError, match="同时符合"):
        chosen_scope(CARDS, [], [], ["市科技局"], [], ["a"])
