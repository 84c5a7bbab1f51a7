"""Replies held against the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from qa.documents.passages import split_passages
from qa.evaluation.questions import Evidence, GoldQuestion
from qa.evaluation.wording import stands_in
from qa.index.building import Progress
from qa.knowledge_base import KnowledgeBase
from qa.records import Citation, Status

LONGEST_CITED = 1500  # characters; more is no passage


@dataclass(frozen=True, slots=True)
class Reply:
    """What is measured: what was said and cited, or what was retrieved."""

    citations: tuple[Citation, ...]  # best first
    status: Status | None = None  # None where nothing was said
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with its reply and where in it the evidence is."""

    question: GoldQuestion
    reply: Reply
    seconds: float
    ranks: tuple[int | None, ...]  # for each evidence, the first citation that holds it, from 1
    unfounded: int  # citations that do not count: not in their document as they say, or too long
    relevant: frozenset[str]  # the ids of all passages, cited or not, that hold evidence

    @property
    def rank(self) -> int | None:
        """Of how many citations, from the first, a reader needs; None where not all of them have it."""
        found = [rank for rank in self.ranks if rank]
        if self.question.evidence_mode == "all":
            return max(found) if len(found) == len(self.ranks) else None
        return min(found, default=None)


class Sources:
    """The documents of a knowledge base, each read once."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._document = cache(knowledge.document)
        self._passages = cache(lambda id_: split_passages(self._document(id_)))
        self._by_name = defaultdict(list)
        for card in knowledge.documents():
            self._by_name[Path(card.source).name].append(card)

    def hold(self, citation: Citation) -> bool:
        """Whether the citation stands in its document at its offsets, and is no longer than a passage may be."""
        text = self._document(citation.document_id).text
        return len(citation.text) <= LONGEST_CITED and text[citation.start : citation.end] == citation.text

    def relevant(self, question: GoldQuestion) -> frozenset[str]:
        """The ids of the passages that hold evidence."""
        return frozenset(
            passage.id
            for evidence in question.evidence
            for card in self._by_name[Path(evidence.file).name]
            for passage in self._passages(card.id)
            if holds(card.source, passage.text, evidence)
        )


def judge_replies(
    questions: Sequence[GoldQuestion],
    reply: Callable[[GoldQuestion], Reply],
    sources: Sources,
    progress: Progress | None = None,
) -> list[Outcome]:
    """The outcomes in the order of the questions; only the replies are timed."""
    outcomes = []
    for done, question in enumerate(questions, 1):
        started = perf_counter()
        replied = reply(question)
        outcomes.append(judge(question, replied, perf_counter() - started, sources))
        if progress:
            progress("提问", done, len(questions))
    return outcomes


def judge(question: GoldQuestion, reply: Reply, seconds: float, sources: Sources) -> Outcome:
    """Where in the reply the question's evidence is."""
    founded = [(rank, cited) for rank, cited in enumerate(reply.citations, 1) if sources.hold(cited)]
    ranks = tuple(
        next((rank for rank, cited in founded if holds(cited.source, cited.text, evidence)), None)
        for evidence in question.evidence
    )
    unfounded = len(reply.citations) - len(founded)
    return Outcome(question, reply, seconds, ranks, unfounded, sources.relevant(question))


def holds_evidence(source: str, text: str, question: GoldQuestion) -> bool:
    """Whether a passage of that source holds any of the question's evidence."""
    return any(holds(source, text, evidence) for evidence in question.evidence)


def holds(source: str, text: str, evidence: Evidence) -> bool:
    """Whether a passage of that source holds the evidence; files are compared by name, wherever they lie."""
    return Path(source).name == Path(evidence.file).name and any(stands_in(quote, text) for quote in evidence.quotes)
