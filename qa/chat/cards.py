"""A card for each passage that supports a reply, or comes nearest to one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from qa.chat.markup import Html, element, join
from qa.chat.source_view import written_day
from qa.records import Citation

CARDS_OPEN = 3  # cards shown at once; the others are folded
NEAR = 100  # characters of a passage shown on each side of its quote, up to the end of a sentence
WORTH_FOLDING = 60  # characters; a fold that hides less costs more than it saves

_SENTENCE_END = re.compile(r"[。；;！!？?\n]+")
_FIGURE = re.compile(
    r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?"
    r"(?:[%％‰]|个百分点|[百千万亿]*(?:平方)?(?:元|家|个|项|件|人|名|户|亩|吨|公里|千米|米|处|条|座|所|次|批|倍|辆|台|套))"
    r"(?:以上|以内|左右)?"
)


def show_cards(citations: Sequence[Citation]) -> Html:
    """The cards in their order, the first few unfolded."""
    cards = [_card(rank, citation) for rank, citation in enumerate(citations, start=1)]
    shown, folded = cards[:CARDS_OPEN], cards[CARDS_OPEN:]
    more = (
        element("details.more", element("summary", f"其余 {len(folded)} 段相关原文"), element("ol.cards", *folded))
        if folded
        else Html()
    )
    return join(element("ol.cards", *shown), more)


def _card(rank: int, citation: Citation) -> Html:
    trail = " › ".join(citation.section)
    return element(
        "li.card",
        element(
            "div.head",
            element("span.rank", str(rank)),
            element("cite.title", element("button.open", citation.title, type="button", title="在原文中查看")),
        ),
        element("p.facts", show_facts(citation.issuer, citation.region, citation.published)),
        element("p.trail", element("span.sections", trail), element("span.place", show_place(citation))),
        element("blockquote.passage", *_passage(citation.text, citation.quote)),
        element(
            "p.source",
            element("span", f"来源文件 {citation.source}"),
            element("button.act", "复制原句", type="button", data_copy=citation.quote),
            element("button.act", "复制出处", type="button", data_copy=citation.formal()),
        ),
        **opens_citation(citation),
    )


def opens_source(document_id: str, start: int, end: int) -> dict[str, str]:
    """The attributes of what opens a document at a stretch of its text when it is clicked."""
    return {"data_document": quote(document_id), "data_start": str(start), "data_end": str(end)}


def opens_citation(citation: Citation) -> dict[str, str]:
    """The attributes of what opens a citation's document at its quote."""
    start = citation.start + max(citation.text.find(citation.quote), 0)
    return opens_source(citation.document_id, start, start + len(citation.quote))


def show_place(citation: Citation) -> str:
    """The page and paragraph, as far as there are any."""
    page = f"第{citation.page}页" if citation.page else ""
    return page + (f"第{citation.paragraph}段" if citation.paragraph else "标题")


def show_facts(*facts: str | date | None) -> str:
    """What is known of them in a row, days written out."""
    written = (written_day(fact) if isinstance(fact, date) else fact for fact in facts)
    return " · ".join(fact for fact in written if fact)


def _passage(text: str, quote: str) -> tuple[Html, ...]:
    """The whole passage with its quote marked; what is far from the quote is folded."""
    before, marked, after = text.partition(quote) if quote and quote in text else ("", "", text)
    start, end = _near_start(before), _near_end(after)
    above = _fold("上文", before[:start]) if start else Html()
    mark = element("mark", with_figures(marked)) if marked else Html()
    below = _fold("下文", after[end:]) if end < len(after) else Html()
    return above, join(before[start:], mark, after[:end]), below


def _near_start(before: str) -> int:
    """Where what stands near to the quote begins: with a sentence, about NEAR characters before it."""
    latest = len(before) - NEAR
    if latest < WORTH_FOLDING:
        return 0
    ends = [end.end() for end in _SENTENCE_END.finditer(before, max(0, latest - NEAR), latest)]
    return ends[-1] if ends else latest


def _near_end(after: str) -> int:
    """Where what stands near to the quote ends: with a sentence, about NEAR characters after it."""
    if len(after) - NEAR < WORTH_FOLDING:
        return len(after)
    end = _SENTENCE_END.search(after, NEAR, 2 * NEAR)
    return end.end() if end else NEAR


def _fold(name: str, text: str) -> Html:
    return element("details.fold", element("summary", f"{name} {len(text)} 字"), text)


def with_figures(text: str) -> Html:
    """The text with its quantities standing out; years and numbers without a unit are none."""
    parts: list[str] = []
    last = 0
    for figure in _FIGURE.finditer(text):
        parts += [text[last : figure.start()], element("strong.figure", figure[0])]
        last = figure.end()
    return join(*parts, text[last:])
