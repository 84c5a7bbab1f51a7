from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from qa.documents.formats import extract
from qa.documents.formats.text import decode
from qa.errors import DocumentError

from .samples import SEEDS, marked, rows

SIMPLIFIED = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"]
TRADITIONAL = [*SIMPLIFIED[:5], "big5", "gb18030"]


def pieces(length: int) -> list[str]:
    """Pieces of that many characters from all over the seeds."""
    texts = [path.read_text("utf-8-sig") for path in sorted(SEEDS.glob("*.txt"))]
    found = [text[start : start + length] for text in texts for start in range(0, len(text), max(length, 97))]
    return [piece for piece in found if len(piece.split()) and len("".join(piece.split())) >= length // 2]


@pytest.mark.parametrize("encoding", SIMPLIFIED)
@pytest.mark.parametrize("length", [60, 400])
def test_simplified_text_is_read_in_every_encoding(encoding: str, length: int) -> None:
    for piece in pieces(length):
        content = piece.encode(encoding, "ignore")
        assert decode(content) == (content.decode(encoding), 0)


@pytest.mark.parametrize("encoding", TRADITIONAL)
def test_traditional_text_is_read_in_every_encoding(encoding: str) -> None:
    traditional = OpenCC("s2t")
    for piece in pieces(60):
        content = traditional.convert(piece).replace("•", "").encode(encoding, "ignore")
        assert decode(content) == (content.decode(encoding), 0)


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), 0)


def test_a_script_before_the_first_hanzi_does_not_hide_the_encoding() -> None:
    text = "var a = 1;\n" * 10_000 + "镇海区科学技术局"
    assert decode(text.encode("gbk")) == (text, 0)


def test_a_damaged_byte_stands_as_a_replacement_and_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("全年新增高新技术企业一百家。".encode() * 200 + b"\xe5\x85" + "完".encode())
    found = extract(path)
    assert found.text.endswith("家。\ufffd完")
    assert found.dropped == 1


@pytest.mark.parametrize("content", [b"\x00" * 5000, bytes(range(256)) * 40, b"\x01\x02\x03\x04" * 20])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError, match="不是可以识别的文字"):
        decode(content)


def test_line_ends_of_every_kind_become_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲\r\n乙\r丙\n\r\n丁".encode())
    assert extract(path).text == "甲\n乙\n丙\n\n丁"


def test_markdown_headings_and_tables_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "# 工作要点\n\n## 一、指标\n\n| 指标 | 目标 |\n|---|:-:|\n| 高企 | 100 |\n\n```\n# 不是标题\n```\na | b\n"
    path.write_text(text)
    found = extract(path)
    assert found.text == text
    assert marked(found, "heading") == [(1, "# 工作要点"), (2, "## 一、指标")]
    assert rows(found) == [("| 指标 | 目标 |", ""), ("| 高企 | 100 |", "指标 | 目标")]
    assert marked(found, "furniture") == [(0, "|---|:-:|")]
