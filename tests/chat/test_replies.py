from __future__ import annotations

import pytest

from qa.chat.replies import Turn, show_turn
from qa.records import Cell, Comparison, Figure, Item
from tests.chat.reading import text_of
from tests.chat.samples import PASSAGE, answer, citation

FIGURE = Figure(
    wording="新增高新技术企业110家",
    text="110家",
    low=110,
    high=110,
    unit="家",
    base="家",
    limit="",
    region="浙江省宁波市镇海区",
    year=2024,
    aim="target",
    document_id="004.txt",
    start=20,
    end=31,
    citation=0,
)


def test_a_figure_comes_first_with_what_it_is_of() -> None:
    text = "镇海区 2024年 目标：新增高新技术企业110家\n“力争新增高新技术企业110家。”\n另有：2023年 109家"
    html = show_turn(Turn("问", answer(citation(), text=text, figures=(FIGURE,))), 1)
    assert text_of(html, inside="amount") == "110家"
    assert text_of(html, inside="figure-card") == "110家新增高新技术企业110家浙江省宁波市镇海区 · 2024年 · 目标"
    assert text_of(html, inside="beside") == "“力争新增高新技术企业110家。”另有：2023年 109家"


def test_a_list_leads_from_every_item_to_its_place() -> None:
    items = (Item("一是引人才", "004.txt", 3, 8, 0), Item("二是强企业", "004.txt", 9, 14, 1))
    html = show_turn(Turn("问", answer(citation(), citation(), items=items)), 1)
    assert text_of(html, inside="items") == "一是引人才1二是强企业2"
    assert 'data-document="004.txt" data-start="9" data-end="14"' in html


def test_what_has_to_be_said_beside_a_list_stands_below_it() -> None:
    items = (Item("一是引人才", "004.txt", 3, 8, 0),)
    html = show_turn(Turn("问", answer(citation(), items=items, notes=("（没有余姚市的文档。）",))), 1)
    assert text_of(html, inside="beside") == "（没有余姚市的文档。）"


@pytest.mark.parametrize(
    "text", ["（一）申请表", "(2)申请表", "一是申请", "3.申请表", "4、申请", "第五条　申请", "⑥申请"]
)
def test_items_with_numbers_of_their_own_are_not_numbered_again(text: str) -> None:
    items = (Item(text, "004.txt", 3, 8, 0), Item("申请表", "004.txt", 9, 14, 0))
    assert '<ol class="items own">' in show_turn(Turn("问", answer(citation(), items=items)), 1)


@pytest.mark.parametrize("text", ["3.5万元以上", "一批项目", "2024年工作", "十大工程", "第三产业"])
def test_a_figure_is_no_number_of_an_item(text: str) -> None:
    items = (Item(text, "004.txt", 3, 8, 0), Item("申请表", "004.txt", 9, 14, 0))
    assert '<ol class="items">' in show_turn(Turn("问", answer(citation(), items=items)), 1)


def test_a_comparison_is_a_table_and_says_what_is_missing() -> None:
    cells = (
        Cell("镇海区 2024年", "新增高新技术企业110家", FIGURE, 0),
        Cell("慈溪市 2024年", "", None, None, "没有慈溪市的文件"),
    )
    html = show_turn(Turn("问", answer(citation(), comparison=Comparison(cells, "只有一方有数字。"))), 1)
    assert text_of(html, inside="tbody") == "镇海区 2024年新增高新技术企业110家1慈溪市 2024年没有慈溪市的文件"
    assert text_of(html, inside="verdict") == "只有一方有数字。"


def test_a_card_opens_its_document_at_the_quoted_sentence() -> None:
    html = show_turn(Turn("问", answer(citation(document_id="第 4 号#1", start=10, quote=PASSAGE[5:9]))), 1)
    assert 'data-document="%E7%AC%AC%204%20%E5%8F%B7%231" data-start="15" data-end="19"' in html


def test_sentence_citation_and_reply_can_be_taken_along() -> None:
    cited = citation()
    html = show_turn(Turn("问", answer(cited)), 1)
    for text in (cited.quote, cited.formal()):
        assert f'data-copy="{text}"' in html
    assert 'data-name="镇海目标.md"' in html
