"""Answers questions about Chinese government documents with the passage that says so, word for word."""

from __future__ import annotations

from functools import cache

from qa.knowledge_base import KnowledgeBase, rebuild
from qa.records import Answer, Hit

__all__ = ["KnowledgeBase", "ask", "rebuild", "retrieve"]


@cache
def _default() -> KnowledgeBase:
    return KnowledgeBase.open()


def retrieve(question: str, k: int = 5) -> list[Hit]:
    """The k passages nearest to the question, from the default index (QA_VECTORS, or vectors/)."""
    return _default().retrieve(question, k)


def ask(question: str) -> Answer:
    """The answer from the default index (QA_VECTORS, or vectors/)."""
    return _default().ask(question)
