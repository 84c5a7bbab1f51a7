"""How likely it is that the best hit answers the question at all, as fitted on questions with and without an answer."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from qa.records import Hit, Question
from qa.retrieval.ranking import weights

SIGNS = (
    "similarity",  # cosine of the question and the nearest of the passage and its sentences
    "subject",  # what the hit was ranked by but for SCOPE, which fits passages on any subject
)
SCOPE = ("region", "year", "aim")
KINDS = ("amount", "other")  # of questions: where an amount is asked for, a passage on the subject is not enough


@dataclass(frozen=True, slots=True)
class Odds:
    """A logistic regression over SIGNS."""

    weights: Mapping[str, float]  # of SIGNS, and "bias"
    least: float  # probability below which a reply would rather mislead


@dataclass(frozen=True, slots=True)
class Fit:
    """The odds for questions of each kind, and the encoder whose cosines they were fitted on."""

    encoder: str
    odds: Mapping[str, Odds]  # by KINDS


@cache
def read_fit() -> Fit:
    """The fit that tests/quality/fit_confidence.py made; an index keeps the one it was built with."""
    return fit_of(json.loads(files("qa.answers").joinpath("confidence.json").read_text(encoding="utf-8")))


def fit_of(fields: Mapping[str, Any]) -> Fit:
    """The fit that `dataclasses.asdict` took apart."""
    return Fit(fields["encoder"], {kind: Odds(**odds) for kind, odds in fields["odds"].items()})


def kind_of(question: Question) -> str:
    """Which of KINDS the question is."""
    return "amount" if question.wants in ("amount", "comparison") else "other"


def read_signs(hit: Hit) -> tuple[float, ...]:
    """The values of SIGNS for the best hit."""
    subject = math.fsum(weight * hit.parts[name] for name, weight in weights().items() if name not in SCOPE)
    return hit.similarity, subject


def answers_likely(question: Question, hit: Hit, fit: Fit) -> bool:
    """Whether it is likely enough that the hit answers the question."""
    odds = fit.odds[kind_of(question)]
    signs = zip(SIGNS, read_signs(hit), strict=True)
    logit = odds.weights["bias"] + sum(odds.weights[name] * value for name, value in signs)
    return 1 / (1 + math.exp(-logit)) >= odds.least
