"""A question that sets things side by side, as one question for each of its sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any

from qa.errors import UnusableQuestionError
from qa.records import Question, Scope
from qa.retrieval.intents import asked_aim, asked_years, is_span_of_plan, names_a_thing, without_aims, without_comparing
from qa.retrieval.questions import read_question
from qa.text.regions import Region, find_regions, region_named
from qa.text.words import word_bounds
from qa.text.years import find_years, write_out_years

MOST_SIDES = 12
MOST_CROSSED = 64  # regions times years: all provinces in two years
SHORTEST_THING = 2  # characters
_LONGER = 4  # characters that the second of two things may have more than the first

_AIM_WORDS = {"target": "目标", "result": "实际"}
_COORDINATOR = re.compile(
    r"[、，,；;]|(?i:(?<![a-z])vs\.?(?![a-z]))|以及|还是|(?<!一)和|与|跟|同(?!比|期|步|样)|及(?!其|时)|(?<![占同环之对])比(?![重例率])|较(?=\d|$)"
)
_AND = re.compile(r"[、和与跟同及]|以及")
_SPAN = re.compile(r"^[从由自到至，,\s]+|[-—–~～至到从由自]+$")  # what is left of 从2022年到2024年 beside its years
_APART = re.compile(
    r"分别|各(?:是|为|自|不|有|需|要|多|占|能|可|交|按|收|给|补|奖|罚|招|规定)|不同|区别|差别|差异|不一样"
)
_TWICE = re.compile(r"(?:多少|几).*[，,；;].*(?:多少|几)")  # 打算控制在多少以内，最后涨了多少
_SEVERALLY = re.compile("各自|分别")
_HOW_MANY = re.compile(
    r"(?:各自?|又|则|呢)?(?:[是为有]|定[到在为了]|设[到在为]|达到|做到)?(?:多少|百分之几|几)[百千万亿]*[一-鿿%％]{0,2}$"
)
_CLAUSE = re.compile(r"[^，,：:；;？?。]+")
_BOUNDARY = re.compile(r"[，,：:；;？?。]")
_DONE = re.compile(
    r"(?:目标|任务|计划).{0,6}(?:完成|实现|达成|达到|兑现)|(?:完成|实现|达成).{0,6}(?:目标|任务|计划)|达标"
)
_REACHED = re.compile(  # that an aim was reached, without what it is the aim of: 是否完成外资目标
    r"的?(?:目标|任务|计划)[^，,。；;]{0,6}(?:完成|实现|达成|达到|兑现).*"
    r"|(?:是否|有没有)?(?:已经)?(?:完成|实现|达成)了?(?P<thing>[^，,。；;]{0,8}?)的?(?:目标|任务|计划).*|达标.*"
)
_YEAR_BEFORE = re.compile("[跟和与比较](?:上一?年|前一?年)")
_EITHER = re.compile(r"更?(?P<more>[多高大快强少低])还是(?P<other>[^，,。；;？?]{1,12}?)更?(?P=more)(?=[?？]?$)")
_AGAINST_AIM = re.compile(
    r"(?:[和与跟同离比较]|距离?|超[出过]?了?|[低高]于)(?:当年|年初|全年|预期|既定|的)*(?:目标|计划|任务)[值数]?"
    r"(?:相?比较?)?[，,]?[还又]?(?:相?差|[多少高低超][出了]?|多少|怎么样|如何)(?:多少|几.*)?[?？。]?$"
)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A region, a year or an aim that one side names."""

    start: int
    end: int
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class _Side:
    """What one side says by itself, in the order of the question."""

    regions: str
    years: str
    rest: str  # without its regions and years


def sets_apart(question: Question) -> bool:
    """Whether the question may ask for more than one thing, so that its sides are worth looking for."""
    return question.wants in ("comparison", "metadata") or any(
        pattern.search(question.text) for pattern in (_APART, _TWICE, _AGAINST_AIM)
    )


def split_comparison(question: Question) -> tuple[Question, ...]:
    """One question for each side; () where the question names only one thing.

    What a side leaves out is taken from the others: 2026年浙江和广东的GDP目标 asks for 2026年浙江GDP目标 and
    2026年广东GDP目标. 目标完成了吗 and 和目标差多少 set the aim beside what was achieved.
    """
    if against := _AGAINST_AIM.search(question.text):
        return _aim_and_result(question, question.text[: against.start()])
    text = without_comparing(_EITHER.sub(r"还是\g<other>", question.text))
    if question.wants == "comparison" and len(question.years) == 1 and _YEAR_BEFORE.search(text):
        text = write_out_years(text, question.years[0])
    anchors = _anchors(text)
    cuts = _cuts(text, anchors, _APART.search(question.text) is not None)
    if not cuts:
        if things := _two_things(question.text) if sets_apart(question) and question.wants != "metadata" else ():
            return tuple(_read_side(_SEVERALLY.sub("", without_comparing(each)), question) for each in things)
        if _DONE.search(question.text):
            return _aim_and_result(question, _REACHED.sub(lambda reached: reached["thing"] or "", question.text))
        return ()
    begin = _shared_before(text, anchors, cuts)
    end = _shared_after(text, anchors, cuts)
    if joined := _joined(text, anchors, cuts):
        around = (_without_anchors(text, begin, joined[0]), _without_anchors(text, joined[1], end))
        begin, end = joined if all(map(names_a_thing, around)) else (begin, end)
    bounds = [begin, *cuts, end]
    sides = [_side(text, start, stop) for start, stop in pairwise(bounds)]
    shared = (text[:begin].strip("，,：:；; "), text[end:].strip("，,：:；;？?。 "))
    texts = dict.fromkeys(_completed(sides, place, *shared) for place in range(len(sides)))
    if any(map(asked_aim, texts)):
        question = replace(question, aim=None)  # what one side says of its aim is not said of the others
    return tuple(_read_side(each, question) for each in list(texts)[:MOST_SIDES]) if len(texts) > 1 else ()


def _aim_and_result(question: Question, text: str) -> tuple[Question, ...]:
    text = text.rstrip("，, ")
    thing = replace(question, text=text, wants="amount") if names_a_thing(text) else replace(question, wants="amount")
    return tuple(replace(thing, aim=aim) for aim in ("target", "result"))


def cross_sides(indicator: str, scope: Scope) -> tuple[Question, ...]:
    """One question for the indicator in each region and each year of the scope, region by region.

    What the indicator says of region, year or aim counts only where the scope leaves it open. Raises
    UnusableQuestionError where the indicator names nothing, a region is not known, or there are too many.
    """
    regions, years = scope.regions or (), scope.years or ()
    if (count := max(1, len(regions)) * max(1, len(years))) > MOST_CROSSED:
        raise UnusableQuestionError(f"一次最多比较 {MOST_CROSSED} 项，现在是 {count} 项。请少选几个地区或年份。")
    thing = without_aims(indicator) if scope.aim else indicator
    given = {"region": regions, "year": years}
    for anchor in reversed(_anchors(thing)):
        if given[anchor.kind]:
            thing = thing[: anchor.start] + thing[anchor.end :]
    if not names_a_thing(thing):
        raise UnusableQuestionError("请写出要比较的指标，例如：高新技术企业数量。")
    return tuple(
        _crossed(thing.strip(), region, year, scope) for region, year in product(regions or (None,), years or (None,))
    )


def _crossed(thing: str, region: str | None, year: int | None, scope: Scope) -> Question:
    named = region_named(region) if region else None
    of = f"{named.name if named else region or ''}{f'{year}年' if year else ''}"
    text = f"{of}{thing}{_AIM_WORDS.get(scope.aim or '', '')}是多少"
    own = replace(scope, regions=(region,) if region else None, years=(year,) if year else None)
    side = read_question(text, scope=own)
    if region and not side.regions:
        raise UnusableQuestionError(f"不认识地区“{region}”。请写行政区划的名称，例如：浙江省宁波市镇海区。")
    return replace(side, wants="amount")


def _read_side(text: str, question: Question) -> Question:
    side = read_question(text)
    dates = question.wants == "metadata" or side.wants in ("metadata", "date")
    names = side.wants if side.wants in ("list", "section", "name", "place") else "amount"
    return replace(
        side,
        wants="metadata" if dates else names,
        years=side.years or question.years,
        aim=side.aim or question.aim,
        documents=question.documents,
    )


def _anchors(text: str) -> list[_Anchor]:
    found = [_Anchor(each.start, each.end, "region", each.regions) for each in find_regions(text)]
    for stretch in asked_years(text):
        inside = [each for each in find_years(text) if stretch.start <= each.start < stretch.end]
        single = [] if is_span_of_plan(text, stretch) else inside
        found += [_Anchor(each.start, each.end, "year", each.year) for each in single]
        found += [] if single else [_Anchor(stretch.start, stretch.end, "year", stretch.years)]  # of a plan
    return sorted(found, key=lambda anchor: anchor.start)


def _cuts(text: str, anchors: Sequence[_Anchor], apart: bool) -> list[int]:
    """Where the sides meet: between two regions, or two years, that differ; else between an aim and an achievement.

    Nobody sets 深圳 beside 福田, but who asks for things `apart` (广东和深圳分别) means both.
    """
    cuts = set()
    for kind in ("region", "year"):
        same = [anchor for anchor in anchors if anchor.kind == kind]
        for before, after in pairwise(same):
            joints = list(_COORDINATOR.finditer(text, before.end, after.start))
            nested = kind == "region" and _nested(before.value, after.value)
            both = apart and any(_AND.fullmatch(joint.group()) for joint in joints)
            if before.value != after.value and (both or not nested):
                cuts.add(joints[-1].end() if joints else after.start)
    if cuts:
        return sorted(cuts)
    joints = list(_COORDINATOR.finditer(text))
    aims = [(joint.end(), asked_aim(text[: joint.start()]), asked_aim(text[joint.end() :])) for joint in joints]
    return [place for place, before, after in aims if before and after and before != after][:1]


def _nested(before: tuple[Region, ...], after: tuple[Region, ...]) -> bool:
    """Whether one of two places lies in the other."""
    return any(a.contains(b) or b.contains(a) for a in before for b in after)


def _two_things(text: str) -> tuple[str, ...]:
    """The question of each of two things that a clause joins, with all that is said of both; () for none or more.

    Where the second ends is told by 分别, or by the first: by its last character (城区和郊区的要求), or its length.
    """
    for clause in _CLAUSE.finditer(text):
        named = max((anchor.end for anchor in _anchors(clause.group())), default=0)
        sides = re.split("和|与|跟", clause.group()[named:])
        if len(sides) != 2 or not all(len(side) >= SHORTEST_THING and names_a_thing(side) for side in sides):
            continue
        first, second = sides[0].removeprefix("的"), sides[1]
        end = _end_of_thing(first, second)
        before = text[: clause.start() + named]
        after = second[end:] + text[clause.end() :]
        return tuple(_BOUNDARY.sub("", f"{before}{thing}{after}") for thing in (first, second[:end]))
    return ()


def _end_of_thing(first: str, second: str) -> int:
    apart = _APART.search(second, SHORTEST_THING)
    bounds = [end for end in sorted(word_bounds(second)) if SHORTEST_THING <= end <= len(first) + _LONGER]
    alike = [end for end in bounds if second[end - 1] == first[-1]]
    if apart and not alike and names_a_thing(second[apart.end() :]):
        return apart.start()
    end = alike[-1] if alike else min(bounds, key=lambda end: (abs(end - len(first)), end), default=len(second))
    return end if len(second) - end >= SHORTEST_THING else len(second)


def _shared_before(text: str, anchors: Sequence[_Anchor], cuts: Sequence[int]) -> int:
    """Where the first side begins: behind what stands before it in a clause of its own (积分入户，2014年和2016年)."""
    before = [anchor for anchor in anchors if anchor.start < cuts[0]]
    first = next((anchor.start for anchor in before if anchor.kind == before[-1].kind), 0)
    return max((match.end() for match in _BOUNDARY.finditer(text, 0, first)), default=0)


def _joined(text: str, anchors: Sequence[_Anchor], cuts: Sequence[int]) -> tuple[int, int] | None:
    """From where to where regions, or years, stand side by side, so that what is around them is said of all of them.

    教育支出2023年、2024年执行数; None where something stands between them.
    """
    for kind in ("region", "year"):
        same = [anchor for anchor in anchors if anchor.kind == kind]
        between = [text[before.end : after.start].strip() for before, after in pairwise(same)]
        if len(same) == len(cuts) + 1 and all(map(_COORDINATOR.fullmatch, between)):
            return same[0].start, same[-1].end
    return None


def _shared_after(text: str, anchors: Sequence[_Anchor], cuts: Sequence[int]) -> int:
    """Where the last side ends: what follows in a clause of its own is said of all."""
    last = max((anchor.end for anchor in anchors if anchor.end > cuts[-1]), default=cuts[-1])
    boundary = _BOUNDARY.search(text, last)
    return boundary.start() if boundary else len(text)


def _without_anchors(text: str, start: int, end: int) -> str:
    """A stretch of the text without its regions and years."""
    rest = text[start:end]
    for anchor in reversed([anchor for anchor in _anchors(text) if start <= anchor.start and anchor.end <= end]):
        rest = rest[: anchor.start - start] + rest[anchor.end - start :]
    return rest


def _side(text: str, start: int, end: int) -> _Side:
    anchors = [anchor for anchor in _anchors(text) if start <= anchor.start and anchor.end <= end]
    rest = _without_anchors(text, start, end)
    named = {
        kind: "".join(text[anchor.start : anchor.end] for anchor in anchors if anchor.kind == kind)
        for kind in ("region", "year")
    }
    joined = [match for match in _COORDINATOR.finditer(rest) if match.end() == len(rest)]
    return _Side(named["region"], named["year"], _SPAN.sub("", rest[: joined[-1].start()] if joined else rest).strip())


def _completed(sides: Sequence[_Side], place: int, before: str, after: str) -> str:
    """The question of a side, with what it leaves out taken from the side before it, or else from one after it."""
    side = sides[place]
    nearest = [*reversed(sides[:place]), *sides[place + 1 :]]
    regions = side.regions or next((other.regions for other in nearest if other.regions), "")
    years = side.years or next((other.years for other in nearest if other.years), "")
    rest = side.rest
    if not rest:  # 居住证办理时限，天津和重庆各要多久
        rest = next((other.rest for other in nearest if other.rest), "")
    elif not before and not names_a_thing(_HOW_MANY.sub("", without_aims(rest))):
        later_first = [*sides[place + 1 :], *reversed(sides[:place])]
        lent = next((other.rest for other in later_first if names_a_thing(without_aims(other.rest))), "")
        lent = _HOW_MANY.sub("", lent) if _HOW_MANY.search(rest) else lent
        rest = f"{without_aims(lent)}{rest}" if asked_aim(rest) else f"{rest}{lent.removeprefix(rest)}"
    whole = "".join(f"{regions}{years}{before}{rest}{after}".split())
    return re.sub("各自|分别|呢|[两三]年$|的(?=的)", "", whole).rstrip("，,、的")
