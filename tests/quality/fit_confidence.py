"""Fits qa/answers/confidence.json: python -m tests.quality.fit_confidence SET [SET …] [--write]

A SET is NAME:DOCUMENTS:QUESTIONS:VECTORS, as in fit_weights. A question is asked as it is, and once more with the
documents that hold its evidence taken out of scope: then it has no answer, though the others are much alike. What other
reasons refuse (qa/answers/refusal.py) teaches nothing. The weights are a logistic regression in which questions with
and without an answer weigh the same; `least` is the probability below which SMALLEST_LOSS of the answerable questions
fall. What is printed is cross-validated over the sets, which share no document: each is judged by what the others
taught; sets of one NAME count as one. The last lines say how many of the questions that name nothing which is held are
refused as about something else (LEAST_SHARED and RELATED in qa/answers/refusal.py): those of the sets that have an
answer, and those of off_topic.txt, asked of every set.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import qa
from qa.answers.confidence import SIGNS, read_signs
from qa.answers.refusal import is_foreign, names_a_subject, plain_reason
from qa.retrieval.questions import read_question
from qa.retrieval.ranking import rank_passages
from qa.retrieval.scope import covers_years
from tests.quality.sets import QuestionSet, by_name, open_set

SMALLEST_LOSS = 0.005
PENALTY = 1.0  # of the squared weights of signs brought to mean 0 and deviation 1
FIT = Path(qa.__file__).parent / "answers" / "confidence.json"

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of a question's best hit, and whether the documents in scope answer it."""

    signs: tuple[float, ...]
    answerable: bool


def read_examples(asked: QuestionSet) -> Iterator[Example]:
    """The examples of a set."""
    cards = asked.index.store.cards()
    covered = partial(covers_years, asked.index.store)
    for gold in asked.questions:
        question = read_question(gold.question, gold.history, vocabulary=asked.index.vocabulary)
        files = {evidence.file for evidence in gold.evidence}
        others = tuple(card.id for card in cards if Path(card.source).name not in files)
        tries = [(question, bool(files))] + ([(replace(question, documents=others), False)] if files else [])
        for tried, answerable in tries:
            hits = rank_passages(asked.index, asked.encoder, tried, 10)
            if hits and not plain_reason(tried, hits, covered):
                yield Example(read_signs(tried, hits[0]), answerable)


def fit(examples: Sequence[Example]) -> tuple[Column, float]:
    """The weights (len(SIGNS) + 1,), the last the bias, and the least probability."""
    signs = np.array([example.signs for example in examples])
    answerable = np.array([example.answerable for example in examples], dtype=float)
    mean, deviation = signs.mean(0), signs.std(0)
    scaled = np.column_stack([(signs - mean) / deviation, np.ones(len(signs))])
    share = np.where(answerable > 0, 0.5 / answerable.mean(), 0.5 / (1 - answerable).mean())

    def loss(weight: Column) -> tuple[float, Column]:
        told = scaled @ weight
        value = share @ (np.logaddexp(0, told) - answerable * told) + PENALTY / 2 * float(weight[:-1] @ weight[:-1])
        slope = scaled.T @ (share * (1 / (1 + np.exp(-told)) - answerable))
        return float(value), slope + PENALTY * np.append(weight[:-1], 0.0)

    weight = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    plain = np.append(weight[:-1] / deviation, weight[-1] - (weight[:-1] * mean / deviation).sum())
    return plain, float(np.quantile(probabilities(signs[answerable > 0], plain), SMALLEST_LOSS))


def probabilities(signs: Column, weight: Column) -> Column:
    """The probability (n,) that each of n questions is answered."""
    told: Column = 1 / (1 + np.exp(-(signs @ weight[:-1] + weight[-1])))
    return told


def refused(examples: Sequence[Example], weight: Column, least: float, answerable: bool) -> float:
    """The share of the examples of that kind which the fit refuses."""
    signs = np.array([example.signs for example in examples if example.answerable == answerable])
    return float((probabilities(signs, weight) < least).mean()) if len(signs) else 0.0


def refused_as_foreign(asked: QuestionSet) -> Iterator[tuple[bool, bool]]:
    """Of each question without a subject whether the documents answer it, and whether it is refused for that."""
    covered = partial(covers_years, asked.index.store)
    tries = [(gold.question, gold.history, True) for gold in asked.questions if gold.evidence]
    lines = (Path(__file__).parent / "off_topic.txt").read_text(encoding="utf-8").splitlines()
    tries += [(line, (), False) for line in lines if not line.startswith("#")]
    for text, history, held in tries:
        question = read_question(text, history, vocabulary=asked.index.vocabulary)
        hits = rank_passages(asked.index, asked.encoder, question, 10)
        if hits and not names_a_subject(question) and not plain_reason(question, hits, covered):
            yield held, is_foreign(question, hits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET", help="NAME:DOCUMENTS:QUESTIONS:VECTORS")
    parser.add_argument("--write", action="store_true", help="write what is fitted on all sets")
    arguments = parser.parse_args()
    sets = [open_set(name) for name in arguments.sets]
    by_set = by_name(sets, read_examples)
    print(f"{'set':12} {'answerable':>10} {'refused':>8} {'without':>8} {'refused':>8}  (judged by the other sets)")
    for name, examples in by_set.items():
        weight, least = fit([example for other, others in by_set.items() if other != name for example in others])
        counts = [sum(example.answerable is kind for example in examples) for kind in (True, False)]
        shares = [refused(examples, weight, least, kind) for kind in (True, False)]
        print(f"{name:12} {counts[0]:10} {shares[0]:8.3f} {counts[1]:8} {shares[1]:8.3f}")
    foreign = [told for tries in by_name(sets, refused_as_foreign).values() for told in tries]
    for held, kind in ((True, "with an answer"), (False, "off the topic")):
        refusals = [refused for answered, refused in foreign if answered is held]
        print(f"about something else: {sum(refusals)} of {len(refusals)} {kind}")
    weight, least = fit([example for examples in by_set.values() for example in examples])
    named = {name: round(float(value), 4) for name, value in zip((*SIGNS, "bias"), weight, strict=True)}
    fitted = {"encoder": sets[0].encoder.identity, "weights": named, "least": round(least, 3)}
    print(json.dumps(fitted, indent=1))
    if arguments.write:
        FIT.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
