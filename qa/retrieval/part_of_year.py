"""The part of a year that a question asks of (上半年, 全年), held against the one that a passage tells of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from qa.documents.telling import sets_rules
from qa.records import DocumentCard, Passage, Question
from qa.retrieval.scope import UNKNOWN
from qa.text.months import WHOLE, MonthsMention, find_months
from qa.text.years import find_years

_LONGEST_OPENING = 20  # characters
_YEAR = re.compile(r"(?:19|20)\d\d年")  # of 截至2024年6月底


@lru_cache(maxsize=64)  # asked of every passage of a question
def asked_part(question: Question) -> MonthsMention | None:
    """The part of a year of which an amount is asked for; None where the question names none, or several."""
    mentions = find_months(question.text) if question.wants == "amount" else []
    return mentions[0] if len({each.months for each in mentions}) == 1 else None


def told_part(passage: Passage, card: DocumentCard, span: tuple[int, int]) -> tuple[str, frozenset[tuple[int, int]]]:
    """The part of a year that a sentence of the passage tells of, in its words, and its months; "" and none of a year.

    What the sentence says itself counts, of a table's figure the head of its column; or else what the passage opens
    with; or else the innermost heading that names any, or the title. Where these name several (上半年总结和下半年思路),
    a review is of the first, a plan of the last. Where none does, a column of a year (2024年完成) is of
    the whole of it. Rules tell of none.
    """
    if sets_rules(card):
        return "", frozenset()
    if passage.told:
        places = [f"{figure.column} {figure.row}" for figure in passage.told]
        stretches = [(text, _mentions(text)) for text in places]
    else:
        mentions = _mentions(passage.text)
        inside = tuple(each for each in mentions if span[0] <= each.start < span[1])
        opening = tuple(each for each in mentions if each.end <= _LONGEST_OPENING)[:1]
        stretches = [(passage.text, inside), (passage.text, opening)]
    for text, found in stretches:
        if found:
            return _told(found, text)
    for heading in (*reversed(passage.section), card.title):
        if found := _mentions(heading):
            chosen = {"result": found[:1], "target": found[-1:]}.get(passage.aim or "", found)
            return _told(chosen, heading)
    of_years = any(find_years(figure.column) for figure in passage.told) or _is_annual(passage, card)
    return "", frozenset({WHOLE} if of_years else ())


def part_fits(passage: Passage, card: DocumentCard, question: Question) -> Callable[[tuple[int, int]], float]:
    """The `part_fit` of a sentence of the passage, by its span; 1 where no amount is asked for."""
    if question.wants != "amount":
        return lambda _: 1.0
    if not passage.told and not any(map(_mentions, (passage.text, *passage.section, card.title))):
        of_no_part = part_fit(frozenset({WHOLE} if _is_annual(passage, card) else ()), question)
        return lambda _: of_no_part
    return lambda span: part_fit(told_part(passage, card, span)[1], question)


def _is_annual(passage: Passage, card: DocumentCard) -> bool:
    """Whether a passage tells aims or achievements in a document that has a year in its title: 2024年工作总结."""
    return passage.aim is not None and bool(find_years(card.title, bare=False))


def part_fit(told: frozenset[tuple[int, int]], question: Question) -> float:
    """How the months that are told of fit those asked of: 1 where one of them is that, 0 where all are others.

    UNKNOWN where only one of them names a part: a question that names none most likely asks of the whole year.
    """
    asked = asked_part(question)
    if asked is None:
        return 1.0 if not told or WHOLE in told else UNKNOWN
    if asked.months == WHOLE:
        return float(not told or WHOLE in told)
    if not told:
        return UNKNOWN
    return float(asked.months in told)


def _told(mentions: Sequence[MonthsMention], text: str) -> tuple[str, frozenset[tuple[int, int]]]:
    months = frozenset(each.months for each in mentions)
    words = text[mentions[0].start : mentions[0].end] if len(months) == 1 and WHOLE not in months else ""
    return _YEAR.sub("", words), months


@lru_cache(maxsize=4096)  # the same passages are read for question after question
def _mentions(text: str) -> tuple[MonthsMention, ...]:
    return tuple(find_months(text))
