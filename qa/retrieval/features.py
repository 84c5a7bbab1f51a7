"""What is weighed of each candidate, every figure one that can be explained to a reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.documents.validity import in_force
from qa.documents.wordlists import metadata_labels
from qa.records import DocumentCard, Passage, Question
from qa.retrieval.candidates import Candidates
from qa.retrieval.intents import asked_fields
from qa.retrieval.origin import origin_fit
from qa.retrieval.scope import UNKNOWN, passage_region_fit
from qa.retrieval.series import latest_fits
from qa.retrieval.support import Support

FEATURES = (
    "paragraph",  # cosine of question and passage, brought to 0..1 over the candidates (min-max)
    "sentence",  # the same of its nearest sentence
    "words",  # BM25 over words, min-max
    "bigrams",  # BM25 over character bigrams, min-max
    "region",  # how the document's region fits the named one
    "year",  # how the years that the supporting sentence speaks of fit the named ones
    "aim",  # whether it tells aims or achievements, as asked
    "coverage",  # share of the question's wording in the supporting sentence
    "around",  # share of it in the passage and the headings above
    "figure",  # 1 for a supporting sentence with a figure where an amount is asked for, less for one that is no limit
    "heading",  # 1 for a heading, or a line that only leads to what follows (主要目标：) and has no figure asked for
    "origin",  # how the document's kind and issuer fit the named ones
    "latest",  # 1 for the latest of documents that follow one another, 0 for an earlier one, where no year is named
    "lapsed",  # 1 for a document that does not hold on the day in question
    "metadata",  # 1 for a metadata line with the field that is asked for, -1 where none is asked for
)

Column = NDArray[np.float64]


def index_features(candidates: Candidates) -> Column:
    """What the indexes say of the candidates: (n, 4), the first four features."""
    similar = candidates.similar
    parts = (similar.paragraph, similar.sentence, candidates.words, candidates.bigrams)
    return np.column_stack([min_max(part) for part in parts])


def passage_features(
    passages: Sequence[Passage], cards: Sequence[DocumentCard], supports: Sequence[Support], question: Question
) -> Column:
    """What the passages themselves say: (n, 11), the features after the first four."""
    latest = [UNKNOWN] * len(cards) if question.years else latest_fits(cards)
    rows = [
        (
            passage_region_fit(passage, card, question),
            support.year,
            support.aim,
            support.coverage,
            support.around,
            support.figure,
            heading_fit(passage, support, question),
            origin_fit(card, question),
            newest,
            float(question.on is not None and not in_force(card, question.on)),
            metadata_fit(passage, card, question),
        )
        for passage, card, support, newest in zip(passages, cards, supports, latest, strict=True)
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES) - 4)


def heading_fit(passage: Passage, support: Support, question: Question) -> float:
    """1 for a heading, or a line that only leads to what follows; one that tells the figure asked for does more."""
    leads = question.wants != "metadata" and passage.text.endswith(("：", ":")) and support.figure < 1
    return float(passage.kind == "heading" or leads)


def metadata_fit(passage: Passage, card: DocumentCard, question: Question) -> float:
    """1 for a metadata line with the field that is asked for, -1 for one where no metadata is asked for, else 0."""
    if passage.kind != "metadata":
        return 0.0
    if question.wants != "metadata":
        return -1.0
    asked = asked_fields(question.text)
    told = {field for label, field in metadata_labels().items() if label in passage.text}
    told |= {field for field in ("number", "issuer") if (getattr(card, field) or "\0") in passage.text}
    return float(bool(asked & told))


def min_max(column: NDArray[np.float32]) -> Column:
    """The column brought to 0..1; all 0 where its values are equal."""
    values = column.astype(np.float64)
    if not len(values) or values.max() == values.min():
        return np.zeros_like(values)
    low, high = values.min(), values.max()
    brought: Column = (values - low) / (high - low)
    return brought
