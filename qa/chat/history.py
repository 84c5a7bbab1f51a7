"""Earlier conversations: the browser keeps what was asked, and it is asked again when one is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr
from gradio.components import Component

from qa.chat.handlers import Page, Turns, replied, show
from qa.chat.markup import Html, element, join
from qa.chat.parts import html, quietly, script
from qa.chat.replies import Turn, show_turn
from qa.knowledge_base import KnowledgeBase
from qa.records import Scope

MOST_TURNS = 40  # of a conversation, the latest
_AIMS = (None, "target", "result", "any")


def build_history(knowledge: KnowledgeBase, shown: list[Component]) -> None:
    """The list of earlier conversations, in a dialog; one that is opened takes the place of what is shown."""
    history = html(show_history(), elem_id="history", js_on_load=script("history.js"))

    def reopen(given: gr.EventData) -> Page:  # Gradio hands its event to plain functions only
        return ask_anew(knowledge, given._data)

    history.reopen(reopen, None, shown, **quietly)


def show_history() -> Html:
    """What leads to the list, and the list, which its script fills."""
    opener = element("button.act opener", "历史对话", type="button", aria_haspopup="dialog")
    hint = f"只保存在这个浏览器里，只保存问题；打开时按现有资料重新回答，每段至多最近 {MOST_TURNS} 问。"
    buttons = element(
        "div.buttons",
        element("button.clear", "全部删除", type="button"),
        element("button.leave-history", "关闭", type="button"),
    )
    dialog = element(
        "dialog.past",
        element("h2", "历史对话"),
        element("p.hint", hint),
        element("ol.conversations"),
        element("p.said", role="status"),
        buttons,
        aria_label="历史对话",
        data_most=MOST_TURNS,
    )
    return join(opener, dialog)


def ask_anew(knowledge: KnowledgeBase, given: Mapping[str, Any]) -> Page:
    """The page with a conversation as the browser kept it, each question asked again; a word where it is unreadable."""
    try:
        asked = [_read(each) for each in given["asked"][-MOST_TURNS:]]
    except (KeyError, TypeError, ValueError):
        return show(Turn("历史对话", "这段对话的记录已不能读取。请在“历史对话”里删除它，重新提问。"))
    turns: Turns = ()
    for turn in asked:
        turns = (*turns, replied(knowledge, turn, turns))
    said = element("p.reopened", "早先的对话，已按现有资料重新回答。", data_conversation=str(given["id"]))
    written = (show_turn(turn, number) for number, turn in enumerate(turns, 1))
    return turns, element("div.whole", said, *written), "", gr.update(visible=False)


def _read(given: Mapping[str, Any]) -> Turn:
    scope, aim = given["scope"], given["scope"]["aim"]
    regions, years = scope["regions"], scope["years"]
    if aim not in _AIMS:
        raise ValueError(aim)
    limits = Scope(
        regions=None if regions is None else tuple(map(str, regions)),
        years=None if years is None else tuple(map(int, years)),
        documents=tuple(map(str, scope["documents"])),
        aim=aim,
        literal=tuple(map(str, scope["literal"])),
    )
    return Turn(str(given["question"]), scope=limits)
