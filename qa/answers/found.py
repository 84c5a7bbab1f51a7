"""A figure that was found, and whether another one is of the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.records import Figure, Question, Told
from qa.retrieval.need import read_need, terms_in
from qa.text.folding import fold
from qa.text.quantities import qualifiers
from qa.text.words import cut_bigrams

LEAST_SHARED = 0.75  # of the question's wording in the clause of the one figure, in that of the other
MOST_FOREIGN = 2  # bigrams of the other's clause that neither the question nor the clause of the one has

_CODE = re.compile(r"[a-z]+[\d.]+|[\d.]+[a-z]+")  # what tells things apart that are written alike: PM2.5 and PM10, 5A


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure, the place of its hit, and how well it is what was asked for."""

    figure: Figure
    place: int
    merit: float
    clause: str  # what the figure is of, in its own clause alone: 新增高新技术企业
    named: bool  # whether any of the question's wording stands with it, or in the headings above
    cell: Told | None  # of a table


def is_of_same_thing(other: FoundFigure, one: FoundFigure, question: Question) -> bool:
    """Whether the other, whose year and aim are known, is of the thing, place, unit and qualifiers of the one."""
    need = read_need(question)
    wanted = terms_in(one.clause, need)
    named = " ".join([question.text, one.clause, *(name for _, others in question.aliases for name in others)])
    return (
        other.place != one.place
        and other.figure.base == one.figure.base
        and other.figure.region == one.figure.region
        and None not in (other.figure.year, other.figure.aim)
        and qualifiers(other.figure.wording) == qualifiers(one.figure.wording)
        and len(terms_in(other.clause, need) & wanted) >= LEAST_SHARED * len(wanted) > 0
        and _CODE.findall(fold(other.clause)) == _CODE.findall(fold(one.clause))
        and len(set(cut_bigrams(other.clause)) - set(cut_bigrams(named))) <= MOST_FOREIGN
    )
