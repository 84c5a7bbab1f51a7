"""Lines on logarithmic axes as SVG, with nothing but text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 70, 200, 40, 45
COLOURS = ("#1f5fa8", "#c0392b", "#2e8b57", "#8e5ea2", "#b8860b")

Points = Sequence[tuple[float, float]]


def plot(title: str, across: str, series: Mapping[str, Points]) -> str:
    """An SVG of several lines, x and y from power of ten to power of ten."""
    points = [point for line in series.values() for point in line]
    (left, right), (low, high) = (_powers([point[axis] for point in points]) for axis in (0, 1))

    def place(point: tuple[float, float]) -> str:
        x = LEFT + (math.log10(point[0]) - left) / (right - left) * (WIDTH - LEFT - RIGHT)
        y = HEIGHT - BOTTOM - (math.log10(point[1]) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return f"{x:.1f},{y:.1f}"

    parts = [_text(LEFT, 22, title, size=14)]
    for power in range(left, right + 1):
        x, y = place((10**power, 10**low)).split(",")
        parts += [_line(f"{x},{y}", place((10**power, 10**high))), _text(float(x) - 12, float(y) + 18, f"10^{power}")]
    for power in range(low, high + 1):
        x, y = place((10**left, 10**power)).split(",")
        parts += [_line(f"{x},{y}", place((10**right, 10**power))), _text(10, float(y) + 4, f"{10.0**power:g}")]
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(map(place, line))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in (p.split(",") for p in path.split())]
        parts.append(_text(WIDTH - RIGHT + 12, TOP + 18 * (number + 1), name, colour))
    parts.append(_text(LEFT, HEIGHT - 8, across))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>", ""])


def _powers(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _text(x: float, y: float, text: str, colour: str = "#333", size: int = 11) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{colour}">{escape(text)}</text>'


def _line(start: str, end: str) -> str:
    (x1, y1), (x2, y2) = start.split(","), end.split(",")
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#ddd"/>'
