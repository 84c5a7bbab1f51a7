from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qa.text.sentences import LONGEST_SENTENCE, split_sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_semicolons_and_line_ends_close_a_sentence() -> None:
    assert cut("一是抓。二是“好！”三；四\n五") == ["一是抓。", "二是“好！”", "三；", "四\n", "五"]


def test_closing_marks_stay_with_their_sentence() -> None:
    assert cut("（完成了。）他说：“好。”走了") == ["（完成了。）", "他说：“好。”", "走了"]


def test_decimal_points_do_not_cut() -> None:
    assert cut("占比3.42%,增长5.1%") == ["占比3.42%,增长5.1%"]


def test_long_sentence_is_cut_after_its_last_clause_that_fits() -> None:
    clauses = ["甲" * 140 + "，", "乙" * 140 + "，", "丙" * 140]
    assert cut("".join(clauses)) == [clauses[0] + clauses[1], clauses[2]]


def test_clause_without_end_is_cut_at_the_limit() -> None:
    assert [len(piece) for piece in cut("甲" * 700)] == [300, 300, 100]


def test_nothing_gives_nothing() -> None:
    assert split_sentences("") == ()


@given(st.text(alphabet=st.sampled_from("甲乙丙丁一二三。；，、！？”）\n 1.5"), max_size=900))
def test_sentences_cover_the_text(text: str) -> None:
    spans = split_sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in spans)
    assert all(first[1] == second[0] for first, second in pairwise(spans))
