"""What happens when a question is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import gradio as gr

from qa.chat.cards import Turn, show_turn
from qa.chat.markup import Html
from qa.errors import QAError
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer

Turns = tuple[Turn, ...]


def ask(knowledge: KnowledgeBase, question: str, turns: Turns) -> Iterator[tuple[Any, ...]]:
    """The page with the question on it, then with the reply; a question that cannot be asked gets the error's text."""
    yield show(*turns, Turn(question))
    try:
        reply: Answer | str = knowledge.ask(question, history=_asked_before(turns), today=date.today())
    except QAError as error:
        reply = str(error)
    yield show(*turns, Turn(question, reply))


def fail(turns: Turns) -> tuple[Any, ...]:
    """The page after an error that nobody foresaw, which stands in the terminal."""
    *earlier, last = turns
    return show(*earlier, Turn(last.question, "程序内部出错，没能回答。详情见运行程序的终端；请重试，或换一种问法。"))


def show(*turns: Turn) -> tuple[Any, ...]:
    """The values of the turns' state, the newest turn, the question box and the welcome."""
    newest = show_turn(turns[-1], len(turns)) if turns else Html()
    return turns, newest, "", gr.update(visible=not turns)


def _asked_before(turns: Turns) -> list[str]:
    return [turn.question for turn in turns if isinstance(turn.reply, Answer)]
