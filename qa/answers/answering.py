"""Hits to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from qa.answers.citing import explain_matches
from qa.answers.comparing import compare_sides
from qa.answers.figures import LOOKED_AT, find_figure
from qa.answers.leads import cite_with_leads
from qa.answers.library import Library
from qa.answers.listing import expected_count, find_listing
from qa.answers.notes import with_notes
from qa.answers.placing import compare_places
from qa.answers.refusal import Refusal, find_refusal
from qa.answers.replies import list_reply, refused_reply, statement_reply
from qa.answers.subplaces import tells_of_subplace
from qa.answers.wording import ends_text, places, table_text
from qa.records import Answer, Hit, Question
from qa.retrieval.comparisons import sets_apart, split_comparison
from qa.retrieval.everywhere import places_told, sides_everywhere
from qa.retrieval.intents import asked_everywhere, asks_ends, ranks_upwards, says_aim, wanted_of_one
from qa.retrieval.series import tied_regions
from qa.text.years import named_years

MOST_PLACES = 4  # set side by side where a question names none
FIRST_PLACES = 3  # said of those in the order of their figures, where the highest or lowest is asked for
FEWEST_PLACES = 2  # that tell the figure, where it is asked of all


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
        return refused_reply(question, hits, refusal, k)
    if question.wants == "amount" and not question.regions:
        sides = _tied_places(question, hits, library)
        if len(sides) > 1 and (compared := _compared(question, [*sides], [*sides.values()], library, k)):
            return compared
    asks_list = question.wants in ("list", "section")
    if asks_list and (listing := find_listing(question, hits, library.document, library.lists)):
        return list_reply(question, listing, hits, library, k)
    return statement_reply(question, hits[:k], library)


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
        return refused_reply(question, hits, Refusal("not_found", f"没有{places(question)}各{asked[0]}的文档"), k)
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
