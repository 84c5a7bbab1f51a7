"""Places in the order of their figures: the highest first, or the lowest, and which of them tell none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answers.comparing import MIXED_AIMS, compare_sides, middle, mixes_aims
from qa.answers.confidence import Fit
from qa.answers.weighing import CLAUSE
from qa.answers.wording import places
from qa.records import Cell, Citation, Comparison, Figure, Hit, Question
from qa.retrieval.need import is_of_part, read_subject, terms_in


def compare_places(
    sides: Sequence[Question],
    retrieved: Sequence[Sequence[Hit]],
    covers_years: Callable[[Question], bool],
    fit: Fit | None,
    upwards: bool,
) -> tuple[Comparison, tuple[Citation, ...]]:
    """As `compare_sides` of places, those that tell a figure of one unit by what it is; the others are only named.

    The highest comes first, or the lowest where it goes `upwards`.
    """
    comparison, citations = compare_sides(sides, retrieved, covers_years, fit)
    own = [
        cell if cell.figure and _is_of_side(cell.figure, side) else replace(cell, figure=None)
        for side, cell in zip(sides, comparison.cells, strict=True)
    ]
    alike = {figure.citation for _, figure in Comparison(tuple(own), "").comparable()}
    silent = [places(side) for side, cell in zip(sides, own, strict=True) if cell.citation not in alike]
    told = [cell for cell in own if cell.figure and cell.citation in alike]
    told.sort(key=lambda cell: (_worth(cell) if upwards else -_worth(cell), cell.label))
    places_cited = [cell.citation for cell in told if cell.citation is not None]
    rest = [place for place in range(len(citations)) if place not in alike]
    cells = tuple(_citing(cell, place) for place, cell in enumerate(told))
    mixed = MIXED_AIMS if mixes_aims(sides, cells) else ""
    years = "各项的年份不同。" if len({cell.figure.when for cell in cells if cell.figure}) > 1 else ""
    verdict = _ends(cells) + years + mixed + (f"没有找到可比的数字：{'、'.join(silent)}。" if silent else "")
    return Comparison(cells, verdict), tuple(citations[place] for place in (*places_cited, *rest))


def _is_of_side(figure: Figure, side: Question) -> bool:
    """Whether it is of the place itself, and not of a part of what is asked of: 农村居民收入 where 居民收入 is."""
    need = read_subject(side)
    clause = CLAUSE.split(figure.wording.partition(figure.text)[0])[-1]
    return figure.region in side.regions and not is_of_part(clause, terms_in(clause, need), need)


def _worth(cell: Cell) -> float:
    return middle(cell.figure) if cell.figure else 0.0


def _citing(cell: Cell, citation: int) -> Cell:
    figure = replace(cell.figure, citation=citation) if cell.figure else None
    return replace(cell, figure=figure, citation=citation)


def _ends(cells: Sequence[Cell]) -> str:
    """Of cells in the order of their figures the first and the last, with those that are level with them."""
    if len(cells) < 2 or _worth(cells[0]) == _worth(cells[-1]):
        return ""
    names = ("最高", "最低") if _worth(cells[0]) > _worth(cells[-1]) else ("最低", "最高")
    ends = ([cell for cell in cells if _worth(cell) == _worth(end)] for end in (cells[0], cells[-1]))
    told = ("、".join(f"{cell.label}（{cell.figure.text}）" for cell in end if cell.figure) for end in ends)
    return "；".join(f"{name}的是{said}" for name, said in zip(names, told, strict=True)) + "。"
