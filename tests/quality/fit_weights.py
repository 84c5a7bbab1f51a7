"""Fits qa/retrieval/weights.json: python -m tests.quality.fit_weights SET [SET …] [--write]

A SET is NAME:DOCUMENTS:QUESTIONS:VECTORS, the questions as `python -m qa evaluate` reads them. The weights maximise the
likelihood that a softmax over the shortlist's scores picks a passage that holds the evidence (a linear ListNet, Cao and
others 2007), held near PRIOR; every set counts the same, and sets of one NAME count as one. The measures printed are
cross-validated in five folds over documents: no question is scored with weights that saw a question on the same
document.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import qa
from qa.evaluation.judging import holds_evidence
from qa.retrieval.features import FEATURES
from qa.retrieval.questions import read_question
from qa.retrieval.ranking import READ_CLOSELY, read_shortlist, weights
from tests.quality.sets import FORM, QuestionSet, by_name, open_set

FOLDS = 5
# What a reader would say each feature is worth; the fit is held near it, since the sets hold few questions that need
# a region or an aim to be told apart. Scale and penalty were chosen once, on the cross-validated measures.
PRIOR = {
    "paragraph": 0.8,
    "sentence": 1.2,
    "words": 0.8,
    "bigrams": 0.8,
    "region": 2.4,
    "year": 1.6,
    "aim": 0.6,
    "coverage": 2.4,
    "around": 1.2,
    "figure": 0.4,
    "heading": -0.8,
    "origin": 0.8,
    "latest": 0.3,
    "lapsed": -1.0,
    "metadata": 2.0,
}
PENALTY = 0.002  # of the squared distance from PRIOR
WEIGHTS = Path(qa.__file__).parent / "retrieval" / "weights.json"

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question's shortlist: features (n, len(FEATURES)), and which of its passages hold the evidence."""

    features: Column
    right: NDArray[np.bool_]
    fold: int


def read_examples(learned: QuestionSet) -> list[Example]:
    """The examples of a set; questions whose evidence is on no shortlist teach nothing and count as misses."""
    asked = [question for question in learned.questions if question.evidence]
    examples = []
    for question in asked:
        understood = read_question(question.question, question.history, vocabulary=learned.index.vocabulary)
        shortlist = read_shortlist(learned.index, learned.encoder, understood, READ_CLOSELY)
        right = np.array(
            [
                holds_evidence(card.source, passage.text, question)
                for card, passage in zip(shortlist.cards, shortlist.passages, strict=True)
            ]
        )
        fold = zlib.crc32(question.evidence[0].file.encode()) % FOLDS
        examples.append(Example(shortlist.features, right, fold))
    return examples


def fit(by_set: Mapping[str, Sequence[Example]]) -> Column:
    """The weights (len(FEATURES),)."""
    taught = [
        (example, 1 / len(examples)) for examples in by_set.values() for example in examples if example.right.any()
    ]
    prior = np.array([PRIOR[name] for name in FEATURES])

    def loss(weight: Column) -> tuple[float, Column]:
        apart = weight - prior
        value, gradient = PENALTY * float(apart @ apart), 2 * PENALTY * apart
        for example, share in taught:
            scores = example.features @ weight
            likely = np.exp(scores - scores.max())
            every, right = likely.sum(), likely[example.right].sum()
            value -= share * float(np.log(right / every))
            expected = likely / every - np.where(example.right, likely, 0.0) / right
            gradient = gradient + share * (expected @ example.features)
        return value, gradient

    fitted: Column = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return fitted


def evidence_at(k: int, examples: list[Example], weight: Column) -> float:
    """The share of the examples with the evidence among the k best."""
    found = [
        bool(example.right[np.argsort(-(example.features @ weight), kind="stable")[:k]].any()) for example in examples
    ]
    return sum(found) / len(found) if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET", help=FORM)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all sets")
    arguments = parser.parse_args()
    by_set = by_name([open_set(named) for named in arguments.sets], read_examples)
    by_fold = [
        fit({name: [each for each in examples if each.fold != fold] for name, examples in by_set.items()})
        for fold in range(FOLDS)
    ]
    current = np.array([weights()[name] for name in FEATURES])
    print(
        f"{'set':12} {'n':>4} {'listed':>7}   {'now@1':>6} {'now@5':>6}   {'fit@1':>6} {'fit@5':>6}  (cross-validated)"
    )
    for name, examples in by_set.items():
        listed = sum(example.right.any() for example in examples) / len(examples)
        folds = [[example for example in examples if example.fold == fold] for fold in range(FOLDS)]
        fitted = [
            sum(evidence_at(k, part, weight) * len(part) for part, weight in zip(folds, by_fold, strict=True))
            / len(examples)
            for k in (1, 5)
        ]
        now = [evidence_at(k, examples, current) for k in (1, 5)]
        measures = "   ".join(f"{first:6.3f} {fifth:6.3f}" for first, fifth in (now, fitted))
        print(f"{name:12} {len(examples):4} {listed:7.3f}   {measures}")
    weight = fit(by_set)
    scaled = {name: round(float(value / np.abs(weight).sum()), 4) for name, value in zip(FEATURES, weight, strict=True)}
    print(json.dumps(scaled, indent=1))
    if arguments.write:
        WEIGHTS.write_text(json.dumps({"weights": scaled}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
