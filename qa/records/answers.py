"""Answers: what they cite, and the figures, lists and comparisons read from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from qa.records.documents import Aim
from qa.records.plain import to_plain
from qa.records.questions import Question

Status = Literal["answered", "not_found", "out_of_scope"]
_COUNT_THE_SAME = {"户": "家", "个": "家"}


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that supports an answer; `text` stands at [start:end] of the document, `quote` inside `text`."""

    source: str
    document_id: str
    text: str
    quote: str
    title: str
    issuer: str | None
    region: str | None
    published: date | None
    section: tuple[str, ...]
    paragraph: int
    start: int
    end: int
    score: float
    page: int | None = None
    number: str | None = None  # 文号
    note: str | None = None  # that the document does not hold on the day in question, and why
    parts: Mapping[str, float] = field(default_factory=dict, hash=False)  # what the score was made of
    matched: tuple[str, ...] = ()  # words of the question that stand in it; 高企 = 高新技术企业 under another name
    alike: tuple[str, ...] = ()  # sources or ids of other documents held that say nearly the same
    told: tuple[str, ...] = ()  # of a table row: each of its figures with what it is of, in words

    def formal(self) -> str:
        """The citation as it is written in a paper: 《标题》（文号，机关，日期）第三部分“（一）…”第2段，第5页."""
        day = f"{self.published.year}年{self.published.month}月{self.published.day}日" if self.published else None
        said_by = "，".join(filter(None, (self.number, self.issuer, day)))
        place = "".join(map(_section_name, self.section)) + (f"第{self.paragraph}段" if self.paragraph else "")
        page = f"，第{self.page}页" if self.page else ""
        return f"《{self.title}》" + (f"（{said_by}）" if said_by else "") + place + page


def _section_name(heading: str) -> str:
    """第三部分 for a heading that begins with 三、, else the heading itself."""
    numeral = re.match(r"([一二三四五六七八九十]+)、", heading)
    return f"第{numeral[1]}部分" if numeral else f"“{heading}”"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that a cited passage states; `wording` stands at [start:end] of the document.

    Of a table row the row stands there, and `wording` says in words what one cell of it tells.
    """

    wording: str  # what it is of, with the quantity: 新增高新技术企业110家
    text: str  # the quantity as it stands, with what limits it: 110家, 5%左右
    low: float | None  # in `base`; None for 翻番, 前三 and their like
    high: float | None  # differs from `low` in a range
    unit: str  # as it stands: 万元
    base: str  # what it is brought to: 元
    limit: str  # what limits it, as it stands: 力争, 以上
    region: str | None
    year: int | None
    aim: Aim | None
    document_id: str
    start: int
    end: int
    citation: int  # its place in the answer's citations
    part: str = ""  # of the year, as it stands, where it is told of that alone: 上半年

    @property
    def when(self) -> str:
        """The year, or what part of it: 2024年上半年; "" where it is not known."""
        return (f"{self.year}年" if self.year else "") + self.part

    @property
    def measure(self) -> str:
        """The base unit, or the one that counts the same things: firms are counted as 812户 and as 1436家."""
        return _COUNT_THE_SAME.get(self.base, self.base)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list that was asked for; `text` stands at [start:end] of the document."""

    text: str
    document_id: str
    start: int
    end: int
    citation: int  # its place in the answer's citations


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a comparison: what a passage says of it, or why nothing is said."""

    label: str  # what it is of: 镇海区 2024年 目标
    text: str  # as it stands in the passage, a figure with what it is of; "" where there is none
    figure: Figure | None
    citation: int | None  # its place in the answer's citations
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides of a comparison in the order they were named, and what can be said of them all."""

    cells: tuple[Cell, ...]
    verdict: str

    def told(self) -> tuple[tuple[str, Figure], ...]:
        """The figures that have a value, each with the label of its cell."""
        return tuple((each.label, each.figure) for each in self.cells if each.figure and each.figure.low is not None)

    def comparable(self) -> tuple[tuple[str, Figure], ...]:
        """Those of them that can be held against one another: of the unit that most have; () where no unit has most."""
        counts = Counter(figure.measure for _, figure in self.told())
        measure, count = max(counts.items(), key=lambda each: each[1], default=("", 0))
        most = count > 1 and 2 * count > counts.total()
        return tuple(each for each in self.told() if each[1].measure == measure) if most else ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with the passages that say so, best first; `reason` and `nearest` only where it is no answer."""

    status: Status
    text: str
    question: Question
    citations: tuple[Citation, ...] = ()
    reason: str | None = None
    nearest: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()  # what was asked for, the best first
    also: tuple[Figure, ...] = ()  # offered beside it: the target to a result, other years, other values
    items: tuple[Item, ...] = ()  # of a list, in the order of the document
    comparison: Comparison | None = None
    notes: tuple[str, ...] = ()  # what has to be said beside it, at the end of the text as well

    def to_dict(self) -> dict[str, Any]:
        """The answer in plain values that JSON can hold, dates as YYYY-MM-DD."""
        return to_plain(self)  # type: ignore[no-any-return]

    def to_markdown(self) -> str:
        """The question, the reply and the passages cited, as a Markdown text."""
        lines = [f"**{_escaped(self.question.text)}**", ""]
        if self.comparison:
            rows = ((cell.label, cell.text or cell.reason or "", cell.citation) for cell in self.comparison.cells)
            sides = (f"| {_escaped(name)} | {_escaped(said)} | {_mark(place)} |" for name, said, place in rows)
            lines += ["| 对象 | 原文 | 出处 |", "| --- | --- | --- |", *sides, "", _escaped(self.comparison.verdict)]
        elif self.items:
            lines += [f"- {_escaped(item.text)} {_mark(item.citation)}" for item in self.items]
        else:
            lines += [f"{_escaped(line)}  " for line in self.text.splitlines()]
        if self.comparison or self.items:
            lines += ["", *map(_escaped, self.notes)]
        for place, citation in enumerate(self.citations):
            lines += ["", f"{place + 1}. {_escaped(citation.formal())}", f"   > {_escaped(citation.quote)}"]
        return "\n".join(lines) + "\n"


def _mark(citation: int | None) -> str:
    return "" if citation is None else f"[{citation + 1}]"


def _escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for markup."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))
