from __future__ import annotations

from typing import Any, cast

from qa.chat.examples import example_questions
from qa.knowledge_base import KnowledgeBase
from qa.records import Document, DocumentCard


class _Held:
    """Stands for a knowledge base that holds these texts, each with its region."""

    def __init__(self, *held: tuple[str, str | None]) -> None:
        self._held = [
            Document(DocumentCard(f"{n}", f"{n}.txt", "标题", region=region), text, (), ())
            for n, (text, region) in enumerate(held)
        ]

    def documents(self) -> tuple[DocumentCard, ...]:
        return tuple(document.card for document in self._held)

    def document(self, document_id: str) -> Document:
        return self._held[int(document_id)]


def questions(*held: tuple[str, str | None], **given: Any) -> list[str]:
    return example_questions(cast(KnowledgeBase, _Held(*held)), **given)


def test_a_question_is_made_of_the_words_before_a_figure() -> None:
    text = "任务如下。全区有效高新技术企业突破470家，高新技术产业投资增速达到24.2%。"
    assert questions((text, "浙江省宁波市镇海区")) == ["镇海区高新技术产业投资增速达到多少？"]


def test_regions_are_named_by_their_last_part() -> None:
    text = "，技术市场交易额达到5亿元；"
    regions = ["河南省郑州市", "浙江省嘉兴市桐乡市", "上海市浦东新区", "宁夏回族自治区银川市", None]
    asked = [questions((text, region))[0] for region in regions]
    said = "技术市场交易额达到多少？"
    assert asked == [f"郑州市{said}", f"桐乡市{said}", f"浦东新区{said}", f"银川市{said}", said]


def test_documents_without_figures_give_none_and_there_are_at_most_so_many() -> None:
    stated = ("，技术市场交易额达到5亿元；", "郑州市")
    assert questions(("没有数字。", "郑州市")) == []
    assert len(questions(*[("没有数字。", None), *[stated] * 6], count=4)) == 4
