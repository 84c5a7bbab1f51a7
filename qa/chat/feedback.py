"""What becomes of a thumb under a reply: it is kept with what was asked and said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from qa.chat.handlers import Turns, answered_before
from qa.chat.markup import Html, element
from qa.chat.parts import html, quietly, script
from qa.errors import FeedbackError, QAError
from qa.feedback import judge_answer, keep_feedback
from qa.records import Answer, Scope


def build_feedback(vectors: Path, turns: gr.State) -> None:
    """What keeps the thumbs of the conversation, unseen, and says what came of each."""
    kept = html(Html(), elem_id="feedback", js_on_load=script("feedback.js"))

    def keep(given: gr.EventData, turns: Turns) -> Html:  # Gradio hands its event to plain functions only
        return keep_thumb(vectors, turns, given._data)

    kept.rate(keep, turns, kept, **quietly)


def keep_thumb(vectors: Path, turns: Turns, given: Mapping[str, Any]) -> Html:
    """What is said beside the thumbs of the turn that a reader judged, once that is kept, or could not be."""
    number = int(given["turn"])
    try:
        _keep(vectors, turns, number, given)
        return element("p.kept", "已记下，谢谢。", data_turn=number)
    except QAError as error:
        return element("p.problem", str(error), data_turn=number)


def _keep(vectors: Path, turns: Turns, number: int, given: Mapping[str, Any]) -> None:
    turn = turns[number - 1] if 0 < number <= len(turns) else None
    if turn is None or not isinstance(turn.reply, Answer):
        raise FeedbackError("这个回答已不在本次对话里，没有记下。请重新提问。")
    liked, reason, words = bool(given["liked"]), str(given["reason"]), str(given["words"])
    before = answered_before(turns[: number - 1])
    keep_feedback(vectors, judge_answer(turn.reply, before, turn.scope != Scope(), liked, reason, words))
