"""A card for each passage that supports a reply, or comes nearest to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from qa.chat.markup import Html, element, join
from qa.chat.matching import show_badges, show_match
from qa.chat.source_view import Span, written_day
from qa.records import Citation, Item
from qa.text.quantities import find_quantities

CARDS_OPEN = 3  # cards shown at once; the others are folded
NEAR = 100  # characters of a passage shown on each side of its quote, up to the end of a sentence
WORTH_FOLDING = 60  # characters; a fold that hides less costs more than it saves

_SENTENCE_END = re.compile(r"[。；;！!？?\n]+")
_DIGIT = re.compile(r"\d")


def show_cards(citations: Sequence[Citation], items: Sequence[Item] = ()) -> Html:
    """The cards in their order, the first few unfolded; what of a list stands in a passage is marked in it."""
    cards = [_card(rank, citation, _spans(citation, items)) for rank, citation in enumerate(citations, start=1)]
    shown, folded = cards[:CARDS_OPEN], cards[CARDS_OPEN:]
    more = (
        element("details.more", element("summary", f"其余 {len(folded)} 段相关原文"), element("ol.cards", *folded))
        if folded
        else Html()
    )
    return join(element("ol.cards", *shown), more)


def _card(rank: int, citation: Citation, spans: Sequence[Span]) -> Html:
    trail = " › ".join(citation.section)
    start, end = (citation.start + offset for offset in (spans[0][0], spans[-1][1]))
    return element(
        "li.card",
        element(
            "div.head",
            element("span.rank", str(rank)),
            element("cite.title", element("button.open", citation.title, type="button", title="在原文中查看")),
        ),
        element("p.facts", show_facts(citation.issuer, citation.region, citation.published)),
        element("p.trail", element("span.sections", trail), element("span.place", show_place(citation))),
        show_badges(citation),
        element("blockquote.passage", *_passage(citation.text, spans)),
        element("p.told", with_figures(f"这一行：{'；'.join(citation.told)}")) if citation.told else Html(),
        element(
            "p.source",
            element("span", f"来源文件 {citation.source}"),
            element("button.act", "复制原句", type="button", data_copy=citation.quote),
            element("button.act", "复制出处", type="button", data_copy=citation.formal()),
        ),
        show_match(citation),
        **opens_source(citation.document_id, start, end),
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


def _spans(citation: Citation, items: Sequence[Item]) -> list[Span]:
    """Offsets in the citation's text of the items that stand in it; of its quote where none does."""
    listed = sorted(
        (max(item.start, citation.start) - citation.start, min(item.end, citation.end) - citation.start)
        for item in items
        if item.document_id == citation.document_id and item.start < citation.end and citation.start < item.end
    )
    quoted = max(citation.text.find(citation.quote), 0)
    return listed or [(quoted, quoted + len(citation.quote) * (citation.quote in citation.text))]


def _passage(text: str, spans: Sequence[Span]) -> Iterator[Html]:
    """The whole passage with the spans marked; what is far from them is folded."""
    first, last = spans[0][0], spans[-1][1]
    start, end = _near_start(text[:first]), last + _near_end(text[last:])
    if start:
        yield _fold("上文", text[:start])
    place = start
    for begin, stop in spans:
        yield join(text[place:begin], element("mark", with_figures(text[begin:stop])) if begin < stop else Html())
        place = max(place, stop)
    yield join(text[place:end])
    if end < len(text):
        yield _fold("下文", text[end:])


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
    for quantity in find_quantities(text):
        digit = _DIGIT.search(text, quantity.start, quantity.end) if quantity.unit else None
        if digit:  # without the words that limit it: 达到110家
            parts += [text[last : digit.start()], element("strong.figure", text[digit.start() : quantity.end])]
            last = quantity.end
    return join(*parts, text[last:])
