"""The data that flows through the rooms: documents and passages, questions and hits, answers and citations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "row", "metadata", "furniture"]
PassageKind = Literal["heading", "paragraph", "row", "metadata"]
Status = Literal["answered", "not_found", "out_of_scope"]
Aim = Literal["target", "result"]
Wants = Literal["metadata", "comparison", "list", "section", "amount", "date", "name", "place", "statement"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text; the blocks of a document cover every character of it exactly once."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # depth of a heading, 1 outermost; 0 for what is no heading
    context: str = ""  # of a table row: its table's name and column heads


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its place in the tree: `end` is where the next heading of its level or above begins."""

    title: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Validity:
    """From when and until when a document holds, and what ends it, as far as it or another one that is held says so."""

    effective: date | None = None  # the first day
    expires: date | None = None  # the last day
    repealed: bool = False  # its page says that it no longer holds
    repeals: tuple[str, ...] = ()  # the documents it repeals or replaces, as it names them: 《title》（number）
    repealed_by: tuple[str, ...] = ()  # ids of the documents held that repeal or replace it
    repealed_from: date | None = None  # the day from which the first of these does


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What is known of a document without its text."""

    id: str
    source: str  # path of the file, relative to the documents folder, with forward slashes
    title: str
    issuer: str | None = None
    region: str | None = None
    published: date | None = None
    signed: date | None = None
    number: str | None = None  # 文号
    index_number: str | None = None  # 索引号
    contact: str | None = None
    kind: str | None = None  # what it calls itself: 通知, 工作要点
    years: tuple[int, ...] = ()  # the years it is about, by its title or else its date
    named: tuple[str, ...] = ()  # full names of the regions that its text names
    of_unnamed_place: bool = False  # it speaks of 我市, 全区 … and nothing says which
    validity: Validity = Validity()
    duplicates: tuple[str, ...] = ()  # ids of the documents held that have nearly the same text


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it stands in its file: `text` is the file's own, line ends apart."""

    card: DocumentCard
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]  # the outline, in the order of the text
    pages: tuple[int, ...] = ()  # offsets at which pages 1, 2, … begin; () where the file has no pages


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece that can be cited: `document.text[start:end] == text`."""

    id: str
    document_id: str
    kind: PassageKind
    text: str
    start: int
    end: int
    section: tuple[str, ...]  # the headings above it, outermost first
    paragraph: int  # its number among the paragraphs under the innermost of these headings, from 1; 0 for a heading
    context: str  # said of it when it is embedded and indexed, never cited: region, title, headings, column heads
    page: int | None = None  # the page it begins on, from 1; None where the file has no pages
    years: tuple[int, ...] = ()  # that it speaks of where a sentence in it names none
    aim: Aim | None = None  # whether it tells aims or achievements, as far as its headings or its wording say


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits set beside a question; what is given here counts instead of what the question names, () for any."""

    regions: tuple[str, ...] | None = None  # full or short names
    years: tuple[int, ...] | None = None
    documents: tuple[str, ...] = ()  # ids or sources; empty for all
    aim: Literal["target", "result", "any"] | None = None
    literal: tuple[str, ...] = ()  # names in the question that are not to be taken for another name of a thing


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood."""

    text: str  # complete: what the turn left out is filled in from the turns before
    asked: str  # as it was typed
    completed: bool = False  # whether turns before filled something in
    regions: tuple[str, ...] = ()  # full names; a name that several places bear stands for each of them
    years: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()  # ids or sources of those that may be cited; empty for all
    aim: Aim | None = None  # whether it asks for an aim or for what was achieved
    wants: Wants = "statement"
    kinds: tuple[str, ...] = ()  # kinds of documents that it names: 工作要点, 通知
    issuers: tuple[str, ...] = ()  # public bodies that it names: 市科技局
    on: date | None = None  # the day for which it asks what holds: the last of the year it names, or today
    small_talk: bool = False  # a greeting, chat or a task: no document is asked for
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()  # names in it, with other names of the same thing
    corrected: tuple[tuple[str, str], ...] = ()  # words that were taken for mistyped, with what was read instead


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its document and its score."""

    passage: Passage
    document: DocumentCard
    score: float
    parts: Mapping[str, float]  # what the score was made of
    sentence: tuple[int, int]  # offsets in passage.text of the sentence that supports an answer best
    similarity: float  # cosine of the question and the nearest of the passage and its sentences
    alike: tuple[tuple[str, str], ...] = ()  # source and passage id of what nearly repeats it, further down

    @property
    def source(self) -> str:
        return self.document.source

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def page(self) -> int | None:
        return self.passage.page


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
    """A quantity that a cited passage states; `wording` stands at [start:end] of the document."""

    wording: str  # what it is of, with the quantity: 新增高新技术企业110家
    text: str  # the quantity as it stands, with what limits it: 110家, 5%左右
    low: float | None  # in `base`; None for 翻番, 前三 and their like
    high: float | None  # differs from `low` in a range
    unit: str  # as it stands: 万元
    base: str  # what it is brought to: 元
    limit: str  # what limits it, as it stands: 力争, 以上
    region: str | None
    year: int | None
    aim: Literal["target", "result"] | None
    document_id: str
    start: int
    end: int
    citation: int  # its place in the answer's citations


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
        for place, citation in enumerate(self.citations):
            lines += ["", f"{place + 1}. {_escaped(citation.formal())}", f"   > {_escaped(citation.quote)}"]
        return "\n".join(lines) + "\n"


def _mark(citation: int | None) -> str:
    return "" if citation is None else f"[{citation + 1}]"


def _escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for markup."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))


def to_plain(value: Any) -> Any:
    """The value in JSON's types; records by their attribute names, hits with `source` and `text` too."""
    if is_dataclass(value) and not isinstance(value, type):
        plain = {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
        return {"source": value.source, "text": value.text, **plain} if isinstance(value, Hit) else plain
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the documents folder that was not read, and why."""

    source: str
    reason: str
    stopped: bool = False  # reading it took too much, or killed the reader: not tried again until it changes


@dataclass(frozen=True, slots=True)
class SuspiciousFile:
    """A file that was read, but hardly as it should be, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How the documents folder differs from what the live generation was made of; files by their sources."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()  # before and now
    deleted: tuple[str, ...] = ()
    unchanged: int = 0
    reread: bool = False  # all files are read again, since they are read in another way now


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build would do; `skipped` are the files of which it can be said without reading them."""

    changes: Changes
    skipped: tuple[SkippedFile, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `unchanged` when there was nothing to do and the live generation stayed."""

    generation: str
    documents: int
    passages: int
    units: int  # what is embedded: passages and their sentences
    encoded: int  # units encoded by this build; the others were known
    skipped: tuple[SkippedFile, ...]
    unchanged: bool
    seconds: float
    changes: Changes = Changes()
    read: int = 0  # files read by this build
    reused: int = 0  # files whose documents were taken over from the generation before
    suspicious: tuple[SuspiciousFile, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)  # characters that were left out, by source
    duplicates: tuple[tuple[str, ...], ...] = ()  # ids of documents with nearly the same text
