"""A hit to answer from, changed as a test needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from qa.records import DocumentCard, Hit, Passage, Question
from qa.retrieval.scope import UNKNOWN, region_fit

TEXT = "健全培育库。新增高新技术企业110家。"
SCOPE = {"region": 1.0, "year": 1.0, "aim": 1.0}
ON_THE_SUBJECT = {
    **{"paragraph": 1.0, "sentence": 1.0, "words": 1.0, "bigrams": 1.0, "coverage": 0.6, "around": 0.5, "figure": 1.0},
    **{"heading": 0.0, "origin": 0.5, "latest": 0.5, "lapsed": 0.0, "metadata": 0.0},
}
BESIDE_IT = dict.fromkeys(ON_THE_SUBJECT, 0.0)
CARD = DocumentCard("d", "d.txt", "工作计划", "某局", signed=date(2024, 4, 3))


def hit(text: str = TEXT, sentence: tuple[int, int] = (6, len(TEXT)), similarity: float = 0.9, **card: object) -> Hit:
    """A hit that fits the question in every way; `card` changes its document."""
    passage = Passage("d@5", "d", "paragraph", text, 5, 5 + len(text), ("一、目标",), 2, "工作计划")
    return Hit(passage, replace(CARD, **card), 0.7, SCOPE | ON_THE_SUBJECT, sentence, similarity)  # type: ignore[arg-type]


def with_parts(found: Hit, **parts: float) -> Hit:
    return replace(found, parts={**found.parts, **parts})


def covering(hits: Iterable[Hit]) -> Callable[[Question], bool]:
    """Says whether a document of these hits is of a question's regions and about one of its years."""
    cards = [found.document for found in hits]
    return lambda question: any(
        region_fit(card, question) >= UNKNOWN and set(card.years) & set(question.years) for card in cards
    )
