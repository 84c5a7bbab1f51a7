"""Documents that follow one another (a place's work reports, year by year), and hits that answer for others as well."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.records import DocumentCard, Hit
from qa.retrieval.scope import UNKNOWN

_NUMBERS = re.compile(r"[\d零一二三四五六七八九十〇○]+|[（(][^）)]*[）)]|\W")
_AS_WELL = 0.9  # of the best hit's share of the question's wording: such a hit answers too
_TIED = 0.06  # of the score; the best possible one is about 1


def latest_fits(cards: Sequence[DocumentCard]) -> list[float]:
    """1 for the latest document of its series among these, 0 for an earlier one, UNKNOWN for what is in no series."""
    years: dict[tuple[str | None, str], set[int]] = {}
    for card in cards:
        if year := _year(card):
            years.setdefault(_series(card), set()).add(year)
    fits = []
    for card in cards:
        known = years.get(_series(card), set())
        fits.append(float(_year(card) == max(known)) if len(known) > 1 and _year(card) else UNKNOWN)
    return fits


def tied_regions(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The regions, best first, whose hits answer a question that names none equally well; () where one stands out.

    What holds for the whole country stands out.
    """
    if not hits or not hits[0].document.region:
        return ()
    tied = [hit for hit in hits if hits[0].score - hit.score <= _TIED and _answers_as_well(hit, hits[0])]
    regions = tuple(dict.fromkeys(hit.document.region for hit in tied if hit.document.region))
    return regions if len(regions) > 1 else ()


def _answers_as_well(hit: Hit, best: Hit) -> bool:
    return all(hit.parts[part] >= _AS_WELL * best.parts[part] for part in ("coverage", "year", "aim", "figure"))


def _series(card: DocumentCard) -> tuple[str | None, str]:
    return card.region, _NUMBERS.sub("", card.title)


def _year(card: DocumentCard) -> int | None:
    published = card.published or card.signed
    return max(card.years, default=published.year if published else None)
