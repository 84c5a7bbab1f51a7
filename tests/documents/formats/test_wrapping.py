from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.documents.formats.wrapping import join_wrapped_lines

from .samples import NOTICE, SEEDS

PARAGRAPHS = [line for line in NOTICE if len(line) > 60] * 8


def wrapped(paragraph: str, width: int) -> str:
    """The paragraph in lines of so many full-width characters."""
    lines, room = [""], 2.0 * width
    for character in paragraph:
        taken = 1 if character.isascii() else 2
        if taken > room:
            lines, room = [*lines, ""], 2.0 * width
        lines[-1] += character
        room -= taken
    return "\n".join(lines)


@pytest.mark.parametrize("width", [20, 28, 40])
def test_indented_lines_of_one_width_are_joined(width: int) -> None:
    paragraphs = ["　　" + paragraph for paragraph in PARAGRAPHS]
    text = "\n".join(wrapped(paragraph, width) for paragraph in paragraphs)
    assert join_wrapped_lines(text) == "\n".join(paragraphs)


def test_lines_without_indentation_are_joined_where_no_sentence_ends() -> None:
    first, second = "人工智能是引领新一轮科技革命和产业变革的基础性和战略", "性技术，正加速和实体经济深度融合。"
    lines = ["一、总体要求", first, first, second]
    assert join_wrapped_lines("\n".join(lines * 4)) == "\n".join(["一、总体要求", first + first + second] * 4)


def test_a_paragraph_goes_on_behind_the_number_of_its_page() -> None:
    first, second = "人工智能是引领新一轮科技革命和产业变革的基础性和战略", "性技术，正加速和实体经济深度融合。"
    page = [*[first, second] * 6, first]
    lines = [*page, "— 1 —", second, *page, "— 2 —", second, *page, "3", second]
    assert join_wrapped_lines("\n".join(lines)) == "\n".join([first + second] * 21)


def test_the_numbers_of_rows_stay() -> None:
    lines = ["人工智能是引领新一轮科技革命和产业变革的基础性和战略"] * 12
    rows = [each for number in range(1, 9) for each in (str(number), "高新技术企业", "一百一十家")]
    text = join_wrapped_lines("\n".join([*lines, *rows]))
    assert text.split("\n")[-24:] == rows


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_texts_whose_lines_are_paragraphs_stay_as_they_are(path: Path) -> None:
    text = path.read_text("utf-8-sig")
    assert join_wrapped_lines(text) == text


@given(st.lists(st.text("，。一二三甲乙丙丁戊己1a 　", max_size=40), max_size=30))
def test_nothing_but_white_space_changes(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert re.sub(r"\s", "", join_wrapped_lines(text)) == re.sub(r"\s", "", text)
