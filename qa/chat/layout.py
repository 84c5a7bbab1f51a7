"""The page: what it is, its tabs, and the source that opens beside them."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr
from starlette.requests import Request

from qa.chat.compare_tab import build_comparison
from qa.chat.conversation import build_conversation
from qa.chat.documents_tab import build_documents
from qa.chat.endpoints import add_endpoints
from qa.chat.markup import Html, element, join
from qa.chat.parts import html, quietly, script
from qa.chat.source_view import find_source
from qa.knowledge_base import KnowledgeBase
from qa.settings import Settings

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


def create_app(knowledge: KnowledgeBase, settings: Settings, may_change: Callable[[Request], bool]) -> gr.Blocks:
    """The page over an open index; nothing is served yet. `may_change` says who is a keeper."""

    def current() -> object:
        return knowledge.describe()["generation"]

    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page, gr.Column(elem_id="page"):
        generation = gr.State(current())  # what shows what is held listens to it
        html(join(element("h1", TITLE), element("p", "只用文件原文作答，每一句都可对照出处。")), elem_id="masthead")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("问答"):
                conversation = build_conversation(knowledge, generation, settings.vectors)
            with gr.Tab("对比"):
                comparison = build_comparison(knowledge, generation)
            with gr.Tab("资料") as tab:
                documents = build_documents(knowledge, generation, tab)
        source = html(Html(), elem_id="source", js_on_load=script("source.js"))

        def open_source(clicked: gr.EventData) -> Html:  # Gradio hands its event to plain functions only
            return find_source(knowledge, **clicked._data)

        for opening in (conversation, comparison, documents):
            opening.open_source(open_source, None, source, **quietly)
        page.load(current, None, generation, **quietly)
        add_endpoints(knowledge, settings, may_change)
    return page


def create_theme() -> gr.Theme:
    """Gradio's plain look in blue-grey, in the fonts that the reader's machine has."""
    fonts = [gr.themes.Font(name) for name in _FONTS]
    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=fonts, font_mono=fonts)
    return theme.set(body_background_fill="#f5f6f8", body_background_fill_dark="#12161c")
