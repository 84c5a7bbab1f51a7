"""What a table row tells: its figures one by one, each of its own place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.documents.wordlists import named_patterns
from qa.records import DocumentCard, Passage, Question, Told
from qa.retrieval.need import Need, terms_in
from qa.text.regions import find_regions, region_named
from qa.text.words import cut_bigrams

_MOSTLY = 0.5  # of a name
_PART = re.compile(r"(?:街道|镇|乡|村|社区|[市区县]|局|园区)$")  # the kind of what a name is of


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
    home = region_named(own) if own else None
    regions = [region for mention in find_regions(figure.place) for region in mention.regions]
    inside = [region for region in regions if home and home.contains(region)]
    return next((region.full_name for region in inside or regions), None)


def limits_of(figure: Told) -> str:
    """What the head of a figure's column limits it to: 一季度, 男, 工业产值; "" for 2024年目标 and its like."""
    return named_patterns("columns.txt")["plain"].sub("", figure.column.replace(figure.place, ""))


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
    if _names_whole(figure.place):
        home = region_named(own) if own else None
        asked = [region for name in question.regions if (region := region_named(name))]
        return _is_whole(figure.place, own) and not any(home and home != each and home.contains(each) for each in asked)
    mentions = find_regions(figure.place)
    if [(each.start, each.end) for each in mentions] == [(0, len(figure.place))]:
        return any(region.full_name in question.regions for region in mentions[0].regions)
    return _PART.sub("", figure.place) in question.text


def _names_whole(place: str) -> bool:
    return named_patterns("columns.txt")["whole"].fullmatch(place) is not None


def _is_whole(place: str, own: str | None) -> bool:
    """Whether a place is called the whole of the document's: 合计, or 全市 in one of a city."""
    region = region_named(own) if own else None
    return _names_whole(place) and (not place.startswith("全") or (region is not None and place[-1] == region.name[-1]))
