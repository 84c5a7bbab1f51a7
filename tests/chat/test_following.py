from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from qa.chat.following import show_follow_ups
from qa.chat.replies import Turn
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Scope
from tests.chat.reading import text_of
from tests.chat.samples import answer

HOSTILE = "<script>alert(1)</script>"


class _Following:
    """Stands for a knowledge base; remembers what it was to go on from."""

    def __init__(self, *questions: str) -> None:
        self._questions = questions
        self.asked: list[tuple[Answer, list[str], Scope]] = []

    def follow_ups(self, answer: Answer, history: Sequence[str], scope: Scope, today: date) -> tuple[str, ...]:
        self.asked.append((answer, list(history), scope))
        return self._questions


def shown(knowledge: _Following, *turns: Turn) -> str:
    return show_follow_ups(cast(KnowledgeBase, knowledge), turns)


def test_what_leads_on_from_the_newest_turn_is_offered_with_its_number() -> None:
    knowledge, scope = _Following("镇海2023年高企目标是多少", HOSTILE), Scope(regions=("镇海",))
    first, last = answer(text="甲"), answer(text="乙")
    html = shown(knowledge, Turn("一", first), Turn("二", "没有读到问题。"), Turn("三", last, scope))
    assert knowledge.asked == [(last, ["一", "三"], scope)]
    assert text_of(html, inside="lead") == f"镇海2023年高企目标是多少{HOSTILE}"
    assert 'data-turn="3"' in html
    assert 'data-ask="镇海2023年高企目标是多少"' in html


def test_nothing_is_offered_where_nothing_leads_on() -> None:
    assert shown(_Following("问"), Turn("一", "没有读到问题。")) == ""
    assert shown(_Following("问")) == ""
    assert shown(_Following(), Turn("一", answer())) == ""
