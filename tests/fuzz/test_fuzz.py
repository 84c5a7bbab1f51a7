"""The short form of fuzzing: forged files of every format, and texts that no one would write."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.documents.formats.pdf import _join_surrogates
from qa.documents.formats.pieces import Piece, write_pages
from qa.errors import DocumentError
from tests.documents.reading import read_documents
from tests.fuzz.fuzzing import fuzz

WORDS = ["2024年", "9" * 5000, "关于", "的通知", "各单位：", "文章3篇", "附件", "索引号", "万元", "镇海区"]
MARKS = ["\n", "\n\n", "\u3000", "\ufeff", "\x85", "\u2028", "<p>", "&#0;", "```", *"第章一、（）(1。：|%#"]
PIECES = st.sampled_from(WORDS + MARKS)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


def test_forged_files_are_read_or_refused(tmp_path: Path) -> None:
    ends, reasons = fuzz(100, seed=7, keep=tmp_path)
    assert (ends.total(), reasons) == (100, [])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join), st.sampled_from([".txt", ".md", ".html", ".csv"])
)
def test_every_text_that_is_read_is_kept_whole(text: str, suffix: str) -> None:
    try:
        documents = read_documents(f"a{suffix}", text.encode("utf-8", "surrogatepass"))
    except DocumentError:
        return
    for document in documents:
        assert "".join(document.text[block.start : block.end] for block in document.blocks) == document.text


def test_letters_without_width_are_no_reason_to_fail() -> None:
    pieces = [Piece(0, line * 10, 0, line * 10 + 8, "全年新增企业", 0) for line in range(4)]
    assert "全年新增企业" in write_pages([pieces]).text


def test_halves_of_characters_are_joined_and_none_is_left_alone() -> None:
    assert _join_surrogates("镇\ud865\udd84海\ud865区") == "镇\U00029584海\ufffd区"


def test_a_number_of_thousands_of_digits() -> None:
    (document,) = read_documents("a.txt", f"关于发展的通知\n第{'9' * 5000}章\n各单位：请执行。".encode())
    assert document.text.startswith("关于发展的通知")
