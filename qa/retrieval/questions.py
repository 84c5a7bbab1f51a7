"""Reading the question: what it names, what it wants, and what it leaves to the turns before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from qa.errors import UnusableQuestionError
from qa.records import Aim, Question, Scope
from qa.retrieval.corrections import correct_words
from qa.retrieval.intents import (
    asked_aim,
    asked_everywhere,
    asked_years,
    is_small_talk,
    named_issuers,
    named_kinds,
    wanted,
    without_courtesies,
)
from qa.retrieval.turns import complete_turn
from qa.text.aliases import find_aliases, find_everyday, spell_out
from qa.text.folding import CJK, simplify
from qa.text.numerals import figures_in_numerals
from qa.text.regions import Mention, find_regions
from qa.text.vocabulary import Vocabulary
from qa.text.years import named_years, write_out_years

LONGEST_QUESTION = 2000  # characters

_MEANINGFUL = re.compile(rf"[{CJK}a-zA-Z0-9]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # comes along with what is copied from web pages
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}\d])|(?<=\d)\s+(?=[{CJK}])")
_SPACED_DIGITS = re.compile(r"(?<!\d)\d(?:\s\d){1,3}(?!\d)")
_WITHIN = re.compile(r"[\s的,，市省区县]*")  # stands between the names of a place and of one in it


def read_question(
    asked: str,
    history: Sequence[str] = (),
    scope: Scope | None = None,
    today: date | None = None,
    vocabulary: Vocabulary | None = None,
) -> Question:
    """The question as understood, completed from the earlier questions of the conversation.

    今年 and its like are the years around `today`, 上一年 and its like those around the year spoken of; where that is
    not known the other stands in, and without either they name none. Words that none of the documents (their
    `vocabulary`) holds are corrected where they sound like one that does. Raises UnusableQuestionError when the
    question holds no word or is far too long.
    """
    if len(asked) > LONGEST_QUESTION:
        raise UnusableQuestionError(f"问题太长：{len(asked)} 字，最多 {LONGEST_QUESTION} 字。请只写要问的那句话。")
    this_year = today.year if today else None
    text, corrected = _normalise(asked, this_year, vocabulary)
    if not _MEANINGFUL.search(text):
        raise UnusableQuestionError("没有读到问题。请写出要问的内容，例如：某地某年的某项目标是多少。")
    earlier = [_normalise(turn, this_year, vocabulary) for turn in history if _MEANINGFUL.search(turn)]
    if not earlier or is_small_talk(text):
        understood = _understood(asked, text, text, asked_aim(text), scope or Scope(), today)
        return replace(understood, corrected=corrected)
    before = reduce(lambda before, turn: complete_turn(turn, before), (turn for turn, _ in earlier))
    whole = complete_turn(text, before)
    # 2023年呢 after a target for 2024 may mean what was achieved by then.
    aim = asked_aim(text) or (None if named_years(text) else asked_aim(whole))
    asks = (text, whole, before if text.rstrip("?。").endswith("呢") else whole)  # 棉花呢 after an amount is an amount
    wording = next((wording for wording in asks if wanted(wording) != "statement"), whole)
    understood = _understood(asked, whole, wording, aim, scope or Scope(), today)
    kept = dict.fromkeys(pair for _, pairs in [*earlier, ("", corrected)] for pair in pairs if pair[1] in whole)
    return replace(understood, completed=whole != text, corrected=tuple(kept))


def _understood(asked: str, text: str, wording: str, aim: Aim | None, scope: Scope, today: date | None) -> Question:
    """What the complete `text` names; `wording` is what of the conversation says what is wanted."""
    this_year = today.year if today else None
    mentions = _smallest(text if scope.regions is None else "、".join(scope.regions))
    years = scope.years
    if years is None:
        years = tuple(year for stretch in asked_years(text, this_year) for year in stretch.years)
    several = (
        len({mention.regions for mention in mentions}) > 1 or len(set(years)) > 1 or asked_everywhere(text) is not None
    )
    wants = wanted(wording, several)
    return Question(
        text=text,
        asked=asked,
        regions=tuple(dict.fromkeys(region.full_name for mention in mentions for region in mention.regions)),
        years=tuple(dict.fromkeys(years)),
        documents=scope.documents,
        aim=None if scope.aim == "any" else scope.aim or aim,
        wants=wants if wants != "statement" else wanted(spell_out(wording), several),  # 镇海2024年GDP
        kinds=named_kinds(text),
        issuers=named_issuers(text),
        on=date(max(years), 12, 31) if years else today or date.today(),
        small_talk=is_small_talk(text),
        aliases=(
            *((alias.name, alias.others) for alias in find_aliases(text) if alias.name not in scope.literal),
            *((numeral, (figure,)) for numeral, figure in figures_in_numerals(text)),
        ),
        everyday=tuple((word.name, word.others) for word in find_everyday(text)),
    )


def _smallest(text: str) -> list[Mention]:
    """The regions named; of a place and the place in it that is named right after (浙江省的镇海区) only the smaller."""
    mentions: list[Mention] = []
    for mention in find_regions(text):
        before = mentions[-1] if mentions else None
        if before and _WITHIN.fullmatch(text, before.end, mention.start):
            inside = tuple(r for r in mention.regions if any(p.contains(r) and p != r for p in before.regions))
            if inside:
                mentions[-1] = replace(mention, regions=inside)
                continue
        mentions.append(mention)
    return mentions


def _normalise(
    asked: str, this_year: int | None, vocabulary: Vocabulary | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Simplified, without stray spaces and courtesies, years counted from today written out, mistyped words set right.

    With what was set right: what was typed and what is read instead.
    """
    text = _SPACE_IN_CHINESE.sub("", simplify(_INVISIBLE.sub("", asked)))
    text = _SPACED_DIGITS.sub(lambda match: re.sub(r"\s", "", match.group()), text)
    text = without_courtesies(text) or text.strip()
    text = write_out_years(text, this_year, from_today=True) if this_year else text
    return correct_words(text, vocabulary) if vocabulary else (text, ())
