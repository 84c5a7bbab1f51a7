"""Questions, replies and outcomes in short."""

from __future__ import annotations

from dataclasses import replace

from qa.evaluation.judging import Outcome, Reply
from qa.evaluation.questions import Evidence, GoldQuestion
from qa.records import Citation

QUESTION = GoldQuestion(
    "q", "numeric", "高企几家", (), (("110家",),), "any", (Evidence("a.txt", ("新增110家",)),), "any"
)


def asking(id_: str = "q", **fields: object) -> GoldQuestion:
    return replace(QUESTION, id=id_, **fields)  # type: ignore[arg-type]


def citing(text: str, source: str = "a.txt", start: int = 0, quote: str | None = None) -> Citation:
    quote = text if quote is None else quote
    return Citation(source, source, text, quote, "甲", None, None, None, (), 1, start, start + len(text), 1.0)


def outcome(*ranks: int | None, question: GoldQuestion = QUESTION, text: str = "新增110家") -> Outcome:
    """An answered question whose ten citations begin at 10, 20, … of a.txt, the evidence standing at these ranks."""
    citations = tuple(citing("新增110家" if place in ranks else "无关", start=10 * place) for place in range(1, 11))
    relevant = frozenset(f"a.txt@{10 * rank}" for rank in ranks if rank)
    return Outcome(question, Reply(citations, "answered", text), 0.01, ranks, 0, relevant)
