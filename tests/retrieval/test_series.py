from __future__ import annotations

from datetime import date

import pytest

from qa.records import DocumentCard, Hit, Passage
from qa.retrieval.series import latest_fits, tied_regions


def card(title: str, region: str | None = None, *years: int, published: date | None = None) -> DocumentCard:
    return DocumentCard(title, title, title, region=region, years=years, published=published)


def hit(document: DocumentCard, text: str = "增长5%。", score: float = 1.0, **parts: float) -> Hit:
    passage = Passage(document.id, document.id, "paragraph", text, 0, len(text), (), 1, "", years=document.years)
    known = {"coverage": 0.8, "year": 0.5, "aim": 1.0, "figure": 1.0, **parts}
    return Hit(passage, document, score, known, (0, len(text)), 0.9)


@pytest.mark.parametrize(
    ("cards", "fits"),
    [
        ([card("2025年甲省政府工作报告", "甲", 2025), card("2026年甲省政府工作报告", "甲", 2026)], [0.0, 1.0]),
        ([card("2025年工作要点", "甲", 2025), card("2026年工作要点", "乙", 2026)], [0.5, 0.5]),
        ([card("2025年工作要点", "甲", 2025), card("2026年工作总结", "甲", 2026)], [0.5, 0.5]),
        ([card("通告(第1号)", "甲", published=date(2020, 2, 1)), card("通告(第9号)", "甲", 2021)], [0.0, 1.0]),
        ([card("通告", "甲"), card("通告", "甲", 2025), card("通告", "甲", 2026)], [0.5, 0.0, 1.0]),
        ([], []),
    ],
)
def test_the_latest_of_a_series(cards: list[DocumentCard], fits: list[float]) -> None:
    assert latest_fits(cards) == fits


def test_tied_regions_answer_equally_well() -> None:
    first, second = hit(card("一", "甲")), hit(card("二", "乙"), score=0.97)
    assert tied_regions([first, second, first]) == ("甲", "乙")
    assert tied_regions([first, hit(card("三", "丙"), score=0.8)]) == ()
    assert tied_regions([first, hit(card("四", "丁"), coverage=0.5)]) == ()
    assert tied_regions([first, hit(card("五"))]) == ()
    assert tied_regions([hit(card("五")), first, second]) == ()  # what holds for the whole country answers by itself
    assert tied_regions([]) == ()
