"""How likely it is that the best hit answers the question at all, as fitted on questions with and without an answer."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.records import Hit, Question
from qa.retrieval.need import read_subject, terms_in

SIGNS = (
    "similarity",  # cosine of the question and the nearest of the passage and its sentences
    "told",  # share of the question's wording in the supporting sentence and the headings above it
    "score",  # what the hit was ranked by
    "amount",  # 1 where an amount is asked for: a passage on the subject is not enough then
)


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic regression and the encoder whose cosines it was fitted on."""

    encoder: str
    weights: Mapping[str, float]  # of SIGNS, and "bias"
    least: float  # probability below which a reply would rather mislead


@cache
def read_fit() -> Fit:
    """The fit that tests/quality/fit_confidence.py made; an index keeps the one it was built with."""
    return Fit(**json.loads(files("qa.answers").joinpath("confidence.json").read_text(encoding="utf-8")))


def read_signs(question: Question, hit: Hit) -> tuple[float, ...]:
    """The values of SIGNS for the best hit."""
    return hit.similarity, told_share(question, hit), hit.score, float(question.wants in ("amount", "comparison"))


def told_share(question: Question, hit: Hit) -> float:
    """The share of the question's wording in the supporting sentence and the headings above it."""
    need = read_subject(question)
    start, end = hit.sentence
    found = terms_in(f"{hit.passage.context} {hit.text[start:end]}", need)
    return len(found) / max(1, len(need.terms))


def answer_probability(question: Question, hit: Hit, fit: Fit) -> float:
    """The probability that the hit answers the question."""
    signs = zip(SIGNS, read_signs(question, hit), strict=True)
    return 1 / (1 + math.exp(-(fit.weights["bias"] + sum(fit.weights[name] * value for name, value in signs))))
