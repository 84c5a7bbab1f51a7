"""Candidates from every index, weighed by what they share with the question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qa.index.encoder import Encoder
from qa.index.generation import Index
from qa.records import Hit, Question
from qa.retrieval.candidates import gather_candidates
from qa.retrieval.features import FEATURES, describe_candidates


def rank_passages(index: Index, encoder: Encoder, question: Question, k: int) -> list[Hit]:
    """The k best passages, best first; the score is the weighted sum of the parts."""
    candidates = gather_candidates(index, encoder, question)
    features = describe_candidates(candidates, question)
    scores = score_candidates(features)
    order = np.lexsort((candidates.rows, -scores))[:k]
    return [
        Hit(
            passage=candidates.passages[place],
            document=candidates.cards[place],
            score=float(scores[place]),
            parts={name: float(features[place, column]) for column, name in enumerate(FEATURES)},
            sentence=candidates.span(place),
        )
        for place in order.tolist()
    ]


def score_candidates(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The scores (n,) of candidates with these features (n, len(FEATURES))."""
    scores: NDArray[np.float64] = features @ np.array([weights()[name] for name in FEATURES])
    return scores


@cache
def weights() -> Mapping[str, float]:
    """The weight of each feature, as fitted by `python -m qa fit`."""
    fitted: Mapping[str, float] = json.loads(files("qa.retrieval").joinpath("weights.json").read_text())["weights"]
    return fitted
