"""Which tier of a rule the case in a question falls under: 61岁 under 年满61周岁, 四口人 under 4人以上."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.retrieval.intents import asks_bearer, tells_graver
from qa.text.folding import fold
from qa.text.quantities import Quantity, find_quantities

_EXACT, _WITHIN, _OUTSIDE = 1.0, 0.8, -1.0  # how well a case falls under a tier
_LONGEST_BOUND = 5  # characters before an amount: 不足或等于10万元
_NUMBER = "[0-9一二两三四五六七八九十]"
# How people say what rules write with its unit: 三口人, 90平, 超过2万的.
_SPOKEN = (
    (re.compile(rf"(?<={_NUMBER})(?:口人?|个人)"), "人"),
    (re.compile(rf"(?<={_NUMBER})平(?![方米均])"), "平方米"),
    (re.compile(r"(?<=\d万)(?![元人户家件个辆吨亩平千])"), "元"),
)
_CLAUSE = re.compile("[，,；;。：:\n]")
_AT_LEAST = re.compile("以上|超过?|高于|大于|不[低少小]于|[年已]?满$|逾")
_AT_MOST = re.compile(
    "(?P<below>不[足满到](?!或)|未满|(?<!不)(?<!不得)[低少小]于(?!或))|以下|以内|之内|不超过|不得?[多高大]于|[足于]或等于$"
)
_INCLUDED = re.compile("[（(]含[^（）()]*[）)]")
_TO = re.compile(r"\s*[-—–~至到]\s*")


@dataclass(frozen=True, slots=True)
class _Tier:
    low: float
    high: float
    base: str

    def fit(self, amount: float) -> float:
        if amount == self.low:
            return _EXACT
        return _WITHIN if self.low <= amount <= self.high else _OUTSIDE


def tier_fit(question: str, text: str) -> float:
    """How well the case that the question tells falls under a tier in the text; 0 where one of them names none.

    The conditions of a clause hold together (满2年不足3年); of several clauses that into which the case fits counts.
    A case that is not said to be grave falls under no tier for graver ones (情节严重的).
    """
    if tells_graver(text) and not tells_graver(question):
        return _OUTSIDE
    if not _cases(question):
        return 0.0
    clauses = [_tiers(clause) for clause in _CLAUSE.split(text)]
    fits = [_best_fit(amount, base, clauses) for amount, base in _cases(question)]
    told = [fit for fit in fits if fit is not None]
    return sum(told) / len(told) if told else 0.0


def _best_fit(amount: float, base: str, clauses: Sequence[Sequence[_Tier]]) -> float | None:
    """How well an amount falls under the tiers of the clause that it fits best; None where none has its unit."""
    alike = ([tier.fit(amount) for tier in tiers if tier.base == base] for tiers in clauses)
    return max((_OUTSIDE if _OUTSIDE in fits else max(fits) for fits in alike if fits), default=None)


@lru_cache(maxsize=64)
def _cases(question: str) -> tuple[tuple[float, str], ...]:
    """The amounts that a question tells of its case, in their base units; 超过2万 is a little more, 不足5年 less."""
    if asks_bearer(question):
        return ()
    text = _written(question)
    told = (each for each in find_quantities(text) if text[each.start] != "一")  # the 一年 of 一年交多少
    return tuple((_beyond(each.low, each.limit), each.base) for each in told if each.low is not None)


def _beyond(amount: float, limit: str) -> float:
    if _AT_MOST.search(limit):
        return math.nextafter(amount, -math.inf)
    return math.nextafter(amount, math.inf) if _AT_LEAST.search(limit) else amount


@lru_cache(maxsize=4096)  # the same passages are read for question after question
def _tiers(clause: str) -> tuple[_Tier, ...]:
    text = _INCLUDED.sub("", _written(clause))
    found = [each for each in find_quantities(text) if each.low is not None]
    tiers: list[_Tier] = []
    for place, quantity in enumerate(found):
        low, high = _bounds(text, quantity)
        before = found[place - 1] if place else None
        if before and before.base == quantity.base and _TO.fullmatch(text, before.end, quantity.start):
            tiers[-1] = _Tier(before.low or 0.0, quantity.high or 0.0, quantity.base)
        else:
            tiers.append(_Tier(low, high, quantity.base))
    return tuple(tiers)


def _bounds(text: str, quantity: Quantity) -> tuple[float, float]:
    low, high = quantity.low or 0.0, quantity.high or 0.0
    told = text[max(0, quantity.start - _LONGEST_BOUND) : quantity.start] + quantity.limit
    if low != high:
        return low, high
    if most := _AT_MOST.search(told):
        return -math.inf, math.nextafter(high, -math.inf) if most["below"] else high
    return (low, math.inf) if _AT_LEAST.search(told) else (low, high)


def _written(text: str) -> str:
    folded = fold(text)
    for spoken, written in _SPOKEN:
        folded = spoken.sub(written, folded)
    return folded
