"""A passage as a citation."""

from __future__ import annotations

from datetime import date

from qa.answers.wording import validity_note
from qa.records import Citation, DocumentCard, Hit, Passage


def cite(hit: Hit, on: date | None) -> Citation:
    """The hit as a citation, its supporting sentence quoted."""
    return cite_span(hit.passage, hit.document, hit.sentence, on, hit.score)


def cite_span(
    passage: Passage, document: DocumentCard, span: tuple[int, int], on: date | None, score: float = 0.0
) -> Citation:
    """The passage as a citation that quotes the span of its text, with a note where it does not hold on that day."""
    start, end = span
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
        score=score,
        page=passage.page,
        number=document.number,
        note=validity_note(document, on) if on else None,
    )
