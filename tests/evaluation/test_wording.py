from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.wording import says, share_run, stands_in


@pytest.mark.parametrize(
    ("quote", "text", "stands"),
    [
        ("高企110家", "新增 高企１１０\n家，", True),
        ("r&d经费", "R＆D 经费", True),
        ("2019年8月21日", "发布于 2019-08-21", True),
        ("2019.8.21", "2019/08/21 发布", True),
        ("2019年8月", "2019-08-21", False),
        ("110家", "11家", False),
    ],
)
def test_layout_does_not_count_where_words_stand(quote: str, text: str, stands: bool) -> None:
    assert stands_in(quote, text) is stands


@pytest.mark.parametrize(
    ("text", "answer", "held"),
    [
        ("新增11家", "1家", False),
        ("新增 1 家", "1家", True),
        ("增长12.5%", "12", False),
        ("增长12.5%", "2.5%", False),
        ("增长12.5%", "12.5%", True),
        ("投资1,200万元", "200万元", False),
        ("12%", "12", False),
        ("共12。", "12", True),
        ("2024年3月5日", "2024-03-05", True),
        ("目标 110 家", "目标１１０家", True),
    ],
)
def test_numbers_are_whole(text: str, answer: str, held: bool) -> None:
    assert says(text, answer) is held


@pytest.mark.parametrize(
    ("quote", "other", "shared"),
    [
        ("前言一二三四五六七八后语", "零一二三四五六七八九", True),
        ("一二三四五六七", "一二三四五六七八", False),
        ("共110家", "110家", True),
        ("", "110家", False),
    ],
)
def test_eight_characters_or_the_whole_are_shared(quote: str, other: str, shared: bool) -> None:
    assert share_run(quote, other) is shared


@given(st.text("一二三AB 　\n", min_size=1), st.text("一二三AB 　\n"), st.text("一二三AB 　\n"))
def test_what_is_put_into_a_text_stands_in_it(quote: str, before: str, after: str) -> None:
    assert stands_in(quote, before + quote + after)
