"""Questions that lead on from a reply, filled in once the reply is on the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qa.chat.markup import Html, element
from qa.chat.replies import Turn
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer


def show_follow_ups(knowledge: KnowledgeBase, turns: Sequence[Turn]) -> Html:
    """Those of the newest turn as buttons, with the turn's number; empty where there are none."""
    if not turns or not isinstance(answer := turns[-1].reply, Answer):
        return Html()
    history = [turn.question for turn in turns if isinstance(turn.reply, Answer)]
    questions = knowledge.follow_ups(answer, history, turns[-1].scope, date.today())
    buttons = (element("button.lead", question, type="button", data_ask=question) for question in questions)
    return element("div.offered", element("span", "接着问"), *buttons, data_turn=len(turns)) if questions else Html()
