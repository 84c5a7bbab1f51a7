from __future__ import annotations

from qa.documents.formats import extract

from .samples import SAMPLES, marked, rows


def test_a_slide_is_a_page_the_first_title_the_decks_and_the_others_headings() -> None:
    found = extract(SAMPLES / "slides.pptx")
    assert found.text.split("\n") == [
        "2024年科技工作思路",
        "一、培育创新主体",
        "新增高新技术企业100家。",
        "讲稿：强调全年目标。",
        "主要指标",
        "指标 | 目标",
        "研发投入强度 | 3.5%",
    ]
    assert marked(found, "title") == [(1, "2024年科技工作思路")]
    assert marked(found, "heading") == [(1, "主要指标")]
    assert rows(found)[-1] == ("研发投入强度 | 3.5%", "指标 | 目标")
    assert found.pages == (0, found.text.index("主要指标"))
