"""Hits to an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from qa.answers.citing import cite, cite_span, explain_matches
from qa.answers.comparing import compare_sides
from qa.answers.confidence import Fit
from qa.answers.enumerations import Listing
from qa.answers.figures import LOOKED_AT, find_figure, told_year
from qa.answers.found import FoundFigure
from qa.answers.leads import cite_with_leads
from qa.answers.listing import expected_count, find_listing
from qa.answers.notes import with_notes
from qa.answers.offers import contradicts, find_offers
from qa.answers.placing import compare_places
from qa.answers.refusal import Refusal, find_refusal
from qa.answers.statements import find_fields, sentence_with, statement_span
from qa.answers.subplaces import tells_of_subplace
from qa.answers.wording import ends_text, headline, places, table_text
from qa.documents.items import LedList
from qa.records import Answer, Citation, Document, Hit, Item, Passage, Question
from qa.retrieval.comparisons import sets_apart, split_comparison
from qa.retrieval.everywhere import places_told, sides_everywhere
from qa.retrieval.intents import asked_everywhere, asks_ends, asks_year, ranks_upwards, says_aim, wanted_of_one
from qa.retrieval.measures import told_amounts
from qa.retrieval.series import tied_regions
from qa.text.regions import region_named, short_name
from qa.text.sentences import LONGEST_SENTENCE, split_sentences
from qa.text.years import find_years, named_years

LONGEST_REPLY = 280  # characters; the figure comes with its sentence where both fit
LONGEST_LIST = 650  # characters
MOST_PLACES = 4  # set side by side where a question names none
FIRST_PLACES = 3  # said of those in the order of their figures, where the highest or lowest is asked for
FEWEST_PLACES = 2  # that tell the figure, where it is asked of all


@dataclass(frozen=True, slots=True)
class Library:
    """What answers are made of: the documents held, and the search through them."""

    retrieve: Callable[[Question], Sequence[Hit]]  # best first
    covers_years: Callable[[Question], bool]  # whether any document of its regions is about one of its years
    regions: Callable[[], frozenset[str]]  # full names, of all documents
    document: Callable[[str], Document]
    lists: Callable[[str], tuple[LedList, ...]]  # of the document with that id
    passages: Callable[[str], Sequence[Passage]]
    fit: Fit | None  # of the probability that a hit answers; None where there is none for the encoder


def compose_answer(question: Question, library: Library, k: int) -> Answer:
    """The answer that the library supports; or why there is none, and what is nearest.

    At most k passages are cited, but every side of a comparison and every item of a list is.
    """
    if ranked := _ranked(question, library, k):
        return _finished(ranked, library)
    sides = split_comparison(question) if sets_apart(question) else ()
    if sides and question.wants == "metadata" and _is_of_one_title(question, library):
        sides = ()
    if sides and "分别" in question.text and _told_in_turn(question, sides, library):
        question, sides = replace(question, wants="amount"), ()
    compared = _compared(question, sides, _hits_of(sides, library), library, k) if sides else None
    if not compared and question.wants == "comparison":  # of one thing alone
        question = replace(question, wants="list" if expected_count(question.text) else wanted_of_one(question.text))
    answer = compared or _answered(question, _hits_of((question,), library)[0], library, k)
    return _finished(answer, library)


def compose_comparison(question: Question, sides: Sequence[Question], library: Library, k: int) -> Answer:
    """The sides set beside one another, with a reason for each of which nothing is said; no answer where of none is.

    At most k passages are cited, but every side that something is said of is.
    """
    return _finished(_set_beside(question, sides, _hits_of(sides, library), library, k), library)


def _is_of_one_title(question: Question, library: Library) -> bool:
    """Whether the several years asked for stand in the title of the best document: 2023年工作总结及2024年工作计划."""
    titles = [hit.document.title for hit in library.retrieve(question)[:1] if len(question.years) > 1]
    named = ({year for stretch in named_years(title) for year in stretch.years} for title in titles)
    return any(years.issuperset(question.years) for years in named)


def _told_in_turn(question: Question, sides: Sequence[Question], library: Library) -> bool:
    """Whether the best passage tells in turn of the things asked of: 城镇和农村收入分别增长3.9%和5.7%."""
    if len({(side.regions, side.years) for side in sides}) > 1:
        return False
    found = find_figure(replace(question, wants="amount"), library.retrieve(question))
    return found is not None and found.place == 0 and "分别" in found.figure.wording


def _finished(answer: Answer, library: Library) -> Answer:
    cited = cite_with_leads(answer, library.document, library.lists)
    return with_notes(explain_matches(cited), library.regions, library.document)


def _hits_of(questions: Sequence[Question], library: Library) -> list[Sequence[Hit]]:
    return [_as_named(question, library.retrieve(question)) for question in questions]


def _as_named(question: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The hits for an amount, those of another town or zone than is named last, and those of another aim than is."""
    if question.wants != "amount":
        return hits
    named_aim = says_aim(question.text)
    return sorted(hits, key=lambda hit: (not tells_of_subplace(question, hit), named_aim and hit.parts["aim"] == 0))


def _answered(question: Question, hits: Sequence[Hit], library: Library, k: int) -> Answer:
    if refusal := find_refusal(question, hits, library.covers_years, library.fit):
        return _refused(question, hits, refusal, k)
    if question.wants == "amount" and not question.regions:
        sides = _tied_places(question, hits, library)
        if len(sides) > 1 and (compared := _compared(question, [*sides], [*sides.values()], library, k)):
            return compared
    asks_list = question.wants in ("list", "section")
    if asks_list and (listing := find_listing(question, hits, library.document, library.lists)):
        return _listed(question, listing, hits, library, k)
    return _stated(question, hits[:k], library)


def _refused(question: Question, hits: Sequence[Hit], refusal: Refusal, k: int) -> Answer:
    """No answer, with the reason and what is nearest."""
    text = f"现有文档里没有答案：{refusal.reason}。"
    nearest = tuple(cite(hit, question.on) for hit in hits[:k])
    return Answer(refusal.status, text, question, reason=refusal.reason, nearest=nearest)


def _tied_places(question: Question, hits: Sequence[Hit], library: Library) -> dict[Question, Sequence[Hit]]:
    """The question asked of each place whose hits answer it as well as the best one, with these hits."""
    sides = {
        replace(question, regions=(region,)): [hit for hit in hits if hit.document.region == region]
        for region in tied_regions(hits)
    }
    answered = (
        (side, found)
        for side, found in sides.items()
        if not find_refusal(side, found, library.covers_years, library.fit)
    )
    return dict(islice(answered, MOST_PLACES))


def _compared(
    question: Question, sides: Sequence[Question], found: Sequence[Sequence[Hit]], library: Library, k: int
) -> Answer | None:
    """The sides set beside one another; None where nothing is said of any of them, or one figure of two."""
    answer = _set_beside(question, sides, found, library, k)
    stretches = [(figure.document_id, figure.start, figure.wording) for figure in answer.figures]
    return answer if answer.status == "answered" and len(set(stretches)) == len(stretches) else None


def _set_beside(
    question: Question, sides: Sequence[Question], found: Sequence[Sequence[Hit]], library: Library, k: int
) -> Answer:
    comparison, citations = compare_sides(sides, found, library.covers_years, library.fit)
    told = [cell for cell in comparison.cells if cell.citation is not None]
    reasons = dict.fromkeys(cell.reason for cell in comparison.cells if cell.reason)
    return Answer(
        "answered" if told else "not_found",
        table_text(comparison),
        question,
        citations[: max(k, len(told))],
        reason=None if told else "；".join(reasons),
        figures=tuple(cell.figure for cell in comparison.cells if cell.figure),
        comparison=comparison,
    )


def _ranked(question: Question, library: Library, k: int) -> Answer | None:
    """The places of which all are asked, by their figures; None where not all are, or fewer than two tell one.

    There is no answer where nothing is held of any place in the regions named.
    """
    if not (asked := asked_everywhere(question.text)):
        return None
    hits = library.retrieve(question)
    tables = (places_told(library.passages(hit.document.id), hit.document.region) for hit in hits[:LOOKED_AT])
    sides = sides_everywhere(question, library.regions().union(*tables))
    if sides is None:
        return None
    if question.regions and not sides and not any(f"各{asked[0]}" in hit.said for hit in hits[:1]):
        return _refused(question, hits, Refusal("not_found", f"没有{places(question)}各{asked[0]}的文档"), k)
    comparison, citations = compare_places(
        sides, _hits_of(sides, library), library.covers_years, library.fit, ranks_upwards(question.text)
    )
    if len(comparison.told()) < FEWEST_PLACES:
        return None
    figures = tuple(cell.figure for cell in comparison.cells if cell.figure)
    cited = citations[: max(k, len(figures))]
    first = max(FIRST_PLACES, expected_count(question.text) or 0)
    text = ends_text(comparison, first) if asks_ends(question.text) else table_text(comparison)
    return Answer("answered", text, question, cited, figures=figures, comparison=comparison)


def _listed(question: Question, listing: Listing, hits: Sequence[Hit], library: Library, k: int) -> Answer:
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


def _stated(question: Question, hits: Sequence[Hit], library: Library) -> Answer:
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
