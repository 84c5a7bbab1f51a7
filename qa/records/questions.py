"""Questions as they were understood, the limits set beside them, and what was found for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qa.records.documents import Aim, DocumentCard, Passage

Wants = Literal["metadata", "comparison", "list", "section", "amount", "date", "name", "place", "statement"]


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
    everyday: tuple[tuple[str, tuple[str, ...]], ...] = ()  # words in it that documents hardly write, with what they do
    corrected: tuple[tuple[str, str], ...] = ()  # words that were taken for mistyped, with what was read instead

    def spelling(self, name: str) -> str:
        """One of the names of `aliases` as it stands in the question: GDP for gdp."""
        start = self.text.lower().find(name)
        return self.text[start : start + len(name)] if start >= 0 else name


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
    def said(self) -> str:
        """The sentence that supports an answer best; of a table row its figures in words."""
        return self.passage.says(self.sentence)

    @property
    def page(self) -> int | None:
        return self.passage.page
