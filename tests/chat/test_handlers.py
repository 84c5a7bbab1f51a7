from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from qa.chat.handlers import ask, ask_again, fail, show
from qa.chat.replies import Turn
from qa.errors import UnusableQuestionError
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Question, Scope
from tests.chat.reading import text_of
from tests.chat.samples import answer

REPLY = answer()


class Asked:
    """Stands for a knowledge base; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self.scopes: list[Scope] = []

    def ask(self, question: str, history: Sequence[str], scope: Scope, today: date) -> Answer:
        self.scopes.append(scope)
        self.asked.append((question, list(history)))
        if not question.strip():
            raise UnusableQuestionError("请输入问题。")
        return REPLY


def test_the_question_is_shown_before_the_reply() -> None:
    first, second = ask(cast(KnowledgeBase, Asked()), "镇海目标", (), Scope())
    assert first[0] == (Turn("镇海目标"),)
    assert text_of(first[1]) == "镇海目标正在文件中查找…"
    assert second[0] == (Turn("镇海目标", REPLY),)
    assert [page[2] for page in (first, second)] == ["", ""]
    assert [page[3]["visible"] for page in (first, second)] == [False, False]


def test_the_history_is_what_was_asked_and_answered_before() -> None:
    knowledge = Asked()
    turns = (Turn("甲", REPLY), Turn(" ", "请输入问题。"), Turn("乙", REPLY))
    *_, last = ask(cast(KnowledgeBase, knowledge), "丙", turns, Scope())
    assert knowledge.asked == [("丙", ["甲", "乙"])]
    assert last[0] == (*turns, Turn("丙", REPLY))


def test_a_question_that_cannot_be_asked_gets_the_message() -> None:
    *_, last = ask(cast(KnowledgeBase, Asked()), " ", (), Scope())
    assert last[0] == (Turn(" ", "请输入问题。"),)


def test_an_unforeseen_error_ends_the_wait_and_keeps_what_was_said() -> None:
    turns, html, _, _ = fail((Turn("甲", REPLY), Turn("乙")))
    assert turns[0] == Turn("甲", REPLY)
    assert text_of(html, inside="problem").startswith("程序内部出错")
    assert "正在" not in html


def test_a_new_conversation_is_empty_and_welcomes() -> None:
    turns, html, box, welcome = show()
    assert (turns, html, box, welcome["visible"]) == ((), "", "", True)


def test_a_turn_is_asked_anew_in_its_place_without_what_was_taken_off() -> None:
    knowledge = Asked()
    understood = answer(question=Question("镇海2024年高企目标", "", regions=("浙江省宁波市镇海区",), years=(2024,)))
    turns = (Turn("甲", REPLY), Turn("镇海2024年高企目标", understood), Turn("丙", REPLY))
    again, html, *_ = ask_again(cast(KnowledgeBase, knowledge), turns, 2, "year", "2024")
    assert knowledge.asked == [("镇海2024年高企目标", ["甲"])]
    assert knowledge.scopes == [Scope(years=())]
    assert again == (turns[0], Turn("镇海2024年高企目标", REPLY, Scope(years=())), turns[2])
    assert 'id="turn-2"' in html
