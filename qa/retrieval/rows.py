"""What a table row tells: its figures one by one, and the place or part that it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from qa.records import Passage, Question
from qa.retrieval.need import ends_as_part
from qa.text.regions import Region, find_regions

_PART_NAME = 2  # characters that name a part without its kind: the 骆驼 of 骆驼街道
_BETWEEN_CELLS = re.compile(r"\s*[|｜\t\n]\s*|[ 　]{2,}")


def figures_apart(passage: Passage) -> Sequence[Passage]:
    """The passage once for each figure that it tells, if it is a table row; else the passage alone."""
    return [replace(passage, told=(figure,)) for figure in passage.told] or [passage]


def is_of_other_place(passage: Passage, question: Question) -> bool:
    """Whether a table row of figures names a place, or a part of one, that the question does not ask of."""
    if not passage.told or not question.regions:
        return False
    places, parts = _places(passage.text)
    elsewhere = places and not any(region.full_name in question.regions for region in places)
    return elsewhere or any(part[:_PART_NAME] not in question.text for part in parts)


def place_of(passage: Passage, own: str | None) -> str | None:
    """The full name of the place that a table row is of by one of its cells; `own`, its document's, where none is."""
    places = _places(passage.text)[0] if passage.told else ()
    names = [region.full_name for region in places]
    inside = [name for name in names if own and name.startswith(own)]
    return own if own in names else next(iter(inside or names), own)


@lru_cache(maxsize=4096)  # the same rows are read for question after question
def _places(text: str) -> tuple[tuple[Region, ...], tuple[str, ...]]:
    """The regions that fill a cell, and the names in cells of what makes a part of a place: 招宝山街道."""
    cells = [cell.strip() for cell in _BETWEEN_CELLS.split(text)]
    mentions = ((cell, mention) for cell in cells for mention in find_regions(cell))
    regions = {region: None for cell, each in mentions if each.end - each.start == len(cell) for region in each.regions}
    return tuple(regions), tuple(cell for cell in cells if ends_as_part(cell))
