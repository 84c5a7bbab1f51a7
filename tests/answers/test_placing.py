from __future__ import annotations

from dataclasses import replace

from qa.answers.confidence import read_fit
from qa.answers.placing import compare_places
from qa.records import Citation, Comparison, Hit
from qa.retrieval.everywhere import sides_everywhere
from qa.retrieval.questions import read_question
from tests.answers.samples import covering
from tests.answers.test_comparing import FUZHOU, QUANZHOU, XIAMEN, told


def ranked(asked: str, *hits: Hit, upwards: bool = False) -> tuple[Comparison, tuple[Citation, ...]]:
    """The places of the hits by their figures, each side finding the hits of its place."""
    sides = sides_everywhere(read_question(asked), {hit.document.region for hit in hits if hit.document.region}) or ()
    found = [[hit for hit in hits if hit.document.region in side.regions] for side in sides]
    return compare_places(sides, found, covering(hits), read_fit(), upwards)


def test_all_places_by_their_figures_each_with_its_own_citation() -> None:
    hits = (
        told(XIAMEN, "工业投资额8000万元。"),
        told(FUZHOU, "工业投资额1.5亿元。"),
        told(QUANZHOU, "工业投资额1.5亿元。"),
        told("福建省漳州市", "工业投资额的统计办法另行制定。"),
        told("福建省莆田市", "工业投资额增长3%。"),
    )
    comparison, citations = ranked("各市工业投资额是多少", *hits)
    assert [(cell.text, cell.citation, cell.figure and cell.figure.citation) for cell in comparison.cells] == [
        ("工业投资额1.5亿元", 0, 0),
        ("工业投资额1.5亿元", 1, 1),
        ("工业投资额8000万元", 2, 2),
    ]
    assert [citation.document_id for citation in citations[:3]] == [QUANZHOU, FUZHOU, XIAMEN]
    assert comparison.verdict == (
        "最高的是泉州市（1.5亿元）、福州市（1.5亿元）；最低的是厦门市（8000万元）。没有找到可比的数字：漳州市、莆田市。"
    )
    upwards, _ = ranked("哪个市工业投资额最低", *hits, upwards=True)
    assert [cell.label for cell in upwards.cells] == ["厦门市", "泉州市", "福州市"]
    assert upwards.verdict.startswith("最低的是厦门市（8000万元）；最高的是")


def test_aims_do_not_stand_among_achievements_nor_figures_of_other_times() -> None:
    hits = [
        told(XIAMEN, "2024年工业投资额0.8亿元。", "result"),
        told(FUZHOU, "2024年工业投资额1.5亿元。", "result"),
        told(QUANZHOU, "2024年工业投资额9亿元。", "target"),
        told("福建省漳州市", "2024年上半年工业投资额9亿元。", "result"),
        told("福建省莆田市", "2024年技改投资额9亿元。", "result"),
    ]
    hits = [replace(hit, document=replace(hit.document, years=(2024,))) for hit in hits]
    comparison, _ = ranked("2024年哪个市工业投资额最高", *hits)
    assert [cell.text for cell in comparison.cells] == ["2024年工业投资额1.5亿元", "2024年工业投资额0.8亿元"]
    assert comparison.verdict.endswith("没有找到可比的数字：泉州市、漳州市、莆田市。")


def test_of_places_that_are_level_only_the_first_few_are_named() -> None:
    cities = ["福建省漳州市", "福建省莆田市", "福建省龙岩市", "福建省三明市"]
    hits = [told(XIAMEN, "工业投资额8亿元。"), *(told(city, "工业投资额2亿元。") for city in cities)]
    verdict = ranked("哪个市工业投资额最高", *hits)[0].verdict
    assert verdict.endswith("最低的是三明市（2亿元）、漳州市（2亿元）、莆田市（2亿元）等4个。")
