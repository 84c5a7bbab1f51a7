"""The title of a document: on one line or several, or told by what the text says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from qa.documents import wordlists
from qa.documents.lines import Kind, Line, body_start, extent, is_agency

NAMED = re.compile(r"《([^《》]+(?:《[^《》]*》[^《》]*)*)》")
_BRACKETS = re.compile(r"[\s《》〈〉＜＞<>“”]")
_ADOPTED = re.compile(rf"{NAMED.pattern}(?:[^。]{{0,60}}?(?:通过|公布|发布|同意|批准|审定)|全文)")
_SAID_BELOW = re.compile(
    r"现(?:就|将|对)(?P<of>(?!有关|相关|以下)[^，。；：]{4,70}?)(?:提出|作出|做出)?(?:[如以]下)?"
    r"(?P<kind>通知|公告|通告|通报|批复|答复|报告|解释|规定|说明|意见|要求)(?:[如以]下|[:：])"
)
_RUNS_ON = ("：", ":", "，", "、", "；")  # how lines of running text end
_UNFINISHED = ("的", "和", "与", "及", "、", "（", "《", "“")
_GOES_ON = re.compile(r"(?:和|与|及|以及|暨|的|等|、|》|）|—|－－|--)")
_NOTE = re.compile(  # on a line of its own below the title, which it belongs to
    r"[（(](?:公开)?(?:征求意见稿|征集意见稿|送审稿|讨论稿|修订稿|草案|试行|暂行|修订|修正)[^（）()]{0,8}[）)]"
)
_OPEN_PHRASE = re.compile("关于|印发|转发")
_WORDS = re.compile(r"(?:[一-鿿][^一-鿿]*){4}|[A-Za-z]{2,}(?:\s+\W*[A-Za-z]{2,}){2}")
_OPENING_LINES = 8  # where a text without title says what it is about
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
    title = _choose_title(lines)
    if title is None:
        return
    first = last = lines.index(title)
    while first > 0 and _may_belong(lines[first - 1]) and _continues(lines[first - 1].text, lines[first].text):
        first -= 1
    while last + 1 < len(lines) and _may_belong(lines[last + 1]) and _completes(lines[last].text, lines[last + 1].text):
        last += 1
    for line in lines[first : last + 1]:
        line.kind = Kind.TITLE
    _mark_repeated_titles(lines, _joined(lines[first : last + 1]))


def _choose_title(lines: Sequence[Line]) -> Line | None:
    """The line of the head that is the title or most of it; without a head, the text's first unless it runs on."""
    head = [line for line in lines[: min(body_start(lines), _HEADER_LINES)] if _may_belong(line) and _has_words(line)]
    if not head:
        above_tables = takewhile(lambda line: not line.context, lines)
        first = next((line for line in above_tables if line.kind is None and _has_words(line)), None)
        fits = first and not first.numbering and _may_belong(first) and not first.text.endswith(_RUNS_ON)
        return first if fits else None
    named = next((line for line in head if ends_as_title(line.text)), None)
    below_agencies = next((line for line in head if not is_agency(line.text)), head[0])
    return named or (below_agencies if _OPEN_PHRASE.search(below_agencies.text) else head[0])


def _may_belong(line: Line) -> bool:
    return line.kind is None and extent(line.text) <= LONGEST_TITLE and "。" not in line.text


def _has_words(line: Line) -> bool:
    """Whether it says something: no address, no code, no 附件 or 目录."""
    return _WORDS.search(line.text) is not None or ends_as_title(line.text) or is_agency(line.text)


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
    """The title of the document; empty where there is none.

    Where no line bears it, it is what is said to have been adopted (《…》已经…通过), the title of what is attached, or
    what the letter says that it is about (现就…通知如下).
    """
    opening = [line.text for line in lines if line.kind is not Kind.FURNITURE][:_OPENING_LINES]
    attached = (line.text for line in lines if line.is_attachment_title and ends_as_title(line.text))
    adopted = (found[1] for text in opening if (found := _ADOPTED.match(text)))
    said = (f"关于{found['of']}的{found['kind']}" for text in opening if (found := _SAID_BELOW.search(text)))
    marked = _joined([line for line in lines if line.kind is Kind.TITLE])
    return marked or _as_it_stands(next(adopted, ""), lines) or next(attached, "") or next(said, "")


def _as_it_stands(name: str, lines: Sequence[Line]) -> str:
    """The line that bears the name, whose brackets are others than where it stands in 《》; or the name."""
    attached = (line.text for line in lines if line.is_attachment_title)
    return next((text for text in attached if bare_name(text) == bare_name(name)), name)


def _joined(lines: Sequence[Line]) -> str:
    """The title on these lines as one; names of bodies that stand each on its own line are kept apart."""
    parts = [line.text + " " * is_agency(line.text) for line in lines]
    title = re.sub(r" (?=关于|印发|转发|$)", "", "".join(parts))
    return re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿](?:\s|$))", "", title)  # 的 决 定, spaced out to fill the line


def _continues(above: str, below: str) -> bool:
    """Whether a title runs on from one line to the next: after the bodies that issue it, or a phrase left open."""
    open_phrase = _OPEN_PHRASE.search(above) is not None and not ends_as_title(above)
    return is_agency(above) or open_phrase or below.count("》") > below.count("《") or _completes(above, below)


def _completes(above: str, below: str) -> bool:
    """Whether the line below can only be the rest of the title above: opened by a link, a bare 通 知, or a note."""
    if _NOTE.fullmatch(below):
        return True
    if ends_as_title(above):
        return False
    linked = _GOES_ON.match(below) is not None or above.endswith(_UNFINISHED)
    return (linked and ends_as_title(below)) or _without_space(below) in wordlists.document_kinds()


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


def bare_name(title: str) -> str:
    """A title without what changes with where it stands: brackets, quotation marks and white space."""
    return _BRACKETS.sub("", title)


def ends_as_title(text: str) -> bool:
    return _without_space(_bare(text)).endswith(wordlists.document_kinds())


def title_kind(title: str) -> str | None:
    """What a document calls itself (通知, 工作要点): how its title ends, there before a dash or year too."""
    for part in (title, _SUPPLEMENT.split(title)[0]):
        if kinds := [kind for kind in wordlists.document_kinds() if _bare(part).endswith(kind)]:
            return max(kinds, key=len)
    return None


def _bare(text: str) -> str:
    """The text without what stands in brackets behind it."""
    return re.sub(r"[(（][^()（）]{1,30}[)）]\s*$|〔[^〔〕]{1,20}〕\s*$", "", text).rstrip("》” ")
