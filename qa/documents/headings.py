"""Numbered headings in all the ways official prose numbers them, and the tree they make."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qa.documents.wordlists import numbered_words, rules

LONGEST_HEADING = 60  # characters
_NUMERAL = "〇零一二三四五六七八九十百"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_NO_AMOUNT = r"(?![\d.．%％])\s*、?(?=[^\d\s万亿元家个名项])"  # 2.1 目标, not 2.1万家
# Numbers that are one character: ① to ⑳, ⑴ to ⒇, ⒈ to ⒛, ㈠ to ㈩.
_CIRCLED, _BRACKETED, _DOTTED, _NUMERAL_IN_BRACKETS = "①-⑳", "⑴-⒇", "⒈-⒛", "㈠-㈩"

# Styles from the outermost to the innermost; a style further down nests in one further up.
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("编", re.compile(rf"第([{_NUMERAL}\d]+)[编篇部]分?(?=[\s　、：:]|$)")),
    ("章", re.compile(rf"第([{_NUMERAL}\d]+)章")),
    ("节", re.compile(rf"第([{_NUMERAL}\d]+)节")),
    ("条", re.compile(rf"第([{_NUMERAL}\d]+)条")),
    ("一、", re.compile(rf"([{_NUMERAL}]+)\s*(?:、|[.．](?!\d))")),
    ("（一）", re.compile(rf"(?:[(（〔]\s*([{_NUMERAL}]+)\s*[)）〕]|([{_NUMERAL_IN_BRACKETS}]))\s*[、.．]?")),
    ("行动一", re.compile(rf"(?:{'|'.join(numbered_words())})([{_NUMERAL}\d]+)\s*[：:]")),
    ("1.", re.compile(rf"(\d{{1,3}})\s*(?:、|[.．](?!\d)|[.．](?=(?:19|20)\d{{2}}年))|([{_DOTTED}])")),
    ("1.1", re.compile(rf"\d{{1,2}}[.．](\d{{1,2}}){_NO_AMOUNT}")),
    ("1.1.1", re.compile(rf"\d{{1,2}}[.．]\d{{1,2}}[.．](\d{{1,2}}){_NO_AMOUNT}")),
    ("(1)", re.compile(rf"[(（]\s*(\d{{1,3}})\s*[)）]|(\d{{1,2}})[)）]|([{_BRACKETED}])")),
    ("①", re.compile(rf"([{_CIRCLED}])")),
)
_FIRST = "".join(word[0] for word in numbered_words())
_BEGINNING = re.compile(
    rf"[第{_FIRST}{_NUMERAL}\d(（〔{_CIRCLED}{_BRACKETED}{_DOTTED}{_NUMERAL_IN_BRACKETS}]"
)  # of every number: few lines begin so
_COUNTING = re.compile(rf"第([{_NUMERAL}]+)[，,]|([{_NUMERAL}]{{1,3}})(?:是|要(?![素求件点]))")
COUNTED, LABEL = "一是", "【】"  # the styles of what is counted in words, and of labels, which bear no number
_RANK = {name: rank for rank, name in enumerate([*(name for name, _ in _STYLES), COUNTED, LABEL])}
_FIRST_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?]")
_ARTICLE_NAME = re.compile(r"\s*(?:[（(][^（）()。，]{2,24}[)）]|【[^【】。，]{2,24}】)")
_SPACED = re.compile(r"[一-鿿“”、]{4,20}(?=\s+\S{2}.{18,}[，。])")  # 三、督查方式 实行明查与暗访相结合，…
_LABEL = re.compile(  # 申报时间：2024年3月…
    r"[^。！？!?；;，,：:、“”（(《》\d]{2,20}(?<![为是有括含分即])(?=[：:]\s*\S)"
)
ALWAYS_HEADINGS = frozenset({"编", "章", "节"})


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number at the start of a line: its style, its value, and how many characters it takes."""

    style: str
    value: int
    width: int

    @property
    def rank(self) -> int:
        return _RANK[self.style]


def read_numbering(line: str) -> Numbering | None:
    """The number that the line (without outer white space) begins with."""
    if not _BEGINNING.match(line):
        return None
    for style, pattern in _STYLES:
        if match := pattern.match(line):
            digits = next(group for group in match.groups() if group)
            return Numbering(style, _value(digits), match.end())
    return None


def read_item_number(line: str) -> Numbering | None:
    """The number that an item of a list begins with: that of a heading, or 一是, 二要, 第三，."""
    if found := _COUNTING.match(line):
        return Numbering(COUNTED, _value(found[1] or found[2]), found.end())
    return read_numbering(line)


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral[:9])  # more is no number of a heading, and `int` refuses thousands of digits
    if len(numeral) == 1 and numeral not in _NUMERAL:
        return int(unicodedata.numeric(numeral))
    total, digit = 0, 0
    for character in numeral:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS[character]
    return total + digit


def run_in_heading(line: str, numbering: Numbering) -> str | None:
    """The heading with which a numbered paragraph begins.

    Its first sentence if short and no rule; 第…条, with its name where that stands in brackets (第三条（申请条件）);
    what stands before a colon (二、申报时间：…) or white space (三、督查方式 实行…).
    """
    if numbering.style == "条":
        name = _ARTICLE_NAME.match(line, numbering.width)
        return line[: name.end() if name else numbering.width]
    for form in (_LABEL, _SPACED) if numbering.style == "一、" else (_SPACED,):
        apart = form.match(line, numbering.width)
        if apart and not is_rule(line[: apart.end()]):
            return line[: apart.end()]
    first = _FIRST_SENTENCE.match(line)
    if not first or len(first.group()) > LONGEST_HEADING or first.end() == len(line):
        return None
    return None if is_rule(first.group()) else first.group().rstrip("。！？!?")


def is_rule(sentence: str) -> bool:
    """Whether a numbered sentence rules or tells something itself; a question always heads its answer."""
    return rules().search(sentence) is not None and not sentence.endswith(("？", "?"))


@dataclass(frozen=True, slots=True)
class _Open:
    rank: int
    value: int
    level: int
    marked: int = 0  # the level that the file's format gives it; 0 where it gives none


class HeadingTree:
    """Gives each heading, in the order of the text, its level: 1 outermost.

    Authors restart a numbering below a heading of the same style (三、2024年工作计划, then 一、…): a heading numbered 1
    right after an open heading of its own style is its child (and no deeper), and later ones go on with the deepest run
    they continue.
    """

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def enter_unnumbered(self, marked: int = 1) -> int:
        """A heading without number closes all but those that the format puts above it; an attachment's title all."""
        outer = (index for index, heading in enumerate(self._open) if not 0 < heading.marked < marked)
        parent_count = next(outer, len(self._open))
        level = self._open[parent_count - 1].level + 1 if parent_count else 1
        self._open = [*self._open[:parent_count], _Open(-1, 0, level, marked)]
        return level

    def pass_by(self, numbering: Numbering) -> int:
        """Closes the heading that a numbered paragraph without one goes on from (三、… after 二、甲), and those in it.

        Gives the level that is closed with all below it, 0 where none is.
        """
        for place, heading in enumerate(self._open):
            if (heading.rank, heading.value + 1) == (numbering.rank, numbering.value):
                self._open = self._open[:place]
                return heading.level
        return 0

    def enter(self, numbering: Numbering, directly_after_heading: bool, marked: int = 0) -> int:
        rank, value = numbering.rank, numbering.value
        same = [index for index, heading in enumerate(self._open) if heading.rank == rank]
        innermost = same == [len(self._open) - 1]
        if value == 1 and len(same) == 1 and (directly_after_heading or (innermost and self._open[-1].value > 1)):
            parent_count = len(self._open)
        elif same:
            continued = [index for index in same if self._open[index].value < value]
            parent_count = (continued or same)[-1]
        else:
            parent_count = sum(1 for heading in self._open if heading.rank < rank)
            parent_count = next((i for i, heading in enumerate(self._open) if heading.rank > rank), parent_count)
        level = self._open[parent_count - 1].level + 1 if parent_count else 1
        self._open = [*self._open[:parent_count], _Open(rank, value, level, marked)]
        return level
