"""What hits say, put as a reply: the figure, the list, the fields, the sentence; or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.answers.citing import cite, cite_span
from qa.answers.enumerations import Listing
from qa.answers.figures import find_figure, told_year
from qa.answers.found import FoundFigure
from qa.answers.library import Library
from qa.answers.offers import contradicts, find_offers
from qa.answers.refusal import Refusal
from qa.answers.statements import find_fields, sentence_with, statement_span
from qa.answers.wording import headline
from qa.records import Answer, Citation, Hit, Item, Question
from qa.retrieval.intents import asks_year
from qa.retrieval.measures import told_amounts
from qa.text.regions import region_named, short_name
from qa.text.sentences import LONGEST_SENTENCE, split_sentences
from qa.text.years import find_years

LONGEST_REPLY = 280  # characters; the figure comes with its sentence where both fit
LONGEST_LIST = 650  # characters


def refused_reply(question: Question, hits: Sequence[Hit], refusal: Refusal, k: int) -> Answer:
    """No answer, with the reason and what is nearest."""
    text = f"现有文档里没有答案：{refusal.reason}。"
    nearest = tuple(cite(hit, question.on) for hit in hits[:k])
    return Answer(refusal.status, text, question, reason=refusal.reason, nearest=nearest)


def list_reply(question: Question, listing: Listing, hits: Sequence[Hit], library: Library, k: int) -> Answer:
    """The list, each item with the passage it stands in; the passages in the order of the items, then the hits."""
    document = listing.document
    passages = library.passages(document.card.id)
    citations: list[Citation] = []
    items = []
    for start, end in listing.spans:
        passage = next(each for each in passages if each.start <= start < each.end)
        span = _quotable(passage.text, start - passage.start, min(end, passage.end) - passage.start)
        if not citations or citations[-1].start != passage.start:
            citations.append(cite_span(passage, document.card, span, question.on))
        items.append(Item(document.text[start:end], document.card.id, start, end, len(citations) - 1))
    held = {(citation.document_id, citation.start) for citation in citations}
    more = [cite(hit, question.on) for hit in hits if (hit.document.id, hit.passage.start) not in held]
    text = document.text[slice(*listing.run)] if listing.run else _item_lines([item.text for item in items])
    return Answer("answered", text, question, (*citations, *more[: max(0, k - len(citations))]), items=tuple(items))


def _quotable(text: str, start: int, end: int) -> tuple[int, int]:
    """As many sentences of the span as may be quoted."""
    ends = [start + stop for _, stop in split_sentences(text[start:end]) if stop <= LONGEST_SENTENCE]
    return start, max(ends, default=end)


def _item_lines(items: Sequence[str]) -> str:
    """The items one a line; where all are too long to be read at a glance, the longest are cut to one length."""
    room = LONGEST_LIST
    for shorter, length in enumerate(sorted(map(len, items))):
        longest = room // (len(items) - shorter)
        if length > longest:
            return "\n".join(item if len(item) <= longest else f"{item[: longest - 1]}…" for item in items)
        room -= length
    return "\n".join(items)


def statement_reply(question: Question, hits: Sequence[Hit], library: Library) -> Answer:
    """What the best hit says: the figure with its sentence, the field of the document, or the sentence."""
    if question.wants in ("metadata", "date"):
        whole = [*hits, *_rest_of_document(hits, library)]
        if fields := find_fields(question, whole):
            return _fields_told(question, hits, whole, fields)
    if question.wants == "amount" and (found := find_figure(question, hits)):
        return _figured(question, hits, found)
    citations = _cited(question, [replace(hits[0], sentence=statement_span(question, hits[0])), *hits[1:]], 0)
    said = citations[0].quote
    bearer = _bearer(question, hits[0], said)
    return Answer("answered", f"{bearer}：{said}" if bearer else said, question, citations)


def _bearer(question: Question, hit: Hit, said: str) -> str:
    """The place and the year that are asked for, where what is said leaves them out."""
    year = told_year(question, hit) if asks_year(question.text) and not find_years(said) else None
    own = hit.document.region if told_amounts(question) else None
    region = region_named(own) if own else None
    place = region.name if region and short_name(region.name) not in said else ""
    return f"{place}{year}年" if year else place


def _fields_told(
    question: Question, hits: Sequence[Hit], whole: Sequence[Hit], fields: Sequence[tuple[int, str]]
) -> Answer:
    """The fields of the best hit's document, and the sentence that the first is read from where it says more."""
    place, first = fields[0]
    told = replace(whole[place], sentence=sentence_with(whole[place], first.partition("：")[2]))
    citations = _cited(question, [told, *(hit for hit in hits if hit is not whole[place])], 0)
    lines = [text for _, text in fields]
    if told.passage.kind != "metadata" and (quote := citations[0].quote) not in first:
        lines += [f"“{quote}”"] if len("\n".join([*lines, quote])) < LONGEST_REPLY else []
    return Answer("answered", "\n".join(lines), question, citations)


def _rest_of_document(hits: Sequence[Hit], library: Library) -> Iterator[Hit]:
    """The passages of the best hit's document that were not found: its number may stand where nothing else is said."""
    found = {hit.passage.id for hit in hits}
    for passage in library.passages(hits[0].document.id):
        if passage.id not in found:
            yield replace(hits[0], passage=passage, score=0.0, sentence=(0, len(passage.text)), alike=())


def _figured(question: Question, hits: Sequence[Hit], found: FoundFigure) -> Answer:
    """The figure with its sentence, and beside it its target or result, other years, or what contradicts it."""
    citations = _cited(question, hits, found.place)
    figure = replace(found.figure, citation=0)
    offers = find_offers(question, hits, found)
    also = [replace(offer.figure, citation=_moved(offer.place, found.place)) for offer in offers]
    line, quote = headline(figure), citations[0].quote
    lines = [line] if quote.strip("。；;") in line else [line, f"“{quote}”"]
    lines += [f"{'另一处写的是' if contradicts(other, figure) else '另有'}：{headline(other)}" for other in also]
    text = "\n".join(lines) if len("\n".join(lines)) <= LONGEST_REPLY else "\n".join([line, *lines[2:]])
    return Answer("answered", text, question, citations, figures=(figure,), also=tuple(also))


def _moved(place: int, first: int) -> int:
    """Where a hit stands among the citations when the one at `first` comes first."""
    return 0 if place == first else place + (place < first)


def _cited(question: Question, hits: Sequence[Hit], place: int) -> tuple[Citation, ...]:
    """The hits as citations, the one at that place first."""
    return tuple(cite(hit, question.on) for hit in (hits[place], *hits[:place], *hits[place + 1 :]))
