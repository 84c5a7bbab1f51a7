"""A question that is asked of every place of a rank (各省2025年GDP目标, 哪个区最多), as one question for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.errors import UnusableQuestionError
from qa.records import Passage, Question, Scope
from qa.retrieval.comparisons import MOST_CROSSED
from qa.retrieval.intents import asked_everywhere, names_a_thing, ranks_places, wanted
from qa.retrieval.questions import read_question
from qa.retrieval.rows import place_of
from qa.text.aliases import spell_out
from qa.text.regions import Region, find_regions, region_named

_OF_DISTRICTS = "区县旗"
_HOW_MUCH = re.compile(r"[，,]\s*(?:分别|各)?[是有为]?(?:多少|几)[一-鿿]{0,3}[?？。]?$")  # 粮食产量最高，多少


def sides_everywhere(question: Question, places: Iterable[str]) -> tuple[Question, ...] | None:
    """The amount asked for, of each of the places that has the rank asked for and lies in a region named.

    `places` are full names. None where no amount is asked of all. Raises UnusableQuestionError for too many.
    """
    asked = asked_everywhere(question.text)
    around = [region for name in question.regions if (region := region_named(name))]
    if not asked or not (thing := _amount_of(_without_regions(asked[1]), question.text)):
        return None
    known = (region for name in sorted(places) if (region := region_named(name)))
    inside = [each for each in known if _has_rank(each, asked[0]) and _lies_in(each, around)]
    if len(inside) > MOST_CROSSED:
        raise UnusableQuestionError(
            f"一次最多比较 {MOST_CROSSED} 个地方，现在是 {len(inside)} 个。请说明是哪个省或哪个市的。"
        )
    return tuple(_asked_of(region, thing, question) for region in inside)


def _amount_of(thing: str, question: str) -> str:
    """What is asked of each place, as a question for its amount; "" where it is none."""
    thing = _HOW_MUCH.sub("", thing)
    if wanted(thing) == "amount":
        return thing
    asks = names_a_thing(thing) and (ranks_places(question) or wanted(spell_out(thing)) == "amount")
    return f"{thing.rstrip('，,。？?')}是多少" if asks else ""


def _without_regions(text: str) -> str:
    for mention in reversed(find_regions(text)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _lies_in(region: Region, around: Sequence[Region]) -> bool:
    return not around or any(each.contains(region) and each != region for each in around)


def _asked_of(region: Region, thing: str, question: Question) -> Question:
    scope = Scope((region.full_name,), question.years or None, question.documents, question.aim or "any")
    side = read_question(f"{region.name}{thing}", scope=scope)
    return replace(side, wants="amount", aliases=question.aliases, everyday=question.everyday)


def places_told(passages: Sequence[Passage], own: str | None) -> set[str]:
    """The full names of the places whose figures the tables of a document tell; `own` is the document's."""
    return {place for passage in passages for figure in passage.told if (place := place_of(figure, own))}


def _has_rank(region: Region, rank: str) -> bool:
    """Whether a place is of the rank that 各省, 各市, 各区 name; 各地 names none."""
    depth, kind = len(region.path), region.name[-1]
    if rank.startswith("地"):
        return True
    if rank.startswith("省"):
        return depth == 1
    if rank[0] in _OF_DISTRICTS:
        return depth > 2 or (depth == 2 and kind in _OF_DISTRICTS)
    return (depth == 2 and kind not in _OF_DISTRICTS) or (depth == 1 and kind == "市")
