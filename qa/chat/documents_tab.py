"""The tab with the documents: what is held, to search and open, and what could not be read as it should."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import gradio as gr

from qa.chat.cards import opens_source, show_facts
from qa.chat.keeping_panel import show_keeping
from qa.chat.markup import Html, element, join
from qa.chat.parts import html, quietly, script
from qa.knowledge_base import KnowledgeBase
from qa.records import DocumentCard, SkippedFile, SuspiciousFile
from qa.text.folding import fold

MOST_SHOWN = 200  # documents in the list at once


def build_documents(knowledge: KnowledgeBase, generation: gr.State, tab: gr.Tab) -> gr.HTML:
    """The tab's content; a document that is clicked is left to the page that holds it."""

    def listed(words: str) -> Html:
        return show_documents(knowledge.documents(), words)

    def unread() -> Html:
        return show_unread(knowledge.describe())

    keeping = html(show_keeping(), elem_id="keeping", js_on_load=script("keeping.js"))
    search = gr.Textbox(
        "", label="查找文件", placeholder="标题、机关、地区、年份、文号", container=False, elem_id="search"
    )
    documents = html(listed(""), elem_id="documents", js_on_load=script("documents.js"))
    not_read = html(unread())
    in_turn = quietly | {"concurrency_id": "documents", "concurrency_limit": 1}  # an older list never comes last
    search.change(listed, search, documents, **in_turn)
    for changed in (generation.change, tab.select):  # what changes while the tab is closed does not reach it
        changed(listed, search, documents, **in_turn)
        changed(unread, None, not_read, **quietly)
    keeping.rebuilt(lambda: knowledge.describe()["generation"], None, generation, trigger_mode="always_last", **quietly)
    return documents


def show_documents(cards: Sequence[DocumentCard], words: str) -> Html:
    """The documents whose card holds each of the words, with what is known of them."""
    wanted = [fold(word) for word in words.split()]
    found = [card for card in cards if all(word in _searched(card) for word in wanted)]
    more = f"，先列出 {MOST_SHOWN} 份，请再加字查找" if len(found) > MOST_SHOWN else ""
    rows = (
        element(
            "li",
            element("button.open", card.title, type="button", title="打开原文"),
            element(
                "p.facts", show_facts(card.issuer, card.region, card.published or card.signed, card.number, card.source)
            ),
            element(
                "p.changes",
                element("button.act", "更正", type="button", data_correct=quote(card.id)),
                _delete_button(card.source),
            ),
            **opens_source(card.id, 0, 0),
        )
        for card in found[:MOST_SHOWN]
    )
    return join(element("p.count", f"{len(found)} 份文件{more}", role="status"), element("ul.documents", *rows))


def show_unread(described: dict[str, object]) -> Html:
    """The files that were skipped, and those that were read but look wrong, each with the reason."""
    return join(
        _reasons("没有读入的文件", described["skipped"]),
        _reasons("读入了、但可能有问题的文件", described["suspicious"]),
    )


def _reasons(heading: str, files: object) -> Html:
    assert isinstance(files, tuple)
    if not files:
        return Html()
    return element("section.unread", element("h3", f"{heading}（{len(files)}）"), element("ul", *map(_reason, files)))


def _reason(file: SkippedFile | SuspiciousFile) -> Html:
    return element("li", element("span.file", file.source), f"：{file.reason}", _delete_button(file.source))


def _delete_button(source: str) -> Html:
    return element("button.act", "删除", type="button", data_delete=quote(source), aria_label=f"删除 {source}")


def _searched(card: DocumentCard) -> str:
    known = (card.title, card.issuer, card.region, card.number, card.source, *(f"{year}年" for year in card.years))
    return fold(" ".join(filter(None, known)))
