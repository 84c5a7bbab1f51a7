from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any, cast

import pytest

from qa.chat.history import MOST_TURNS, ask_anew
from qa.chat.replies import MOST_DOCUMENTS_KEPT, Turn, show_turn
from qa.knowledge_base import KnowledgeBase
from qa.records import Scope
from tests.chat.reading import text_of
from tests.chat.samples import answer
from tests.chat.test_handlers import REPLY, Asked

LIMITS = Scope(regions=("镇海区",), years=(2024,), documents=("a.txt",), aim="target", literal=("高企",))


def kept(turn: Turn) -> Any:
    """What a browser would keep of the turn."""
    found: list[str | None] = []

    class _Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value for name, value in attrs if name == "data-asked")

    _Reader().feed(show_turn(turn, 1))
    return [json.loads(value or "") for value in found]


def test_a_conversation_is_asked_again_as_it_was() -> None:
    knowledge = Asked()
    turns = (Turn("镇海\u202e\ud800目标", REPLY, LIMITS), Turn("那慈溪呢", REPLY))
    given = {"id": "1-0.5", "asked": [each for turn in turns for each in kept(turn)]}
    again, html, box, welcome = ask_anew(cast(KnowledgeBase, knowledge), given)
    assert again == turns
    assert knowledge.asked == [(turns[0].question, []), ("那慈溪呢", [turns[0].question])]
    assert (box, welcome["visible"]) == ("", False)
    assert html.startswith('<div class="whole"><p class="reopened" data-conversation="1-0.5">')
    assert text_of(html, inside="question") == "镇海[U+202E][U+D800]目标那慈溪呢"


def test_of_a_long_one_the_latest_questions_are_asked() -> None:
    knowledge = Asked()
    (each,) = kept(Turn("问", REPLY))
    ask_anew(cast(KnowledgeBase, knowledge), {"id": "1", "asked": [each | {"question": "先"}] + [each] * MOST_TURNS})
    assert [question for question, _ in knowledge.asked] == ["问"] * MOST_TURNS


@pytest.mark.parametrize(
    "turn",
    [
        Turn("问"),
        Turn(" ", "没有读到问题。"),
        Turn("问", REPLY, Scope(documents=("a.txt",) * (MOST_DOCUMENTS_KEPT + 1))),
    ],
)
def test_what_cannot_be_asked_again_is_not_kept(turn: Turn) -> None:
    assert kept(turn) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"scope": {}},
        {"scope": None},
        {"scope": {"regions": 1, "years": None, "aim": None, "documents": [], "literal": []}},
        {"scope": {"regions": None, "years": ["今年"], "aim": None, "documents": [], "literal": []}},
        {"scope": {"regions": None, "years": None, "aim": "all", "documents": [], "literal": []}},
    ],
)
def test_what_is_unreadable_is_said(changes: dict[str, Any]) -> None:
    (each,) = kept(Turn("问", answer()))
    knowledge = Asked()
    turns, html, *_ = ask_anew(cast(KnowledgeBase, knowledge), {"id": "1", "asked": [each, each | changes]})
    assert text_of(html, inside="problem").startswith("这段对话的记录已不能读取")
    assert (len(turns), knowledge.asked) == (1, [])
