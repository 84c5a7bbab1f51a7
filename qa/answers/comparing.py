"""Sides set beside one another: a cited figure for each, or why there is none, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile

from qa.answers.citing import cite
from qa.answers.confidence import Fit
from qa.answers.figures import find_figure
from qa.answers.found import FoundFigure
from qa.answers.refusal import find_refusal
from qa.answers.statements import find_fields
from qa.answers.wording import AIMS, label, places
from qa.documents.metadata import read_date
from qa.records import Cell, Citation, Comparison, Figure, Hit, Question
from qa.text.quantities import in_unit, qualifiers
from qa.text.words import word_bounds

MIXED_AIMS = "有的是目标，有的是实际，请注意区分。"
NEAREST = 3  # hits of a side that are cited below those of all sides


def compare_sides(
    sides: Sequence[Question],
    retrieved: Sequence[Sequence[Hit]],
    covers_years: Callable[[Question], bool],
    fit: Fit | None,
) -> tuple[Comparison, tuple[Citation, ...]]:
    """The comparison, and the passages it cites: what each side stands on, then what is nearest to each.

    `retrieved` are the hits of each side, best first.
    """
    cells: list[Cell] = []
    first: list[Hit] = []
    later: list[Hit] = []
    refusals = [find_refusal(side, hits, covers_years, fit) for side, hits in zip(sides, retrieved, strict=True)]
    figures = _figures(sides, [() if no else hits for hits, no in zip(retrieved, refusals, strict=True)])
    for side, hits, refusal, found in zip(sides, retrieved, refusals, figures, strict=True):
        if reason := refusal.reason if refusal else _why_not(side, hits, found):
            cells.append(Cell(_label(side, None), "", None, None, reason))
            continue
        cell, hit = _cell(side, hits, found, len(first))
        cells.append(cell)
        first.append(hit)
        later += hits[:NEAREST]
    cited = dict.fromkeys(hit.passage.id for hit in first)
    citations = [cite(hit, sides[0].on) for hit in (*first, *(hit for hit in later if hit.passage.id not in cited))]
    cells = _told_apart(cells, sides)
    mixed = MIXED_AIMS if mixes_aims(sides, cells) else ""
    return Comparison(tuple(cells), _verdict(cells) + mixed), tuple(citations)


def _figures(sides: Sequence[Question], retrieved: Sequence[Sequence[Hit]]) -> list[FoundFigure | None]:
    """The figure of each side, in one unit where all have one: 63.6万亿元，增长7.4% is told as 7.4% beside 7.5%."""

    def find(base: str | None) -> list[FoundFigure | None]:
        return [
            find_figure(side, hits, base) if side.wants == "amount" else None
            for side, hits in zip(sides, retrieved, strict=True)
        ]

    found = find(None)
    figures = [each.figure for each in found if each]
    if len({figure.measure for figure in figures}) < 2:
        return found
    alike = (find(base) for base in dict.fromkeys(figure.base for figure in figures))
    return next((same for same in alike if list(map(bool, same)) == list(map(bool, found))), found)


def _cell(side: Question, hits: Sequence[Hit], found: FoundFigure | None, citation: int) -> tuple[Cell, Hit]:
    """What is said of a side, and the hit that says it."""
    if side.wants == "metadata" and (fields := find_fields(side, hits)):
        return Cell(_label(side, None), "；".join(text for _, text in fields), None, citation), hits[fields[0][0]]
    if found:
        figure = replace(found.figure, citation=citation)
        return Cell(_label(side, figure), figure.wording, figure, citation), hits[found.place]
    return Cell(_label(side, None), hits[0].text[slice(*hits[0].sentence)], None, citation), hits[0]


def _why_not(side: Question, hits: Sequence[Hit], found: FoundFigure | None) -> str | None:
    """Why the figure is not what is asked for: of another thing, or a result where a target is asked for."""
    if not found:
        return "文档里没有写明所问的数字" if side.wants == "amount" and not hits[0].parts["figure"] else None
    aim = found.figure.aim
    if aim and side.aim and aim != side.aim:
        return f"找到的数字是{AIMS[aim]}，不是{AIMS[side.aim]}"
    return None if found.named else "文档里没有写明所问的数字"


def mixes_aims(sides: Sequence[Question], cells: Sequence[Cell]) -> bool:
    """Whether targets stand beside results though neither was asked for."""
    told = {cell.figure.aim for cell in cells if cell.figure}
    return told >= {"target", "result"} and not any(side.aim for side in sides)


def _label(side: Question, figure: Figure | None) -> str:
    region = places(side) or (figure.region if figure else None)
    when = figure.when if figure else f"{side.years[0]}年" if len(side.years) == 1 else ""
    return label(region, when, figure.aim if figure else side.aim) or side.text


def _told_apart(cells: Sequence[Cell], sides: Sequence[Question]) -> list[Cell]:
    """The cells, those of one place, year and aim labelled by the thing that only their side names."""
    if len({cell.label for cell in cells}) == len(cells):
        return list(cells)
    texts = [side.text for side in sides]
    begins = frozenset.intersection(*map(word_bounds, texts))
    begin = max(bound for bound in begins if bound <= _shared(texts))
    closing = _shared([text[begin:][::-1] for text in texts])
    things = [text[begin : len(text) - closing] for text in texts]
    return (
        [replace(cell, label=thing) for cell, thing in zip(cells, things, strict=True)] if all(things) else list(cells)
    )


def _shared(texts: Sequence[str]) -> int:
    """How many characters all of the texts begin with."""
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*texts, strict=False)))


def _verdict(cells: Sequence[Cell]) -> str:
    """Which is higher and by how much, or earlier; or why that can't be said."""
    dated = [(day, cell.label) for cell in cells if not cell.figure and (day := read_date(cell.text))]
    if len(dated) > 1:
        return f"最早的是{min(dated)[1]}，最新的是{max(dated)[1]}。"
    comparison = Comparison(tuple(cells), "")
    told, alike = comparison.told(), comparison.comparable()
    if len(told) < 2:
        return ""
    if not alike:
        return "单位不同，不能直接比较。"
    unlike = {qualifiers(figure.wording) for _, figure in alike}
    others = [name for name, figure in told if figure.measure != alike[0][1].measure]
    return "".join(
        [
            _order(alike),
            "请注意各项口径的字样不同。" if len(unlike) > 1 else "",
            f"{'、'.join(others)}的单位不同，不能直接比较。" if others else "",
        ]
    )


def _order(told: Sequence[tuple[str, Figure]]) -> str:
    ordered = sorted(told, key=lambda each: (-middle(each[1]), each[0]))
    if len(ordered) > 2:
        return "从高到低：" + "、".join(f"{name}（{figure.text}）" for name, figure in ordered) + "。"
    (top, high), (bottom, low) = ordered
    if middle(high) == middle(low):
        return f"{top}与{bottom}相同。"
    ends = ((high.low or 0.0) - (low.low or 0.0), (high.high or 0.0) - (low.high or 0.0))
    gaps = "至".join(dict.fromkeys(in_unit(gap, high.unit) for gap in sorted(ends)))
    if middle(high) < 0:
        return f"{bottom}降幅更大，相差{gaps}。"
    return f"{top}更高，相差{gaps}。"


def middle(figure: Figure) -> float:
    """The middle of a range, in base units."""
    return ((figure.low or 0.0) + (figure.high or 0.0)) / 2
