"""What answers are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answers.confidence import Fit
from qa.documents.items import LedList
from qa.records import Document, Hit, Passage, Question


@dataclass(frozen=True, slots=True)
class Library:
    """What answers are made of: the documents held, and the search through them."""

    retrieve: Callable[[Question], Sequence[Hit]]  # best first
    covers_years: Callable[[Question], bool]  # whether any document of its regions is about one of its years
    regions: Callable[[], frozenset[str]]  # full names, of all documents
    document: Callable[[str], Document]
    lists: Callable[[str], tuple[LedList, ...]]  # of the document with that id
    passages: Callable[[str], Sequence[Passage]]
    fit: Fit | None  # of the probability that a hit answers; None where there is none for the encoder
