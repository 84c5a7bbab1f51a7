"""A turn of the conversation as HTML: the question, the reply, and a card for each passage that supports it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.chat.markup import Html, element, join
from qa.records import Answer, Citation, DocumentCard

CARDS_OPEN = 3  # cards shown at once; the others are folded
NEAR = 100  # characters of a passage shown on each side of its quote, up to the end of a sentence
WORTH_FOLDING = 60  # characters; a fold that hides less costs more than it saves

_SENTENCE_END = re.compile(r"[。；;！!？?\n]+")
_FIGURE = re.compile(
    r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?"
    r"(?:[%％‰]|个百分点|[百千万亿]*(?:平方)?(?:元|家|个|项|件|人|名|户|亩|吨|公里|千米|米|处|条|座|所|次|批|倍|辆|台|套))"
    r"(?:以上|以内|左右)?"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply: None while it is looked for, a message where it could not be asked."""

    question: str
    reply: Answer | str | None = None


def show_turn(turn: Turn, number: int) -> Html:
    """The turn with that number in its conversation."""
    match turn.reply:
        case Answer() as answer:
            reply = _answer(answer)
        case None:
            reply = element("div.reply pending", element("p", "正在文件中查找…"))
        case message:
            reply = element("div.reply problem", element("p", message))
    question = turn.question if turn.question.strip() else "（空白）"
    return element("article.turn", element("h2.question", question), reply, id=f"turn-{number}")


def show_documents(documents: Sequence[DocumentCard], passages: object) -> Html:
    """What is held: how many documents and passages, and folded below that each document with its issuer and date."""
    rows = (
        element(
            "li",
            element("span.title", document.title),
            element("span.facts", _facts(document.issuer, document.region, document.published or document.signed)),
        )
        for document in documents
    )
    return element(
        "details.holdings",
        element("summary", f"已收录 {len(documents)} 份文件，{passages} 个段落"),
        element("ul", *rows),
    )


def _answer(answer: Answer) -> Html:
    question = answer.question
    differs = question.completed or question.corrected
    head = element("p.understood", f"按此理解：{question.text}") if differs else Html()
    if answer.status == "answered":
        said = element("p.said", _with_figures(answer.text))
        return element("div.reply answered", head, said, _origin(answer.citations), _cards(answer.citations))
    heading = "超出现有文件的范围" if answer.status == "out_of_scope" else "文件里没有找到答案"
    nearest = join(element("h3", "最接近的内容，说的是别的事"), _cards(answer.nearest)) if answer.nearest else Html()
    status = element("h3.status", heading)
    return element("div.reply unanswered", head, status, element("p", answer.text), nearest)


def _origin(citations: Sequence[Citation]) -> Html:
    if not citations:
        return Html()
    best = citations[0]
    facts = _facts(f"《{best.title}》", best.published, _place(best))
    return element("p.origin", f"——{facts}")


def _cards(citations: Sequence[Citation]) -> Html:
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
        element("div.head", element("span.rank", str(rank)), element("cite.title", citation.title)),
        element("p.facts", _facts(citation.issuer, citation.region, citation.published)),
        element("p.trail", element("span.sections", trail), element("span.place", _place(citation))),
        element("blockquote.passage", *_passage(citation.text, citation.quote)),
        element("p.source", f"来源文件 {citation.source}"),
    )


def _place(citation: Citation) -> str:
    page = f"第{citation.page}页" if citation.page else ""
    return page + (f"第{citation.paragraph}段" if citation.paragraph else "标题")


def _facts(*facts: str | date | None) -> str:
    """What is known of them in a row, days written out."""
    written = (f"{fact.year}年{fact.month}月{fact.day}日" if isinstance(fact, date) else fact for fact in facts)
    return " · ".join(fact for fact in written if fact)


def _passage(text: str, quote: str) -> tuple[Html, ...]:
    """The whole passage with its quote marked; what is far from the quote is folded."""
    before, marked, after = text.partition(quote) if quote and quote in text else ("", "", text)
    start, end = _near_start(before), _near_end(after)
    above = _fold("上文", before[:start]) if start else Html()
    mark = element("mark", _with_figures(marked)) if marked else Html()
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


def _with_figures(text: str) -> Html:
    """The text with its quantities standing out; years and numbers without a unit are none."""
    parts: list[str] = []
    last = 0
    for figure in _FIGURE.finditer(text):
        parts += [text[last : figure.start()], element("strong.figure", figure[0])]
        last = figure.end()
    return join(*parts, text[last:])
