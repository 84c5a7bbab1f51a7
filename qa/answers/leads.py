"""Items of a list cited and told with what leads to them, since neither says much alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qa.documents.items import LedList, leading_sentence
from qa.records import Answer, Citation, Document
from qa.text.sentences import LONGEST_SENTENCE

LONGEST_LED = 600  # characters of a list that is cited as one


def cite_with_leads(
    answer: Answer, document_of: Callable[[str], Document], lists_of: Callable[[str], tuple[LedList, ...]]
) -> Answer:
    """The answer, its citations of an item or a lead widened to the list; in a long one, from the lead to the item.

    Those that then cite the same become one. A reply that is no more than an item is told after its lead.
    """

    def widened(citation: Citation) -> Citation:
        found = next((led for led in lists_of(citation.document_id) if _holds(led, citation)), None)
        return _widened(citation, found, document_of(citation.document_id)) if found else citation

    citations = tuple(map(widened, answer.citations))
    if answer.citations and answer.text == answer.citations[0].quote:
        answer = replace(answer, text=_after_its_lead(answer.citations[0], citations[0]))
    return _moved(replace(answer, nearest=tuple(map(widened, answer.nearest))), citations)


def _after_its_lead(item: Citation, widened: Citation) -> str:
    """What the citation of an item quotes, after the last sentence of the paragraph that leads to it."""
    if widened.start == item.start:
        return item.quote
    lead = leading_sentence(widened.text.splitlines()[0]).strip()
    return f"{lead}\n{item.quote}" if len(lead) + len(item.quote) <= LONGEST_SENTENCE else item.quote


def _holds(led: LedList, citation: Citation) -> bool:
    """Whether the citation is in the list, and near enough to its lead to be cited with it."""
    inside = led.lead[0] <= citation.start and citation.end <= led.items[-1][1]
    return inside and citation.end - led.lead[0] <= LONGEST_LED


def _widened(citation: Citation, led: LedList, document: Document) -> Citation:
    start, end = led.lead[0], led.items[-1][1]
    if end - start > LONGEST_LED:
        end = citation.end
    return replace(citation, text=document.text[start:end], start=start, end=end)


def _moved(answer: Answer, citations: tuple[Citation, ...]) -> Answer:
    """The answer with these citations in place of its own, each once, and what refers to them."""
    stretches = [(each.document_id, each.start, each.end) for each in citations]
    first = {stretch: stretches.index(stretch) for stretch in stretches}
    moved = [list(first).index(stretch) for stretch in stretches]
    comparison = answer.comparison and replace(
        answer.comparison,
        cells=tuple(
            cell if cell.citation is None else replace(cell, citation=moved[cell.citation])
            for cell in answer.comparison.cells
        ),
    )
    return replace(
        answer,
        citations=tuple(citations[place] for place in first.values()),
        figures=tuple(replace(each, citation=moved[each.citation]) for each in answer.figures),
        also=tuple(replace(each, citation=moved[each.citation]) for each in answer.also),
        items=tuple(replace(each, citation=moved[each.citation]) for each in answer.items),
        comparison=comparison,
    )
