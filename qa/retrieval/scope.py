"""What a question names - region, year, aim - held against what a document and a passage say of themselves."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.documents.telling import column_aim, period_told, sets_rules, stated_aim, tells_period
from qa.index.store import Store
from qa.records import Aim, DocumentCard, Passage, Question
from qa.retrieval.rows import is_of_other_place
from qa.text.regions import region_named, short_name
from qa.text.years import YEARS_OF_PLAN, YearMention, find_years

UNKNOWN = 0.5  # the fit of what says nothing either way
LIKELY = 0.75  # the fit of a presumption
# 比2020年增长5%, 比计划原定1957年的水平 tell nothing of 2020 and of 1957.
_MEASURED_AGAINST = re.compile(
    r"(?:[比较](?:[^，,。；;]{0,8}(?:原定|计划|规定|预计)的?)?|相比于?|(?:恢复|相当)[到至于]?)$"
)
_ANOTHER_ASIDE = re.compile(r"(?<=[%％一-鿿])[（(](?:19|20)\d\d年度?[为是达]?\d[\d.]*(?![\d.]*月)")
OWN, INSIDE, AROUND, NOWHERE = 1.0, 0.9, 0.4, 0.2  # of a document's region; see region_fit


def documents_in_scope(store: Store, question: Question) -> NDArray[np.bool_] | None:
    """Which documents, by number, may be cited; None where the question names no region and no documents.

    Those of the named regions, of places that hold them or lie in them, those without a known region, and those whose
    text names the region.
    """
    if not question.regions and not question.documents:
        return None
    fitting = region_fits(store, question) > 0
    if not question.documents:
        return fitting
    chosen = np.zeros(store.count, bool)
    for trait in ("id", "source"):
        chosen[store.having(trait, question.documents)] = True
    return fitting & chosen


def covers_years(store: Store, question: Question) -> bool:
    """Whether any document of the question's regions is about one of its years."""
    about = store.having("year", map(str, question.years))
    return bool((region_fits(store, question)[about] >= UNKNOWN).any())


def region_fits(store: Store, question: Question) -> NDArray[np.float64]:
    """(documents,) `region_fit` of all documents, told without reading them."""
    if not question.regions:
        return np.full(store.count, UNKNOWN)
    asked = [region for name in question.regions if (region := region_named(name))]
    around = {wider.full_name for region in asked for wider in region.wider()}
    fits = np.zeros(store.count)
    fits[store.having("nowhere", [""])] = AROUND
    fits[store.having("nowhere", ["unnamed"])] = NOWHERE
    fits[store.having("region", around)] = AROUND
    fits[store.having("named", question.regions)] = UNKNOWN
    fits[store.having("inside", question.regions)] = INSIDE
    fits[store.having("region", question.regions)] = OWN
    return fits


def year_fits(store: Store, question: Question) -> NDArray[np.float64]:
    """(documents,) 1 for those about a year of the question, LIKELY for the year after, which reviews it, else 0."""
    fits = np.zeros(store.count)
    if question.years:
        fits[store.having("year", (str(year + 1) for year in question.years))] = LIKELY
        fits[store.having("year", map(str, question.years))] = 1.0
    return fits


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


def passage_region_fit(passage: Passage, card: DocumentCard, question: Question) -> float:
    """`region_fit`; 0 for a table row of another place, or a passage without the region where the title has another."""
    if is_of_other_place(passage, card, question):
        return 0.0
    fit = region_fit(card, question)
    own = region_named(card.region) if card.region and fit == UNKNOWN else None
    asked = [region for name in question.regions if (region := region_named(name))]
    if own is None or short_name(own.name) not in card.title or any(map(own.contains, asked)):
        return fit
    told = "".join([card.title, *passage.section, passage.text])
    return fit if not asked or any(short_name(region.name) in told for region in asked) else 0.0


def tells_of_wider(clause: str, passage: Passage, card: DocumentCard, question: Question) -> bool:
    """Whether a clause tells of a wider place than its document's, of which is asked: 全市, but not 高于全市平均.

    Its name says so as well where the clause begins with it and the whole of it (咸宁市全年, but not 咸宁市级).
    """
    if passage.told or "全" not in clause or (question.regions and card.region not in question.regions):
        return False
    wider = _wider(card.region or "")
    ranks = "".join(rank for rank in wider.ranks if f"全{rank}" not in question.text)
    names = "|".join(name for name in wider.names if name not in question.text)
    of_all = rf"(?<![占居列位于比较在达])全[{ranks}](?!首|第|前|最|领先|平均|率先)" if ranks else "(?!)"
    by_name = rf"(?:^|[，,；;。])\s*(?:同期)?(?:{names})[省市区]?全[年省市]" if names else "(?!)"
    return re.search(f"{of_all}|{by_name}", clause) is not None


@dataclass(frozen=True, slots=True)
class _Wider:
    """What the places around one are called: how their names end (国, 省 and 市 of a county), and their short names."""

    ranks: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=4096)  # asked of every sentence that is read closely
def _wider(place: str) -> _Wider:
    """Of the places around one; none where it is not known."""
    if (region := region_named(place)) is None:
        return _Wider((), ())
    around = [each for each in region.wider() if each != region]
    ranks = {"国", *(each.name[-1] for each in around)} - {region.name[-1]}
    return _Wider(tuple(sorted(ranks)), tuple(short_name(each.name) for each in around))


def years_told(passage: Passage, mentions: Sequence[YearMention], span: tuple[int, int]) -> frozenset[int]:
    """The years a sentence of the passage speaks of: its own, or the last one before it and the passage's.

    `mentions` are the passage's `mentioned_years`. A sentence on a period (年均增长) speaks of all of it;
    in a passage of either of two years, as reports have, five years that lie behind end with the earlier.
    """
    inside = frozenset(_years_inside(passage, mentions, span))
    said = passage.says(span)
    if not inside and passage.years and tells_period(said):
        last = passage.years[0 if len(passage.years) == 2 else -1]
        return frozenset(period_told(said, last, passage.years[-1]))
    before = [mention.year for mention in mentions if mention.start < span[0]]
    return inside or frozenset(before[-1:]).union(passage.years)


def _years_inside(passage: Passage, mentions: Sequence[YearMention], span: tuple[int, int]) -> list[int]:
    start, end = (0, math.inf) if passage.told else span
    return [mention.year for mention in mentions if start <= mention.start < end]


def mentioned_years(passage: Passage, card: DocumentCard) -> tuple[YearMention, ...]:
    """The years that stand in the passage's text, or with the figures of a table row."""
    return _mentions(passage.says((0, len(passage.text))), card.years[-1] if len(card.years) == 1 else None)


@lru_cache(maxsize=4096)  # the same passages are read for question after question
def _mentions(text: str, this_year: int | None) -> tuple[YearMention, ...]:
    mentions = find_years(text, this_year, bare=False)
    return tuple(each for each in mentions if not is_measured_against(text, each))


def is_measured_against(text: str, mention: YearMention) -> bool:
    """Whether what the text tells is only set against the year: 比2020年增长5%, 达3.71%（2021年为3.55%）."""
    set_against = _MEASURED_AGAINST.search(text, 0, mention.start)
    return set_against is not None or _ANOTHER_ASIDE.match(text, mention.start - 1) is not None


def year_fit(told: frozenset[int], question: Question) -> float:
    """1 where the years meet, UNKNOWN where either is silent or a period holds the year, 0 where they differ.

    The amount of a period is the sum of its years, or what there was at its end; that of a year is none of a period.
    """
    if not question.years or not told:
        return UNKNOWN
    asked = frozenset(question.years)
    if told == asked or max(len(told), len(asked)) < YEARS_OF_PLAN:
        return 1.0 if told & asked else 0.0
    if question.wants != "amount" and told <= asked:
        return 1.0
    if question.wants == "amount":
        told, asked = _at_its_end(told), _at_its_end(asked)
    return UNKNOWN if told & asked else 0.0


def _at_its_end(years: frozenset[int]) -> frozenset[int]:
    return frozenset({max(years)}) if len(years) >= YEARS_OF_PLAN else years


def told_aim(passage: Passage, card: DocumentCard, span: tuple[int, int]) -> Aim | None:
    """Whether a sentence of the passage tells aims or achievements: the passage's own, or what its wording says.

    What a plan tells of years before its own and its issue was achieved: 新增100家。2022年实际新增91家。 What a summary
    tells of years after its own is an aim. A law names the years of other laws: they say nothing of its own rules.
    """
    if len(passage.told) == 1 and (aim := column_aim(passage.told[0].column)):
        return aim
    if not sets_rules(card):
        named = _years_inside(passage, mentioned_years(passage, card), span)
        issued = card.published or card.signed
        if passage.aim == "target" and issued and named and max(named) < min([issued.year, *card.years]):
            return "result"
        if passage.aim == "result" and card.years and named and min(named) > max(card.years):
            return "target"
    return passage.aim or (None if passage.told else stated_aim(passage.says(span)))


def aim_fit(passage: Passage, card: DocumentCard, span: tuple[int, int], question: Question) -> float:
    """1 where the sentence tells what the question asks for (aim or achievement), 0 for the other, else UNKNOWN."""
    presumed = "result" if question.wants == "amount" and question.years else None
    asked = question.aim or presumed
    told = told_aim(passage, card, span) if asked else None
    if told is None:
        return UNKNOWN
    if question.aim is None:  # 2024年产量是多少 most likely asks for what was achieved
        return LIKELY if told == asked else 1 - LIKELY
    return 1.0 if told == asked else 0.0
