"""The layout of a text: each line told apart as heading, metadata, furniture or paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from qa.documents import wordlists
from qa.documents.adoption import mark_adoption
from qa.documents.formats.extracts import Mark
from qa.documents.headings import ALWAYS_HEADINGS, LONGEST_HEADING, Numbering, is_rule, read_numbering, run_in_heading
from qa.documents.labels import join_label_values, labelled_columns
from qa.documents.lines import (
    COVER_LINE,
    ISSUE_LINE,
    NUMBER_LINE,
    ORDINAL_LINE,
    SIGNED_LINE,
    Kind,
    Line,
    extent,
    is_agency,
    split_lines,
)
from qa.documents.parts import mark_attachment_titles, mark_part_titles
from qa.documents.titles import LONGEST_TITLE, ends_as_title, mark_title

_HASHES = re.compile(r"#{1,6}\s+|\s+#+$")  # of a heading in Markdown
_ISO_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}( \d{1,2}:\d{2}(:\d{2})?)?")
_DATED_LINK = re.compile(r"(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?!\s*$)[^。]{4,60}")  # 02-03市政府召开…
_FEWEST_LINKS = 3
_LONGEST_FURNITURE = 120
_LONGEST_MENU_ITEM = 30
_LINES_TO_TITLE = 5  # below where the page is on its site


def read_layout(text: str, titled: bool = True, marks: Iterable[Mark] = ()) -> list[Line]:
    """The lines of the text that are not blank, each with its kind; `titled` when one of them is to be the title.

    What the file's format says of a line (`marks`) goes before what its wording suggests, page furniture apart.
    """
    marks = sorted(marks, key=lambda mark: mark.start)
    lines = _join_rows(split_lines(text), marks)
    join_label_values(lines)
    _mark_furniture(lines, len(text))
    _take_marks(lines, marks)
    _mark_link_lists([line for line in lines if line.kind is not Kind.ROW])
    _mark_metadata(lines)
    mark_adoption(lines)
    _mark_signatures(lines)
    if titled:
        mark_title(lines)
    mark_attachment_titles(lines)
    mark_part_titles(lines)
    _mark_headings(lines)
    for line in lines:
        line.kind = line.kind or Kind.PARAGRAPH
    return lines


def _marks_of(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[tuple[Line, Mark | None]]:
    """Each line with its mark; marks in the order of the text."""
    starts = [mark.start for mark in marks]
    for line in lines:
        place = bisect_right(starts, line.start) - 1
        yield line, marks[place] if place >= 0 and line.start < marks[place].end else None


def _join_rows(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Line]:
    """The lines, those of one table row made one."""
    joined: list[Line] = []
    last: Mark | None = None
    for line, mark in _marks_of(lines, marks):
        if mark is not None and mark is last and mark.kind == "row":
            joined[-1].text, joined[-1].end, joined[-1].numbering = f"{joined[-1].text} | {line.text}", line.end, None
        else:
            joined.append(line)
        last = mark
    return joined


def _take_marks(lines: list[Line], marks: Sequence[Mark]) -> None:
    """Gives the marked lines the kinds that their marks say; a layout table of labels and values is metadata."""
    for line, mark in _marks_of(lines, marks):
        if mark is None or line.kind is not None:
            continue
        if mark.kind in ("title", "heading"):
            line.text = _HASHES.sub("", line.text)
            line.numbering = read_numbering(line.text)
            if extent(line.text) > LONGEST_TITLE:
                continue
        line.kind, line.level, line.context, line.told = Kind(mark.kind), mark.level, mark.context, mark.told
    rows_on = [*lines[1:], None]
    for line, after in zip(lines, rows_on, strict=True):
        heads_columns = after is not None and after.context != ""
        if line.kind is Kind.ROW and not line.context and not heads_columns:
            line.kind = Kind.METADATA if _is_metadata(line.text) else Kind.ROW


def _mark_furniture(lines: list[Line], length: int) -> None:
    everything = False
    for line in lines:
        everything = everything or (
            line.start > length * 2 / 3 and wordlists.furniture_from_here().fullmatch(line.text) is not None
        )
        short = len(line.text) <= _LONGEST_FURNITURE
        if everything or not line.text or (short and wordlists.furniture().fullmatch(line.text)):
            line.kind = Kind.FURNITURE
    _mark_menu(lines, length)


def _mark_menu(lines: list[Line], length: int) -> None:
    """A site's menu, above the line that says where on the site the page is; of it only short lines, unless the title
    stands below that line and none with its metadata above."""
    for place, line in enumerate(lines):
        if len(line.text) <= _LONGEST_FURNITURE and wordlists.furniture_to_here().fullmatch(line.text):
            menu = lines[:place]
            titled_below = not _bears_title(menu) and any(
                ends_as_title(below.text) for below in lines[place + 1 :][:_LINES_TO_TITLE]
            )
            if line.start < length * (2 / 3 if titled_below else 1 / 3):
                _mark_above(menu, titled_below)
            return


def _bears_title(lines: list[Line]) -> bool:
    return any(ends_as_title(line.text) and _is_metadata(below.text) for line, below in pairwise(lines))


def _mark_above(menu: list[Line], titled_below: bool) -> None:
    for line in menu:
        may_be_title = len(line.text) > _LONGEST_MENU_ITEM or ends_as_title(line.text)
        if not _is_metadata(line.text) and (titled_below or not may_be_title):
            line.kind = Kind.FURNITURE


def _mark_link_lists(lines: list[Line]) -> None:
    """The titles of other articles: behind their dates, line after line, or between lines that bear only a date."""
    for is_linked, run in groupby(lines, key=lambda line: _DATED_LINK.fullmatch(line.text) is not None):
        links = list(run)
        if is_linked and len(links) >= _FEWEST_LINKS:
            for line in links:
                line.kind = Kind.FURNITURE
    dated = [index for index, line in enumerate(lines) if _ISO_DATE.fullmatch(line.text)]
    for index in dated:
        lines[index].kind = Kind.FURNITURE
    for before, after in pairwise(dated):
        between = lines[before + 1 : after]
        if len(between) <= 2 and all(len(line.text) <= 60 and "。" not in line.text for line in between):
            for line in between:
                line.kind = Kind.FURNITURE


def _mark_metadata(lines: list[Line]) -> None:
    for line in lines:
        if line.kind is None and _is_metadata(line.text):
            line.kind = Kind.METADATA


def _is_metadata(text: str) -> bool:
    label = wordlists.label_pattern()
    labelled = rf"[【\[（(]?(?:{label})(?:\s*(?:[:：】\]|].*|[12]\d{{3}}[-/.年\d][^。\t]*))?"
    return (
        NUMBER_LINE.fullmatch(text) is not None
        or (len(text) <= 200 and re.fullmatch(labelled, text) is not None)
        or ORDINAL_LINE.fullmatch(text) is not None
        or (len(text) <= 200 and labelled_columns(text) != [])
        or any((found := form.fullmatch(text)) and is_agency(found["by"]) for form in (COVER_LINE, ISSUE_LINE))
    )


def _mark_signatures(lines: list[Line]) -> None:
    """A date on a line of its own, and the bodies that sign above it."""
    for index, line in enumerate(lines):
        found = SIGNED_LINE.fullmatch(line.text) if line.kind is None else None
        if not found or (found["by"] and not is_agency(found["by"])):
            continue
        line.kind = Kind.METADATA
        above = index - 1
        while above > 0 and lines[above].kind is None and not lines[above].numbering and is_agency(lines[above].text):
            lines[above].kind = Kind.METADATA
            above -= 1


def _mark_headings(lines: list[Line]) -> None:
    body = [line for line in lines if line.kind in (None, Kind.HEADING, Kind.ROW)]
    for index, line in enumerate(body):
        if line.kind is not None or line.numbering is None or len(line.text) > LONGEST_HEADING:
            continue
        if line.numbering.style in ALWAYS_HEADINGS:
            line.kind = Kind.HEADING
            continue
        before = body[index - 1] if index else None
        after = body[index + 1] if index + 1 < len(body) else None
        if _heads_what_follows(line.text, line.numbering, before, after):
            line.kind = Kind.HEADING


def _heads_what_follows(text: str, numbering: Numbering, before: Line | None, after: Line | None) -> bool:
    """Whether a short numbered line is a heading rather than an item of a list."""
    if text.endswith(("；", ";", "，", ",", "、")) or after is None or numbering.style == "条":
        return False
    sentences = len(re.findall(r"[。！？；;]", text))
    if sentences > 1 or (sentences == 1 and (is_rule(text) or not text.endswith(("。", "！", "？")))):
        return False
    if _is_neighbour(numbering, after, 1):
        return False
    follows = _is_neighbour(numbering, before, -1)
    if after.numbering and after.numbering.rank <= numbering.rank:
        return not follows and not sentences
    if after.numbering or not sentences:
        return True
    return not follows or _begins_with_heading(before)


def _begins_with_heading(line: Line | None) -> bool:
    return line is not None and line.numbering is not None and run_in_heading(line.text, line.numbering) is not None


def _is_neighbour(numbering: Numbering, line: Line | None, step: int) -> bool:
    other = line.numbering if line else None
    return other is not None and other.style == numbering.style and other.value == numbering.value + step
