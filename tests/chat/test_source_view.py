from __future__ import annotations

from datetime import date
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from qa.chat.markup import visible
from qa.chat.source_view import find_source, show_source
from qa.knowledge_base import KnowledgeBase
from qa.records import Block, Document, Section
from tests.chat.reading import text_of
from tests.chat.samples import document_card

TEXT = "一、目标\n新增企业110家。另办会议。\n二、措施\n抓落实。"
SECTIONS = (Section("一、目标", 1, 0, 20), Section("二、措施", 1, 20, 30))
BLOCKS = (
    Block("heading", 0, 5, 1),
    Block("paragraph", 5, 20),
    Block("heading", 20, 25, 1),
    Block("paragraph", 25, len(TEXT)),
)
CARD = document_card(issuer="区科技局", published=date(2024, 4, 3), years=(2024,))
DOCUMENT = Document(CARD, TEXT, BLOCKS, SECTIONS, (0, 20))


def test_just_what_is_cited_is_marked_and_its_heading_is_current() -> None:
    start = TEXT.index("新增")
    html = show_source(DOCUMENT, (start, start + 10))
    assert text_of(html, inside="mark") == TEXT[start : start + 10]
    assert text_of(html, inside="text").replace("\n", "") == "第1页" + TEXT.replace("\n", "").replace(
        "二、", "第2页二、"
    )
    assert 'data-goto="at-0" aria-current="location"' in html
    assert 'data-goto="at-20" aria-current="false"' in html
    assert 'id="at-20"' in html


@given(st.text("<>&\"'b/\u202e字\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_any_text_stays_text_and_whole(text: str, start: int, end: int) -> None:
    half = len(text) // 2
    blocks = (Block("paragraph", 0, half), Block("furniture", half, len(text)))
    html = show_source(Document(document_card(title=text), text, blocks, ()), (start, end))
    assert text_of(html, inside="text").replace("\n", "") == visible(text).replace("\n", "")
    assert text_of(html, inside="mark") == visible(text[start:end])


def test_what_is_known_and_the_way_to_the_original_stand_above() -> None:
    html = show_source(DOCUMENT, (0, 0))
    known = text_of(html, inside="known")
    assert known == "发布机关区科技局发布日期2024年4月3日年份2024文件004.txt"
    assert 'href="/original?document=004.txt"' in html
    assert text_of(html, inside="mark") == ""


class _Empty:
    def document(self, document_id: str) -> Document:
        raise KeyError(document_id)


def test_a_document_that_is_gone_is_said_to_be() -> None:
    html = find_source(cast(KnowledgeBase, _Empty()), "%E5%AD%97.txt", "1", "2")
    assert "已不在索引里" in text_of(html)
