"""The quantities of a sentence, each with the stretch and the clause that say what it is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.answers.apportioning import TURNS
from qa.retrieval.measures import is_bare_measure
from qa.text.quantities import Quantity, find_quantities

COUNTED = 12  # characters behind a quantity that name what it counts: 110家高新技术企业
SHARES = ("%", "个百分点")  # base units of shares, growth, and by how much they change

CLAUSE = re.compile(r"[，,；;。！？!?：:、\n]")
ASIDE = re.compile(r"[(（][^()（）]*[)）]")
BECOMES = re.compile(
    r"[^，,；;。]{0,8}?(?:[升降增减]|下调|上调|调整|调高|调低|提高|提升|增加|增长|扩大|延长|减少|下降|降低|缩[小短]|压[减缩])[至到为]"
)
RISE = (
    "(?:同比|环比|[比较][上去]年|按可比价格?|名义|实际|年均|平均|净)*"
    "(?:增[长加幅]?|提高|上升|下降|减少|降低|下[跌滑]|回落)了?"
)
_ITS_RISE = re.compile(rf"[，,、（(]{RISE}[达为约近]?")
_BARE_RISE = re.compile(rf"{RISE}[达为约近到]*")
_ITS_RANK = re.compile("[，,、][^，,、；;。]{0,3}[居列排][^，,、；;。]{0,5}")  # 稳居全国第5位
ITS_LEVEL = re.compile(r"[，,、](?:[已均共现]|累计|总[数量额])?")
_MANY_OR_SOME = re.compile(r"^一[个批次种类条项名家份张]$")  # 一批项目 counts nothing
_MARK = re.compile(r"[百千万]*亿?元?级?(?:新?台阶|大关|关口)")  # 连跨3个千亿级台阶 tells no amount


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity with the stretch of the sentence that says what it is of."""

    quantity: Quantity
    start: int  # of the stretch: behind the quantity before it, unless it says what that becomes
    end: int  # of the stretch: what it counts, as far as its clause goes


def clause_of(sentence: str, candidate: Candidate) -> str:
    """What stands with the quantity in its own clause, or before the mark behind which it is alone (高企：110家).

    An amount with a bare measure (粮食播种面积182万亩，总产87万吨) is of what the clause before it names, and so is a
    rise that follows one (总产值67665亿元，增长5.5%).
    """
    candidates, sentence = candidates_in(sentence), with_it_alone(sentence, candidate)
    plain = ASIDE.sub(lambda aside: " " * len(aside[0]), sentence)  # a comma in brackets ends no clause
    begin, end = candidate.start, candidate.quantity.start
    marks = [match.end() for match in CLAUSE.finditer(plain, begin, end) if plain[match.end() : end].strip()]
    before = sentence[marks[-1] if marks else begin : end]
    is_share = candidate.quantity.base in SHARES
    if marks and (_BARE_RISE.fullmatch(before) if is_share else is_bare_measure(before)):
        first = next(each.quantity.start for each in candidates if each.start == begin)  # that the rise follows
        before = CLAUSE.split(plain[: first if first < end else marks[-1] - 1])[-1] + before
    return before + sentence[candidate.quantity.end : candidate.end]


def clause_told(wording: str, figure: str) -> str:
    """The clause of a figure within the words that were told with it; these where it is not found in them."""
    candidates = candidates_in(wording)
    own = (each for each in candidates if wording[each.quantity.start : each.quantity.end] == figure)
    return next((clause_of(wording, each) for each in own), wording)


@lru_cache(maxsize=4096)  # the same sentences are looked at for question after question
def candidates_in(sentence: str) -> tuple[Candidate, ...]:
    """The quantities of a sentence from left to right, but for what counts nothing and marks that are passed."""
    quantities = [
        each
        for each in find_quantities(sentence)
        if not (_MANY_OR_SOME.match(sentence[each.start : each.end]) or _MARK.match(sentence, each.end))
    ]
    found: list[Candidate] = []
    for place, quantity in enumerate(quantities):
        start = quantities[place - 1].end if place else 0
        if found and _goes_on(sentence, found[-1], quantity):
            start = found[-1].start
        limit = quantities[place + 1].start if place + 1 < len(quantities) else len(sentence)
        stop = CLAUSE.search(sentence, quantity.end, limit)
        found.append(Candidate(quantity, start, min(stop.start() if stop else limit, quantity.end + COUNTED)))
    return tuple(found)


def with_it_alone(sentence: str, candidate: Candidate) -> str:
    """The sentence with white space in place of the quantities in the candidate's stretch before its own."""
    for each in candidates_in(sentence):
        start, end = each.quantity.start, each.quantity.end
        if candidate.start <= start < candidate.quantity.start:
            sentence = sentence[:start] + " " * (end - start) + sentence[end:]
    return sentence


def _goes_on(sentence: str, before: Candidate, quantity: Quantity) -> bool:
    """Whether the quantity is of what stands before the one before it.

    低保标准由每月775元提高到805元; 总产值67665亿元，增长5.5%; 收入突破2万元、达到20793元; 城乡收入分别增长3.9%和5.7%.
    """
    start, end = before.quantity.end, quantity.start
    if BECOMES.match(sentence, start):
        return True
    if quantity.base in SHARES and before.quantity.base not in SHARES:
        rise = _ITS_RISE.match(sentence, start)
        return rise is not None and rise.end() >= end  # a fall is part of the quantity: 下降3.3%
    if not quantity.base:
        return _ITS_RANK.fullmatch(sentence, start, end) is not None
    if quantity.limit.startswith("达") and (quantity.base not in SHARES or before.quantity.base in SHARES):
        return ITS_LEVEL.fullmatch(sentence, start, end) is not None
    return _is_in_turn(sentence, before, quantity)


def end_of_turns(sentence: str, candidate: Candidate) -> int:
    """Where the figures end that are told in turn with this one."""
    last = candidate
    for each in candidates_in(sentence):
        if each.quantity.start > last.quantity.start and _is_in_turn(sentence, last, each.quantity):
            last = each
    return last.quantity.end


def _is_in_turn(sentence: str, before: Candidate, quantity: Quantity) -> bool:
    """Whether the quantity is told in turn (分别) with the one before it."""
    in_turn = "分别" in sentence[before.start : before.quantity.start]
    return in_turn and TURNS.fullmatch(sentence, before.quantity.end, quantity.start) is not None
