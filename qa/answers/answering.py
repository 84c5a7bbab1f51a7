"""Hits to an answer."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answers.refusal import find_refusal
from qa.records import Answer, Citation, DocumentCard, Hit, Question


def compose_answer(question: Question, hits: Sequence[Hit], cards: Sequence[DocumentCard]) -> Answer:
    """The answer that the best hit supports, with all hits cited; or why there is none, and what is nearest.

    `cards` are all documents held: they tell a year that no document speaks of from one that lacks the figure.
    """
    citations = tuple(cite(hit) for hit in hits)
    if refusal := find_refusal(question, hits, cards):
        text = f"现有文档里没有答案：{refusal.reason}。"
        return Answer(refusal.status, text, question, reason=refusal.reason, nearest=citations)
    return Answer("answered", citations[0].quote, question, citations)


def cite(hit: Hit) -> Citation:
    """The hit as a citation, its supporting sentence quoted."""
    passage, document = hit.passage, hit.document
    start, end = hit.sentence
    return Citation(
        source=document.source,
        document_id=document.id,
        text=passage.text,
        quote=passage.text[start:end],
        title=document.title,
        issuer=document.issuer,
        region=document.region,
        published=document.published or document.signed,
        section=passage.section,
        paragraph=passage.paragraph,
        start=passage.start,
        end=passage.end,
        score=hit.score,
        page=hit.page,
    )
