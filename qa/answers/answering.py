"""Hits to an answer."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import Answer, Citation, Hit, Question
from qa.retrieval.scope import NOWHERE, region_fit


def compose_answer(question: Question, hits: Sequence[Hit]) -> Answer:
    """The answer that the best hit supports, with all hits cited; or why there is none, and what is nearest."""
    citations = tuple(cite(hit) for hit in hits)
    if reason := _reason_for_none(question, hits):
        return Answer("not_found", f"现有文档里没有答案：{reason}。", question, reason=reason, nearest=citations)
    return Answer("answered", citations[0].quote, question, citations)


def _reason_for_none(question: Question, hits: Sequence[Hit]) -> str | None:
    if hits and (not question.regions or any(region_fit(hit.document, question) > NOWHERE for hit in hits)):
        return None
    return f"没有{'、'.join(question.regions)}的文档" if question.regions else "没有与问题有关的内容"


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
    )
