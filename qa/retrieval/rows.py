"""What a table row tells: its figures one by one, each of its own place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.records import DocumentCard, Passage, Question, Told
from qa.retrieval.need import Need, terms_in
from qa.text.regions import find_regions, region_named
from qa.text.words import cut_bigrams

_MOSTLY = 0.5  # of a name
_PART = re.compile(r"(?:街道|镇|乡|村|社区|[市区县]|局|园区)$")  # the kind of what a name is of
# What is left of a column's head beside these limits its figures to a part: 一季度, 男, 基本支出.
_PLAIN_HEAD = re.compile(
    r"(?:19|20)\d{2}|年[初中末底度]?|[本上去今全]年|绝对[值额数]|数[值额量]?|金额|总[量额数]|合\s*计|累计|目标|任务|计划|预期"
    r"|[预决]算|完成|实际|实现|实绩|执行|现状|情况|(?<![产价])值|全[国省市区县]|\s"
)
_ALL = re.compile(r"合\s*计|总\s*计")


def figures_apart(passage: Passage, card: DocumentCard, question: Question) -> Sequence[Passage]:
    """The passage once for each figure that it tells of the place asked of, if it is a table row; else it alone."""
    if not passage.told:
        return [passage]
    return [
        replace(passage, told=(figure,))
        for figure in passage.told
        if not question.regions or _is_of(figure, card.region, question)
    ]


def is_of_other_place(passage: Passage, card: DocumentCard, question: Question) -> bool:
    """Whether all figures of a table row are of places, or parts of them, that the question does not ask of."""
    return not figures_apart(passage, card, question)


def place_of(figure: Told, own: str | None) -> str | None:
    """The full name of the place that a figure is of; `own`, its document's, where it is that or nothing says so."""
    if not figure.place or _is_whole(figure.place, own):
        return own
    names = [region.full_name for mention in find_regions(figure.place) for region in mention.regions]
    inside = [name for name in names if own and name.startswith(own)]
    return own if own in names else next(iter(inside or names), None)


def limits_of(figure: Told) -> str:
    """What the head of a figure's column limits it to: 一季度, 男, 工业产值; "" for 2024年目标 and its like."""
    return _PLAIN_HEAD.sub("", figure.column.replace(figure.place, ""))


def share_asked(name: str, need: Need) -> float:
    """The share of a name's bigrams that is asked for; 1 for none."""
    terms = cut_bigrams(name)
    return sum(bool(terms_in(term, need)) for term in terms) / len(terms) if terms else 1.0


def is_of_other_row(figure: Told, need: Need) -> bool:
    """Whether neither the name of a figure's row nor the question has half of the other: 养正中学 for 英林中学."""
    name = own_name(figure)
    told = terms_in(f"{figure.row} {figure.column}", need)
    return bool(name) and share_asked(name, need) < _MOSTLY and len(told) < _MOSTLY * len(need.terms)


def is_beside(figure: Told, need: Need) -> bool:
    """Whether neither its row nor its column says anything of what is asked: 丹灶镇 | 工业投资 where 总分 is asked."""
    label = f"{own_name(figure)} {limits_of(figure)}"
    return bool(label.strip()) and not terms_in(label, need)


def own_name(figure: Told) -> str:
    """The name of a figure's row without the places in it."""
    name = figure.row.replace(figure.place, "")
    for mention in reversed(find_regions(name)):
        name = name[: mention.start] + name[mention.end :]
    return name


def _is_of(figure: Told, own: str | None, question: Question) -> bool:
    if not figure.place:
        return True
    if figure.place.startswith("全") or _ALL.fullmatch(figure.place):
        parts = [name for name in question.regions if own and name != own and name.startswith(own)]
        return _is_whole(figure.place, own) and not parts
    mentions = find_regions(figure.place)
    if [(each.start, each.end) for each in mentions] == [(0, len(figure.place))]:
        return any(region.full_name in question.regions for region in mentions[0].regions)
    return _PART.sub("", figure.place) in question.text


def _is_whole(place: str, own: str | None) -> bool:
    """Whether a place is called the whole of the document's: 合计, or 全市 in one of a city."""
    region = region_named(own) if own else None
    return _ALL.fullmatch(place) is not None or (region is not None and place == f"全{region.name[-1]}")
