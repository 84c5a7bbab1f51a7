from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.chat.markup import Html, element, join, visible
from tests.chat.reading import text_of


@given(st.text(), st.text())
def test_any_text_comes_out_as_that_text(first: str, second: str) -> None:
    html = element("p.reason", first, element("strong", second))
    assert text_of(html) == visible(first) + visible(second)


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\u202e倒\u202c", "[U+202E]倒[U+202C]"),
        ("\u2066a\u2069", "[U+2066]a[U+2069]"),
        ("a\x00\x1b[31m", "a[U+0000][U+001B][31m"),
        ("零\u200b宽\ufeff", "零[U+200B]宽[U+FEFF]"),
        ("\ud800", "[U+D800]"),
        ("行\n\t列", "行\n\t列"),
    ],
)
def test_unseen_characters_are_spelled_out(hidden: str, shown: str) -> None:
    assert visible(hidden) == shown


def test_attributes_and_parts_are_escaped_and_markup_is_not() -> None:
    html = element("a.card", "<b>", Html("<i>x</i>"), title='"><script>')
    assert html == '<a class="card" title="&quot;&gt;&lt;script&gt;">&lt;b&gt;<i>x</i></a>'


def test_what_is_joined_from_text_is_markup_only_once() -> None:
    once = join("<")
    assert once == "&lt;"
    assert join(once) == "&lt;"
