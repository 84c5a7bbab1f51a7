from __future__ import annotations

from dataclasses import replace

from qa.answers.figures import find_figure
from qa.answers.offers import contradicts, find_offers
from qa.documents.telling import read_aim, read_years
from qa.records import Hit
from qa.retrieval.questions import read_question
from tests.answers.samples import hit

REGION = "浙江省宁波市镇海区"


def told(sentence: str, title: str, year: int) -> Hit:
    """A hit that is the sentence, of a document of that title and year."""
    found = hit(sentence, (0, len(sentence)), title=title, years=(year,), region=REGION, id=f"{title}{year}")
    years, aim = read_years(found.document, (), sentence), read_aim(found.document, (), sentence)
    return replace(found, passage=replace(found.passage, section=(), years=years, aim=aim))


TARGET = told("力争固定资产投资增长6%左右。", "重点工作安排", 2024)
RESULT = told("固定资产投资增长6.4%。", "工作总结", 2024)
OTHER_YEAR = told("力争固定资产投资增长8%。", "重点工作安排", 2025)
OTHER_THING = told("力争高技术产业固定资产投资增长12%。", "重点工作安排", 2024)


def offered(question: str, *hits: Hit) -> list[str]:
    asked = read_question(question)
    found = find_figure(asked, hits)
    assert found is not None
    return [offer.figure.wording for offer in find_offers(asked, hits, found)]


def test_a_target_comes_with_its_result() -> None:
    assert offered("镇海2024年固定资产投资增长目标是多少", TARGET, RESULT) == ["固定资产投资增长6.4%"]


def test_another_year_is_offered_only_where_none_is_named() -> None:
    assert offered("镇海2024年固定资产投资增长目标是多少", TARGET, OTHER_YEAR) == []
    assert offered("镇海固定资产投资增长目标是多少", TARGET, OTHER_YEAR) == ["力争固定资产投资增长8%"]


def test_another_indicator_is_no_offer() -> None:
    assert offered("镇海2024年固定资产投资增长目标是多少", TARGET, OTHER_THING) == []


def test_two_values_of_one_thing_contradict_each_other() -> None:
    other = told("力争固定资产投资增长7%。", "重点工作安排（二）", 2024)
    asked = read_question("镇海2024年固定资产投资增长目标是多少")
    found = find_figure(asked, [TARGET, other])
    assert found is not None
    [offer] = find_offers(asked, [TARGET, other], found)
    assert contradicts(offer.figure, found.figure)
    [result] = find_offers(asked, [TARGET, RESULT], found)
    assert not contradicts(result.figure, found.figure)


def test_a_thing_with_another_code_in_its_name_is_no_offer() -> None:
    fine = told("PM2.5年均浓度37.1微克/立方米。", "工作总结", 2024)
    coarse = told("PM10年均浓度55.9微克/立方米。", "工作总结（二）", 2024)
    assert offered("镇海2024年PM2.5年均浓度是多少", fine, coarse) == []
