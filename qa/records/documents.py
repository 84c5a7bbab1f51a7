"""Documents and the passages they are cited by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

BlockKind = Literal["heading", "paragraph", "row", "metadata", "furniture"]
PassageKind = Literal["heading", "paragraph", "row", "metadata"]
Aim = Literal["target", "result"]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a table row in words."""

    text: str  # with its row's name, its column's head and its unit: 镇海区高新技术企业2025年目标700家
    column: str  # the head of its column, which may say of which year it is, and whether an aim: 2025年目标
    row: str  # the name of its row
    place: str = ""  # the cell or head that says of which place or part it is: 镇海区, 全市, 招宝山街道


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text; the blocks of a document cover every character of it exactly once."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # depth of a heading, 1 outermost; 0 for what is no heading
    context: str = ""  # of a table row: its table's name and column heads
    told: tuple[Told, ...] = ()  # the figures of a table row


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
    context: (
        str  # said of it when it is embedded and indexed, never cited: region, title, headings, leads, column heads
    )
    page: int | None = None  # the page it begins on, from 1; None where the file has no pages
    years: tuple[int, ...] = ()  # that it speaks of where a sentence in it names none
    aim: Aim | None = None  # whether it tells aims or achievements, as far as its headings or its wording say
    told: tuple[Told, ...] = ()  # the figures of a table row

    def says(self, span: tuple[int, int]) -> str:
        """The sentence at that span of the text; a table row's figures in words, where it has any."""
        return "，".join(figure.text for figure in self.told) or self.text[slice(*span)]
