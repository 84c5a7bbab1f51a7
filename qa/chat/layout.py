"""The page: what is held, the conversation, the box to ask in."""

from __future__ import annotations

from functools import partial
from typing import Any

import gradio as gr

from qa.chat.cards import show_documents
from qa.chat.examples import example_questions
from qa.chat.handlers import ask, fail, show
from qa.chat.markup import Html, element, join
from qa.knowledge_base import KnowledgeBase

TITLE = "政策文件问答"

# System fonts by name: Gradio's own would be fetched.
_FONTS = [
    "system-ui",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
]
# Only the newest turn is sent; it joins those on the page, so that a long conversation is no slower than a short one
# and what was unfolded in earlier turns stays so.
_MOVE_TO_LOG = """
watch("value", () => {
  const log = document.querySelector("#conversation [role=log]");
  const turn = element.firstElementChild;
  if (!turn) return log.replaceChildren();
  const pending = log.querySelector("#" + turn.id);
  pending ? pending.replaceWith(turn) : log.append(turn);
  turn.scrollIntoView({block: "start"});
});
"""


def create_app(knowledge: KnowledgeBase) -> gr.Blocks:
    """The page over an open index; nothing is served yet."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        turns = gr.State(())
        with gr.Column(elem_id="page"):
            _html(_masthead(knowledge), elem_id="masthead")
            _html(element("div", role="log"), elem_id="conversation")
            newest = _html(Html(), elem_id="newest", js_on_load=_MOVE_TO_LOG)
            with gr.Column(elem_id="welcome") as welcome:
                _html(element("h2", "可以这样问"))
                examples = [gr.Button(question) for question in example_questions(knowledge)]
            with gr.Row(elem_id="composer"):
                box = gr.Textbox(
                    placeholder="输入问题，按 Enter 发送",
                    label="问题",
                    container=False,
                    max_lines=6,
                    scale=1,
                    autofocus=True,
                )
                send = gr.Button("发送", variant="primary", scale=0, min_width=80)
                restart = gr.Button("新对话", scale=0, min_width=80)
        quietly: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        shown = [turns, newest, box, welcome]
        answer = partial(ask, knowledge)
        asked = [gr.on([box.submit, send.click], answer, [box, turns], shown, **quietly)]
        asked += [example.click(answer, [example, turns], shown, **quietly) for example in examples]
        for event in asked:
            event.failure(fail, turns, shown, **quietly)
        restart.click(show, None, shown, **quietly)
    page.queue(default_concurrency_limit=4)
    return page


def create_theme() -> gr.Theme:
    """Gradio's plain look in blue-grey, in the fonts that the reader's machine has."""
    fonts = [gr.themes.Font(name) for name in _FONTS]
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=fonts, font_mono=fonts)
    return theme.set(body_background_fill="#f5f6f8", body_background_fill_dark="#12161c")


def _masthead(knowledge: KnowledgeBase) -> Html:
    held = show_documents(knowledge.documents(), knowledge.describe()["passages"])
    return join(element("h1", TITLE), element("p", "只用文件原文作答，每一句都可对照出处。"), held)


def _html(content: Html, **options: Any) -> gr.HTML:
    return gr.HTML(content, apply_default_css=False, **({"js_on_load": None} | options))
