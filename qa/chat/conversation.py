"""The tab to ask in: the empty page's welcome, the conversation, the box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from qa.chat.feedback import build_feedback
from qa.chat.filters import build_filters, chosen_scope, new_choices
from qa.chat.following import show_follow_ups
from qa.chat.handlers import Page, Turns, ask, ask_again, fail, show
from qa.chat.history import build_history
from qa.chat.markup import Html, element, join
from qa.chat.parts import html, quietly, script
from qa.chat.replies import Turn
from qa.chat.welcome import show_welcome
from qa.errors import QAError
from qa.knowledge_base import KnowledgeBase


def build_conversation(knowledge: KnowledgeBase, generation: gr.State, vectors: Path) -> gr.HTML:
    """The tab's content; a source that is clicked in the conversation is left to the page that holds it."""
    turns = gr.State(())
    log = element("div", role="log", aria_label="对话")
    export = element("p.acts", element("button.act export", "导出整段对话 .md", type="button"))
    conversation = html(join(log, export), elem_id="conversation", js_on_load=script("conversation.js"))
    newest = html(Html(), elem_id="newest", js_on_load=script("newest.js"))
    build_feedback(vectors, turns)
    following = html(Html(), elem_id="following", js_on_load=script("following.js"))
    welcome = html(show_welcome(knowledge), elem_id="welcome", js_on_load=script("welcome.js"))
    with gr.Column(elem_id="composer"):
        filters = build_filters(knowledge.documents())
        box, send, restart = _build_box()
        shown = [turns, newest, box, welcome]
        build_history(knowledge, shown)

    def answer(question: str, before: Turns, *chosen: list[str]) -> Iterator[Page]:
        try:
            scope = chosen_scope(knowledge.documents(), *chosen)
        except QAError as error:
            yield show(*before, Turn(question, str(error)))
        else:
            yield from ask(knowledge, question, before, scope)

    # Gradio hands its events to plain functions only.
    def answer_example(clicked: gr.EventData, before: Turns, *chosen: list[str]) -> Iterator[Page]:
        yield from answer(str(clicked._data["question"]), before, *chosen)

    def answer_again(clicked: gr.EventData, before: Turns) -> Page:
        given: dict[str, Any] = clicked._data
        return ask_again(knowledge, before, int(given["turn"]), str(given["off"]), str(given["value"]))

    asked = [
        gr.on([box.submit, send.click], answer, [box, turns, *filters], shown, **quietly),
        welcome.ask_example(answer_example, [turns, *filters], shown, **quietly),
        conversation.ask_follow_up(answer_example, [turns, *filters], shown, **quietly),
    ]
    for event in asked:
        event.failure(fail, turns, shown, **quietly)
    for event in (*asked, conversation.take_off(answer_again, turns, shown, **quietly)):
        event.success(lambda turns: show_follow_ups(knowledge, turns), turns, following, **quietly)
    restart.click(show, None, shown, **quietly)
    generation.change(lambda: show_welcome(knowledge), None, welcome, **quietly)
    generation.change(lambda: new_choices(knowledge.documents()), None, filters, **quietly)
    return conversation


def _build_box() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    """The box, what sends it, and what begins anew."""
    with gr.Row():
        box = gr.Textbox(
            "",
            placeholder="输入问题，按 Enter 发送",
            label="问题",
            container=False,
            max_lines=6,
            scale=1,
            autofocus=True,
            elem_id="box",
        )
        send = gr.Button("发送", variant="primary", scale=0, min_width=80)
        return box, send, gr.Button("新对话", scale=0, min_width=80)
