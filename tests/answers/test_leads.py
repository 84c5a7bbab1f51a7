from __future__ import annotations

from dataclasses import replace

from qa.answers.citing import cite_span
from qa.answers.leads import LONGEST_LED, cite_with_leads
from qa.documents.items import led_lists
from qa.documents.passages import split_passages
from qa.records import Answer, Citation, Document, Item
from qa.retrieval.questions import read_question
from tests.documents.reading import read_documents

QUESTION = read_question("哪些费用不予支付")
LEAD = "第二条 本办法适用于参保人员。下列费用不予支付："
LIST = f"{LEAD}\n（一）境外发生的费用；\n（二）自杀、自残的费用。"


def document(after: str = "") -> Document:
    (read,) = read_documents(
        "a.txt", f"医疗保险办法\n\n第一条 为了保障医疗，制定本办法。\n{LIST}{after}\n第三条 施行。".encode()
    )
    return read


def cited(held: Document, *beginnings: str) -> tuple[Citation, ...]:
    """Citations of the passages that begin so, each quoted whole."""
    found = {passage.text: passage for passage in split_passages(held)}
    chosen = [next(found[text] for text in found if text.startswith(beginning)) for beginning in beginnings]
    return tuple(cite_span(passage, held.card, (0, len(passage.text)), None) for passage in chosen)


def reply(held: Document, text: str, *beginnings: str) -> Answer:
    return cite_with_leads(
        Answer("answered", text, QUESTION, cited(held, *beginnings)), lambda _: held, lambda _: led_lists(held)
    )


def test_an_item_is_cited_with_its_list_and_told_after_the_sentence_that_leads_to_it() -> None:
    answer = reply(document(), "（二）自杀、自残的费用。", "（二）")
    assert [(each.text, each.quote) for each in answer.citations] == [(LIST, "（二）自杀、自残的费用。")]
    assert answer.text == "下列费用不予支付：\n（二）自杀、自残的费用。"


def test_the_citation_stands_where_it_says() -> None:
    held = document()
    [citation] = reply(held, "", "（一）").citations
    assert held.text[citation.start : citation.end] == citation.text


def test_citations_of_one_list_become_one_and_what_refers_to_them_follows() -> None:
    held = document()
    citations = cited(held, "第一条", "（一）", "（二）", "第三条")
    items = tuple(Item(each.text, "a.txt", each.start, each.end, place) for place, each in enumerate(citations))
    answer = cite_with_leads(
        Answer("answered", "", QUESTION, citations, items=items), lambda _: held, lambda _: led_lists(held)
    )
    assert [each.text for each in answer.citations] == [citations[0].text, LIST, citations[3].text]
    assert [each.citation for each in answer.items] == [0, 1, 1, 2]


def test_of_a_long_list_the_lead_to_the_item_is_cited() -> None:
    held = document(f"\n（三）{'其' * LONGEST_LED}。")
    assert [each.text for each in reply(held, "", "（二）", "（三）").citations] == [
        LIST,
        f"（三）{'其' * LONGEST_LED}。",
    ]


def test_what_is_no_item_stays_as_it_is() -> None:
    held = document()
    answer = Answer("not_found", "没有。", QUESTION, nearest=cited(held, "第一条"))
    assert cite_with_leads(answer, lambda _: held, lambda _: led_lists(held)) == answer
    assert (
        cite_with_leads(replace(answer, nearest=cited(held, "（一）")), lambda _: held, lambda _: led_lists(held))
        .nearest[0]
        .text
        == LIST
    )
