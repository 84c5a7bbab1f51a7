"""What stands under the title of a law: who adopted it, and when (（2009年6月27日…第九次会议通过，自…起施行）)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from qa.documents.lines import DATE_LINE, Kind, Line

_HEADER_LINES = 25  # how far down a note may stand
_MOST_LINES = 8
_MADE = r"(?:通过|公布|发布|颁布|批准|修正|修订|修改|施行|实施)"
_ORDINAL = re.compile(r"第[〇零一二三四五六七八九十百\d]+届")
_BODY = re.compile(
    r"(?:经|由|根据)?([^\W\da-zA-Z_的]*?(?:人民代表大会常务委员会|人民代表大会|人大常委会|人民政府|国务院|人民法院|人民检察院|委员会|部|局|厅))"
    rf"(?=\s*(?:令|公告|第[^，,]{{1,8}}次|审判委员会|检察委员会|[一-鿿]{{0,4}}会议|[一-鿿]{{0,3}}{_MADE}))"
)


def mark_adoption(lines: Sequence[Line]) -> None:
    for line in _note(lines):
        line.kind = line.kind or Kind.METADATA


def read_adoption(lines: Sequence[Line]) -> tuple[str | None, str]:
    """Who made the law, and the part of its note that tells the day it was made or last changed; "" without a note."""
    note = "".join(line.text for line in _note(lines))
    body = _BODY.search(_ORDINAL.sub("", DATE_LINE.sub(" ", note)))
    days = [found.group() for found in DATE_LINE.finditer(note) if not _begins_force(note, found)]
    return body.group(1) if body else None, days[-1] if days else ""


def _begins_force(note: str, day: re.Match[str]) -> bool:
    return (
        note[: day.start()].rstrip().endswith("自") or re.match(r"\s*(?:起|施行|实施)", note[day.end() :]) is not None
    )


def _note(lines: Sequence[Line]) -> list[Line]:
    """The lines of the note: one pair of brackets, however many lines it takes, or dated lines without brackets."""
    for index, line in enumerate(lines[:_HEADER_LINES]):
        if line.numbering or line.kind is Kind.FURNITURE:
            continue
        if line.text.startswith(("（", "(")):
            note = list(_bracketed(lines[index : index + _MOST_LINES]))
            text = "".join(part.text for part in note)
            if DATE_LINE.search(text) and re.search(_MADE, text):
                return note
        elif _is_dated(line):
            return list(takewhile(_is_dated, lines[index : index + _MOST_LINES]))
    return []


def _bracketed(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines down to the one on which the bracket closes that opens on the first; the first alone if none does."""
    depth = 0
    for index, line in enumerate(lines):
        depth += len(re.findall("[（(]", line.text)) - len(re.findall("[）)]", line.text))
        if depth <= 0:
            return lines[: index + 1]
    return lines[:1]


def _is_dated(line: Line) -> bool:
    return re.fullmatch(rf"(?:{DATE_LINE.pattern})[^。：]{{2,100}}{_MADE}", line.text) is not None
