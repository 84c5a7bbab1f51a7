"""Candidates from every index, weighed by what they share with the question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qa.index.encoder import Encoder
from qa.index.generation import Index
from qa.records import DocumentCard, Hit, Passage, Question
from qa.retrieval.candidates import gather_candidates
from qa.retrieval.duplicates import merge_alike
from qa.retrieval.features import FEATURES, index_features, min_max, passage_features
from qa.retrieval.need import read_need
from qa.retrieval.reranking import Reranker
from qa.retrieval.scope import region_fits, year_fits
from qa.retrieval.support import Support, best_support, rarity, read_passage

HALF_SURE = 0.5  # of the weight of a year, for that of a document, whose sentences may tell of others
READ_CLOSELY = 40  # candidates whose sentences are compared with the question one by one


@dataclass(frozen=True, slots=True, eq=False)
class Shortlist:
    """The n candidates that were read closely, in the order of their rows."""

    rows: NDArray[np.int64]  # (n,)
    passages: list[Passage]
    cards: list[DocumentCard]
    supports: list[Support]
    features: NDArray[np.float64]  # (n, len(FEATURES))
    similarity: NDArray[np.float32]  # (n,) cosine of the nearest of passage and sentences


def rank_passages(
    index: Index, encoder: Encoder, question: Question, k: int, reranker: Reranker | None = None
) -> list[Hit]:
    """The k best passages, best first; the score is the weighted sum of the parts.

    What a reranker says is one part more, brought to 0..1 and weighing as much as all the indexes together.
    """
    shortlist = read_shortlist(index, encoder, question, max(k, READ_CLOSELY))
    names, features, weight = [*FEATURES], shortlist.features, [weights()[name] for name in FEATURES]
    if reranker:
        reranked = min_max(reranker.scores(question.text, shortlist.passages))
        names, features, weight = (
            [*names, "reranker"],
            np.column_stack([features, reranked]),
            [*weight, sum(weight[:4])],
        )
    scores = features @ np.array(weight)
    hits = [
        Hit(
            passage=shortlist.passages[place],
            document=shortlist.cards[place],
            score=float(scores[place]),
            parts=dict(zip(names, features[place].tolist(), strict=True)),
            sentence=shortlist.supports[place].span,
            similarity=float(shortlist.similarity[place]),
        )
        for place in np.lexsort((shortlist.rows, -scores)).tolist()
    ]
    return merge_alike(hits, k)


def read_shortlist(index: Index, encoder: Encoder, question: Question, size: int) -> Shortlist:
    """The best candidates by what the indexes say, by region and year, with all that is weighed of them."""
    candidates = gather_candidates(index, encoder, question)
    by_index = index_features(candidates)
    regions = region_fits(index.store, question)[candidates.documents]
    years = year_fits(index.store, question)[candidates.documents]
    first = by_index @ np.array([weights()[name] for name in FEATURES[:4]]) + weights()["region"] * regions
    first += HALF_SURE * weights()["year"] * years
    chosen = np.sort(np.lexsort((candidates.rows, -first))[:size])
    places = chosen.tolist()
    passages = index.store.passages(candidates.rows[chosen].tolist())
    cards = [index.store.card(number) for number in candidates.documents[chosen].tolist()]
    need = read_need(question)
    readings = [read_passage(passage, need) for passage in passages]
    # A term that none of them tells says nothing of any; the rest of the question is weighed as if it were all.
    told = frozenset().union(*[reading.held | reading.context for reading in readings])
    weight = rarity([reading.held for reading in readings], told)
    supports = [
        best_support(passage, card, reading, candidates.span(place), question, weight)
        for passage, card, reading, place in zip(passages, cards, readings, places, strict=True)
    ]
    features = np.hstack([by_index[chosen], passage_features(passages, cards, supports, question)])
    return Shortlist(candidates.rows[chosen], passages, cards, supports, features, candidates.similar.best[chosen])


@cache
def weights() -> Mapping[str, float]:
    """The weight of each feature, as fitted on the development sets."""
    fitted: Mapping[str, float] = json.loads(files("qa.retrieval").joinpath("weights.json").read_text())["weights"]
    return fitted
