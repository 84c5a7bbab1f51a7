"""Text whose lines were broken at a fixed width, put back into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_WIDEST, _NARROWEST = 60, 16  # in full-width characters: how a page of Chinese text is set
_FEWEST_LINES = 8
_SLACK = 2  # what a full line may lack or have over, since no line begins with a comma
_LEAST_FULL = 0.35  # share of full lines in a text that was wrapped
_MOST_WIDER = 0.15  # of all lines: those with figures and Latin letters, which are set narrower, and of tables
_LEAST_BROKEN = 0.85  # share of the full lines that end within a sentence
_SENTENCE_ENDS = tuple("。！？：；!?:;")
_BEGINS_PARAGRAPH = re.compile(
    r"[\s　]|[#>|•●■◆①-⑳]|第[一二三四五六七八九十百零\d]+[编章节条款]|[一二三四五六七八九十]+、"
    r"|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、．)）]|\d{1,2}\.(?!\d)|附件|[-—–]?\s*\d{1,3}\s*[-—–]?$"
)
_PAGE_NUMBER = re.compile(r"\s*[-—–·]*\s*(\d{1,3})\s*[-—–·]*\s*")
_SHORTEST_PAGE = 12  # lines; the numbers of a table's rows stand nearer to one another
_INDENT = 2  # the first line of a paragraph is narrower where its indentation was lost
_RUNNING = re.compile(r"[，。；：、]|第[一二三四五六七八九十百零\d]+条")
_HALF_WIDTH = re.compile(r"[ -~]")
_LETTER = re.compile(r"[A-Za-z]")


def join_wrapped_lines(text: str) -> str:
    """The text without the line breaks inside its paragraphs, or as it is where its lines are its paragraphs.

    Without the page numbers, too, that stand between the lines.
    """
    if len(text) > _FEWEST_LINES and len(text) / (text.count("\n") + 1) > _WIDEST:
        return text
    lines = text.split("\n")
    width = _wrapping_width([line.rstrip() for line in lines if line.strip()])
    if width is None:
        return text
    numbers = _page_numbers(lines)
    lines = [line for place, line in enumerate(lines) if place not in numbers]
    indented = sum(line[:1].isspace() and bool(line.strip()) for line in lines) >= _FEWEST_LINES
    joined, first = [lines[0]], True
    for before, line in pairwise(lines):
        indent = _INDENT if first and not indented and _RUNNING.search(before) else 0
        full = _width(before.rstrip()) >= width - _SLACK - indent
        ended = before.rstrip().endswith(_SENTENCE_ENDS) and not indented
        first = not full or ended or not line or _BEGINS_PARAGRAPH.match(line) is not None
        words = _LETTER.match(before[-1:]) and _LETTER.match(line)
        joined += ["\n" if first else " " if words else "", line]
    return "".join(joined)


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """The places of the lines that number pages: they hold a number alone, the next one a page later."""
    alone = [(place, int(match[1])) for place, line in enumerate(lines) if (match := _PAGE_NUMBER.fullmatch(line))]
    following = [
        (place, later)
        for (place, number), (later, next_number) in pairwise(alone)
        if next_number == number + 1 and later - place >= _SHORTEST_PAGE
    ]
    return {place for pair in following for place in pair}


def _wrapping_width(lines: Sequence[str]) -> int | None:
    """The width at which the lines are evidently broken, in full-width characters."""
    if len(lines) < _FEWEST_LINES:
        return None
    widths = [_width(line) for line in lines]
    long = Counter(round(width) for width in widths if width >= _NARROWEST)
    if not long:
        return None
    usual = max(long, key=lambda width: (long[width], width))
    full = [line for line, width in zip(lines, widths, strict=True) if abs(width - usual) <= _SLACK]
    wider = sum(width > usual + _SLACK for width in widths)
    broken = sum(not line.endswith(_SENTENCE_ENDS) for line in full)
    evident = (
        usual <= _WIDEST
        and len(full) >= len(lines) * _LEAST_FULL
        and wider <= len(lines) * _MOST_WIDER
        and broken >= len(full) * _LEAST_BROKEN
    )
    return usual if evident else None


def _width(line: str) -> float:
    return len(line) - len(_HALF_WIDTH.findall(line)) / 2
