from __future__ import annotations

import pytest

from qa.documents.formats import extract
from qa.documents.formats.numbering import format_number

from .samples import NOTICE, ROWS, SAMPLES, TITLE, marked, rows


def test_a_notice_gives_its_paragraphs_numbering_table_and_text_box() -> None:
    found = extract(SAMPLES / "notice.docx")
    signature = ["宁波市镇海区科学技术局", "2024年3月12日", "（此件公开发布）", "联系人：王工，电话0574-86271234"]
    assert found.text.split("\n") == [*NOTICE, *(row for row, _ in ROWS), *signature]
    assert marked(found, "title") == [(0, TITLE)]
    assert marked(found, "heading") == [
        (1, "一、总体要求"),
        (1, "二、重点任务"),
        (2, "（一）培育创新主体"),
        (2, "（二）强化人才引育"),
    ]
    assert rows(found) == ROWS
    assert found.dropped == len("宁波市科技局文件汇编")  # the running head


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (23, "chineseCountingThousand", "二十三"),
        (105, "chineseCounting", "一百零五"),
        (110, "japaneseCounting", "一百一十"),
        (205, "ideographDigital", "二〇五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (7, "decimalZero", "07"),
        (12, "decimal", "12"),
    ],
)
def test_numbers_are_written_as_word_writes_them(number: int, form: str, written: str) -> None:
    assert format_number(number, form) == written
