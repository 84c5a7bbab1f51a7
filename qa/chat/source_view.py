"""A document beside the conversation: its text with what was cited marked, its outline, what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlencode

from qa.chat.markup import Html, element, join
from qa.chat.routes import DOWNLOAD
from qa.knowledge_base import KnowledgeBase
from qa.records import Block, Document, DocumentCard

TOOLS = "source-tools"  # of the folds that share it one at a time is open

Span = tuple[int, int]  # offsets in a document's text


def show_source(document: Document, cited: Span) -> Html:
    """The document, with the cited stretch marked, if it is not empty."""
    card = document.card
    original = f"{DOWNLOAD}?{urlencode({'document': card.id})}"
    tools = element(
        "div.tools",
        element("details.about", element("summary", "文件信息"), _facts(card), name=TOOLS),
        _outline(document, cited),
        element("a.download", "下载原文件", href=original, download=""),
    )
    text = element("div.text", *_text(document, cited))
    return element("section.source-view", _bar(card.title, tools), text, aria_label="原文", tabindex=-1)


def find_source(knowledge: KnowledgeBase, document: str, start: str = "0", end: str = "0") -> Html:
    """The document that a card on the page names, with the stretch marked that it cites; a word where it is gone."""
    try:
        found = knowledge.document(unquote(document))
    except KeyError:
        gone = element("p", "这份文件已不在索引里。请重新提问。")
        return element("section.source-view", _bar("原文", Html()), gone, aria_label="原文", tabindex=-1)
    return show_source(found, (int(start), int(end)))


def written_day(day: date) -> str:
    """The day as it is written in Chinese."""
    return f"{day.year}年{day.month}月{day.day}日"


def known_facts(card: DocumentCard) -> dict[str, str]:
    """What is known of a document, by the name of the fact."""
    facts = {
        "发布机关": card.issuer,
        "地区": card.region,
        "发布日期": card.published and written_day(card.published),
        "成文日期": card.signed and written_day(card.signed),
        "文号": card.number,
        "索引号": card.index_number,
        "类型": card.kind,
        "年份": "、".join(map(str, card.years)),
        "联系方式": card.contact,
        "文件": card.source,
    }
    return {name: fact for name, fact in facts.items() if fact}


def _bar(title: str, tools: Html) -> Html:
    close = element("button.close", "×", type="button", aria_label="关闭原文")
    return element("header.bar", element("div.head", element("h2.title", title), close), tools)


def _facts(card: DocumentCard) -> Html:
    rows = (join(element("dt", name), element("dd", fact)) for name, fact in known_facts(card).items())
    return element("dl.known", *rows)


def _outline(document: Document, cited: Span) -> Html:
    """The headings, each leading to its place; the innermost one above what is cited is the current one."""
    if not document.sections:
        return Html()
    above = [section for section in document.sections if section.start <= cited[0] < section.end]
    current = above[-1] if above else None
    entries = (
        element(
            f"li.level-{min(section.level, 4)}",
            element(
                "button.goto",
                section.title,
                type="button",
                data_goto=_place(section.start),
                aria_current="location" if section is current else "false",
            ),
        )
        for section in document.sections
    )
    summary = element("summary", f"目录 {len(document.sections)} 节")
    return element("details.outline", summary, element("ol", *entries), name=TOOLS)


def _text(document: Document, cited: Span) -> Iterator[Html]:
    pages = {start: number for number, start in enumerate(document.pages, start=1)}
    for block in document.blocks:
        for start in sorted(page for page in pages if block.start <= page < block.end):
            yield element("p.page", f"第{pages.pop(start)}页")
        yield _block(document.text, block, cited)


def _block(text: str, block: Block, cited: Span) -> Html:
    tag = f"h{min(block.level, 4) + 2}" if block.kind == "heading" else "div"
    return element(f"{tag}.{block.kind}", *_marked(text, block, cited), id=_place(block.start))


def _marked(text: str, block: Block, cited: Span) -> tuple[str, ...]:
    """The block's text, with as much of the cited stretch marked as lies in it."""
    start, end = (max(block.start, cited[0]), min(block.end, cited[1]))
    if start >= end:
        return (text[block.start : block.end].strip("\n"),)
    before, after = text[block.start : start], text[end : block.end]
    return before.lstrip("\n"), element("mark", text[start:end]), after.rstrip("\n")


def _place(start: int) -> str:
    return f"at-{start}"
