from __future__ import annotations

from pathlib import Path

import pytest

from qa.documents.formats import extract
from qa.errors import DocumentError

from .samples import SAMPLES, marked, rows

ARTICLE = [
    "索引号： | 002958116/2024-1 | 文号： | 镇科〔2024〕6号",
    "宁波市镇海区科学技术局关于印发",
    "《2024年科技工作要点》的通知",
    "发布日期：2024-03-12 来源：区科技局 字号：[大 小]",
    "各镇人民政府、街道办事处：",
    "现将《2024年科技工作要点》印发给你们，请结合实际，认真抓好贯彻落实。",
    "一、总体要求",
    "全年新增高新技术企业100家，研发投入强度达到3.5%。",
    "表1 主要指标",
    "指标 | 2024年 | 2024年",
    "指标 | 目标 | 完成",
    "高新技术企业（家） | 100 | 112",
    "研发投入强度（%） | 3.5 | 3.6",
    "宁波市镇海区科学技术局",
    "2024年3月12日",
    "附件：责任分工表.docx",
]


def test_a_government_page_in_gb18030_gives_its_article() -> None:
    found = extract(SAMPLES / "page.html")
    assert found.text.split("\n") == ARTICLE
    assert marked(found, "title") == [(0, ARTICLE[1]), (0, ARTICLE[2])]
    assert marked(found, "heading") == [(2, "一、总体要求")]
    assert rows(found)[-1] == (
        "研发投入强度（%） | 3.5 | 3.6",
        "表1 主要指标：指标 | 2024年 目标 | 2024年 完成",
    )


def test_what_is_dropped_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    site = "<script>一二三</script><div class='footer'>四五</div>"
    path.write_text(f"<html>{site}<p>正文在这里，共有十二个字。</p></html>")
    found = extract(path)
    assert found.text == "正文在这里，共有十二个字。"
    assert found.dropped == 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gbk"])
def test_the_encoding_is_told_by_the_content_not_by_the_declaration(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes("<html><meta charset='big5'><body><p>镇海区科学技术局工作要点</p></body></html>".encode(encoding))
    assert extract(path).text == "镇海区科学技术局工作要点"


def test_a_page_of_links_has_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><ul>" + "<li><a href='/1'>关于印发通知的公告</a></li>" * 9 + "</ul></body></html>")
    with pytest.raises(DocumentError, match="没有正文"):
        extract(path)


def test_tables_that_claim_millions_of_places_are_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table>" + ("<tr>" + "<td colspan=999 rowspan=999>甲</td>" * 9 + "</tr>") * 99 + "</table>")
    assert extract(path).text.replace(" ", "").replace("\n", "") == "甲" * 891


def test_references_to_control_characters_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>高新&#11;技术&#x1;企<!-- 注 -->业&#19968;家</p></body></html>")
    assert extract(path).text == "高新技术企业一家"


def test_text_in_a_file_called_html_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("没有标签的文字\n第二行")
    assert extract(path).text == "没有标签的文字\n第二行"
