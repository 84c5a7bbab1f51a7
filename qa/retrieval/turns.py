"""A turn of a conversation, completed from the turn before: what it leaves out is what was asked there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.documents.wordlists import document_kinds
from qa.retrieval.alternatives import put_for_alternative
from qa.retrieval.intents import asked_aim, asked_everywhere, names_a_thing, wanted
from qa.retrieval.measures import asked_of
from qa.text.folding import CJK
from qa.text.months import find_months
from qa.text.regions import find_regions
from qa.text.words import word_bounds
from qa.text.years import find_years, named_years, write_out_years

_LEADING = re.compile(r"^(?:那么?(?!些|几)|那个|它们?|其|这个?(?!些|几)|请问|还有|另外|再)?的?[,，、\s]*")
_POINTING = re.compile(
    r"那里|那边|这里|当地|(?<![应活])该(?:省|市|区|县|地)|那[年个]|同年|(?:这|那|该)(?:份|个|篇)?(?:文件|通知|文)"
)
_EVERYWHERE = re.compile(r"全国(?:各[地省市])?|各[地省市](?!级)")
_COMPARED = re.compile(r"^(?:那么?)?(?:(?:跟|和|与|同|较)[^,，。]{1,15}(?:比|差|区别|不同)|相?比)(?![例重率较赛亚])")
_BETWEEN = re.compile(r"\s*[和与及跟、,，/]\s*")
_KIND_OF_IT = re.compile(r"(?:那么?|还有)?(?P<kind>.{2,12}的)呢?[?？。]?$")  # 民办的呢: what was asked of the 公办 ones
_NUMERAL = "(?:第?[一二三四五六七八九十]|首|[0-9])"
_NUMBERED = re.compile(f"{_NUMERAL}(?P<of>[类级档等套线])")
_IF_IT_IS = re.compile("^(?:如果|要是|只|就)?(?:有|是|属于)?")
_AND_OF = re.compile("呢[?？。]?$")  # 棉花呢: as much is asked of it as of what was asked before
_NUMBER = re.compile(
    rf"[{CJK}]{{0,10}}[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s*第?\d+号"
)  # of a document, which is what is asked of
_YEAR_AFTER = re.compile("次年|第[二2]年")  # in documents (次年起) they are counted from any year
_PROVINCES = "省地"  # 各地 may be any place
_QUALIFIED = re.compile("(?:那么?|还有)?的?(?P<qualifier>人均|户均|亩均|城镇|农村)的?呢?[?？。]?")
_AMONG = re.compile(r"(?:那么?)?其中(?P<part>[^，,。]{2,15}?)的?呢[?？。]?$")  # asked of a part as of the whole
_REFERS_BACK = re.compile(r"^(?:那么?)?(?:这里面|这当中|其中)|这笔?[钱费款]|^[那这]一[张本项笔台套份](?![地省市区县])")
_CASE = re.compile(
    r"(?:那么?|还有|另外)?(?P<condition>如果|要是|假如|万一|我们?家?)?"
    r"(?P<case>[^，,。?？]{1,20}?)(?P<said>的话|的)?呢?[?？。]?"
)
_AMOUNT = re.compile(  # of a case, by what is counted: 三口人 and 四个人 are alike
    r"(?P<number>\d[\d.]*|[一二两三四五六七八九十]+)"
    "(?:(?P<people>[口个]?人|口)|(?P<money>[万亿]元?)|(?P<age>周?岁)|(?P<years>年)|(?P<months>个?月)|(?P<area>平[方米]?))"
)
_AIM = re.compile(r"的?(?:预期)?目标")
_TITLE = re.compile(rf"《[^》]+》|[{CJK}]{{0,10}}(?:{'|'.join(document_kinds())})")

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn with the stretches that name its regions and years, and what part of a year it asks of."""

    text: str
    regions: Spans
    years: Spans
    parts: Spans

    def named(self, spans: Spans) -> list[str]:
        return [self.text[start:end] for start, end in spans]

    @property
    def rest(self) -> str:
        """The turn without its region, year or part of one, and words that only point."""
        return _POINTING.sub(" ", _without(self.text, (*self.regions, *self.years, *self.parts)))

    @property
    def names_a_thing(self) -> bool:
        """Whether anything is left beside the region, the year and words that only ask."""
        return names_a_thing(self.rest)


def complete_turn(text: str, earlier: str) -> str:
    """The turn with the region, year and thing that it leaves out, taken from the earlier turn.

    One that names a document by its number leaves nothing out.
    """
    if _NUMBER.search(text):
        return text
    before = _read_turn(earlier)
    known = find_years(before.text)
    turn = _read_turn(write_out_years(_YEAR_AFTER.sub("下一年", text), known[-1].year) if known else text)
    if among := _AMONG.match(turn.text):
        turn = _read_turn(f"{among['part']}呢")
    if _COMPARED.match(turn.text):
        return f"{before.text} {turn.text}"
    if wanted(turn.text) == "metadata" and not turn.names_a_thing:
        return _asking_its_document(turn, before)
    if (everywhere := asked_everywhere(before.text)) and turn.regions and not asked_everywhere(turn.text):
        before = _read_turn(everywhere[1])  # 河南呢 after 哪个省GDP增速最高
    asks = turn.regions or turn.years or wanted(turn.text) != "statement"  # by itself
    case = None if asks else _CASE.fullmatch(turn.text)
    if case and (put := _put_for_case(case["case"], before.text)):
        return put
    if not turn.names_a_thing:
        return _substituted(turn, before)
    if case and (case["condition"] or case["said"] == "的话"):
        return f"{before.text} {case['case']}"
    return _on_another_thing(turn, before)


def _on_another_thing(turn: _Turn, before: _Turn) -> str:
    """The turn that names a thing of its own, with what else it leaves out of the earlier one."""
    if (qualified := _QUALIFIED.fullmatch(turn.text)) and before.names_a_thing:
        kept = [*(turn.named(turn.regions) or before.named(before.regions)), *before.named(before.years)]
        return "".join([*kept, qualified["qualifier"], before.rest.replace(" ", "").lstrip("的")])
    if (said := _KIND_OF_IT.match(turn.text)) and not turn.regions and not turn.years:
        return _put_for_its_like(said["kind"], before) or f"{before.text} {said['kind']}"
    if _REFERS_BACK.search(turn.text):
        return f"{before.text} {turn.text}"
    kept = _kept_regions(turn, before)
    kept += before.named(before.years) if not turn.years else []
    thing = _LEADING.sub("", _POINTING.sub("", turn.text))
    and_of = _AND_OF.search(thing) if wanted(turn.text) == "statement" else None
    if and_of and not (turn.regions or turn.years) and (put := _put_for_its_like(thing[: and_of.start()], before)):
        return put
    asked = asked_of(before.text, thing[: and_of.start()]) if and_of else None
    if asked and not (asked.complete and (turn.regions or turn.years)):
        return asked.text if asked.complete else "".join(kept) + asked.text
    return "".join(kept) + thing if kept else turn.text


def _kept_regions(turn: _Turn, before: _Turn) -> list[str]:
    """The regions of the earlier turn that this one leaves out; none where it asks of all provinces (哪个省)."""
    everywhere = asked_everywhere(turn.text)
    if turn.regions or (everywhere and everywhere[0][0] in _PROVINCES):
        return []
    return before.named(before.regions)


def _put_for_case(case: str, before: str) -> str | None:
    """The earlier turn with one case put for another: 退休 for 在职, 四 for 三 of 三口人; None where none is alike."""
    named = _IF_IT_IS.sub("", case)
    if put := put_for_alternative(named, before):
        return put
    asked, told = list(_AMOUNT.finditer(named)), list(_AMOUNT.finditer(before))
    alike = len(asked) == len(told) == 1 and asked[0].lastgroup == told[0].lastgroup
    if not alike or asked[0]["number"] == told[0]["number"]:
        return None
    return before[: told[0].start("number")] + asked[0]["number"] + before[told[0].end("number") :]


def _put_for_its_like(kind: str, turn: _Turn) -> str | None:
    """The earlier turn with 三类 put for 一类, 硕士学位 for 博士学位: words that end alike; None without such."""
    thing, before = _IF_IT_IS.sub("", kind.removesuffix("的")), turn.text
    scope = [*turn.regions, *turn.years, *turn.parts]
    if numbered := _NUMBERED.match(thing):
        put, more = re.sub(f"{_NUMERAL}{numbered['of']}", numbered.group(), before, count=1), thing[numbered.end() :]
        return None if put == before else put if more in put else f"{put} {more}"
    bounds = sorted(word_bounds(before))
    for length in range(len(thing) - 1, 1, -1):
        end = before.find(thing[-length:]) + length
        if end >= length and end in bounds:
            first = max((stop for _, stop in scope if stop < end), default=0)
            inside = [first, *(bound for bound in bounds if first < bound < end)]
            start = min(inside, key=lambda bound: abs(end - len(thing) - bound))
            return before[:start] + thing + before[end:] if before[start:end] != thing else None
    return None


def _asking_its_document(turn: _Turn, before: _Turn) -> str:
    """Who issued it, what is its number: asked of the document that the earlier turn named, else of its region's."""
    if (number := _NUMBER.search(before.text)) and not (turn.regions or turn.years):
        return number.group() + _LEADING.sub("", _POINTING.sub("", turn.text))
    title = _TITLE.search(_without(before.text, (*before.regions, *before.years)))
    kept = [
        *(() if turn.regions else before.named(before.regions)),
        *(() if turn.years else before.named(before.years)),
    ]
    kept += [title.group()] if title else []
    asked = _LEADING.sub("", _POINTING.sub("", turn.text))
    return "".join(kept) + asked if kept or turn.regions or turn.years else f"{before.text} {asked}"


def _substituted(turn: _Turn, before: _Turn) -> str:
    """The earlier turn with this turn's region, year and other words in place of its own."""
    replaced = before.text
    swaps = []
    if turn.parts and (before.parts or before.years):
        behind = tuple((end, end) for _, end in before.years[-1:])  # 2024年 becomes 2024年上半年
        swaps.append((before.parts or behind, "、".join(turn.named(turn.parts))))
    if turn.regions and before.regions:
        swaps.append((before.regions, "、".join(turn.named(turn.regions))))
    if turn.years and before.years:
        swaps.append((before.years, "、".join(turn.named(turn.years))))
    for spans, new in sorted(swaps, key=lambda swap: -swap[0][0][0]):
        for place, (start, end) in reversed(list(enumerate(spans))):
            replaced = replaced[:start] + (new if place == 0 else "") + replaced[end:]
    unplaced = turn.named(turn.regions) if not before.regions else []
    unplaced += turn.named(turn.years) if not before.years else []
    unplaced += turn.named(turn.parts) if not (before.parts or before.years) else []
    rest = _LEADING.sub("", turn.rest).strip("呢?？,，。 的")
    if asked_aim(rest) == "result":
        replaced = _AIM.sub("", replaced)
    return "".join(unplaced) + replaced + (f" {rest}" if rest not in replaced else "")


def _read_turn(text: str) -> _Turn:
    regions = [(mention.start, mention.end) for mention in find_regions(text)]
    regions += [match.span() for match in _EVERYWHERE.finditer(text)]
    years = [(stretch.start, stretch.end) for stretch in named_years(text)]
    parts = [(mention.start, mention.end) for mention in find_months(text)]
    return _Turn(text, _enumerated(text, sorted(regions)), _enumerated(text, years), _enumerated(text, parts))


def _enumerated(text: str, spans: Sequence[tuple[int, int]]) -> Spans:
    """The spans, those that are listed one after another (浙江和江苏) as one."""
    stretches: list[tuple[int, int]] = []
    for start, end in spans:
        if stretches and _BETWEEN.fullmatch(text, stretches[-1][1], start):
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return tuple(stretches)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text
