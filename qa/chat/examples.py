"""Questions to begin with, made of figures that stand in the documents held."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.knowledge_base import KnowledgeBase
from qa.records import Document

_STATED = re.compile(
    r"(?<=[，,。；;、：:）)\s])(?:全区|全市|全县|全年)?([\u4e00-\u9fff]{5,24}?(?:达到|增长|突破|超过|不少于))(?=\d[\d,.]*(?:[%％家个项]|[万亿]+元))"
)
_WIDER_REGION = re.compile(r"^(?:.+?(?:省|自治区))?(?:.+?(?:市|自治州|盟)(?=.))?")  # 浙江省宁波市 before 镇海区


def example_questions(knowledge: KnowledgeBase, count: int = 4) -> list[str]:
    """At most `count` questions, one a document, the first documents first."""
    questions: list[str] = []
    for card in knowledge.documents():
        if len(questions) == count:
            break
        questions += _questions(knowledge.document(card.id))
    return questions


def _questions(document: Document) -> Iterator[str]:
    """The question that the document's fullest statement of a figure answers, if it states one."""
    if stated := max(_STATED.findall(document.text), key=len, default=None):
        yield f"{_WIDER_REGION.sub('', document.card.region or '')}{stated}多少？"
