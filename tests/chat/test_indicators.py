from __future__ import annotations

from typing import cast

from qa.chat.indicators import known_indicators
from qa.knowledge_base import KnowledgeBase
from qa.records import Document, DocumentCard


class _Held:
    """Stands for a knowledge base with documents of these texts."""

    def __init__(self, *texts: str) -> None:
        self._texts = dict(zip("甲乙丙", texts, strict=False))

    def documents(self) -> tuple[DocumentCard, ...]:
        return tuple(DocumentCard(name, name, name) for name in self._texts)

    def document(self, document_id: str) -> Document:
        return Document(DocumentCard(document_id, "", ""), self._texts[document_id], (), ())


def test_what_most_documents_state_comes_first() -> None:
    held = _Held(
        "今年，力争全社会研发投入强度达到3.2%，全市地区生产总值增长5%左右。罚款最高不超过5万元。",
        "上年，地区生产总值增长6%，城乡居民收入分别增长5%和6%，培育企业。",
        "会议指出，完成技术合同成交额突破1.5亿元；到2025年。",
    )
    assert known_indicators(cast(KnowledgeBase, held)) == ["地区生产总值增长", "全社会研发投入强度", "技术合同成交额"]
