from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.folding import fold, simplify


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ１２３％", "abc123%"),
        ("臺灣地區", "台湾地区"),
        ("高新　技 術\n企業", "高新技术企业"),
        ("R&D 经费", "r&d 经费"),
        ("GDP", "gdp"),
        ("①", "1"),
        ("PM_2.5与CO_2", "pm2.5与co2"),
        ("a_b", "a_b"),
        ("", ""),
    ],
)
def test_fold_brings_spellings_together(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "simplified"),
    [("沈默", "沉默"), ("沈阳", "沈阳"), ("答覆", "答复"), ("瞭解", "了解"), ("土坏", "土坯")],
)
def test_words_that_only_change_as_a_whole(written: str, simplified: str) -> None:
    assert simplify(written) == simplified


def test_simplify_keeps_case_and_spaces() -> None:
    assert simplify("臺灣 R&D　Ａ") == "台湾 R&D A"


@given(st.text(alphabet="镇海區臺灣技術 　ＡBc１2。，\n", max_size=40))
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcXYZ 019.,-", max_size=40))
def test_text_without_chinese_only_loses_case(text: str) -> None:
    assert fold(text) == text.lower()
