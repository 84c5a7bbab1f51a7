"""What is told beside the figure that was asked for: its target or result, other years, and what contradicts it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answers.figures import find_figures
from qa.answers.found import FoundFigure, is_of_same_thing
from qa.records import Figure, Hit, Question

MOST = 3


def find_offers(question: Question, hits: Sequence[Hit], asked: FoundFigure) -> list[FoundFigure]:
    """Figures of the same thing and place that are of the other aim, of another year, or of another value."""
    offers = [
        found
        for found in find_figures(question, hits)
        if is_of_same_thing(found, asked, question)
        and _kind(found.figure) != _kind(asked.figure)
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
