"""What is weighed of each candidate, every figure one that can be explained to a reader."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from qa.records import DocumentCard, Passage, Question
from qa.retrieval.candidates import Candidates
from qa.retrieval.scope import aim_fit, region_fit, year_fit, years_told

FEATURES = (
    "paragraph",  # cosine of question and passage, brought to 0..1 over the candidates (min-max)
    "sentence",  # the same of its nearest sentence
    "words",  # BM25 over words, min-max
    "bigrams",  # BM25 over character bigrams, min-max
    "region",  # how the document's region fits the named one
    "year",  # how the years that the nearest sentence speaks of fit the named ones
    "aim",  # whether it tells aims or achievements, as asked
    "heading",  # 1 for a heading
    "metadata",  # 1 for a metadata line where metadata is asked for, -1 where it is not
    "figure",  # 1 for a passage with a figure where an amount is asked for
)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两]+[家个名项件人亿万倍]")

Column = NDArray[np.float64]


def describe_candidates(candidates: Candidates, question: Question) -> NDArray[np.float64]:
    """The features (n, len(FEATURES)) of the candidates."""
    columns: dict[str, Column] = {
        "paragraph": min_max(candidates.similar.paragraph),
        "sentence": min_max(candidates.similar.sentence),
        "words": min_max(candidates.words),
        "bigrams": min_max(candidates.bigrams),
    }
    told = [
        _describe_passage(passage, candidates.span(place), card, question)
        for place, (passage, card) in enumerate(zip(candidates.passages, candidates.cards, strict=True))
    ]
    columns |= {name: np.array([parts[name] for parts in told]) for name in FEATURES[4:]}
    return np.column_stack([columns[name] for name in FEATURES])


def _describe_passage(
    passage: Passage, span: tuple[int, int], card: DocumentCard, question: Question
) -> dict[str, float]:
    sentence = passage.text[span[0] : span[1]]
    return {
        "region": region_fit(card, question),
        "year": year_fit(years_told(passage, span, card), question),
        "aim": aim_fit(passage, sentence, card, question),
        "heading": float(passage.kind == "heading"),
        "metadata": (1.0 if question.wants == "metadata" else -1.0) if passage.kind == "metadata" else 0.0,
        "figure": float(question.wants == "amount" and _FIGURE.search(passage.text) is not None),
    }


def min_max(column: NDArray[np.float32]) -> Column:
    """The column brought to 0..1; all 0 where its values are equal."""
    values = column.astype(np.float64)
    if not len(values) or values.max() == values.min():
        return np.zeros_like(values)
    low, high = values.min(), values.max()
    brought: Column = (values - low) / (high - low)
    return brought
