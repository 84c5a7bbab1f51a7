"""Fits qa/answers/confidence.json: python -m tests.quality.fit_confidence SET [SET …] [--write]

A SET is NAME:DOCUMENTS:QUESTIONS:VECTORS, as in fit_weights. A question is asked as it is, and twice more so that it
has no answer: without the passages that hold its evidence or say its answer (the document does not give that figure),
and without the documents that hold it (there is none of that place or year). What other reasons refuse
(qa/answers/refusal.py) teaches nothing, nor do comparisons, of which each side is asked by itself. Questions for an
amount and others are fitted apart: a logistic regression in which those with and without an answer weigh the same.
`least` is the probability below which LOST of the answerable questions fall. What is printed is cross-validated over
the sets, which share no document: each is judged by what the others taught; sets of one NAME count as one. The last
lines say how many of the questions that name nothing which is held are refused as about something else (LEAST_SHARED
and RELATED in qa/answers/refusal.py): those of the sets that have an answer, and those of off_topic.txt, asked of every
set.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import qa
from qa.answers.confidence import KINDS, SIGNS, kind_of, read_signs
from qa.answers.refusal import is_foreign, names_a_subject, plain_reason, told_figure
from qa.evaluation.judging import holds_evidence
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.wording import says
from qa.records import Hit
from qa.retrieval.features import FEATURES
from qa.retrieval.questions import read_question
from qa.retrieval.ranking import READ_CLOSELY, rank_passages, weights
from qa.retrieval.scope import covers_years
from tests.quality.sets import QuestionSet, by_name, open_set

# A wrong figure misleads more than a passage beside the point, and more than a refusal that shows what is nearest.
LOST = {"amount": 0.02, "other": 0.005}
PENALTY = 1.0  # of the squared weights of signs brought to mean 0 and deviation 1
FIT = Path(qa.__file__).parent / "answers" / "confidence.json"

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of a question's best hit, and whether the hits answer it."""

    kind: str  # one of KINDS
    signs: tuple[float, ...]
    answerable: bool


def read_examples(asked: QuestionSet) -> Iterator[Example]:
    """The examples of a set."""
    cards = asked.index.store.cards()
    covered = partial(covers_years, asked.index.store)
    for gold in asked.questions:
        question = read_question(gold.question, gold.history, vocabulary=asked.index.vocabulary)
        if question.wants == "comparison":
            continue
        hits = rank_passages(asked.index, asked.encoder, question, READ_CLOSELY)
        tries = [(hits, bool(gold.evidence))]
        if gold.evidence:
            files = {evidence.file for evidence in gold.evidence}
            others = tuple(card.id for card in cards if Path(card.source).name not in files)
            elsewhere = rank_passages(asked.index, asked.encoder, replace(question, documents=others), 10)
            tries += [(without_answer(hits, gold), False), (elsewhere, False)]
        for found, answerable in tries:
            if found and not plain_reason(question, found[:10], covered, told_figure(question, found[:10])):
                yield Example(kind_of(question), read_signs(found[0]), answerable)


def without_answer(hits: Sequence[Hit], gold: GoldQuestion) -> list[Hit]:
    """The hits that do not tell the answer, ranked as if these were all: the best of each index is the best of them."""
    left = [hit for hit in hits if not tells(hit, gold)]
    best = {name: max((hit.parts[name] for hit in left), default=0.0) for name in FEATURES[:4]}
    scaled = [
        replace(hit, parts={**hit.parts, **{name: hit.parts[name] / most for name, most in best.items() if most}})
        for hit in left
    ]
    return sorted(scaled, key=lambda hit: -sum(weight * hit.parts[name] for name, weight in weights().items()))


def tells(hit: Hit, gold: GoldQuestion) -> bool:
    """Whether the hit holds the evidence, or says an answer as another passage may."""
    answers = [wording for wordings in gold.answers for wording in wordings]
    return holds_evidence(hit.document.source, hit.text, gold) or any(says(hit.text, answer) for answer in answers)


def fit(examples: Sequence[Example], lost: float) -> tuple[Column, float]:
    """The weights (len(SIGNS) + 1,), the last the bias, and the least probability, which loses that share."""
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
    return plain, float(np.quantile(probabilities(signs[answerable > 0], plain), lost))


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
        if not hits or names_a_subject(question):
            continue
        if not plain_reason(question, hits, covered, told_figure(question, hits)):
            yield held, is_foreign(question, hits)


def print_refused(kind: str, by_set: Mapping[str, Sequence[Example]]) -> None:
    """The shares refused of each set, judged by what the others taught."""
    print(f"{kind:12} {'answerable':>10} {'refused':>8} {'without':>8} {'refused':>8}  (judged by the other sets)")
    for name, examples in by_set.items():
        others = [each for other, its in by_set.items() if other != name for each in its]
        weight, least = fit(others, LOST[kind])
        counts = [sum(each.answerable is answerable for each in examples) for answerable in (True, False)]
        shares = [refused(examples, weight, least, answerable) for answerable in (True, False)]
        print(f"{name:12} {counts[0]:10} {shares[0]:8.3f} {counts[1]:8} {shares[1]:8.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET", help="NAME:DOCUMENTS:QUESTIONS:VECTORS")
    parser.add_argument("--write", action="store_true", help="write what is fitted on all sets")
    arguments = parser.parse_args()
    sets = [open_set(name) for name in arguments.sets]
    by_set = by_name(sets, read_examples)
    fitted = {}
    for kind in KINDS:
        of_kind = {name: [each for each in examples if each.kind == kind] for name, examples in by_set.items()}
        print_refused(kind, of_kind)
        weight, least = fit([each for examples in of_kind.values() for each in examples], LOST[kind])
        named = {name: round(float(value), 4) for name, value in zip((*SIGNS, "bias"), weight, strict=True)}
        fitted[kind] = {"weights": named, "least": round(least, 3)}
    foreign = [told for tries in by_name(sets, refused_as_foreign).values() for told in tries]
    for held, kind in ((True, "with an answer"), (False, "off the topic")):
        refusals = [refused for answered, refused in foreign if answered is held]
        print(f"about something else: {sum(refusals)} of {len(refusals)} {kind}")
    written = json.dumps({"encoder": sets[0].encoder.identity, "odds": fitted}, indent=1)
    print(written)
    if arguments.write:
        FIT.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
