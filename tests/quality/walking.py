"""A walk over an answer that holds every figure and quotation in it against the document it is cited from."""

from __future__ import annotations

import re

from qa.answers.wording import headline
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3})")  # the mark in 88,000


def check_answer(answer: Answer, knowledge: KnowledgeBase) -> None:
    """Fails where a quotation, a figure, an item or a side does not stand where the answer says that it stands."""
    for citation in (*answer.citations, *answer.nearest):
        text = knowledge.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.text
        assert citation.quote
        assert citation.quote in citation.text
        assert len(citation.quote) <= 300
    for figure in (*answer.figures, *answer.also):
        cited = answer.citations[figure.citation]
        assert cited.document_id == figure.document_id
        stands = knowledge.document(figure.document_id).text[figure.start : figure.end]
        if cited.told:  # a table row, of which a cell is told in words
            assert any(figure.wording in told for told in cited.told)
            assert _NUMBER.findall(figure.text)[0] in _NUMBER.findall(_GROUPED.sub("", stands))
        else:
            assert stands == figure.wording
        assert cited.start <= figure.start < figure.end <= cited.end
        assert figure.text in figure.wording
    for item in answer.items:
        assert answer.citations[item.citation].document_id == item.document_id
        assert knowledge.document(item.document_id).text[item.start : item.end] == item.text
    if answer.status == "answered":
        _check_reply(answer)


def _check_reply(answer: Answer) -> None:
    """Every word of substance in the reply stands in a cited passage."""
    if answer.comparison:
        for cell in answer.comparison.cells:
            assert (cell.citation is None) == bool(cell.reason)
            if cell.figure and cell.citation is not None:
                cited = answer.citations[cell.citation]
                assert any(cell.text in said for said in (cited.text, *cited.told))
        return
    said = answer.text
    for figure in (*answer.figures, *answer.also):
        said = said.replace(headline(figure), figure.wording)
    for citation in answer.citations:
        said = said.replace(f"（{citation.note}。）", "")
    held = [" ".join([cited.title, *cited.section, cited.text, *cited.told]) for cited in answer.citations]
    for number in _NUMBER.findall(said):  # the year may be told by a heading: 2024年：新增110家
        assert any(number in text for text in held), (number, said)
    for quotation in re.findall(r"^“(.*)”$", said, re.MULTILINE):
        assert any(quotation in citation.text for citation in answer.citations)
