"""What the formats say of a text becomes headings, rows, pages and titles of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.documents.formats import Extract
from qa.documents.formats.extracts import Draft, Table
from qa.documents.layout import read_layout
from qa.documents.lines import Kind
from qa.documents.passages import split_passages
from qa.documents.reading import SourceFile, read_file
from qa.errors import DocumentError
from qa.records import Document, Passage
from tests.documents.reading import read_documents

SAMPLES = Path(__file__).parent / "formats" / "samples"
TITLE = "宁波市镇海区科学技术局关于印发《2024年科技工作要点》的通知"


def read_sample(name: str) -> Document:
    (document,) = read_file(SourceFile(name, SAMPLES / name)).documents
    return document


def said(row: Passage) -> list[str]:
    return [figure.text for figure in row.told]


def passage(document: Document, beginning: str) -> Passage:
    (found,) = (passage for passage in split_passages(document) if passage.text.startswith(beginning))
    return found


def outline(document: Document) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in document.sections]


def read_markdown(*lines: str) -> Document:
    (document,) = read_documents("a.md", "\n".join(lines).encode())
    return document


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_character_of_every_sample_is_in_one_block_and_passages_stand_in_the_text(path: Path) -> None:
    try:
        documents = read_file(SourceFile(path.name, path)).documents
    except DocumentError:
        pytest.skip("cannot be read here")
    for document in documents:
        assert "".join(document.text[block.start : block.end] for block in document.blocks) == document.text
        for found in split_passages(document):
            assert document.text[found.start : found.end] == found.text
            assert (found.page is None) == (not document.pages)


@pytest.mark.parametrize("name", ["notice.docx", "notice.pdf", "page.html"])
def test_a_notice_is_understood_in_every_format(name: str) -> None:
    document = read_sample(name)
    assert document.card.title == TITLE
    assert (document.card.issuer, document.card.region) == ("宁波市镇海区科学技术局", "浙江省宁波市镇海区")
    assert (document.card.number, document.card.years) == ("镇科〔2024〕6号", (2024,))
    assert outline(document)[0] == (1, "一、总体要求")


def test_passages_of_a_pdf_have_the_page_they_begin_on() -> None:
    document = read_sample("notice.pdf")
    assert len(document.pages) == 2
    assert passage(document, "一、总体要求").page == 1
    spanning = [p for p in split_passages(document) if p.start < document.pages[1] < p.end]
    assert all(p.page == 1 for p in spanning)
    assert {p.page for p in split_passages(document) if p.start >= document.pages[1]} == {2}


def test_pages_that_begin_at_one_place_count_all() -> None:
    (document,) = read_documents("a.txt", "关于发展的通知\n各单位：\n请执行。".encode())
    paged = Document(document.card, document.text, document.blocks, document.sections, pages=(0, 0, 8))
    assert [found.page for found in split_passages(paged)] == [2, 3, 3]


def test_rows_have_their_column_heads_as_context_and_never_in_their_text() -> None:
    document = read_sample("indicators.xlsx")
    row = passage(document, "镇海区 | 高新技术企业（家）")
    assert row.kind == "row"
    assert row.context.endswith("区域 | 指标 | 2024年 目标 | 2024年 完成率")
    assert "完成率" not in row.text
    assert said(row) == ["镇海区高新技术企业2024年 目标100家", "镇海区高新技术企业2024年 完成率112.0%"]
    assert row.paragraph > 0


def test_slides_are_pages_and_the_first_title_is_the_documents() -> None:
    document = read_sample("slides.pptx")
    assert document.card.title == "2024年科技工作思路"
    assert passage(document, "研发投入强度").page == 2
    assert passage(document, "研发投入强度").section == ("主要指标",)


def test_headings_of_markdown_make_the_tree() -> None:
    document = read_markdown(
        *["# 2024年科技工作要点", "## 总体要求", "坚持创新。", "## 重点任务", "### 一、培育主体", "新增企业100家。"],
        *["（一）细化", "措施如下，要抓好落实。", "## 保障措施", "加强领导。"],
    )
    assert document.card.title == "2024年科技工作要点"
    assert outline(document) == [
        (1, "总体要求"),
        (1, "重点任务"),
        (2, "一、培育主体"),
        (3, "（一）细化"),
        (1, "保障措施"),
    ]
    assert passage(document, "新增企业").section == ("重点任务", "一、培育主体")


def test_the_figures_of_a_row_are_told_in_every_format() -> None:
    plain = ["某区2024年指标", "", "指标\t单位\t年度目标\t实际完成", "高企\t家\t100\t112", "停车位\t个\t30\t34"]
    (text,) = read_documents("a.txt", "\n".join(plain).encode())
    markdown = read_markdown(
        "# 指标", "单位：个", "| 指标 | 年度目标 | 实际完成 |", "|--|--|--|", "| 停车位 | 30 | 34 |"
    )
    for row in (passage(text, "停车位"), passage(markdown, "| 停车位")):
        assert said(row) == ["停车位年度目标30个", "停车位实际完成34个"]


def test_a_heading_ends_a_table_of_markdown() -> None:
    rows = ("| 停车位 | 30个 |", "## 二、道路 | 桥梁", "| 道路 | 34条 |", "| 桥梁 | 5座 |")
    document = read_markdown("# 指标", "| 指标 | 目标 |", "| --- | --- |", *rows)
    assert said(passage(document, "| 停车位")) == ["停车位目标30个"]
    assert said(passage(document, "| 道路")) == said(passage(document, "| 桥梁")) == []


def test_rows_of_markdown() -> None:
    document = read_markdown("# 指标", "| 指标 | 目标 |", "| --- | --- |", "| 高企 | 100家 |")
    row = passage(document, "| 高企")
    assert (row.kind, row.context) == ("row", "指标 指标 | 目标")
    assert [block.kind for block in document.blocks] == ["heading", "row", "furniture", "row"]


def test_a_row_on_several_lines_is_one_passage_and_cited_as_it_stands() -> None:
    table = ["序号", "任务", "部门", "1", "建平台", "科技局", "2", "引人才", "人社局"]
    lines = ["某市分工通知", "各单位：", "请执行。", "二、分工", *table, "三、要求", "要落实。"]
    (document,) = read_documents("a.txt", "\n".join(lines).encode())
    row = passage(document, "1\n建平台")
    assert (row.kind, row.text, row.section) == ("row", "1\n建平台\n科技局", ("二、分工",))
    assert row.context == "某市分工通知 二、分工 序号 | 任务 | 部门"
    assert passage(document, "要落实").section == ("三、要求",)


def test_no_title_is_looked_for_below_a_table() -> None:
    text = "序号\n许可事项\n机关\n1\n甲\n市局\n2\n乙\n县局\n附件\n城市树木迁移审批办理"
    (document,) = read_documents("许可清单.txt", text.encode())
    assert document.card.title == "许可清单"


def test_a_second_title_further_down_is_a_heading() -> None:
    draft = Draft()
    draft.add("2024年工作要点", "title")
    draft.add("请认真执行。")
    draft.add("附表", "title")
    found = draft.finish()
    assert [line.kind for line in read_layout(found.text, marks=found.marks)] == [
        Kind.TITLE,
        Kind.PARAGRAPH,
        Kind.HEADING,
    ]


def test_title_runs_on_from_the_line_that_is_marked() -> None:
    draft = Draft()
    draft.add("镇海区人民政府办公室")
    draft.add("关于印发2024年", "title")
    draft.add("科技工作要点的通知")
    draft.add("各镇人民政府：")
    found = draft.finish()
    kinds = [line.kind for line in read_layout(found.text, marks=found.marks)]
    assert kinds == [Kind.TITLE, Kind.TITLE, Kind.TITLE, Kind.PARAGRAPH]


def test_layout_table_of_labels_is_metadata_but_a_table_of_data_is_not() -> None:
    draft = Draft()
    draft.add_table(Table([["索引号", "A-1", "发布机构", "镇海区科技局"]], heads=0))
    draft.add("2024年工作要点", "title")
    draft.add("各单位：")
    draft.add_table(Table([["文号", "名称"], ["镇科〔2024〕6号", "要点"]]))
    found = draft.finish()
    kinds = [line.kind for line in read_layout(found.text, marks=found.marks)]
    assert kinds == [Kind.METADATA, Kind.TITLE, Kind.PARAGRAPH, Kind.ROW, Kind.ROW]


def test_whole_paragraph_in_the_style_of_a_heading_is_a_paragraph() -> None:
    draft = Draft()
    draft.add("2024年工作要点", "title")
    draft.add("坚持创新驱动发展，" * 20 + "完成全年目标。", "heading", 1)
    found = draft.finish()
    assert read_layout(found.text, marks=found.marks)[1].kind is Kind.PARAGRAPH


def test_articles_of_a_collection_keep_their_pages_and_marks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    draft = Draft()
    draft.begin_pages(1)
    draft.add("下面是小编整理的关于科技局工作总结的文章2篇\n第一篇 工作总结\n一、工作回顾\n新增企业100家。")
    draft.begin_pages(2)
    draft.add("第二篇 工作总结\n一、工作回顾\n引进人才50人。")
    draft.add_table(Table([["指标", "数量"], ["人才", "50"]]))
    found: Extract = draft.finish()
    monkeypatch.setattr("qa.documents.reading.extract", lambda path: found)
    first, second = read_file(SourceFile("a.pdf", tmp_path / "a.pdf")).documents
    assert {p.page for p in split_passages(first)} == {1}
    assert {p.page for p in split_passages(second)} == {2}
    row = passage(second, "人才 |")
    assert (row.kind, row.context.endswith("指标 | 数量")) == ("row", True)
    assert second.text[row.start : row.end] == "人才 | 50"


def test_dropped_characters_and_doubts_are_told(tmp_path: Path) -> None:
    assert read_file(SourceFile("page.html", SAMPLES / "page.html")).dropped > 0
    path = tmp_path / "a.txt"
    path.write_text("首页\n打印本页\n关闭窗口\n", encoding="utf-8")
    doubts = read_file(SourceFile("a.txt", path)).doubts
    assert "没有正文段落" in doubts
    path.write_text("关于发展的通知\n各单位：\n请\ufffd\ufffd执行。", encoding="utf-8")
    assert read_file(SourceFile("a.txt", path)).doubts == ("有 2 个无法辨认的字符",)
