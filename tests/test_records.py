from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import pytest

from qa.records import Answer, Cell, Citation, Comparison, Figure, Item, Question

CITATION = Citation(
    source="福州/养老.txt",
    document_id="d",
    text="新增养老床位500张。",
    quote="新增养老床位500张。",
    title="养老服务实施意见",
    issuer="福州市人民政府",
    region="福建省福州市",
    published=date(2025, 3, 4),
    section=("三、主要任务", "（一）增加供给"),
    paragraph=2,
    start=10,
    end=21,
    score=0.9,
    page=5,
    number="榕政〔2025〕12号",
)
FIGURE = Figure("新增养老床位500张", "500张", 500, 500, "张", "张", "", "福建省福州市", 2025, "target", "d", 10, 19, 0)
ANSWER = Answer("answered", "福州市：500张", Question("床位多少", "床位多少"), (CITATION,), figures=(FIGURE,))


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        (
            {},
            "《养老服务实施意见》（榕政〔2025〕12号，福州市人民政府，2025年3月4日）第三部分“（一）增加供给”第2段，第5页",
        ),
        ({"number": None, "issuer": None, "published": None, "page": None, "section": ()}, "《养老服务实施意见》第2段"),
        (
            {"number": None, "page": None, "section": ("十二、附则",), "paragraph": 0},
            "《养老服务实施意见》（福州市人民政府，2025年3月4日）第十二部分",
        ),
    ],
)
def test_a_citation_as_it_is_written_in_a_paper(changes: dict[str, object], written: str) -> None:
    assert replace(CITATION, **changes).formal() == written  # type: ignore[arg-type]


def test_an_answer_in_plain_values_is_complete_and_json() -> None:
    comparison = Comparison((Cell("福州市", "500张", FIGURE, 0), Cell("厦门市", "", None, None, "没有")), "")
    answer = replace(ANSWER, items=(Item("（一）供给", "d", 3, 8, 0),), comparison=comparison)
    plain = answer.to_dict()
    assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain
    assert list(plain) == [each.name for each in fields(Answer)]
    assert list(plain["citations"][0]) == [each.name for each in fields(Citation)]
    assert list(plain["figures"][0]) == [each.name for each in fields(Figure)]
    assert plain["citations"][0]["published"] == "2025-03-04"
    assert plain["citations"][0]["section"] == ["三、主要任务", "（一）增加供给"]
    assert plain["items"] == [{"text": "（一）供给", "document_id": "d", "start": 3, "end": 8, "citation": 0}]
    assert plain["comparison"]["cells"][1] == {
        "label": "厦门市",
        "text": "",
        "figure": None,
        "citation": None,
        "reason": "没有",
    }


def test_a_reply_as_markdown() -> None:
    assert ANSWER.to_markdown() == (
        f"**床位多少**\n\n福州市：500张  \n\n1. {CITATION.formal()}\n   > 新增养老床位500张。\n"
    )


def test_a_list_as_markdown() -> None:
    items = (Item("（一）增加供给", "d", 3, 10, 0), Item("（二）提升质量", "d", 30, 37, 1))
    lines = replace(ANSWER, items=items).to_markdown().splitlines()
    assert lines[2:4] == ["- （一）增加供给 [1]", "- （二）提升质量 [2]"]


def test_a_comparison_as_markdown() -> None:
    cells = (Cell("福州市", "500张", FIGURE, 0), Cell("厦门市", "", None, None, "没有厦门市的文档"))
    lines = replace(ANSWER, comparison=Comparison(cells, "只有一方。")).to_markdown().splitlines()
    assert lines[2:8] == [
        "| 对象 | 原文 | 出处 |",
        "| --- | --- | --- |",
        "| 福州市 | 500张 | [1] |",
        "| 厦门市 | 没有厦门市的文档 |  |",
        "",
        "只有一方。",
    ]


def test_markup_in_the_sources_is_no_markup_of_the_answer() -> None:
    hostile = "<script>甲|乙</script>\n# *丙* [丁](http://x) `戊` ~己~ _庚_\\"
    citation = replace(CITATION, quote=hostile, title=hostile)
    cells = (Cell(hostile, hostile, None, 0),)
    asked = Question(hostile, hostile)
    for answer in (
        Answer("answered", hostile, asked, (citation,)),
        Answer("answered", hostile, asked, (citation,), items=(Item(hostile, "d", 0, 9, 0),)),
        Answer("answered", hostile, asked, (citation,), comparison=Comparison(cells, hostile)),
    ):
        written = answer.to_markdown()
        for mark in ("<script>", "甲|乙", "*丙*", "[丁]", "`戊`", "~己~", "_庚_"):
            assert mark not in written
        assert r"\<script\>甲\|乙\</script\> \# \*丙\* \[丁\](http://x) \`戊\` \~己\~ \_庚\_\\" in written
        assert not any(line.startswith("#") for line in written.splitlines())
