from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qa.index.units import Unit, split_units
from qa.records import Passage
from qa.text.sentences import LONGEST_SENTENCE


def passage(text: str, context: str = "镇海区｜科技") -> Passage:
    return Passage("甲#1", "甲", "paragraph", text, 0, len(text), (), 1, context)


def spans(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in split_units(passage(text))]


def test_a_passage_of_one_sentence_is_one_unit_after_its_context() -> None:
    assert split_units(passage("新增高新技术企业100家。")) == (Unit("镇海区｜科技\n新增高新技术企业100家。", 0, 13),)


def test_without_context_the_text_stands_alone() -> None:
    assert split_units(passage("新增高新技术企业100家。", context=""))[0].text == "新增高新技术企业100家。"


def test_the_whole_comes_first_then_each_sentence_after_the_context() -> None:
    text = "新增高新技术企业100家。全区研发投入强度达到3.5%。"
    assert split_units(passage(text)) == (
        Unit(f"镇海区｜科技\n{text}", 0, 28),
        Unit("镇海区｜科技\n新增高新技术企业100家。", 0, 13),
        Unit("镇海区｜科技\n全区研发投入强度达到3.5%。", 13, 28),
    )


def test_a_short_sentence_goes_with_the_next_and_a_short_last_one_with_the_one_before() -> None:
    text = "一是抓。新增高新技术企业100家。研发投入强度达到3.5%。完成。"
    assert spans(text)[1:] == ["一是抓。新增高新技术企业100家。", "研发投入强度达到3.5%。完成。"]


def test_a_passage_whose_sentences_are_all_joined_is_one_unit() -> None:
    assert spans("加快推进。完成。") == ["加快推进。完成。"]


def test_spans_leave_out_the_white_space_around_a_sentence() -> None:
    assert spans("新增高新技术企业100家。\n  研发投入强度达到3.5%。\n")[1:] == [
        "新增高新技术企业100家。",
        "研发投入强度达到3.5%。",
    ]


@given(st.text(alphabet="一二三四五六七八九。；\n ，a1", max_size=1500).filter(lambda text: text.strip() != ""))
def test_the_sentences_hold_every_character_once_and_none_is_too_long(text: str) -> None:
    whole, *sentences = split_units(passage(text))
    assert (whole.start, whole.end) == (0, len(text))
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    assert all(0 < unit.end - unit.start <= LONGEST_SENTENCE for unit in sentences)
    if sentences:
        assert "".join("".join(text[u.start : u.end] for u in sentences).split()) == "".join(text.split())
