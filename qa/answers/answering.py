"""Hits to an answer."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import Answer, Citation, Hit, Question


def compose_answer(question: Question, hits: Sequence[Hit]) -> Answer:
    """The answer that the best hit supports, with all hits cited; without any hit, the reason why there is none."""
    if not hits:
        places = "、".join(question.regions)
        reason = f"没有{places}的文档" if places else "没有与问题有关的内容"
        return Answer("not_found", f"现有文档里没有答案：{reason}。", question, reason=reason)
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
