"""The figure that was asked for, found in the sentences that support the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.answers.naming import asked_names, is_of_other_name, tells_name, tells_of_place
from qa.documents.telling import column_aim, sets_rules, stated_aim
from qa.records import Aim, Figure, Hit, Question, Told
from qa.retrieval.measures import asked_bases, asked_figure, asked_limit, head_noun, is_of_another, is_of_another_grade
from qa.retrieval.need import Need, is_of_part, read_subject, terms_in
from qa.retrieval.rows import figures_apart, is_beside, limits_of, own_name, place_of, share_asked
from qa.retrieval.scope import UNKNOWN, is_measured_against, mentioned_years, told_aim, year_fit, years_told
from qa.text.quantities import Quantity, find_quantities, qualifiers
from qa.text.words import cut_bigrams
from qa.text.years import YEARS_OF_PLAN, find_years

LOOKED_AT = 3  # hits
LONGEST_WORDING = 80  # characters
COUNTED = 12  # characters behind a quantity that name what it counts: 110家高新技术企业

# What counts in choosing a figure, in shares of the question's wording found in its clause.
_BESIDE_IT = 0.8  # a share of the wording that stands between the figure before it and its clause
_BEFORE_IT = 0.5  # a share of the wording that stands farther before it
_NEXT_TO_IT = 0.2  # the wording reaches up to the figure: 高新技术企业470家, not 高新技术企业研发中心11家
_HEAD = 0.4  # its clause has the word that 多少 is asked of: the 收入 of 传感器产业收入多少
_LIMIT = 0.2  # it is a limit of the side that is asked for: 最多 by 不得超过, 至少 by 不少于
_YEAR = 0.3  # the year asked for stands before it, or half of it where none does
_UNLIKE = 0.15  # for each qualifier that only one of question and wording has: 人均, 年均, 新增
_FORMER = 0.6  # against what is told only to say what it becomes: 从6个百分点缩小至4个百分点
_POINTS_FIT = 0.5  # 个百分点 where a change is asked for, as much against them where none is
_CHANGED = 1.0  # against what something rose by where the amount is asked for and told next: 增加321元，达到784元
_UNMET_AIM = 0.6  # against what is only told not to have been reached
_OF_PART = 0.3  # against that of a part: 永阳街道零售总额 where that of the district is asked
_OTHER_YEAR = 0.6  # against one that another year than the one asked for stands before: 2023年620家，2024年700家
_OTHER_NAME = 0.6  # against that of a thing with another name than the one asked of, or of a share of it
_OTHER_GRADE = 0.5  # against that of another grade or class: 三级医院1300元 where 一级医院 is asked
_ROW = 1.0  # a share of the name of a table's row that the question has
_OTHER_AIM = 0.3  # against an aim where what was achieved is asked for, and the other way round
_SCORE = 3.0  # the hit's score, among figures of several hits

_MOSTLY = 0.5  # of a name
_POINTS = "个百分点"  # how much higher or lower a share is, not the share
_CHANGE = re.compile(r"百分点|(?:提高|提升|上升|下降|降低|回落|变化)了?(?:多少|几)")
_BECOMES = re.compile(
    r"[^，,；;。]{0,8}?(?:[升降增减]|下调|上调|调整|调高|调低|提高|提升|增加|增长|扩大|延长|减少|下降|降低|缩[小短]|压[减缩])[至到为]"
)
_UNMET = re.compile("(?:未能?|没有?能?)$")  # 未达到10%的年初预期; but 未超过35微克 tells a limit that was kept
_ROSE_BY = re.compile(r"(?:增[加长]|提高|上升|扩大|减少|下降|降低|压缩)了?(?:约|近)?$")
_TOLD_NEXT = re.compile(r"[^，,。；;\d]{0,6}[，,](?:[已均共]|总[数量额])?(?:达到?|[升增降减]至|[升增降减]到|为)")
_ASKS_RISE = re.compile("[增减升降涨跌]|提高|扩大|压缩|变化|多了|少了")
_SHARES = ("%", _POINTS)  # base units
_ASKS_SHARE = re.compile("[增减升降涨跌占比率幅速]|百分|强度|几成|多了|少了")
_COUNTS = re.compile(r"多少(?![是为有呢吗啊呀了的才比百点成倍以])[一-鿿]")  # 多少钢
_NO_COUNTS = ("%", _POINTS, "倍", "年")  # base units that do not say how much of a thing there is
_CLAUSE = re.compile(r"[，,；;。！？!?：:、\n]")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_MANY_OR_SOME = re.compile(r"^一[个批次种类条项名家]$")  # 一批项目 counts nothing


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure, the place of its hit, and how well it is what was asked for."""

    figure: Figure
    place: int
    merit: float
    clause: str  # what the figure is of, in its own clause alone: 新增高新技术企业
    named: bool  # whether any of the question's wording stands with it, or in the headings above
    cell: Told | None = None  # of a table


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A quantity with the stretch of the sentence that says what it is of."""

    quantity: Quantity
    start: int  # of the stretch: behind the quantity before it
    end: int  # of the stretch: what it counts, as far as its clause goes


def find_figure(question: Question, hits: Sequence[Hit], base: str | None = None) -> FoundFigure | None:
    """The figure of the best hits that is of what the question names; None where there is none of the kind asked for.

    Hits that fit the question's scope less than the best one have none; nor have those behind it whose figure shares no
    word with the question, stands without the name asked for where the best one's stands with it, or is of a wider
    place. `base` is the unit it is to be brought to.
    """
    scope = ("region", "year", "aim") if question.aim else ("region", "year")  # an aim that is presumed excludes none
    best = find_figures(question, hits[:LOOKED_AT], base)
    fitting = [
        found
        for found in _named(question, best) or best or _farther(question, hits, base)
        if (found.place == 0 or found.named)
        and tells_of_place(question, hits[found.place])
        and all(hits[found.place].parts[part] >= hits[0].parts[part] for part in scope)
    ]
    return max(fitting, key=lambda found: (found.merit + _SCORE * hits[found.place].score, -found.place), default=None)


def _named(question: Question, found: Sequence[FoundFigure]) -> list[FoundFigure]:
    """Those that stand with the name asked for, where that has others (GDP) and the best hit's figure does."""
    names = asked_names(question)
    named = [each for each in found if names and all(tells_name(each.figure.wording, group) for group in names)]
    return named if named and named[0].place == 0 else []


def _farther(question: Question, hits: Sequence[Hit], base: str | None) -> list[FoundFigure]:
    """The first figure farther down, where the question names the kind: it says more than a sentence without one."""
    return find_figures(question, hits, base)[:1] if asked_bases(question) else []


def find_figures(question: Question, hits: Sequence[Hit], base: str | None = None) -> list[FoundFigure]:
    """Of each hit the figure that is most likely what the question names; its citation is the hit's place."""
    asked = read_subject(question)
    found = []
    for place, hit in enumerate(hits):
        left = asked.terms - terms_in(hit.document.title, asked)  # 新市民积分办法 names a document, no figure of it
        need = replace(asked, terms=left) if left else asked
        weighed = [each for each in _weighed(question, hit, need) if base in (None, each[1].quantity.base)]
        if weighed:
            telling, candidate, merit = max(weighed, key=lambda each: each[2])  # the first of the best
            figure = _figure(question, telling, place, candidate, need)
            clause = _clause(telling.said, candidate)
            of = figure.wording.replace(figure.text, " ", 1)  # the 亿元 of 多少亿元 says nothing of what it is of
            named = bool(terms_in(f"{hit.passage.context} {of}", asked))
            cell = next(iter(telling.passage.told), None)
            found.append(FoundFigure(figure, place, merit, clause, named, cell))
    return found


def _weighed(question: Question, hit: Hit, need: Need) -> list[tuple[Hit, _Candidate, float]]:
    """The quantities of the hit's sentence that are of the kind asked for, each with the hit and its merit.

    Those of a table row, of the place asked of, each with a hit that tells it alone.
    """
    asked = asked_figure(question)
    counts = not asked_bases(question) and _COUNTS.search(question.text)
    passages = [
        passage
        for passage in figures_apart(hit.passage, hit.document, question)
        if not any(is_beside(cell, need) for cell in passage.told)
    ]
    return [
        (telling, each, _merit(telling.said, each, need, question) + _merit_of_cell(telling, each, question, need))
        for telling in (replace(hit, passage=passage) for passage in passages)
        for each in _candidates(telling.said)[-1 if telling.passage.told else 0 :]  # 年产40万吨项目总投资3亿元
        if _is_asked(asked, telling.said, each, question) and not (counts and each.quantity.base in _NO_COUNTS)
    ]


def _merit_of_cell(hit: Hit, candidate: _Candidate, question: Question, need: Need) -> float:
    """What counts for and against a table's figure by the name of its row and the head of its column; 0 for no cell."""
    if not hit.passage.told:
        return 0.0
    cell = hit.passage.told[0]
    told = years_told(hit.passage, mentioned_years(hit.passage, hit.document), hit.sentence)
    is_part = limits_of(cell) not in question.text and share_asked(limits_of(cell), need) < _MOSTLY
    is_change = candidate.quantity.base in _SHARES and not _ASKS_SHARE.search(question.text)
    other_aim = _is_of_other_aim(column_aim(cell.column), question)
    against = (
        _OTHER_AIM * other_aim
        + _OF_PART * is_part
        + _OTHER_YEAR * (year_fit(told, question) == 0)
        + _CHANGED * is_change
    )
    return _ROW * share_asked(own_name(cell), need) - against


def _figure(question: Question, hit: Hit, place: int, candidate: _Candidate, need: Need) -> Figure:
    sentence, quantity, passage = hit.said, candidate.quantity, hit.passage
    first, last = _wording(sentence, candidate, need)
    start, end = hit.sentence
    may_have_aim = bool(passage.aim or passage.told or question.aim or question.years) and not sets_rules(hit.document)
    return Figure(
        wording=sentence[first:last],
        text=sentence[quantity.start : quantity.end],
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        base=quantity.base,
        limit=quantity.limit,
        region=place_of(passage.told[0], hit.document.region) if passage.told else hit.document.region,
        year=told_year(question, hit),
        aim=told_aim(passage, hit.document, hit.sentence) if may_have_aim else None,
        document_id=hit.document.id,
        start=passage.start + (start if passage.told else start + first),
        end=passage.start + (end if passage.told else start + last),
        citation=place,
    )


@lru_cache(maxsize=4096)  # the same sentences are looked at for question after question
def _candidates(sentence: str) -> tuple[_Candidate, ...]:
    quantities = [
        each for each in find_quantities(sentence) if not _MANY_OR_SOME.match(sentence[each.start : each.end])
    ]
    found = []
    for place, quantity in enumerate(quantities):
        start = quantities[place - 1].end if place else 0
        limit = quantities[place + 1].start if place + 1 < len(quantities) else len(sentence)
        stop = _CLAUSE.search(sentence, quantity.end, limit)
        found.append(_Candidate(quantity, start, min(stop.start() if stop else limit, quantity.end + COUNTED)))
    return tuple(found)


def _is_asked(asked: re.Pattern[str] | None, sentence: str, candidate: _Candidate, question: Question) -> bool:
    """Whether a quantity can be the answer: of the kind asked for, and not one that the question names itself."""
    quantity = candidate.quantity
    told = sentence[quantity.start : quantity.end]
    # 人次达1.2亿 has its unit before it.
    of_kind = told if quantity.base else sentence[candidate.start : quantity.end]
    return (asked is None or asked.search(of_kind) is not None) and told not in question.text


def _merit(sentence: str, candidate: _Candidate, need: Need, question: Question) -> float:
    stretch = sentence[candidate.start : candidate.end]
    clause = _clause(sentence, candidate)
    own = terms_in(clause, need)
    beside = terms_in(stretch, need) - own
    before = terms_in(sentence[: candidate.start], need) - own - beside
    mentions = find_years(sentence[: candidate.quantity.start])
    years = [mention.year for mention in mentions if not is_measured_against(sentence, mention)]
    fits = UNKNOWN if question.years and not years else not question.years or years[-1] in question.years
    unlike = qualifiers(question.text) ^ qualifiers(stretch)
    said = (len(own) + _BESIDE_IT * len(beside) + _BEFORE_IT * len(before)) / max(1, len(need.terms))
    points = 0 if candidate.quantity.base != _POINTS else 1 if _CHANGE.search(question.text) else -1
    head = head_noun(question.text)
    # Of 强度提高0.2个百分点，达到2.8% the change stands beside the word, the share itself does not.
    of_it = head is not None and head in clause and not is_of_another(clause, question.text)
    headed = _HEAD * (of_it and points >= 0)
    limit = asked_limit(question.text)
    limited = _LIMIT * (limit is not None and limit.search(candidate.quantity.limit) is not None)
    near = _NEXT_TO_IT * _reaches(sentence, candidate, need)
    against = (
        _UNLIKE * len(unlike)
        + _FORMER * (_BECOMES.match(sentence, candidate.quantity.end) is not None)
        + _CHANGED * _only_rose_by(sentence, candidate, question)
        + _OTHER_YEAR * (fits == 0)
        + _UNMET_AIM * _is_unmet(sentence, candidate.quantity)
        + _OF_PART * is_of_part(clause, own, need)
        + _OTHER_NAME * is_of_other_name(clause, question)
        + _OTHER_GRADE * is_of_another_grade(clause, question.text)
        + _OTHER_AIM * _is_of_other_aim(stated_aim(clause), question)
    )
    return said + headed + limited + near + _YEAR * fits + _POINTS_FIT * points - against


def _is_of_other_aim(told: Aim | None, question: Question) -> float:
    """1 for the aim where what was achieved is asked for, or the other way round; half where that is presumed."""
    if question.aim is None:  # 2024年收入是多少 most likely asks for what was achieved
        return 0.5 * (told == "target" and bool(question.years))
    return float(told not in (None, question.aim))


def _is_unmet(sentence: str, quantity: Quantity) -> bool:
    return not quantity.limit.startswith(("超", "高于")) and _UNMET.search(sentence[: quantity.start]) is not None


def _only_rose_by(sentence: str, candidate: _Candidate, question: Question) -> bool:
    """Whether it says by how much something rose or fell before how much there is, and that is asked for."""
    quantity = candidate.quantity
    rose = _ROSE_BY.search(sentence[candidate.start : quantity.start]) and _TOLD_NEXT.match(sentence, quantity.end)
    return rose is not None and not _ASKS_RISE.search(question.text)


def _reaches(sentence: str, candidate: _Candidate, need: Need) -> bool:
    """Whether the question's wording stands right before the quantity or right behind it."""
    quantity = candidate.quantity
    before = cut_bigrams(_ASIDE.sub("", sentence[candidate.start : quantity.start]))[-1:]
    behind = cut_bigrams(sentence[quantity.end : candidate.end])
    return bool(terms_in("".join(before), need)) or bool(terms_in("".join(behind[:1] + behind[-1:]), need))


def _clause(sentence: str, candidate: _Candidate) -> str:
    plain = _ASIDE.sub(lambda aside: " " * len(aside[0]), sentence)  # a comma in brackets ends no clause
    marks = [match.end() for match in _CLAUSE.finditer(plain, candidate.start, candidate.quantity.start)]
    before = sentence[marks[-1] if marks else candidate.start : candidate.quantity.start]
    return before + sentence[candidate.quantity.end : candidate.end]


def _share(text: str, need: Need) -> float:
    return len(terms_in(text, need)) / max(1, len(need.terms))


def _wording(sentence: str, candidate: _Candidate, need: Need) -> tuple[int, int]:
    """Offsets of the figure with what it is of: its clause, and those before it that name more of what was asked."""
    quantity = candidate.quantity
    starts = [0, *(match.end() for match in _CLAUSE.finditer(sentence, 0, quantity.start))]
    end = candidate.end if _share(sentence[quantity.end : candidate.end], need) else quantity.end
    within = [start for start in starts if end - start <= LONGEST_WORDING] or starts[-1:]
    start = max(within, key=lambda start: (_share(sentence[start:end], need), start))
    return start + len(sentence[start:end]) - len(sentence[start:end].lstrip()), end


def told_year(question: Question, hit: Hit) -> int | None:
    """The year that the hit's sentence speaks of, where only one can be meant: none of a period."""
    told = years_told(hit.passage, mentioned_years(hit.passage, hit.document), hit.sentence)
    meant = told if len(told) >= YEARS_OF_PLAN else told.intersection(question.years) or told
    return next(iter(meant)) if len(meant) == 1 else None
