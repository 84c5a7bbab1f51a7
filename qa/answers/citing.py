"""A passage as a citation, and why it was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qa.answers.wording import validity_note
from qa.records import Answer, Citation, DocumentCard, Hit, Passage
from qa.retrieval.need import matched_words


def cite(hit: Hit, on: date | None) -> Citation:
    """The hit as a citation, its supporting sentence quoted."""
    alike = dict.fromkeys([*(source for source, _ in hit.alike), *hit.document.duplicates])
    cited = cite_span(hit.passage, hit.document, hit.sentence, on, hit.score)
    return replace(cited, parts=hit.parts, alike=tuple(alike))


def explain_matches(answer: Answer) -> Answer:
    """The answer, its citations saying which words of the question stand in them or in the headings above."""

    def explained(citation: Citation) -> Citation:
        text = " ".join([citation.title, *citation.section, citation.text])
        return replace(citation, matched=matched_words(answer.question, text))

    return replace(
        answer, citations=tuple(map(explained, answer.citations)), nearest=tuple(map(explained, answer.nearest))
    )


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
        told=tuple(figure.text for figure in passage.told),
    )
