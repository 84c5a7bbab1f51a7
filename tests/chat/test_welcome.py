from __future__ import annotations

from typing import cast

from qa.chat.markup import visible
from qa.chat.welcome import MOST_REGIONS, show_welcome
from qa.knowledge_base import KnowledgeBase
from qa.records import Document, DocumentCard
from tests.chat.reading import text_of
from tests.chat.samples import document_card

HOSTILE = "<script>alert(1)</script>\u202e"


class _Held:
    """Stands for a knowledge base that holds these documents."""

    def __init__(self, *cards: DocumentCard) -> None:
        self._cards = cards

    def documents(self) -> tuple[DocumentCard, ...]:
        return self._cards

    def document(self, document_id: str) -> Document:
        return Document(self._cards[0], "，技术市场交易额达到5亿元；", (), ())

    def describe(self) -> dict[str, object]:
        return {"passages": 271, "created": "2026-11-22T02:27:53+00:00"}


def welcome(*cards: DocumentCard) -> str:
    return show_welcome(cast(KnowledgeBase, _Held(*cards)))


def test_what_is_held_is_counted_by_region_and_year_and_gaps_show() -> None:
    html = welcome(
        document_card(region="浙江省宁波市镇海区", years=(2023, 2024)),
        document_card(region="浙江省宁波市镇海区", years=(2024,)),
        document_card(region=HOSTILE),
    )
    assert "3 份文件 · 271 个段落 · 2026年11月22日" in text_of(html, inside="counts")
    assert text_of(html, inside="thead") == "地区2023年2024年未注明年份"
    assert text_of(html, inside="tbody") == f"浙江省宁波市镇海区12–{visible(HOSTILE)}––1"


def test_examples_are_made_of_the_documents() -> None:
    html = welcome(document_card(region="河南省郑州市"))
    assert text_of(html, inside="example") == "郑州市技术市场交易额达到多少？"


def test_regions_beyond_the_first_few_are_folded() -> None:
    html = welcome(*(document_card(region=f"第{n:02}区", years=(2024,)) for n in range(MOST_REGIONS + 2)))
    assert text_of(html, inside="more").count("区") == 2 + 1  # and the head of the column
    assert "其余 2 个地区" in text_of(html, inside="more", without="")


def test_a_library_without_documents_has_no_table() -> None:
    assert text_of(welcome(), inside="counts").startswith("0 份文件")
    assert text_of(welcome(), inside="table") == ""
