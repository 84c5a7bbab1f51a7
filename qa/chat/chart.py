"""The figures of a comparison as bars: an SVG whose words keep their size at any width."""

from __future__ import annotations

from collections.abc import Iterator

from qa.chat.markup import Html, element
from qa.records import Comparison

ROW, BASELINE, TOP, THICKNESS = 44, 15, 22, 12  # pixels: of a row, and in it of its words and its bar


def show_chart(comparison: Comparison) -> Html:
    """A bar for each figure of the unit that most have, a range with a lighter end; empty where nothing compares.

    The words are in pixels, the bars in per cent of the width, which is what a phone and a desk have in common.
    """
    known = [(label, each.text, each.low or 0.0, each.high or 0.0) for label, each in comparison.comparable()]
    if not known:
        return Html()
    least, most = min(0.0, *(low for *_, low, _ in known)), max(0.0, *(high for *_, high in known))
    if least == most:
        return Html()
    rows = (
        element(
            "g",
            element("text.label", label, x=0, y=place * ROW + BASELINE),
            element("text.value", text, x="100%", y=place * ROW + BASELINE, text_anchor="end"),
            *_bars(low, high, least, most, place * ROW + TOP),
        )
        for place, (label, text, low, high) in enumerate(known)
    )
    said = "；".join(f"{label}：{text}" for label, text, *_ in known)
    described = (element("title", "各项数字的条形图"), element("desc", said))
    return element("svg.chart", *described, *rows, role="img", width="100%", height=len(known) * ROW)


def _bars(low: float, high: float, least: float, most: float, top: int) -> Iterator[Html]:
    """The whole scale, the stretch that the figure leaves open, and the stretch from zero up to it."""
    sure = low if low > 0 else min(high, 0.0)
    for name, start, end in (("scale", least, most), ("open", low, high), ("sure", 0.0, sure)):
        left, right = sorted(100 * (value - least) / (most - least) for value in (start, end))
        across = {"x": f"{left:.2f}%", "width": f"{right - left:.2f}%"}
        yield element(f"rect.{name}", y=top, height=THICKNESS, **across)
