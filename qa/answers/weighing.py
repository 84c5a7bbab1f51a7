"""The quantities of a sentence, or of the cells of a table row, weighed: how well each is what the question asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answers.apportioning import told_in_turn
from qa.answers.clauses import (
    ASIDE,
    BECOMES,
    ITS_LEVEL,
    RISE,
    SHARES,
    Candidate,
    candidates_in,
    clause_of,
    with_it_alone,
)
from qa.answers.naming import is_of_other_name
from qa.answers.subplaces import names_subplace, tells_of_unasked_subplace
from qa.documents.telling import column_aim, stated_aim
from qa.records import Aim, Hit, Question, Told
from qa.retrieval.alternatives import tells_of_another_case
from qa.retrieval.intents import asks_share
from qa.retrieval.measures import (
    asked_figure,
    asked_limit,
    excludes_shares,
    head_noun,
    is_contrary,
    is_of_another,
    is_of_another_grade,
)
from qa.retrieval.need import Need, is_of_part, terms_in
from qa.retrieval.part_of_year import asked_part, part_fit
from qa.retrieval.rows import figures_apart, is_beside, limits_of, own_name, share_asked
from qa.retrieval.scope import (
    UNKNOWN,
    is_measured_against,
    mentioned_years,
    tells_of_wider,
    year_fit,
    years_told,
)
from qa.retrieval.tiers import tier_fit
from qa.text.folding import fold
from qa.text.months import find_months
from qa.text.quantities import Quantity, qualifiers
from qa.text.words import cut_bigrams
from qa.text.years import find_years

# What counts in choosing a figure, in shares of the question's wording found in its clause.
_BESIDE_IT = 0.8  # a share of the wording that stands between the figure before it and its clause
_BEFORE_IT = 0.5  # a share of the wording that stands farther before it
_NEXT_TO_IT = 0.2  # the wording reaches up to the figure: 高新技术企业470家, not 高新技术企业研发中心11家
_OF_SUBPLACE = 0.4  # its clause names the town or zone that is asked of
_HEAD = 0.4  # its clause has the word that 多少 is asked of: the 收入 of 传感器产业收入多少
_LIMIT = 0.2  # it is a limit of the side that is asked for: 最多 by 不得超过, 至少 by 不少于
_TIER = 0.6  # the case of the question falls under the tier that it is told of, as much against it where it does not
_YEAR = 0.3  # the year asked for stands before it, or half of it where none does
_UNLIKE = 0.15  # for each qualifier that only one of question and wording has: 人均, 年均, 新增
_FORMER = 0.6  # against what only changes or is passed: 从6个百分点缩小至4个百分点, 突破2万元、达到20793元
_POINTS_FIT = 0.5  # 个百分点 where a change is asked for, as much against them where none is
_CHANGED = 1.0  # against what something rose by where the amount is asked for and told next: 增加321元，达到784元
_RISE_ALONE = 0.3  # against a rise in per cent where how much there was is asked for
_UNMET_AIM = 0.6  # against what is only told not to have been reached
_OF_PART = 0.5  # against that of a part: 永阳街道零售总额 where that of the district is asked
_UNASKED = 0.6  # against that of a town or zone that the question does not name
_OTHER_YEAR = 0.6  # against one that another year, or part of one, stands before: 2023年620家，2024年上半年700家
_OTHER_NAME = 0.6  # against that of a thing with another name than the one asked of, or of a share of it
_OTHER_GRADE = 0.5  # against that of another grade or class: 三级医院1300元 where 一级医院 is asked
_OTHER_CASE = 0.8  # against that of another case of a choice: 市级100家 where 省级 is asked
_CONTRARY = 0.6  # against what is new where the total is asked for, and its like
_OF_WHOM = 0.6  # against an age that says who is meant: 65岁及以上老年人口8万人
_ROW = 1.0  # a share of the name of a table's row that the question has
_IN_TURN = 1.0  # against what is told in turn (分别) of another thing than the one asked of
_OTHER_AIM = 0.3  # against an aim where what was achieved is asked for, and the other way round

_MOSTLY = 0.5  # of a name
_POINTS = "个百分点"  # how much higher or lower a share is, not the share
_CHANGE = re.compile(r"百分点|(?:提高|提升|上升|下降|降低|回落|变化)了?(?:多少|几)")
_UNMET = re.compile("(?:未能?|没有?能?)$")  # 未达到10%的年初预期; but 未超过35微克 tells a limit that was kept
_ROSE_BY = re.compile(r"(?:[增减]产|增[加长]|提高|上升|扩大|减少|下降|降低|压缩)了?(?:约|近)?$")
_TOLD_NEXT = re.compile(r"[^，,。；;\d]{0,6}[，,](?:[已均共]|总[数量额])?(?:达到?|[升增降减]至|[升增降减]到|为)")
_TIER_ENDS = re.compile("[；;。]")
_BOUND = re.compile("以[上下内]|超|[低少小高大]于|不[足满]")
_TOLD_AS_RISE = re.compile(rf"{RISE}[达为约近到]*(?:左右|以上)?$")
_ASKS_RISE = re.compile("[增减升降涨跌]|提高|扩大|压缩|变化|多了|少了")
_AGE, _ASKS_AGE = "岁", re.compile("[岁龄]|多大|年纪")
_NO_COUNTS = ("%", _POINTS, "倍", "年")  # base units that do not say how much of a thing there is


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its merit; `hit` tells it, of a table row that cell alone."""

    hit: Hit
    candidate: Candidate
    merit: float


def weigh(question: Question, hit: Hit, need: Need) -> list[Weighed]:
    """The quantities of the hit's sentence, or of the cells of its row, that are of the kind and place asked for."""
    asked = asked_figure(question)
    counts = excludes_shares(question)
    passages = [
        passage
        for passage in figures_apart(hit.passage, hit.document, question)
        if not any(is_beside(cell, need) for cell in passage.told)
    ]
    return [
        Weighed(telling, each, _merit(telling, each, need, question))
        for telling in (replace(hit, passage=passage) for passage in passages)
        for each in _candidates(telling)
        if _is_asked(asked, telling.said, each, question)
        and not (counts and each.quantity.base in _NO_COUNTS)
        and not tells_of_wider(clause_of(telling.said, each), telling.passage, telling.document, question)
    ]


def _candidates(hit: Hit) -> Sequence[Candidate]:
    """Those of its sentence; of a cell the last, since those before it are of its row's name (年产40万吨项目)."""
    return candidates_in(hit.said)[-1:] if hit.passage.told else candidates_in(hit.said)


def _is_asked(asked: re.Pattern[str] | None, sentence: str, candidate: Candidate, question: Question) -> bool:
    """Whether a quantity can be the answer: of the kind asked for, and not one that the question names itself."""
    quantity = candidate.quantity
    told = sentence[quantity.start : quantity.end]
    # 人次达1.2亿 has its unit before it.
    of_kind = told if quantity.base else sentence[candidate.start : quantity.end]
    return (asked is None or asked.search(of_kind) is not None) and told not in question.text


def _merit(hit: Hit, candidate: Candidate, need: Need, question: Question) -> float:
    sentence, cell = hit.said, next(iter(hit.passage.told), None)
    stretch = with_it_alone(sentence, candidate)[candidate.start : candidate.end]
    clause = clause_of(sentence, candidate)
    own = terms_in(clause, need)
    beside = terms_in(stretch, need) - own
    before = terms_in(sentence[: candidate.start], need) - own - beside
    fits = _year_fit(hit, candidate, question)
    unlike = qualifiers(question.text) ^ qualifiers(stretch)
    said = (len(own) + _BESIDE_IT * len(beside) + _BEFORE_IT * len(before)) / max(1, len(need.terms))
    points = 0 if candidate.quantity.base != _POINTS else 1 if _CHANGE.search(question.text) else -1
    head = head_noun(question.text)
    # Of 强度提高0.2个百分点，达到2.8% the change stands beside the word, the share itself does not.
    named = head is not None and any(name in fold(clause) for name in _names_of_head(question, head))
    of_it = named and not is_of_another(clause, question.text)
    headed = _HEAD * (of_it and points >= 0)
    limit = asked_limit(question.text)
    limited = _LIMIT * (limit is not None and limit.search(candidate.quantity.limit) is not None)
    near = _OF_SUBPLACE * names_subplace(question, clause) + _NEXT_TO_IT * _reaches(sentence, candidate, need)
    tier = _TIER * tier_fit(question.text, _under_its_tier(sentence, candidate))
    against = (
        _UNLIKE * len(unlike)
        + _FORMER * (BECOMES.match(sentence, candidate.quantity.end) is not None or _is_passed(sentence, candidate))
        + _CHANGED * _only_rose_by(sentence, candidate, question)
        + _RISE_ALONE * _is_rise_for_amount(sentence, candidate, question)
        + _OTHER_YEAR * (fits == 0 or _is_of_other_part(hit, candidate, question))
        + _OF_WHOM * (candidate.quantity.base == _AGE and not _ASKS_AGE.search(question.text))
        + _UNMET_AIM * _is_unmet(sentence, candidate.quantity)
        + _OF_PART * is_of_part(clause, own, need)
        + _UNASKED * tells_of_unasked_subplace(question, clause)
        + _OTHER_NAME * is_of_other_name(clause, question)
        + _OTHER_GRADE * is_of_another_grade(clause, question.text)
        + _OTHER_CASE * tells_of_another_case(clause, question.text)
        + _CONTRARY * is_contrary(clause, question.text)
        + _IN_TURN * _is_of_another_turn(sentence, candidate, question)
        + _OTHER_AIM * _is_of_other_aim(column_aim(cell.column) if cell else stated_aim(clause), question)
    )
    of_cell = _merit_of_cell(cell, candidate, question, need) if cell else 0.0
    return said + headed + limited + near + tier + _YEAR * fits + _POINTS_FIT * points + of_cell - against


def _under_its_tier(sentence: str, candidate: Candidate) -> str:
    """What stands before a quantity since the one told for the tier before it: 4人以上（含4人）可选择建筑面积."""
    quantity = candidate.quantity
    told = [
        each.quantity.end
        for each in candidates_in(sentence)
        if each.quantity.end <= quantity.start
        and each.quantity.base == quantity.base
        and not _BOUND.search(each.quantity.limit)
    ]
    begins = [match.end() for match in _TIER_ENDS.finditer(sentence, 0, quantity.start)]
    return sentence[max([0, *told[-1:], *begins[-1:]]) : quantity.start]


def _names_of_head(question: Question, head: str) -> tuple[str, ...]:
    """The word that 多少 is asked of, and its other names."""
    folded = fold(head)
    return (folded, *(fold(other) for name, others in question.aliases if name == folded for other in others))


def _merit_of_cell(cell: Told, candidate: Candidate, question: Question, need: Need) -> float:
    """What counts for and against a table's figure by the name of its row and the head of its column."""
    limits = limits_of(cell)
    is_part = limits not in question.text and share_asked(limits, need) < _MOSTLY
    is_share = candidate.quantity.base in SHARES
    of_amount = not (asks_share(question.text) or _ASKS_RISE.search(question.text))
    return _ROW * share_asked(own_name(cell), need) - _OF_PART * is_part - _CHANGED * (is_share and of_amount)


def _year_fit(hit: Hit, candidate: Candidate, question: Question) -> float:
    """How the last year before a quantity fits the question's, UNKNOWN without one; of a cell, how its years do."""
    if not question.years:
        return 1.0
    if hit.passage.told:
        told = years_told(hit.passage, mentioned_years(hit.passage, hit.document), hit.sentence)
        return year_fit(told, question)
    mentions = find_years(hit.said[: candidate.quantity.start])
    years = [mention.year for mention in mentions if not is_measured_against(hit.said, mention)]
    return float(years[-1] in question.years) if years else UNKNOWN


def _is_of_other_part(hit: Hit, candidate: Candidate, question: Question) -> bool:
    """Whether the last part of a year that is named before a quantity is another than the one asked of."""
    asked = asked_part(question)
    named = find_months(hit.said[: candidate.quantity.start]) if asked and not hit.passage.told else []
    return bool(asked and named) and part_fit(frozenset({named[-1].months}), question) == 0


def _is_of_other_aim(told: Aim | None, question: Question) -> float:
    """1 for the aim where what was achieved is asked for, or the other way round; half where that is presumed."""
    if question.aim is None:  # 2024年收入是多少 most likely asks for what was achieved
        return 0.5 * (told == "target" and bool(question.years))
    return float(told not in (None, question.aim))


def _is_of_another_turn(sentence: str, candidate: Candidate, question: Question) -> bool:
    """Whether the figure is told in turn with that of the thing asked of."""
    if "分别" not in sentence:
        return False
    quantities = [each.quantity for each in candidates_in(sentence)]
    return told_in_turn(fold(question.text), sentence, quantities, candidate.quantity) is False


def _is_unmet(sentence: str, quantity: Quantity) -> bool:
    return not quantity.limit.startswith(("超", "高于")) and _UNMET.search(sentence[: quantity.start]) is not None


def _is_passed(sentence: str, candidate: Candidate) -> bool:
    """Whether it is a mark that is only passed, and what is reached follows."""
    level = ITS_LEVEL.match(sentence, candidate.quantity.end)
    return (
        candidate.quantity.limit.startswith(("突破", "超"))
        and level is not None
        and sentence.startswith("达", level.end())
    )


def _only_rose_by(sentence: str, candidate: Candidate, question: Question) -> bool:
    """Whether it says by how much something rose or fell before how much there is, and that is asked for."""
    quantity = candidate.quantity
    rose = _ROSE_BY.search(sentence[candidate.start : quantity.start]) and _TOLD_NEXT.match(sentence, quantity.end)
    return rose is not None and not _ASKS_RISE.search(question.text)


def _is_rise_for_amount(sentence: str, candidate: Candidate, question: Question) -> bool:
    """Whether it is by what share something rose or fell, where the question asks how much there was."""
    if candidate.quantity.base != "%" or question.aim == "target" or asks_share(question.text):
        return False
    told = sentence[candidate.start : candidate.quantity.start] + candidate.quantity.limit
    return _TOLD_AS_RISE.search(told) is not None and not _ASKS_RISE.search(question.text)


def _reaches(sentence: str, candidate: Candidate, need: Need) -> bool:
    """Whether the question's wording stands right before the quantity, or its rise (投资增长5%), or right behind it."""
    quantity = candidate.quantity
    stretch = ASIDE.sub("", sentence[candidate.start : quantity.start])
    before = [*cut_bigrams(stretch)[-1:], *cut_bigrams(_TOLD_AS_RISE.sub("", stretch))[-1:]]
    behind = cut_bigrams(sentence[quantity.end : candidate.end])
    return bool(terms_in(" ".join(before), need)) or bool(terms_in("".join(behind[:1] + behind[-1:]), need))
