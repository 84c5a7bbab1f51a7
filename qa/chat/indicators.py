"""Names of figures that the documents held state, to choose from."""

from __future__ import annotations

import re
from collections import Counter

from qa.knowledge_base import KnowledgeBase

MOST_READ = 200  # documents
MOST_NAMED = 200

# A clause that goes on from its name to a number: 全社会研发投入强度达到3.2%, 地区生产总值增长5%左右.
_STATED = re.compile(
    r"(?<=[，,。；;、：:）)\s])(?:力争|确保|预计|预期|实现|完成|其中|全[区市县省年国]|累计)*"
    r"([一-鿿]{3,14}?)(?<![不已有每的])(?:达到?|完成|突破|超过|实现|(增长))了?(?=\d[\d,.]*\s?(?:[%％家个项件人]|[万亿]))"
)
_SEVERAL = "分别"


def known_indicators(knowledge: KnowledgeBase) -> list[str]:
    """The names, those that most documents state first; growth of a thing is another indicator than the thing."""
    documents: Counter[str] = Counter()
    for card in knowledge.documents()[:MOST_READ]:
        text = knowledge.document(card.id).text
        documents.update({f"{name}{growth}" for name, growth in _STATED.findall(text) if _SEVERAL not in name})
    return sorted(documents, key=lambda name: (-documents[name], name))[:MOST_NAMED]
