"""The headings of what is attached to a document or makes up its parts, where no number shows them."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.documents import wordlists
from qa.documents.headings import LABEL, LONGEST_HEADING, Numbering, is_rule
from qa.documents.lines import DATE_LINE, Kind, Line, body_start, is_agency
from qa.documents.titles import LONGEST_TITLE, NAMED, bare_name, ends_as_title
from qa.text.years import find_years

_ATTACHMENT = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[:：]?")
_NAMED_ATTACHMENT = re.compile(r"附\s*件?\s*\d*\s*[:：]\s*(?:\d+\s*[.．、])?\s*(.{4,80})")
_NAME = re.compile(r"[一-鿿]{4}")
_LABEL = re.compile(r"【[^【】。，；：]{2,24}】")
_QUESTION, _ANSWER = re.compile(r"(?:问|Q)\s*\d*\s*[:：]"), re.compile(r"(?:答|A)\s*\d*\s*[:：]")
_MARK = re.compile(r"^[■□◆◇●○★☆▍▌▶►※]\s*")  # before a heading: ■ 上半年工作回顾
_PUNCTUATION = re.compile("[。，,；;：:！？]")
_LONGEST_UNNUMBERED = 30  # characters of a heading that neither number nor wording shows
_SHORTEST_UNNUMBERED = 4  # Chinese characters of it


def mark_attachment_titles(lines: list[Line]) -> None:
    """A document inside the document: its title stands alone, after a signature or 附件, or is named before."""
    _join_named(lines)
    named: set[str] = set()
    for before, line, after in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        named |= _names_in(before.text)
        if line.kind is not None or len(line.text) > LONGEST_TITLE or "。" in line.text:
            continue
        follows = before.is_attachment_title or (before.kind is Kind.METADATA and DATE_LINE.search(before.text))
        if (
            _ATTACHMENT.fullmatch(line.text)
            or bare_name(line.text) in named
            or (follows and not line.numbering and len(line.text) <= LONGEST_HEADING and ends_as_title(line.text))
            or (
                _ATTACHMENT.fullmatch(before.text)
                and _is_name(line)
                and after is not None
                and after.kind in (None, Kind.ROW)
            )
        ):
            line.kind, line.is_attachment_title = Kind.HEADING, True


def _is_name(line: Line) -> bool:
    """Whether the line below 附件1 can be what that is called: 重点任务分工表, but no body, form or sentence."""
    phrase = len(line.text) <= LONGEST_HEADING and not re.search(r"[。；;，,：:！？]|、$", line.text)
    return phrase and not line.numbering and not is_agency(line.text) and _NAME.search(line.text) is not None


def _names_in(text: str) -> set[str]:
    """The documents that a line names, without brackets: 《…》, 附件：…"""
    attached = _NAMED_ATTACHMENT.match(text)
    names = NAMED.findall(text) if "《" in text else []
    return {bare_name(name) for name in [*names, *(attached.groups() if attached else ())]}


def _join_named(lines: list[Line]) -> None:
    """Makes one line of two that bear the title of a document named before them."""
    named: set[str] = set()
    for above, below in pairwise(tuple(lines)):
        named |= _names_in(above.text)
        if above.kind is not None or below.kind is not None or below.numbering or not named:
            continue
        joined = above.text + below.text
        if len(joined) <= LONGEST_TITLE and bare_name(joined) in named:
            above.text, above.end = joined, below.end
            lines.remove(below)


def mark_part_titles(lines: list[Line]) -> None:
    """Headings without a number: the usual ones of a report's parts, and short lines that stand apart.

    That is between paragraphs, one or two above one another, or above a numbering that begins again. A label in
    brackets (【申请条件】) and a question (问：) head what follows within their section; a label with a year
    (【2023年工作总结】) heads a part.
    """
    begin = body_start(lines)
    if begin and _names_part(lines[begin - 1]):
        begin -= 1  # the first part begins with the text
    body = [line for line in lines[begin:] if line.kind is not Kind.FURNITURE]
    nested = _mark_stacked(body)
    for before, line, after in zip([None, *body], body, body[1:], strict=False):
        runs_on = after.numbering is not None or len(after.text) > LONGEST_HEADING or after.text.endswith("。")
        usual = runs_on and _names_part(line)
        answered = _QUESTION.match(line.text) and _ANSWER.match(after.text)
        if line.kind is None and not usual and (_LABEL.fullmatch(line.text) or answered):
            line.kind, line.numbering = Kind.HEADING, Numbering(LABEL, 0, len(line.text))
        if not (usual or _may_head(line)):
            continue
        numbers_again = _heads_a_numbering(before, after) and not is_agency(line.text)
        between = _is_paragraph(before) and _is_paragraph(after)
        if usual or (_stands_apart(line.text) and (between or numbers_again)):
            line.kind, line.level = Kind.HEADING, 2 if nested else 0


def _names_part(line: Line) -> bool:
    """Whether it heads a part in the usual words; in brackets or with a colon only where it names a year."""
    text = _MARK.sub("", line.text)
    text = text.strip("【】：:") if find_years(text, bare=False) else text
    may_head = line.kind is None and not line.numbering and not _PUNCTUATION.search(text)
    return may_head and wordlists.part_titles().fullmatch(text) is not None


def _mark_stacked(body: list[Line]) -> bool:
    """Marks two headings above one another between paragraphs: a part's and its first section's; whether any are."""
    found = False
    for before, upper, lower, after in zip(body, body[1:], body[2:], body[3:], strict=False):
        apart = all(
            _may_head(each) and _stands_apart(each.text) and not is_agency(each.text) for each in (upper, lower)
        )
        if apart and _is_paragraph(before) and _is_paragraph(after):
            found, upper.kind, lower.kind, upper.level, lower.level = True, Kind.HEADING, Kind.HEADING, 1, 2
    return found


def _may_head(line: Line) -> bool:
    unmarked = line.kind is None and not line.numbering and len(line.text) <= LONGEST_HEADING
    return unmarked and not _PUNCTUATION.search(line.text)


def _heads_a_numbering(before: Line | None, after: Line) -> bool:
    """Whether the line stands between the end of a sentence and 一、, and so above a numbering of its own."""
    numbering = after.numbering
    ended = before is not None and before.kind is None and before.text.endswith(("。", "；", ";"))
    return ended and numbering is not None and (numbering.style, numbering.value) == ("一、", 1)


def _stands_apart(text: str) -> bool:
    hanzi = re.findall("[一-鿿]", text)
    return len(text) <= _LONGEST_UNNUMBERED and len(hanzi) >= _SHORTEST_UNNUMBERED and not is_rule(text)


def _is_paragraph(line: Line | None) -> bool:
    """Whether it is a whole paragraph of running text, from the beginning of a sentence to the end of one."""
    if line is None or line.kind is not None or len(line.text) <= LONGEST_HEADING:
        return False
    return line.text.endswith(("。", "！", "？", "”", "）")) and re.match(r"[一-鿿\d“（《]", line.text) is not None
