"""Answers and citations to draw; whatever a test does not care about is given."""

from __future__ import annotations

from datetime import date
from typing import Any

from qa.records import Answer, Cell, Citation, Comparison, DocumentCard, Figure, Question

PASSAGE = "2024年，区科技局将持续推进科技创新。力争全年研发经费占比达到3.42%，新增高新技术企业110家。"
QUOTE = "力争全年研发经费占比达到3.42%，新增高新技术企业110家。"


def citation(**given: Any) -> Citation:
    values: dict[str, Any] = {
        "source": "004.txt",
        "document_id": "004.txt",
        "text": PASSAGE,
        "quote": QUOTE,
        "title": "镇海区科技局2024年工作计划",
        "issuer": "镇海区科学技术局",
        "region": "浙江省宁波市镇海区",
        "published": date(2024, 4, 3),
        "section": ("三、2024年工作计划", "（一）壮大企业群体"),
        "paragraph": 2,
        "start": 10,
        "end": 10 + len(PASSAGE),
        "score": 0.9,
    }
    return Citation(**(values | given))


def answer(*citations: Citation, **given: Any) -> Answer:
    values: dict[str, Any] = {
        "status": "answered",
        "text": QUOTE,
        "question": Question("镇海目标", "镇海目标"),
        "citations": citations,
    }
    return Answer(**(values | given))


def document_card(**given: Any) -> DocumentCard:
    return DocumentCard(**({"id": "004.txt", "source": "004.txt", "title": "镇海区科技局2024年工作计划"} | given))


def figure(text: str = "110家", low: float | None = 110, **given: Any) -> Figure:
    values: dict[str, Any] = {
        "wording": f"新增高新技术企业{text}",
        "text": text,
        "low": low,
        "high": low,
        "unit": "家",
        "base": "家",
        "limit": "",
        "region": "浙江省宁波市镇海区",
        "year": 2024,
        "aim": "target",
        "document_id": "004.txt",
        "start": 20,
        "end": 31,
        "citation": 0,
    }
    return Figure(**(values | given))


def compared(*sides: Figure | str, verdict: str = "甲更高。", **given: Any) -> Answer:
    """A comparison of sides that have a figure, or a reason for having none."""
    cells = tuple(
        Cell(f"{place}区 2024年", side.wording, side, 0) if isinstance(side, Figure) else Cell("", "", None, None, side)
        for place, side in zip("甲乙丙丁", sides, strict=False)
    )
    return answer(citation(), comparison=Comparison(cells, verdict), **given)
