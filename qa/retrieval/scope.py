"""What a question names - region, year, aim - held against what a document and a passage say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.records import DocumentCard, Passage, Question
from qa.retrieval.intents import stated_aim, told_aim
from qa.text.regions import region_named
from qa.text.years import YearMention, find_years

UNKNOWN = 0.5  # the fit of what says nothing either way
LIKELY = 0.75  # the fit of a presumption
OWN, INSIDE, AROUND, NOWHERE = 1.0, 0.9, 0.4, 0.2  # of a document's region; see region_fit


def documents_in_scope(cards: Sequence[DocumentCard], question: Question) -> NDArray[np.bool_] | None:
    """Which documents may be cited; None where the question names no region and no documents.

    Those of the named regions, of places that hold them or lie in them, those without a known region, and those whose
    text names the region.
    """
    if not question.regions and not question.documents:
        return None
    chosen = set(question.documents)
    return np.array(
        [
            region_fit(card, question) > 0 and (not chosen or card.id in chosen or card.source in chosen)
            for card in cards
        ],
        dtype=bool,
    )


def region_fit(card: DocumentCard, question: Question) -> float:
    """How a document's region fits the named ones: OWN when it is one of them or lies in one, 0 for elsewhere.

    Between: a document of elsewhere that names the region (UNKNOWN), of a place that holds it, of an unnamed place.
    """
    if not question.regions:
        return UNKNOWN
    own = region_named(card.region) if card.region else None
    asked = [region for name in question.regions if (region := region_named(name))]
    if own and own.full_name in question.regions:
        return OWN
    if own and any(region.contains(own) for region in asked):
        return INSIDE
    if any(name in card.named for name in question.regions):
        return UNKNOWN
    if own and any(own.contains(region) for region in asked):
        return AROUND
    if own:
        return 0.0
    return NOWHERE if card.of_unnamed_place else AROUND  # what is of no place is most likely for the whole country


@dataclass(frozen=True, slots=True)
class YearsOfPassage:
    """The years a passage mentions, and those that hold where it mentions none."""

    mentions: tuple[YearMention, ...]
    headed: frozenset[int]  # of the innermost heading that names any
    document: frozenset[int]


def read_years(passage: Passage, card: DocumentCard) -> YearsOfPassage:
    """The years of a passage, of the headings above it and of the document, as far as any is named."""
    this_year = card.years[-1] if len(card.years) == 1 else None
    headings = (_mentions(heading, this_year) for heading in reversed(passage.section))
    headed = next((frozenset(mention.year for mention in mentions) for mentions in headings if mentions), frozenset())
    return YearsOfPassage(_mentions(passage.text, this_year), headed, _years_of_document(passage, card))


@lru_cache(maxsize=4096)  # the same passages and headings are read for question after question
def _mentions(text: str, this_year: int | None) -> tuple[YearMention, ...]:
    return tuple(find_years(text, this_year, bare=False))


def years_told(years: YearsOfPassage, span: tuple[int, int]) -> frozenset[int]:
    """The years a sentence speaks of: its own; or the last one before it and its heading's; or the document's."""
    start, end = span
    inside = frozenset(mention.year for mention in years.mentions if start <= mention.start < end)
    before = [mention.year for mention in years.mentions if mention.start < start]
    return inside or frozenset(before[-1:]) | years.headed or years.document


def _years_of_document(passage: Passage, card: DocumentCard) -> frozenset[int]:
    """The document's years; a report of achievements tells of the year before its own."""
    aim = told_aim(passage.section, "")
    if len(card.years) > 1 and aim:  # 2023年工作总结及2024年工作计划
        return frozenset({max(card.years) if aim == "target" else min(card.years)})
    if (
        "政府工作报告" in card.title and aim != "target"
    ):  # where nothing says which part it is, it can be of either year
        return frozenset(year - 1 for year in card.years).union(() if aim else card.years)
    return frozenset(card.years)


def year_fit(told: frozenset[int], question: Question) -> float:
    """1 where the years meet, UNKNOWN where either is silent, 0 where they differ."""
    if not question.years or not told:
        return UNKNOWN
    return 1.0 if told.intersection(question.years) else 0.0


def aim_fit(passage: Passage, sentence: str, card: DocumentCard, question: Question) -> float:
    """1 where the passage tells what the question asks for (aim or achievement), 0 for the other, else UNKNOWN."""
    presumed = "result" if question.wants == "amount" and question.years else None
    asked = question.aim or presumed
    if asked is None:
        return UNKNOWN
    told = told_aim(passage.section, card.title) or stated_aim(sentence)
    if told is None:
        return UNKNOWN
    if question.aim is None:  # 2024年产量是多少 most likely asks for what was achieved
        return LIKELY if told == asked else 1 - LIKELY
    return 1.0 if told == asked else 0.0
