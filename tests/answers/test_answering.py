from __future__ import annotations

from datetime import date

from qa.answers.answering import compose_answer
from qa.records import DocumentCard, Hit, Passage, Question

TEXT = "健全培育库。新增高新技术企业110家。"


def hit(region: str | None = None, named: tuple[str, ...] = ()) -> Hit:
    local = region is None
    card = DocumentCard(
        "d", "d.txt", "工作计划", "某局", region, None, date(2024, 4, 3), named=named, of_unnamed_place=local
    )
    passage = Passage("d@5", "d", "paragraph", TEXT, 5, 5 + len(TEXT), ("一、目标",), 2, "工作计划")
    return Hit(passage, card, 0.7, {"words": 1.0}, (6, len(TEXT)))


def test_the_answer_is_the_supporting_sentence_with_its_citation() -> None:
    answer = compose_answer(Question("问", "问"), [hit()])
    assert (answer.status, answer.text) == ("answered", "新增高新技术企业110家。")
    [citation] = answer.citations
    assert citation.quote == "新增高新技术企业110家。"
    assert (citation.text, citation.start, citation.end) == (TEXT, 5, 5 + len(TEXT))
    assert (citation.source, citation.section, citation.paragraph) == ("d.txt", ("一、目标",), 2)
    assert citation.published == date(2024, 4, 3)  # signed then, where no date of publication is known


def test_a_place_that_no_document_names_is_refused_with_what_is_nearest() -> None:
    answer = compose_answer(Question("问", "问", regions=("浙江省宁波市余姚市",)), [hit()])
    assert (answer.status, answer.citations) == ("not_found", ())
    assert answer.reason == "没有浙江省宁波市余姚市的文档"
    assert [citation.source for citation in answer.nearest] == ["d.txt"]


def test_a_document_that_names_the_place_may_answer() -> None:
    place = "浙江省宁波市余姚市"
    assert compose_answer(Question("问", "问", regions=(place,)), [hit(named=(place,))]).status == "answered"
    assert compose_answer(Question("问", "问", regions=(place,)), [hit(region=place)]).status == "answered"


def test_without_hits_there_is_no_answer() -> None:
    answer = compose_answer(Question("问", "问"), [])
    assert (answer.status, answer.reason, answer.nearest) == ("not_found", "没有与问题有关的内容", ())
