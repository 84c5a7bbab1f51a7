"""The lines of a text, and what can be told of a line by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from qa.documents import wordlists
from qa.documents.headings import Numbering, read_numbering
from qa.records import Told

_MARKUP = re.compile(r"<\??/?[A-Za-z][^<>]*>")
_UNSEEN = re.compile("&(?:ensp|emsp|nbsp|thinsp);|[\u200b-\u200f\ufeff]")
_LINE = re.compile(rf"(?P<markup>\s*(?:{_MARKUP.pattern}\s*)*)(?P<content>\S(?:[^\n]*\S)?)")
_BULLET = re.compile(r"^[•·●▪◆■□\s]+")
_NUMERAL_YEAR = r"(?:\d{4}|[一二][〇○ΟОO零0一二三四五六七八九]{3})"
_NUMERAL = r"[\d一二三四五六七八九十]{1,3}"
DATE_LINE = re.compile(rf"{_NUMERAL_YEAR}\s*年\s*{_NUMERAL}\s*月\s*{_NUMERAL}\s*日")
NUMBER_LINE = re.compile(
    r"[一-鿿]{1,14}(?:字|函|办|发|规|令|政)?\s*[〔\[【(（﹝]\s*\d{4}\s*[〕\]】)）﹞]\s*(?:第\s*)?\d+\s*号"
)
# A signature: bodies and a date; what the page puts behind it (2020年2月5日 分享：) only where bodies stand before.
SIGNED_LINE = re.compile(
    rf"(?:(?P<by>[^，。；：:]{{2,120}}?)\s*)?(?P<date>{DATE_LINE.pattern})(?(by)(?:\s+[^\s，。；\d]{{1,12}}){{0,2}})"
)
ISSUE_LINE = re.compile(rf"(?P<by>[一-鿿]{{2,40}})\s*{DATE_LINE.pattern}\s*印发")
# An order's first line, or the red head of a letter.
COVER_LINE = re.compile(
    r"(?P<by>[一-鿿、\s]{2,60}?)\s*(?:文\s*件|令(?:\s*[（(]?\s*第?\s*[\d〇零一二三四五六七八九十百]+\s*号\s*[）)]?)?)"
)
ORDINAL_LINE = re.compile(
    r"[（(]?\s*(?:〔\d{4}〕\s*)?第\s*[\d〇零一二三四五六七八九十百]+\s*号\s*[）)]?"
)  # of an order
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
    told: tuple[Told, ...] = ()  # the figures of a table row


def split_lines(text: str) -> list[Line]:
    """The lines of the text that are not blank, numbered ones with their number."""
    lines = [
        Line(
            start=match.end("markup"),
            end=match.end(),
            text=_BULLET.sub("", _UNSEEN.sub(" ", _MARKUP.sub("", match["content"]))).strip(),
            markup=match.start() if match["markup"].strip() else match.end("markup"),
        )
        for match in _LINE.finditer(text, 0, len(text.rstrip()))
    ]
    for line in lines:
        line.numbering = read_numbering(line.text)
    return lines


def is_agency(text: str) -> bool:
    """Whether a short text names a public body, or several side by side."""
    return (
        1 < len(text) <= _LONGEST_AGENCY
        and not re.search(r"[。，,；;：:！？“”《》]|关于|印发|转发|^为", text)
        and text.rstrip(" 　").endswith(wordlists.agency_endings())
    )


def extent(text: str) -> int:
    """The length in characters, a Latin word counting as one."""
    return len(re.findall(r"[A-Za-z]+|[^A-Za-z\s]", text))


def body_start(lines: Sequence[Line]) -> int:
    """The first line of running text: a numbered one, an address (…：) or a full sentence."""
    for index, line in enumerate(lines):
        if line.kind in (Kind.FURNITURE, Kind.METADATA, Kind.TITLE):
            continue
        if line.kind is not None:
            return index
        sentence = extent(line.text) > 45 and re.search(r"[，,。]", line.text)
        if line.numbering or sentence or line.text.endswith(("：", ":")):
            return index
    return len(lines)
