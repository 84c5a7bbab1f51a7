from __future__ import annotations

from qa.records import Document
from tests.documents.reading import read_documents

CHIPS = ["今年以来，芯片产业发展很快。", "一、芯片制造", "芯片产能提高。", "二、芯片设计", "芯片设计增强。"]
FARMS = ["近年来，粮食生产稳定。", "一、粮食播种", "粮食面积扩大。", "二、粮食收储", "粮食收储有序。"]
SCHOOLS = ["为办好学校，特制定计划。", "一、学校建设", "学校教室增加。", "二、学校管理", "学校教师增加。"]


def read(*lines: str) -> list[Document]:
    return read_documents("a.txt", "\n".join(lines).encode())


def test_articles_without_headings_are_told_apart_where_numbering_starts_again() -> None:
    documents = read("以下是整理的关于三项工作的文章3篇，欢迎参考！", *CHIPS, *FARMS, *SCHOOLS)
    assert [document.card.id for document in documents] == ["a.txt#1", "a.txt#2", "a.txt#3"]
    assert {document.card.source for document in documents} == {"a.txt"}
    assert [document.card.title for document in documents] == [f"三项工作（第{n}篇）" for n in (1, 2, 3)]
    assert documents[1].text.splitlines() == FARMS
    assert documents[2].text.splitlines() == SCHOOLS


def test_articles_cover_the_file() -> None:
    lines = ["以下是整理的关于三项工作的文章3篇", *CHIPS, *FARMS, *SCHOOLS]
    assert "".join(document.text for document in read(*lines)) == "\n".join(lines)


def test_articles_that_say_where_they_begin() -> None:
    documents = read("关于两项工作的范文2篇", "篇一：芯片", *CHIPS, "篇二：粮食", *FARMS)
    assert [document.text.splitlines()[-len(CHIPS) :] for document in documents] == [CHIPS, FARMS]


def test_page_that_announces_more_than_it_holds_is_one_document() -> None:
    (document,) = read("以下是整理的关于芯片的文章3篇", *CHIPS)
    assert document.card.id == "a.txt"


def test_ordinary_document_is_one() -> None:
    (document,) = read("关于芯片的通知", *CHIPS)
    assert (document.card.id, document.card.title) == ("a.txt", "关于芯片的通知")
