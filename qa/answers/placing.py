"""Places in the order of their figures: the highest first, or the lowest, and which of them tell none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answers.clauses import clause_told
from qa.answers.comparing import compare_sides, middle, mixes_aims
from qa.answers.confidence import Fit
from qa.answers.naming import asked_names, names_of, tells_name
from qa.answers.wording import places
from qa.records import Cell, Citation, Comparison, Figure, Hit, Question
from qa.retrieval.need import is_of_part, read_subject, terms_in

MOST_LEVEL = 3  # places with the same figure that are named


def compare_places(
    sides: Sequence[Question],
    retrieved: Sequence[Sequence[Hit]],
    covers_years: Callable[[Question], bool],
    fit: Fit | None,
    upwards: bool,
) -> tuple[Comparison, tuple[Citation, ...]]:
    """As `compare_sides` of places, those that tell a figure of one unit by what it is; the others are only named.

    The highest comes first, or the lowest where it goes `upwards`. Aims do not stand among achievements, nor the
    reverse: where neither was asked for, what most places tell counts. Nor does what is told of another time than the
    year asked of, or of several years together.
    """
    comparison, citations = compare_sides(sides, retrieved, covers_years, fit)
    own = [
        cell if cell.figure and _is_of_side(cell.figure, side) and _is_of_year(cell.figure, side) else _silent(cell)
        for side, cell in zip(sides, comparison.cells, strict=True)
    ]
    if mixes_aims(sides, own):
        own = _of_one_aim(own)
    alike = {figure.citation for _, figure in Comparison(tuple(own), "").comparable()}
    silent = [places(side) for side, cell in zip(sides, own, strict=True) if cell.citation not in alike]
    told = [cell for cell in own if cell.figure and cell.citation in alike]
    told.sort(key=lambda cell: (_worth(cell) if upwards else -_worth(cell), cell.label))
    places_cited = [cell.citation for cell in told if cell.citation is not None]
    rest = [place for place in range(len(citations)) if place not in alike]
    cells = tuple(_citing(cell, place) for place, cell in enumerate(told))
    years = "各项的年份不同。" if len({cell.figure.when for cell in cells if cell.figure}) > 1 else ""
    verdict = _ends(cells) + years + (f"没有找到可比的数字：{'、'.join(silent)}。" if silent else "")
    return Comparison(cells, verdict), tuple(citations[place] for place in (*places_cited, *rest))


def _is_of_side(figure: Figure, side: Question) -> bool:
    """Whether it is of the place itself and of what is asked of it, not of a part: 农村居民收入 where 居民收入 is."""
    need, clause = read_subject(side), clause_told(figure.wording, figure.text)
    found, names = terms_in(clause, need), asked_names(side) or names_of(side)
    told = all(tells_name(clause, group) for group in names) if names else 2 * len(found) >= len(need.terms)
    return told and figure.region in side.regions and not is_of_part(clause, found, need)


def _of_one_aim(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those without their figure that tell an aim where most tell an achievement, or the reverse."""
    aims = Counter(cell.figure.aim for cell in cells if cell.figure)
    other = "target" if aims["result"] >= aims["target"] else "result"
    return [_silent(cell) if cell.figure and cell.figure.aim == other else cell for cell in cells]


def _silent(cell: Cell) -> Cell:
    return replace(cell, figure=None)


def _is_of_year(figure: Figure, side: Question) -> bool:
    return len(side.years) != 1 or figure.when == f"{side.years[0]}年" or bool(figure.part and figure.part in side.text)


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
    return "；".join(f"{name}的是{_level(end)}" for name, end in zip(names, ends, strict=True)) + "。"


def _level(cells: Sequence[Cell]) -> str:
    """Those that are level with one another, the first few by name."""
    named = "、".join(f"{cell.label}（{cell.figure.text}）" for cell in cells[:MOST_LEVEL] if cell.figure)
    return f"{named}等{len(cells)}个" if len(cells) > MOST_LEVEL else named
