"""Of figures told in turn (城镇和农村居民收入分别增长3.9%和5.7%) the one of the thing that the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.text.quantities import Quantity
from qa.text.words import word_bounds

_IN_TURN = re.compile("分别")
_ENDS_CLAUSE = re.compile("[，,；;。：:]")
_AND = re.compile("[、和与及]|以及")
TURNS = re.compile(r"[、，,和与及\s]{1,2}")  # between figures that are told in turn
_JOINED = {"城乡": "城镇、农村"}  # one word for two things
_SHORTEST = 2  # characters


def told_in_turn(question: str, sentence: str, quantities: Sequence[Quantity], quantity: Quantity) -> bool | None:
    """Whether one of the sentence's quantities is of the thing that the question names.

    None where it is not told in turn with others, where there are not as many things as figures, or where the question
    names none of them.
    """
    turns = list(_IN_TURN.finditer(sentence, 0, quantity.start))
    run = _run(sentence, turns[-1].end(), quantities) if turns else []
    if quantity not in run:
        return None
    things = _things(_ENDS_CLAUSE.split(sentence[: turns[-1].start()])[-1])
    if len(things) != len(run):
        return None
    named = [_named(thing, question, last=thing is things[-1]) for thing in things]
    if not max(named) or named.count(max(named)) > 1:
        return None
    return run[named.index(max(named))] == quantity


def _run(sentence: str, start: int, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities behind `start` in one clause, with nothing but 、 or 和 between them."""
    run: list[Quantity] = []
    for quantity in quantities:
        if quantity.start < start:
            continue
        if run and not TURNS.fullmatch(sentence, run[-1].end, quantity.start):
            break
        if not run and _ENDS_CLAUSE.search(sentence, start, quantity.start):
            break
        run.append(quantity)
    return run


def _things(text: str) -> list[str]:
    """What the figures are of, without what all of them begin with: 人次 and 收入 of 旅游人次、旅游收入."""
    for word, both in _JOINED.items():
        text = text.replace(word, both)
    things = [thing for thing in _AND.split(text) if thing]
    while all(len(thing) > _SHORTEST for thing in things) and len({thing[0] for thing in things}) == 1:
        things = [thing[1:] for thing in things]
    return things


def _named(thing: str, question: str, last: bool) -> int:
    """How many of the thing's characters the question has: of the last its beginning, since its end is of all of them.

    Of the others their end, where that is most of them: 带动新能源汽车.
    """
    bounds = [bound for bound in sorted(word_bounds(thing)) if bound]
    if last:
        return max((bound for bound in bounds if bound >= _SHORTEST and thing[:bound] in question), default=0)
    ends = [thing, *(thing[bound:] for bound in bounds if 2 * bound < len(thing))]
    return max((len(end) for end in ends if len(end) >= _SHORTEST and end in question), default=0)
