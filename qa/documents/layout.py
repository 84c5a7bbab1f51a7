"""The layout of a text: each line told apart as heading, metadata, furniture or paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from qa.documents import wordlists
from qa.documents.formats.extracts import Mark
from qa.documents.headings import ALWAYS_HEADINGS, LONGEST_HEADING, Numbering, read_numbering

_MARKUP = re.compile(r"<\??/?[A-Za-z][^<>]*>")
_LINE = re.compile(rf"(?P<markup>\s*(?:{_MARKUP.pattern}\s*)*)(?P<content>\S(?:[^\n]*\S)?)")
_HASHES = re.compile(r"#{1,6}\s+|\s+#+$")  # of a heading in Markdown
_BULLET = re.compile(r"^[•·●▪◆■□\s]+")
_ISO_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}( \d{1,2}:\d{2}(:\d{2})?)?")
_NUMERAL_YEAR = r"(?:\d{4}|[一二][〇○ΟОO零0一二三四五六七八九]{3})"
_NUMERAL = r"[\d一二三四五六七八九十]{1,3}"
DATE_LINE = re.compile(rf"{_NUMERAL_YEAR}\s*年\s*{_NUMERAL}\s*月\s*{_NUMERAL}\s*日")
NUMBER_LINE = re.compile(
    r"[一-鿿]{1,14}(?:字|函|办|发|规|令|政)?\s*[〔\[【(（﹝]\s*\d{4}\s*[〕\]】)）﹞]\s*(?:第\s*)?\d+\s*号"
)
_ATTACHMENT = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[:：]?")
_OPEN_PHRASE = re.compile("关于|印发|转发")
_HEADER_LINES = 25  # how far down a title may stand
_LONGEST_TITLE = 120
_MOST_TITLE_LINES = 4
_LONGEST_FURNITURE = 120
_LONGEST_AGENCY = 80  # several bodies side by side


class Kind(Enum):
    TITLE = "title"
    HEADING = "heading"
    METADATA = "metadata"
    FURNITURE = "furniture"
    PARAGRAPH = "paragraph"
    ROW = "row"


@dataclass(slots=True)
class Line:
    """A line that is not blank; `text` is without outer white space, bullets and left-over markup."""

    start: int  # offsets of the line without its outer white space and the markup before it
    end: int
    text: str
    markup: int  # where left-over markup before it begins; `start` where there is none
    kind: Kind | None = None
    numbering: Numbering | None = None
    is_attachment_title: bool = False
    level: int = 0  # of a heading, where the file's format gives it
    context: str = ""  # of a table row


def read_layout(text: str, titled: bool = True, marks: Iterable[Mark] = ()) -> list[Line]:
    """The lines of the text that are not blank, each with its kind; `titled` when one of them is to be the title.

    What the file's format says of a line (`marks`) goes before what its wording suggests, page furniture apart.
    """
    lines = [
        Line(
            start=match.end("markup"),
            end=match.end(),
            text=_BULLET.sub("", _MARKUP.sub("", match["content"])).strip(),
            markup=match.start() if match["markup"].strip() else match.end("markup"),
        )
        for match in _LINE.finditer(text, 0, len(text.rstrip()))
    ]
    for line in lines:
        line.numbering = read_numbering(line.text)
    _mark_furniture(lines, len(text))
    _take_marks(lines, marks)
    _mark_link_lists([line for line in lines if line.kind is not Kind.ROW])
    _mark_metadata(lines)
    _mark_signatures(lines)
    if titled:
        _mark_title(lines)
    _mark_attachment_titles(lines)
    _mark_part_titles(lines)
    _mark_headings(lines)
    for line in lines:
        line.kind = line.kind or Kind.PARAGRAPH
    return lines


def _take_marks(lines: list[Line], marks: Iterable[Mark]) -> None:
    """Gives the marked lines the kinds that their marks say; a layout table of labels and values is metadata."""
    ordered = sorted(marks, key=lambda mark: mark.start)
    starts = [mark.start for mark in ordered]
    for line in lines:
        place = bisect_right(starts, line.start) - 1
        mark = ordered[place] if place >= 0 and line.start < ordered[place].end else None
        if mark is None or line.kind is not None:
            continue
        if mark.kind in ("title", "heading"):
            line.text = _HASHES.sub("", line.text)
            line.numbering = read_numbering(line.text)
            if _extent(line.text) > _LONGEST_TITLE:
                continue
        line.kind, line.level, line.context = Kind(mark.kind), mark.level, mark.context
    rows_on = [*lines[1:], None]
    for line, after in zip(lines, rows_on, strict=True):
        heads_columns = after is not None and after.context != ""
        if line.kind is Kind.ROW and not line.context and not heads_columns:
            line.kind = Kind.METADATA if _is_metadata(line.text) else Kind.ROW


def is_agency(text: str) -> bool:
    """Whether a short text names a public body, or several side by side."""
    return (
        1 < len(text) <= _LONGEST_AGENCY
        and not re.search(r"[。，,；;：:！？“”《》]|关于|印发|转发|^为", text)
        and text.rstrip(" 　").endswith(wordlists.agency_endings())
    )


def _mark_furniture(lines: list[Line], length: int) -> None:
    everything = False
    for line in lines:
        everything = everything or (
            line.start > length * 2 / 3 and wordlists.furniture_from_here().fullmatch(line.text) is not None
        )
        short = len(line.text) <= _LONGEST_FURNITURE
        if everything or not line.text or (short and wordlists.furniture().fullmatch(line.text)):
            line.kind = Kind.FURNITURE


def _mark_link_lists(lines: list[Line]) -> None:
    """Lines that bear only a date of the web, and the titles of other articles between them."""
    dated = [index for index, line in enumerate(lines) if _ISO_DATE.fullmatch(line.text)]
    for index in dated:
        lines[index].kind = Kind.FURNITURE
    for before, after in pairwise(dated):
        between = lines[before + 1 : after]
        if len(between) <= 2 and all(len(line.text) <= 60 and "。" not in line.text for line in between):
            for line in between:
                line.kind = Kind.FURNITURE


def _body_start(lines: list[Line]) -> int:
    """The first line of running text: a numbered one, an address (…：) or a full sentence."""
    for index, line in enumerate(lines):
        if line.kind in (Kind.FURNITURE, Kind.METADATA, Kind.TITLE):
            continue
        if line.kind is not None:
            return index
        sentence = _extent(line.text) > 45 and re.search(r"[，,。]", line.text)
        if line.numbering or sentence or line.text.endswith(("：", ":")):
            return index
    return len(lines)


def _extent(text: str) -> int:
    """The length in characters, a Latin word counting as one."""
    return len(re.findall(r"[A-Za-z]+|[^A-Za-z\s]", text))


def _mark_metadata(lines: list[Line]) -> None:
    for line in lines:
        if line.kind is None and _is_metadata(line.text):
            line.kind = Kind.METADATA


def _is_metadata(text: str) -> bool:
    labelled = rf"(?:{wordlists.label_pattern()})(?:\s*[:：|].*)?"
    return NUMBER_LINE.fullmatch(text) is not None or (len(text) <= 200 and re.fullmatch(labelled, text) is not None)


def _mark_signatures(lines: list[Line]) -> None:
    """A date on a line of its own, and the bodies that sign above it."""
    for index, line in enumerate(lines):
        if line.kind is not None:
            continue
        date = DATE_LINE.search(line.text)
        if not date or date.end() != len(line.text):
            continue
        signed = line.text[: date.start()].strip()
        if signed and not is_agency(signed):
            continue
        line.kind = Kind.METADATA
        above = index - 1
        while above > 0 and lines[above].kind is None and not lines[above].numbering and is_agency(lines[above].text):
            lines[above].kind = Kind.METADATA
            above -= 1


def _mark_title(lines: list[Line]) -> None:
    """The title: in the head of the text, the first line that ends as titles of documents do, or the first at all."""
    marked = next((index for index, line in enumerate(lines) if line.kind is Kind.TITLE), _leading_heading(lines))
    if marked is not None:
        lines[marked].kind = Kind.TITLE
        _spread_title(lines, marked)
        return
    head = [line for line in lines[: min(_body_start(lines), _HEADER_LINES)] if line.kind is None]
    head = [line for line in head if _extent(line.text) <= _LONGEST_TITLE and "。" not in line.text]
    if not head:
        first = next((line for line in lines if line.kind is None), None)
        if first and not first.numbering and _extent(first.text) <= _LONGEST_TITLE and first.text[-1] not in "。：:":
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
    bare = re.sub(r"[(（][^()（）]{1,30}[)）]\s*$|〔[^〔〕]{1,20}〕\s*$", "", text).rstrip("》” ")
    return bare.endswith(wordlists.document_kinds())


def _mark_attachment_titles(lines: list[Line]) -> None:
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


def _mark_part_titles(lines: list[Line]) -> None:
    """The headings of a report's parts that bear no number (2024年工作回顾): short lines before running text."""
    body = [line for line in lines[_body_start(lines) :] if line.kind is not Kind.FURNITURE]
    for line, after in pairwise(body):
        if line.kind is not None or line.numbering or len(line.text) > LONGEST_HEADING:
            continue
        runs_on = after.numbering is not None or len(after.text) > LONGEST_HEADING
        if runs_on and not re.search(r"[。，,；;：:！？]", line.text) and wordlists.part_titles().fullmatch(line.text):
            line.kind = Kind.HEADING


def _mark_headings(lines: list[Line]) -> None:
    body = [line for line in lines if line.kind in (None, Kind.HEADING)]
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
    if sentences > 1 or (sentences == 1 and not text.endswith(("。", "！", "？"))):
        return False
    if _is_neighbour(numbering, after, 1):
        return False
    nothing_below = after.numbering is not None and after.numbering.rank <= numbering.rank
    if _is_neighbour(numbering, before, -1) and (sentences or nothing_below):
        return False
    if sentences:
        return after.numbering is None or after.numbering.rank > numbering.rank
    return True


def _is_neighbour(numbering: Numbering, line: Line | None, step: int) -> bool:
    other = line.numbering if line else None
    return other is not None and other.style == numbering.style and other.value == numbering.value + step
