"""The title of a document, on one line or several, and the titles of what is attached to it or makes up its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.documents import wordlists
from qa.documents.headings import LONGEST_HEADING
from qa.documents.lines import DATE_LINE, Kind, Line, body_start, extent, is_agency

_ATTACHMENT = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[:：]?")
_OPEN_PHRASE = re.compile("关于|印发|转发")
_SUPPLEMENT = re.compile(
    r"\s*(?:[—－]+|-{2,}|\d{4}年?$|\d+篇$|(?:全文|范文|节选)$)"
)  # behind what a title calls itself
_HEADER_LINES = 25  # how far down a title may stand
LONGEST_TITLE = 120  # characters, a Latin word counting as one
_MOST_TITLE_LINES = 4


def mark_title(lines: list[Line]) -> None:
    """The title: in the head of the text, the first line that ends as titles of documents do, or the first at all."""
    marked = next((index for index, line in enumerate(lines) if line.kind is Kind.TITLE), _leading_heading(lines))
    if marked is not None:
        lines[marked].kind = Kind.TITLE
        _spread_title(lines, marked)
        return
    head = [line for line in lines[: min(body_start(lines), _HEADER_LINES)] if line.kind is None]
    head = [line for line in head if extent(line.text) <= LONGEST_TITLE and "。" not in line.text]
    if not head:
        first = next((line for line in lines if line.kind is None), None)
        if first and not first.numbering and extent(first.text) <= LONGEST_TITLE and first.text[-1] not in "。：:":
            first.kind = Kind.TITLE
        return
    named = next((line for line in head if ends_as_title(line.text)), None)
    below_agencies = next((line for line in head if not is_agency(line.text)), head[0])
    title = named or (below_agencies if _OPEN_PHRASE.search(below_agencies.text) else head[0])
    last = lines.index(title)
    start = last
    while start > 0 and lines[start - 1] in head and _continues(lines[start - 1].text, lines[start].text):
        start -= 1
    for line in lines[start : last + 1]:
        line.kind = Kind.TITLE
    _mark_repeated_titles(lines, _joined(lines[start : last + 1]))


def _leading_heading(lines: list[Line]) -> int | None:
    """The marked heading that the text begins with, where it is above all others or ends as titles do."""
    first = next((i for i, line in enumerate(lines) if line.kind not in (Kind.FURNITURE, Kind.METADATA)), None)
    if first is None or not lines[first].level or lines[first].numbering:
        return None
    others = [line.level for line in lines[first + 1 :] if line.level]
    alone = all(level > lines[first].level for level in others)
    return first if alone or ends_as_title(lines[first].text) else None


def _spread_title(lines: list[Line], first: int) -> None:
    """The title on the lines that the format marks, and those that it runs on to; a second one further down is none."""
    start, last = first, first
    while start > 0 and lines[start - 1].kind is None and _continues(lines[start - 1].text, lines[start].text):
        start -= 1
    while last + 1 < len(lines) and (
        lines[last + 1].kind is Kind.TITLE
        or (lines[last + 1].kind is None and _continues(lines[last].text, lines[last + 1].text))
    ):
        last += 1
    for line in lines[start : last + 1]:
        line.kind = Kind.TITLE
    for line in lines[last + 1 :]:
        if line.kind is Kind.TITLE:
            line.kind, line.level = Kind.HEADING, 1
    _mark_repeated_titles(lines, _joined(lines[start : last + 1]))


def read_title(lines: Sequence[Line]) -> str:
    """The title of the document, or of the first one attached where a letter has none; empty where there is neither."""
    attached = (line.text for line in lines if line.is_attachment_title and ends_as_title(line.text))
    return _joined([line for line in lines if line.kind is Kind.TITLE]) or next(attached, "")


def _joined(lines: Sequence[Line]) -> str:
    """The title on these lines as one; names of bodies that stand each on its own line are kept apart."""
    parts = [line.text + " " * is_agency(line.text) for line in lines]
    return re.sub(r" (?=关于|印发|转发|$)", "", "".join(parts))


def _continues(above: str, below: str) -> bool:
    """Whether a title runs on from one line to the next: after the bodies that issue it, or a phrase left open."""
    open_phrase = _OPEN_PHRASE.search(above) is not None and not ends_as_title(above)
    return is_agency(above) or open_phrase or below.count("》") > below.count("《")


def _mark_repeated_titles(lines: list[Line], title: str) -> None:
    """The title once more at the head of the text, on one line or several."""
    for start, line in enumerate(lines[:_HEADER_LINES]):
        for end in range(start + 1, start + 1 + _MOST_TITLE_LINES):
            repeated = lines[start:end]
            if line.kind is None and _without_space("".join(line.text for line in repeated)) == _without_space(title):
                for part in repeated:
                    part.kind = part.kind or Kind.FURNITURE


def _without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


def ends_as_title(text: str) -> bool:
    return _bare(text).endswith(wordlists.document_kinds())


def title_kind(title: str) -> str | None:
    """What a document calls itself (通知, 工作要点): how its title ends, there before a dash or year too."""
    for part in (title, _SUPPLEMENT.split(title)[0]):
        if kinds := [kind for kind in wordlists.document_kinds() if _bare(part).endswith(kind)]:
            return max(kinds, key=len)
    return None


def _bare(text: str) -> str:
    """The text without what stands in brackets behind it."""
    return re.sub(r"[(（][^()（）]{1,30}[)）]\s*$|〔[^〔〕]{1,20}〕\s*$", "", text).rstrip("》” ")


def mark_attachment_titles(lines: list[Line]) -> None:
    """A document inside the document: its title stands alone, after a signature or the word 附件."""
    for before, line in pairwise(lines):
        if line.kind is not None or len(line.text) > LONGEST_HEADING or "。" in line.text:
            continue
        if _ATTACHMENT.fullmatch(line.text) or (
            not line.numbering
            and ends_as_title(line.text)
            and (before.is_attachment_title or (before.kind is Kind.METADATA and DATE_LINE.search(before.text)))
        ):
            line.kind, line.is_attachment_title = Kind.HEADING, True


def mark_part_titles(lines: list[Line]) -> None:
    """The headings of a report's parts that bear no number (2024年工作回顾): short lines before running text."""
    body = [line for line in lines[body_start(lines) :] if line.kind is not Kind.FURNITURE]
    for line, after in pairwise(body):
        if line.kind is not None or line.numbering or len(line.text) > LONGEST_HEADING:
            continue
        runs_on = after.numbering is not None or len(after.text) > LONGEST_HEADING
        if runs_on and not re.search(r"[。，,；;：:！？]", line.text) and wordlists.part_titles().fullmatch(line.text):
            line.kind = Kind.HEADING
