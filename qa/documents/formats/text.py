"""Plain text and Markdown, in whatever encoding they come."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from qa.documents.formats.extracts import Extract, Mark, count_characters, describe_columns
from qa.documents.formats.flattened import mark_tables
from qa.documents.formats.rows import tell_rows
from qa.documents.formats.wrapping import join_wrapped_lines
from qa.errors import DocumentError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODINGS = ("utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE = 1 << 16  # bytes that are enough to tell an encoding by; even, so that UTF-16 is not cut
_LEAST_EVERYDAY = 0.7  # share of everyday characters below which nothing was written in that encoding
_FEW_DAMAGED = 5
_MOST_DAMAGED = 0.002  # share of characters that may be damaged in what is otherwise text
_BEYOND_ASCII = re.compile(rb"[\x00\x80-\xff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PUNCTUATION = re.compile(
    r"[\t\n\r -~\xa0·×÷±°§\u2010-\u203b℃\u2160-\u217f←-↓\u2460-\u249b■-●\u3000-\u303f\uff01-\uff5e]"
)

_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


def read_text(path: Path) -> Extract:
    """A plain text: the file's own, line ends and page numbers apart, its tables marked.

    Raises DocumentError for what is no text.
    """
    decoded, damaged = decode(path.read_bytes())
    text = join_wrapped_lines(_plain_line_ends(decoded))
    numbers = count_characters(decoded) - count_characters(text)
    return Extract(text, marks=tuple(mark_tables(text)), dropped=damaged + numbers)


def read_markdown(path: Path) -> Extract:
    """A Markdown text, its headings and table rows marked. Raises DocumentError for what is no text."""
    decoded, damaged = decode(path.read_bytes())
    text = _plain_line_ends(decoded)
    return Extract(text, marks=tuple(_mark_markdown(text)), dropped=damaged)


def decode(content: bytes) -> tuple[str, int]:
    """The text of a file's bytes, and how many damaged characters stand in it as U+FFFD.

    Raises DocumentError for what is no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(encoding, content[len(mark) :])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(_guess_encoding(content), content)
    if "\x00" in text:  # UTF-16 of Latin letters and digits is valid UTF-8
        return _decode_as(_guess_encoding(content), content)
    if len(_CONTROLS.findall(text[:_SAMPLE])) > max(8, len(text[:_SAMPLE]) * 0.01):
        raise _no_text()
    return text, 0


def _guess_encoding(content: bytes) -> str:
    """The encoding that makes the most everyday characters of a sample: the wrong ones make rare ones."""
    first = _BEYOND_ASCII.search(content)
    start = first.start() & ~1 if first else 0  # a page may begin with any amount of script
    sample = content[start : start + _SAMPLE]
    shares = [_share_of_everyday(sample.decode(encoding, "replace")) for encoding in _ENCODINGS]
    best = max(shares)
    if best < _LEAST_EVERYDAY:
        raise _no_text()
    return _ENCODINGS[shares.index(best)]


def _share_of_everyday(text: str) -> float:
    counts = Counter(text)
    usual = sum(count for character, count in counts.items() if character in _everyday_hanzi())
    marks = sum(count for character, count in counts.items() if _PUNCTUATION.match(character))
    return (usual + marks) / max(len(text), 1)


@cache
def _everyday_hanzi() -> frozenset[str]:
    """The first levels of GB 2312 (3,755, simplified) and of Big5 (5,401, traditional)."""
    simplified = bytes(byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(byte for lead in range(0xA4, 0xC7) for trail in trails for byte in (lead, trail))
    return frozenset(simplified.decode("gb2312", "ignore")) | frozenset(traditional.decode("big5", "ignore"))


def _decode_as(encoding: str, content: bytes) -> tuple[str, int]:
    try:
        text, damaged = content.decode(encoding), 0
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace")
        damaged = text.count("\ufffd")
    if "\x00" in text:
        damaged += text.count("\x00")
        text = text.replace("\x00", "\ufffd")
    if damaged > max(_FEW_DAMAGED, len(text) * _MOST_DAMAGED):
        raise _no_text()
    return text, damaged


def _no_text() -> DocumentError:
    return DocumentError(
        "不是可以识别的文字（UTF-8、UTF-16、GB18030 或 Big5），文件可能已损坏。"
        "请用记事本打开，另存为 UTF-8 编码的文本文件。"
    )


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mark_markdown(text: str) -> Iterator[Mark]:
    lines = [(match.start(), match.group()) for match in re.finditer(r"[^\n]*", text) if match.group()]
    fenced, place = False, 0
    while place < len(lines):
        start, line = lines[place]
        marks: list[Mark] = []
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (heading := _HEADING.match(line)):
            marks = [Mark(start, start + len(line), "heading", len(heading[1]))]
        elif not fenced and _heads_table(lines, place):
            marks = _mark_table(text, lines, place)
        yield from marks
        place += max(1, len(marks))


def _heads_table(lines: Sequence[tuple[int, str]], place: int) -> bool:
    after = lines[place + 1][1] if place + 1 < len(lines) else ""
    return "|" in lines[place][1] and "|" in after and _RULE.fullmatch(after) is not None


def _mark_table(text: str, lines: Sequence[tuple[int, str]], place: int) -> list[Mark]:
    """The marks of each line of the table whose heads stand on that line; it ends before a blank one or new heads."""
    last = place + 1
    while last + 1 < len(lines) and _continues_table(text, lines, last + 1):
        last += 1
    heads, above = _cells(lines[place][1]), lines[place - 1][1] if place else ""
    below = [(start, line) for start, line in lines[place + 2 : last + 1] if not _RULE.fullmatch(line)]
    figures = tell_rows(heads, [_cells(line) for _, line in below], above)
    context = describe_columns(heads, "")
    told = {start: each for (start, _), each in zip(below, figures, strict=True)}
    return [
        Mark(start, start + len(line), "row", context=context, told=told[start])
        if start in told
        else Mark(start, start + len(line), "row" if start == lines[place][0] else "furniture")
        for start, line in lines[place : last + 1]
    ]


def _continues_table(text: str, lines: Sequence[tuple[int, str]], place: int) -> bool:
    start, line = lines[place]
    ends = _FENCE.match(line) or _HEADING.match(line) or text[start - 2 : start] == "\n\n"
    return "|" in line and not ends and not _heads_table(lines, place)


def _cells(line: str) -> list[str]:
    return [" ".join(cell.split()) for cell in line.strip().strip("|").split("|")]
