"""How well it works, and what each part is worth: python -m tests.quality.ablation SET [SET …] [--write-readme]

A SET is NAME:DOCUMENTS:QUESTIONS:VECTORS, the questions in the form that `python -m qa evaluate` reads. One part of
retrieval at a time is left out of the same indexes, the weights of the others staying as they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from qa.answers.citing import cite
from qa.evaluation.judging import Reply, Sources, judge_replies
from qa.evaluation.measures import MEASURES, summarise
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.running import evaluate
from qa.index.vectors import Vectors
from qa.knowledge_base import KnowledgeBase
from qa.records import Question
from qa.retrieval.candidates import search_terms
from qa.retrieval.questions import read_question
from qa.retrieval.ranking import rank_passages, weights
from tests.quality.sets import FORM, QuestionSet, open_set
from tests.readme import write_part

SHOWN = (*MEASURES, "nDCG@10")
CLOSELY_READ = ("year", "aim", "coverage", "around", "figure", "heading", "metadata")


def no_words(question: Question) -> tuple[list[str], list[str]]:
    """The terms to search, without the words."""
    return [], search_terms(question)[1]


def no_bigrams(question: Question) -> tuple[list[str], list[str]]:
    """The terms to search, without the bigrams."""
    return search_terms(question)[0], []


def nothing_near(*_: object) -> NDArray[np.int64]:
    """No passages."""
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Part:
    """What is left out: features that weigh nothing, fields of the question that are emptied, a search not made."""

    name: str
    features: Sequence[str] = ()
    question: Mapping[str, Any] = field(default_factory=dict)
    search: AbstractContextManager[object] = field(default_factory=nullcontext)


PARTS = (
    Part("nothing"),
    Part("vectors", ("paragraph", "sentence"), search=patch.object(Vectors, "nearest", nothing_near)),
    Part("– of paragraphs, in the weighing", ("paragraph",)),
    Part("– of sentences, in the weighing", ("sentence",)),
    Part("words", search=patch("qa.retrieval.candidates.search_terms", no_words)),
    Part("character bigrams", search=patch("qa.retrieval.candidates.search_terms", no_bigrams)),
    Part("other names of what is named", question={"aliases": ()}),
    Part("region", question={"regions": ()}),
    Part("year", question={"years": ()}),
    Part("aim or achievement", ("aim",), {"aim": None}),
    Part("wording shared with the sentence", ("coverage",)),
    Part("wording shared with passage and headings", ("around",)),
    Part("a figure of the asked kind", ("figure",)),
    Part("headings and metadata told from text", ("heading", "metadata")),
    Part("all that is read sentence by sentence", CLOSELY_READ),
    Part("all but vectors of paragraphs", (*CLOSELY_READ, "sentence", "words", "bigrams"), {"regions": ()}),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET", help=FORM)
    parser.add_argument("--write-readme", action="store_true", help="put the tables into README.md")
    options = parser.parse_args()
    sets = [open_set(named) for named in options.sets]
    text = "\n".join([f"Measured {date.today()}.", "", *measures_table(sets), "", *worth_table(sets)])
    print(text)
    if options.write_readme:
        write_part("quality", text)


def measures_table(sets: Sequence[QuestionSet]) -> list[str]:
    """What `python -m qa evaluate` says of all questions of each set."""
    lines = [_row("set", "questions", *SHOWN), _row("---", *("---:" for _ in ("questions", *SHOWN)))]
    for each in sets:
        means = summarise(evaluate(KnowledgeBase.open(each.vectors), each.questions))["all"]
        lines.append(_row(each.name, str(means["n"]), *(_figure(means.get(name)) for name in SHOWN)))
    return lines


def worth_table(sets: Sequence[QuestionSet]) -> list[str]:
    """evidence@1 / evidence@5 of the ranking, before any refusal, with each part left out."""
    lines = [_row("left out", *(each.name for each in sets)), _row("---", *("---:" for _ in sets))]
    for part in tqdm(PARTS, unit="part", disable=None):
        means = [summary_without(part, each) for each in sets]
        figures = (" / ".join(_figure(mean[name]) for name in ("evidence@1", "evidence@5")) for mean in means)
        lines.append(_row(part.name, *figures))
    return lines


def summary_without(part: Part, asked: QuestionSet) -> Mapping[str, float]:
    """The measures of the passages that are ranked first without the part."""
    weighed = {name: 0.0 if name in part.features else weight for name, weight in weights().items()}

    def reply(question: GoldQuestion) -> Reply:
        understood = replace(read_question(question.question, question.history), **part.question)
        hits = rank_passages(asked.index, asked.encoder, understood, k=5)
        return Reply(tuple(cite(hit, None) for hit in hits))

    with part.search, patch("qa.retrieval.ranking.weights", lambda: weighed):
        outcomes = judge_replies(asked.questions, reply, Sources(KnowledgeBase.open(asked.vectors)))
    return summarise(outcomes)["all"]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


if __name__ == "__main__":
    main()
