"""What is told beside the figure that was asked for: its target or result, other years, and what contradicts it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answers.figures import FoundFigure, find_figures
from qa.records import Figure, Hit, Question
from qa.retrieval.need import read_need, terms_in
from qa.text.quantities import qualifiers
from qa.text.words import cut_bigrams

MOST = 3
LEAST_SHARED = 0.75  # of the question's wording in the clause of the figure asked for
MOST_FOREIGN = 2  # bigrams of its clause that neither the question nor the clause of the figure asked for has


def find_offers(question: Question, hits: Sequence[Hit], asked: FoundFigure) -> list[FoundFigure]:
    """Figures of the same thing and place that are of the other aim, of another year, or of another value."""
    told = asked.figure
    need = read_need(question)
    wanted = terms_in(asked.clause, need)
    named = " ".join([question.text, asked.clause, *(name for _, others in question.aliases for name in others)])
    offers = [
        found
        for found in find_figures(question, hits)
        if found.place != asked.place
        and _same_thing(found.figure, told)
        and len(terms_in(found.clause, need) & wanted) >= LEAST_SHARED * len(wanted) > 0
        and len(set(cut_bigrams(found.clause)) - set(cut_bigrams(named))) <= MOST_FOREIGN
        and _kind(found.figure) != _kind(told)
        and (not question.years or found.figure.year in question.years)
    ]
    distinct = {_kind(each.figure): each for each in reversed(offers)}
    return sorted(distinct.values(), key=lambda each: each.place)[:MOST]


def contradicts(other: Figure, told: Figure) -> bool:
    """Whether two figures of one thing give it different values for the same year."""
    same_scope = (other.when, other.aim) == (told.when, told.aim) and None not in (told.year, told.aim)
    return same_scope and (other.low, other.high) != (told.low, told.high)


def _kind(figure: Figure) -> tuple[str, str | None, float | None]:
    return figure.when, figure.aim, figure.low


def _same_thing(one: Figure, other: Figure) -> bool:
    """Whether year and aim of the one are known, and place, unit and qualifiers are those of the other."""
    return (
        one.base == other.base
        and one.region == other.region
        and None not in (one.year, one.aim)
        and qualifiers(one.wording) == qualifiers(other.wording)
    )
