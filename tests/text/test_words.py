from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.words import cut_bigrams, cut_words, word_bounds, word_list_version


def test_words_of_the_office_stay_whole_and_are_cut_for_search() -> None:
    assert cut_words("高新技术企业110家，R&D经费占比3.4%。") == [
        "高新",
        "技术",
        "企业",
        "高新技术企业",
        "110",
        "家",
        "r&d",
        "经费",
        "占",
        "比",
        "3.4%",
    ]


def test_bigrams_do_not_cross_punctuation_and_leave_figures_whole() -> None:
    assert cut_bigrams("镇海区R&D经费3.4%,高、企24年") == ["镇海", "海区", "r&d", "经费", "3.4", "高", "企", "24", "年"]


@pytest.mark.parametrize("text", ["", "。，！？", " \n　"])
def test_what_holds_no_word_gives_none(text: str) -> None:
    assert cut_words(text) == []
    assert cut_bigrams(text) == []


def test_words_do_not_depend_on_width_and_script() -> None:
    assert cut_words("高新技術企業２０２４") == cut_words("高新技术企业2024")


def test_word_bounds_are_those_of_the_dictionary() -> None:
    assert word_bounds("创新平台") == {0, 2, 4}


@given(st.text(alphabet="镇海区高新技术企业平台24R&。，", max_size=30))
def test_word_bounds_hold_both_ends(text: str) -> None:
    assert {0, len(text)} <= word_bounds(text) <= set(range(len(text) + 1))


def test_version_names_segmenter_and_list_and_is_the_same_under_any_hash_seed() -> None:
    command = [sys.executable, "-c", "from qa.text.words import word_list_version as v; print(v())"]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    assert printed == word_list_version()
    assert printed.startswith("jieba-0.42.1+")
