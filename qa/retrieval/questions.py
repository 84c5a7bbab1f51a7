"""Reading the question: its scope, what it wants, and what it leaves to the turns before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from qa.errors import UnusableQuestionError
from qa.records import Aim, Question, Scope
from qa.retrieval.intents import asked_aim, names_a_thing, wanted
from qa.text.aliases import find_aliases
from qa.text.folding import CJK, simplify
from qa.text.numerals import figures_in_numerals
from qa.text.regions import find_regions
from qa.text.years import find_years, plan_years

LONGEST_QUESTION = 2000  # characters

_MEANINGFUL = re.compile(rf"[{CJK}a-zA-Z0-9]")
_SPACED_CHARACTERS = re.compile(rf"(?<=[{CJK}])\s(?=[{CJK}](?:\s|$))")
_LEADING = re.compile(r"^(?:那么?|那个|它|这个?|请问|还有)?[,，、\s]*")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn with the stretches that name its regions and years."""

    text: str
    regions: tuple[tuple[int, int], ...]
    years: tuple[tuple[int, int], ...]

    @property
    def names_a_thing(self) -> bool:
        """Whether anything is left beside the region, the year and words that only ask."""
        return names_a_thing(_without(self.text, (*self.regions, *self.years)))


def read_question(
    asked: str, history: Sequence[str] = (), scope: Scope | None = None, today: date | None = None
) -> Question:
    """The question as understood, completed from the earlier questions of the conversation.

    今年 and its like are the years around `today`; without it, and without an earlier year, they name none. Raises
    UnusableQuestionError when the question holds no word or is far too long.
    """
    if len(asked) > LONGEST_QUESTION:
        raise UnusableQuestionError(f"问题太长：{len(asked)} 字，最多 {LONGEST_QUESTION} 字。请只写要问的那句话。")
    text = _normalise(asked)
    if not _MEANINGFUL.search(text):
        raise UnusableQuestionError("没有读到问题。请写出要问的内容，例如：某地某年的某项目标是多少。")
    earlier = [turn for turn in map(_normalise, history) if _MEANINGFUL.search(turn)]
    typed, aim = text, asked_aim(text)
    if earlier:
        years = find_years(text)
        text = complete_turn(text, reduce(lambda before, turn: complete_turn(turn, before), earlier))
        # 2023年呢 after a target for 2024 may mean what was achieved by then.
        aim = aim or (None if years else asked_aim(text))
    understood = _understood(text, aim, asked, scope or Scope(), today.year if today else None)
    return replace(understood, completed=text != typed)


def complete_turn(text: str, earlier: str) -> str:
    """The turn with the region, year and thing that it leaves out, taken from the earlier turn."""
    before = _read_turn(earlier)
    turn = _read_turn(_with_plain_years(text, before))
    if not turn.names_a_thing:
        return _substituted(turn, before)
    kept = [before.text[start:end] for start, end in before.regions] if not turn.regions else []
    if not turn.years:
        kept += [before.text[start:end] for start, end in before.years]
    return "".join(kept) + _LEADING.sub("", turn.text) if kept else turn.text


def _with_plain_years(text: str, before: _Turn) -> str:
    """The turn with 上一年 and its like written out, against the year of the turn before."""
    known = find_years(before.text)
    if not known:
        return text
    for mention in reversed(find_years(text, known[-1].year)):
        if mention.relative:
            text = f"{text[: mention.start]}{mention.year}年{text[mention.end :]}"
    return text


def _substituted(turn: _Turn, before: _Turn) -> str:
    """The earlier turn with this turn's region, year and other words in place of its own."""
    replaced = before.text
    swaps = []
    if turn.regions and before.regions:
        swaps.append((before.regions, "、".join(turn.text[start:end] for start, end in turn.regions)))
    if turn.years and before.years:
        swaps.append((before.years, "、".join(turn.text[start:end] for start, end in turn.years)))
    for spans, new in sorted(swaps, key=lambda swap: -swap[0][0][0]):
        for place, (start, end) in reversed(list(enumerate(spans))):
            replaced = replaced[:start] + (new if place == 0 else "") + replaced[end:]
    rest = _LEADING.sub("", _without(turn.text, (*turn.regions, *turn.years))).strip("呢?？,，。 的")
    unplaced = [turn.text[s:e] for s, e in turn.regions if not before.regions]
    unplaced += [turn.text[s:e] for s, e in turn.years if not before.years]
    if asked_aim(rest):
        replaced = re.sub(r"的?(?:预期)?目标", "", replaced) if asked_aim(rest) == "result" else replaced
    return "".join(unplaced) + replaced + (f" {rest}" if rest else "")


def _understood(text: str, aim: Aim | None, asked: str, scope: Scope, this_year: int | None) -> Question:
    named = "、".join(scope.regions) if scope.regions else text
    mentions = find_regions(named)
    years = scope.years or [mention.year for mention in find_years(text, this_year)] + plan_years(text)
    several = len({mention.regions for mention in mentions}) > 1 or len(set(years)) > 1
    return Question(
        text=text,
        asked=asked,
        regions=tuple(dict.fromkeys(region.full_name for mention in mentions for region in mention.regions)),
        years=tuple(dict.fromkeys(years)),
        documents=scope.documents,
        aim=aim,
        wants=wanted(text, several),
        aliases=(
            *((alias.name, alias.others) for alias in find_aliases(text)),
            *((numeral, (figure,)) for numeral, figure in figures_in_numerals(text)),
        ),
    )


def _read_turn(text: str) -> _Turn:
    regions = tuple((mention.start, mention.end) for mention in find_regions(text))
    return _Turn(text, regions, tuple((mention.start, mention.end) for mention in find_years(text)))


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text


def _normalise(asked: str) -> str:
    """Simplified, half-width, and without the spaces some people put between characters."""
    return _SPACED_CHARACTERS.sub("", simplify(asked)).strip()
