"""The reading order of a page: lines, and two columns where there are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.documents.formats.pieces import Piece

_FEWEST_LINES = 4  # of a column
_MOST_CROSSING = 0.25  # share of a page's pieces that may span both columns: titles, tables, feet
_LEAST_FILLED = 0.75  # share of a column's width that its longer lines fill, which a table's cells do not
_MIDDLE = (0.35, 0.65)  # of the width of the text: where the right column may begin


def read_columns(pieces: Sequence[Piece]) -> Iterator[tuple[int, list[Piece]]]:
    """The lines of a page in reading order, each with its column: 0 the whole width, 1 the left half, 2 the right."""
    gutter = _find_gutter(pieces)
    if gutter is None:
        yield from ((0, line) for line in _read_lines(pieces))
        return
    crossing = [piece for piece in pieces if piece.x0 < gutter < piece.x1]
    rest = [piece for piece in pieces if not piece.x0 < gutter < piece.x1]
    for line in _read_lines(crossing):
        top = min(piece.top for piece in line)
        yield from _read_band([piece for piece in rest if piece.top < top], gutter)
        rest = [piece for piece in rest if piece.top >= top]
        yield 0, line
    yield from _read_band(rest, gutter)


def _read_band(pieces: Sequence[Piece], gutter: float) -> Iterator[tuple[int, list[Piece]]]:
    yield from ((1, line) for line in _read_lines([piece for piece in pieces if piece.x1 <= gutter]))
    yield from ((2, line) for line in _read_lines([piece for piece in pieces if piece.x1 > gutter]))


def _find_gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the right column begins, or None where there is one column."""
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    low, high = (left + (right - left) * share for share in _MIDDLE)
    best: tuple[int, float] | None = None
    for gutter in sorted({piece.x0 - 0.1 for piece in pieces if low <= piece.x0 <= high}):
        before = [piece for piece in pieces if piece.x1 <= gutter]
        after = [piece for piece in pieces if piece.x0 >= gutter]
        crossing = len(pieces) - len(before) - len(after)
        if (
            min(len(before), len(after)) >= _FEWEST_LINES
            and crossing <= len(pieces) * _MOST_CROSSING
            and _usual_width(before) >= (gutter - left) * _LEAST_FILLED
            and _usual_width(after) >= (right - gutter) * _LEAST_FILLED
            and (best is None or crossing < best[0])
        ):
            best = crossing, gutter
    return best[1] if best else None


def _usual_width(pieces: Sequence[Piece]) -> float:
    return sorted(piece.x1 - piece.x0 for piece in pieces)[len(pieces) * 3 // 4]


def _read_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces side by side make a line, from the left to the right; lines run from the top down."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom, piece.x0)):
        first = lines[-1][0] if lines else piece
        apart = abs((first.top + first.bottom) - (piece.top + piece.bottom)) / 2
        if lines and apart < 0.5 * max(piece.size, first.size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: (piece.x0, piece.text)) for line in lines]
