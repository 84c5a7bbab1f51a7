from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.chat.markup import visible
from qa.chat.workbook import HEAD, comparison_workbook, offer_workbook
from qa.records import Answer
from tests.chat.samples import citation, compared, figure


def lines(answer: Answer) -> list[list[object]]:
    sheet = openpyxl.load_workbook(BytesIO(comparison_workbook(answer))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_line_has_the_figure_as_a_number_and_where_it_stands() -> None:
    head, told, blank, empty, verdict = lines(compared(figure("1.5亿元", 1.5e8, high=2e8, base="元"), "没有乙区的文件"))
    cited = citation()
    assert head == list(HEAD)
    assert told[:8] == [
        *("甲区 2024年", "浙江省宁波市镇海区", 2024, "目标", "新增高新技术企业1.5亿元", 1.5e8, 2e8, "元")
    ]
    assert told[8:] == [None, cited.formal(), cited.quote, "004.txt"]
    assert [value for value in blank if value] == ["没有乙区的文件"]
    assert not any(empty)
    assert verdict[0] == "甲更高。"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.test")', "\x07响", "{=1}"])
def test_what_a_document_says_is_text_and_no_formula(text: str) -> None:
    answer = compared(figure(wording=text), text, verdict=text)
    sheet = openpyxl.load_workbook(BytesIO(comparison_workbook(answer))).active
    for entry in (sheet["E2"], sheet["I3"], sheet["A5"]):
        assert (entry.value, entry.data_type, entry.quotePrefix) == (visible(text), "s", True)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=40))
def test_any_text_can_be_written(text: str) -> None:
    assert comparison_workbook(compared(figure(wording=text), text, verdict=text))


def test_the_link_holds_the_file() -> None:
    link = offer_workbook(compared(figure(), figure()), "甲乙")
    content = link.partition(";base64,")[2].partition('"')[0]
    assert openpyxl.load_workbook(BytesIO(b64decode(content))).sheetnames == ["对比"]
    assert 'download="甲乙.xlsx"' in link
