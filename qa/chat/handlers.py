"""What happens when a question is sent, or asked again with another scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import gradio as gr

from qa.chat.markup import Html
from qa.chat.replies import Turn, show_turn
from qa.chat.scope_chips import take_off
from qa.errors import QAError
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Scope

Turns = tuple[Turn, ...]
Page = tuple[Any, ...]


def ask(knowledge: KnowledgeBase, question: str, turns: Turns, scope: Scope) -> Iterator[Page]:
    """The page with the question on it, then with the reply; a question that cannot be asked gets the error's text."""
    asked = Turn(question, scope=scope)
    yield show(*turns, asked)
    yield show(*turns, replied(knowledge, asked, turns))


def ask_again(knowledge: KnowledgeBase, turns: Turns, number: int, part: str, value: str) -> Page:
    """The page with the turn of that number asked anew, once a part of what it was understood as is taken off."""
    earlier, turn, later = turns[: number - 1], turns[number - 1], turns[number:]
    if isinstance(turn.reply, Answer):
        scope = take_off(turn.scope, turn.reply, part, value)
        turn = replied(knowledge, Turn(turn.question, scope=scope), earlier)
    return (*earlier, turn, *later), show_turn(turn, number), gr.skip(), gr.skip()


def fail(turns: Turns) -> Page:
    """The page after an error that nobody foresaw, which stands in the terminal."""
    *earlier, last = turns
    return show(*earlier, Turn(last.question, "程序内部出错，没能回答。详情见运行程序的终端；请重试，或换一种问法。"))


def show(*turns: Turn) -> Page:
    """The values of the turns' state, the newest turn, the question box and the welcome."""
    newest = show_turn(turns[-1], len(turns)) if turns else Html()
    return turns, newest, "", gr.update(visible=not turns)


def answered_before(turns: Sequence[Turn]) -> list[str]:
    """The questions that were asked and replied to: what a short question is completed from."""
    return [turn.question for turn in turns if isinstance(turn.reply, Answer)]


def replied(knowledge: KnowledgeBase, turn: Turn, earlier: Sequence[Turn]) -> Turn:
    """The turn with its reply, or with what it says of why it cannot be asked."""
    history = answered_before(earlier)
    try:
        reply: Answer | str = knowledge.ask(turn.question, history=history, scope=turn.scope, today=date.today())
    except QAError as error:
        reply = str(error)
    return Turn(turn.question, reply, turn.scope)
