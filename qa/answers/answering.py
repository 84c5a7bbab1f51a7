"""Hits to an answer."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import Answer, Citation, Hit, Question


def compose_answer(question: Question, hits: Sequence[Hit]) -> Answer:
    """The answer that the best hit supports, with all hits cited."""
    if not hits:
        return Answer("not_found", "现有文档里没有找到与这个问题有关的内容。", question, reason="没有相关段落")
    citations = tuple(cite(hit) for hit in hits)
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
    )
