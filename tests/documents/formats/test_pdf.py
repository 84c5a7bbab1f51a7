from __future__ import annotations

import pytest

from qa.documents.formats import extract
from qa.errors import DocumentError

from .samples import NOTICE, SAMPLES, SEEDS, TITLE, marked


def test_lines_are_joined_into_paragraphs_over_pages() -> None:
    found = extract(SAMPLES / "notice.pdf")
    assert found.text.split("\n")[: len(NOTICE)] == NOTICE
    assert marked(found, "title") == [(0, TITLE)]


def test_pages_begin_where_their_text_begins() -> None:
    found = extract(SAMPLES / "notice.pdf")
    assert found.pages == (0, found.text.index("目标 | 完成"))


def test_running_heads_and_page_numbers_are_dropped_and_counted() -> None:
    found = extract(SAMPLES / "notice.pdf")
    assert "宁波市科技局文件汇编" not in found.text
    assert found.dropped == 2 * len("宁波市科技局文件汇编") + len("12")


def test_two_columns_are_read_one_after_the_other() -> None:
    found = extract(SAMPLES / "two_columns.pdf")
    seed = (SEEDS / "001_cee58c647e0cd370.txt").read_text("utf-8-sig")
    lines = [" ".join(line.split()) for line in seed.split("\n") if line.strip()]
    start = lines.index("一、总体思路")
    assert found.text.split("\n") == ["郑州市2015年科技工作要点", *lines[start : start + 26]]


def test_text_drawn_sideways_is_read_along_its_lines() -> None:
    assert extract(SAMPLES / "sideways.pdf").text.split("\n") == [
        "全年新增高新技术企业一百家，研发投入强度达到百分之三点五。",
        "二、重点任务",
    ]


def test_a_password_is_named() -> None:
    with pytest.raises(DocumentError, match="密码保护"):
        extract(SAMPLES / "locked.pdf")
