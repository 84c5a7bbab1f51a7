from __future__ import annotations

from datetime import date

import pytest

from qa.records import DocumentCard, Hit, Passage
from qa.retrieval.series import latest_fits, other_years, tied_regions


def card(title: str, region: str | None = None, *years: int, published: date | None = None) -> DocumentCard:
    return DocumentCard(title, title, title, region=region, years=years, published=published)


def hit(document: DocumentCard, text: str = "增长5%。", score: float = 1.0, **parts: float) -> Hit:
    passage = Passage(document.id, document.id, "paragraph", text, 0, len(text), (), 1, "", years=document.years)
    known = {"coverage": 0.8, "aim": 1.0, "figure": 1.0, **parts}
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


def test_other_years_are_those_of_hits_of_the_place_that_answer_as_well() -> None:
    best = hit(card("2026年要点", "甲", 2026))
    older, oldest = hit(card("2024年要点", "甲", 2024)), hit(card("2023年要点", "甲", 2023))
    elsewhere = hit(card("2022年要点", "乙", 2022))
    weaker = hit(card("2021年要点", "甲", 2021), coverage=0.7)
    assert other_years([best, older, elsewhere, weaker, oldest, best]) == (2023, 2024)
    assert other_years([best]) == ()
    assert other_years([]) == ()


def test_other_years_may_be_told_in_the_text() -> None:
    both = hit(card("总结", "甲", 2024), "2023年增长5%。")
    assert other_years([hit(card("总结", "甲", 2024)), both]) == (2023,)


def test_tied_regions_answer_equally_well() -> None:
    first, second = hit(card("一", "甲")), hit(card("二", "乙"), score=0.97)
    assert tied_regions([first, second, first]) == ("甲", "乙")
    assert tied_regions([first, hit(card("三", "丙"), score=0.8)]) == ()
    assert tied_regions([first, hit(card("四", "丁"), coverage=0.5)]) == ()
    assert tied_regions([first, hit(card("五"))]) == ()
    assert tied_regions([]) == ()
