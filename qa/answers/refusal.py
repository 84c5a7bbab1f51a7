"""The honest no: when what was found does not answer, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answers.confidence import Fit, answers_likely, kind_of
from qa.answers.figures import find_figure
from qa.answers.found import FoundFigure
from qa.answers.naming import asked_names, is_of_other_name, names_of, states_named, tells_name, tells_of_place
from qa.answers.subplaces import asked_subplace, names_subplace, tells_of_subplace
from qa.answers.wording import AIMS, places
from qa.documents.telling import adds_up_years, sets_rules
from qa.records import Hit, Question, Status
from qa.retrieval.intents import asks_hour, says_aim, tells_hour
from qa.retrieval.measures import (
    asked_bases,
    asked_figure,
    asked_rate,
    head_noun,
    is_contrary,
    is_of_another,
    names_unit,
    told_amounts,
    wants_total,
)
from qa.retrieval.need import measured_terms, read_need, read_subject, terms_in
from qa.retrieval.part_of_year import asked_part
from qa.retrieval.rows import is_of_other_row
from qa.retrieval.scope import NOWHERE, UNKNOWN, mentioned_years, region_fit, years_told
from qa.text.folding import fold
from qa.text.years import YEARS_OF_PLAN, plan_years, year_names

LEAST_TOLD = 0.1  # of the question's wording, in the best passage, where there is no fit
# The same of a question that names no place, year, thing or document, and whose cosine with the best passage, by the
# encoder of the fit, is below RELATED: it is about something else. So are three of 214 such questions that documents
# answer, and 272 of 301 on cooking or travel (tests/quality/fit_confidence.py).
LEAST_SHARED, RELATED = 0.3, 0.875
LOOKED_AT = 5  # passages that may state the figure

_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{2,20})[”\"」』]")
_STATES_FIGURE = re.compile(r"\d")
_PARTS = re.compile("[，,；;。：:]")
_BLANKED = re.compile(r"[xX×＊*]+(?:\.[xX×＊*]+)?\s*[余多]?\s*(?:[家个名项件人条亩万亿元%％]|亿元|万元)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in words for the reader."""

    status: Status
    reason: str


def find_refusal(
    question: Question, hits: Sequence[Hit], covers_years: Callable[[Question], bool], fit: Fit | None
) -> Refusal | None:
    """The first reason not to answer from these hits (best first).

    `covers_years` says whether any document of a question's regions is about one of its years. There is no `fit` where
    it was made with another encoder's vectors than the index.
    """
    found = told_figure(question, hits)
    if refusal := plain_reason(question, hits, covers_years, found):
        return refusal
    if fit and is_foreign(question, hits) and not names_a_subject(question):
        return Refusal("out_of_scope", "文档里没有与问题有关的内容")
    best = [hits[0], hits[found.place]] if found else hits[:1]
    if fit:
        likely = any(answers_likely(question, hit, fit) for hit in best)
    else:
        likely = _most_told(question, hits) >= LEAST_TOLD
    asked = "数字" if kind_of(question) == "amount" else "内容"
    stated = likely or any(states_named(question, hit) for hit in best)
    return None if stated else Refusal("not_found", f"文档里没有写明所问的{asked}")


def is_foreign(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the question shares little wording with every hit, and the best one is not near it either."""
    return hits[0].similarity < RELATED and _most_told(question, hits) < LEAST_SHARED


def _most_told(question: Question, hits: Sequence[Hit]) -> float:
    """The largest share of the question's wording in the supporting sentence of a hit and the headings above it."""
    need = read_subject(question)
    told = (len(terms_in(f"{hit.passage.context} {hit.said}", need)) for hit in hits)
    return max(told) / max(1, len(need.terms))


def told_figure(question: Question, hits: Sequence[Hit]) -> FoundFigure | None:
    """The figure that would be told, where an amount is asked for."""
    return find_figure(question, hits) if question.wants == "amount" else None


def plain_reason(
    question: Question, hits: Sequence[Hit], covers_years: Callable[[Question], bool], found: FoundFigure | None
) -> Refusal | None:
    """A reason that can be told outright: no document of the place or year, a name or figure that stands nowhere.

    `found` is the figure that would be told.
    """
    if question.small_talk:
        return Refusal("out_of_scope", "这不是可以从文档里回答的问题")
    if not hits or (question.regions and all(region_fit(hit.document, question) <= NOWHERE for hit in hits)):
        return Refusal("not_found", f"没有{places(question)}的文档" if question.regions else "没有与问题有关的内容")
    reasons = (
        _unmentioned(question, hits),
        _other_year(question, hits, covers_years),
        _other_place(question, hits),
        _other_subplace(question, hits),
        _unstated_figure(question, hits, found),
        _sum_of_years(question, hits[found.place], found) if found else None,
        _other_rate(question, hits[found.place]) if found else None,
        _other_row(question, found),
        _other_thing(question, hits, found),
        "文档里没有写明所问的数字" if found and is_contrary(found.clause, question.text) else None,
        _untold_amount(question, hits),
        _other_aim(question, hits, found),
        _unstated_hour(question, hits),
    )
    return next((Refusal("not_found", reason) for reason in reasons if reason), None)


def names_a_subject(question: Question) -> bool:
    """Whether the question names a place, a year, a thing that has other names, or a document or its issuer."""
    return any((question.regions, question.years, question.aliases, question.kinds, question.issuers))


def _unmentioned(question: Question, hits: Sequence[Hit]) -> str | None:
    """A name in quotation marks that no passage holds; what has digits in it is somebody's words, no name."""
    quoted = [name.strip("?？!！,，。") for name in _QUOTED.findall(question.text) if not _STATES_FIGURE.search(name)]
    if not quoted:
        return None
    held = [fold(hit.passage.context + hit.text) for hit in hits]
    missing = [name for name in quoted if not any(fold(name) in text for text in held)]
    return f"文档里没有提到“{missing[0]}”" if missing else None


def _other_year(question: Question, hits: Sequence[Hit], covers_years: Callable[[Question], bool]) -> str | None:
    """The best passage speaks of another year than the one named."""
    asked = asked_part(question)
    if not (question.years or asked) or hits[0].parts["year"] > 0:
        return None
    if question.wants == "metadata" and set(question.years).intersection(hits[0].document.years):
        return None  # 2009年印发的通知是几号文: the year is the document's, whatever years a sentence of it names
    years = "、".join(year_names(question.years)) + (question.text[asked.start : asked.end] if asked else "")
    told = any(hit.parts["year"] > UNKNOWN and hit.parts["region"] >= UNKNOWN for hit in hits)
    if told or not question.years or covers_years(question):  # a report tells of the year before its own, too
        return f"文档里没有写明{years}的这项内容"
    return f"没有{places(question)}{years}的文档"


def _other_place(question: Question, hits: Sequence[Hit]) -> str | None:
    """The best passage tells a figure of another place than the one named."""
    if hits[0].parts["region"] > 0 and (question.wants != "amount" or tells_of_place(question, hits[0])):
        return None
    return f"没有{places(question)}的文档写明这项内容"


def _other_subplace(question: Question, hits: Sequence[Hit]) -> str | None:
    """No passage that may state the figure names the town or zone that is asked of."""
    asked = asked_subplace(question) if question.wants == "amount" else None
    if asked is None or any(tells_of_subplace(question, hit) for hit in hits[:LOOKED_AT]):
        return None
    return f"文档里没有写明“{asked['name']}{asked['kind']}”的这项内容"


def _other_aim(question: Question, hits: Sequence[Hit], found: FoundFigure | None) -> str | None:
    """The figure, or all of the best passages of the year, tell an aim where a result is asked for, or the reverse."""
    if question.wants != "amount" or not says_aim(question.text) or sets_rules(hits[0].document):
        return None
    told = found.figure.aim if found else None
    if told and question.aim and told != question.aim:
        return f"找到的数字是{AIMS[told]}，不是{AIMS[question.aim]}"
    if any(hit.parts["aim"] > 0 for hit in hits[:LOOKED_AT] if hit.parts["year"] > 0):
        return None
    return f"文档里没有写明{'目标' if question.aim == 'target' else '实际完成的数字'}"


def _unstated_figure(question: Question, hits: Sequence[Hit], found: FoundFigure | None) -> str | None:
    """No passage states the asked figure: its name does not stand beside one, or the figure is blanked out.

    Nor is any `found` in the unit that the question names for a place and year: 增长10.7% does not tell 多少人次.
    """
    figure = asked_figure(question)
    if question.wants != "amount" or figure is None:
        return None
    best = hits[0].said
    if _BLANKED.search(best) and not figure.search(best):
        return "原文中这个数字被隐去（以x代替）"
    names, asked = names_of(question), asked_names(question)
    other = found is not None and is_of_other_name(found.clause, question)
    of_the_place = [
        hit
        for hit in hits[:LOOKED_AT]
        if hit.parts["region"] >= hits[0].parts["region"] and tells_of_subplace(question, hit)
    ]
    apportioned = found is not None and names_subplace(question, found.clause)  # 高企中，汾湖高新区365家
    if asked and (other or not (apportioned or any(states_named(question, hit) for hit in of_the_place))):
        return f"文档里没有写明“{question.spelling(asked[0][0])}”的{'目标' if question.aim == 'target' else '数字'}"
    named = (tells_name(hit.text + hit.passage.context, group) for hit in hits for group in names)
    if names and not asked_bases(question) and not any(named):
        return f"文档里没有写明“{question.spelling(names[0][0])}”的数字"
    told = not asked_bases(question) or any(figure.search(fold(f"{hit.text} {hit.said}")) for hit in hits[:LOOKED_AT])
    if hits[0].passage.kind == "row" and not _STATES_FIGURE.search(best):  # the heads of a table
        return "文档里没有写明所问的数字"
    in_unit = found or not ((names_unit(question) or wants_total(question)) and question.regions and question.years)
    return None if told and in_unit else "文档里没有写明所问的数字"


def _sum_of_years(question: Question, hit: Hit, found: FoundFigure) -> str | None:
    """The figure is the sum of a plan's years where one of them is asked for: 五年累计260亿元."""
    told = years_told(hit.passage, mentioned_years(hit.passage, hit.document), hit.sentence)
    of_a_year = 0 < len(question.years) < YEARS_OF_PLAN and not plan_years(question.text)
    if not of_a_year or len(told) < YEARS_OF_PLAN or not adds_up_years(found.figure.wording):
        return None
    return f"文档里没有写明{'、'.join(year_names(question.years))}的这项内容"


def _other_thing(question: Question, hits: Sequence[Hit], found: FoundFigure | None) -> str | None:
    """The figure that would be told measures another thing than the one asked of: 粮食产量 for 茶叶产量."""
    terms, figure, need = measured_terms(question), asked_figure(question), read_need(question)
    if question.wants != "amount" or not terms or figure is None:
        return None
    telling = [hits[found.place]] if found else [hit for hit in hits[:LOOKED_AT] if figure.search(fold(hit.said))]
    if not telling or any(states_named(question, hit) for hit in telling):
        return None
    texts = [f"{hit.document.title} {hit.passage.context} {hit.said}" for hit in telling]
    if own := _own_words(found, question) if found else None:
        texts = [own]
    return None if any(terms_in(text, need) & terms for text in texts) else "文档里没有写明所问的数字"


def _other_rate(question: Question, hit: Hit) -> str | None:
    """The figure that would be told stands where nothing is said of the rate asked for: 收入增长4.4% for 城镇化率."""
    rate = asked_rate(question.text)
    if not rate or any(rate in name for group in names_of(question) for name in group):
        return None
    told = fold(f"{hit.said} {hit.passage.context}")
    return None if rate in told else f"文档里没有写明“{rate}率”的数字"


def _other_row(question: Question, found: FoundFigure | None) -> str | None:
    """The figure that would be told stands in a table's row of another thing: 养正中学 for 英林中学."""
    of_another = found and found.cell and is_of_other_row(found.cell, read_subject(question))
    return "文档里没有写明所问的数字" if of_another else None


def _own_words(found: FoundFigure, question: Question) -> str | None:
    """The words beside the figure where they say of what it is; None where the sentence or its headings do.

    They name the measure of another thing, or the last thing of a list by no measure (优化改造、储热40万吨). What is
    joined (茶叶、水果产量) shares the measure.
    """
    joined = _PARTS.split(found.figure.wording.partition(found.figure.text)[0])[-1]
    if is_of_another(found.clause, question.text):
        return f"{joined} {found.clause}"
    return found.clause if "、" in joined and (head_noun(question.text) or "") not in found.clause else None


def _untold_amount(question: Question, hits: Sequence[Hit]) -> str | None:
    """No passage tells the amount that the question tells, where it asks for its place or year."""
    if not told_amounts(question) or any(hit.parts["figure"] > 0 for hit in hits[:LOOKED_AT]):
        return None
    return "文档里没有写明问题所说的数字"


def _unstated_hour(question: Question, hits: Sequence[Hit]) -> str | None:
    """No passage tells a time of day, where one is asked for."""
    if not asks_hour(question.text) or any(tells_hour(fold(hit.text)) for hit in hits[:LOOKED_AT]):
        return None
    return "文档里没有写明所问的时间"
