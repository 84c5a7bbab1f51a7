"""The five seeds, built and asked with the model that is packaged."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.records import BuildReport
from tests.conftest import SEEDS

QUESTION = "镇海2024年高企目标是多少"


@pytest.fixture(scope="module")
def knowledge_base(seed_index: tuple[Path, BuildReport]) -> qa.KnowledgeBase:
    return qa.KnowledgeBase.open(seed_index[0])


def test_build_reads_seven_documents_of_five_files(seed_index: tuple[Path, BuildReport]) -> None:
    report = seed_index[1]
    assert (report.documents, report.skipped, report.unchanged) == (7, (), False)
    assert report.units >= report.passages > 0
    assert report.encoded > 0


def test_second_build_encodes_nothing(seed_index: tuple[Path, BuildReport]) -> None:
    vectors, first = seed_index
    second = qa.rebuild(SEEDS, vectors)
    assert (second.unchanged, second.encoded, second.generation) == (True, 0, first.generation)


def test_target_is_cited_first(knowledge_base: qa.KnowledgeBase) -> None:
    answer = knowledge_base.ask(QUESTION)
    assert answer.status == "answered"
    assert answer.question.regions == ("浙江省宁波市镇海区",)
    assert answer.question.years == (2024,)
    best = answer.citations[0]
    assert best.source == "004_24762a5d06339fde.txt"
    assert "新增高新技术企业110家" in best.text
    assert "三、2024年工作计划" in best.section
    assert (best.issuer, best.region) == ("宁波市镇海区科学技术局", "浙江省宁波市镇海区")


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        ("郑州2015年技术合同成交额目标", "001_cee58c647e0cd370.txt", "技术合同成交额130亿元"),
        ("桐乡2019年工作要点的索引号", "002_b0bd98c00cc209c5.txt", "002558235/2019-83493"),
    ],
)
def test_other_places_and_what_a_page_says_of_itself(
    knowledge_base: qa.KnowledgeBase, question: str, source: str, said: str
) -> None:
    best = knowledge_base.ask(question).citations[0]
    assert best.source == source
    assert said in best.text


def test_citations_stand_in_their_documents(knowledge_base: qa.KnowledgeBase) -> None:
    citations = knowledge_base.ask(QUESTION).citations
    assert len({(citation.document_id, citation.start) for citation in citations}) == len(citations) <= 10
    for citation in citations:
        assert knowledge_base.document(citation.document_id).text[citation.start : citation.end] == citation.text
        assert citation.quote in citation.text
        assert 0 < len(citation.quote) <= 300
        assert len(citation.text) <= 1500


def test_same_question_gives_the_same_hits(
    knowledge_base: qa.KnowledgeBase, seed_index: tuple[Path, BuildReport]
) -> None:
    first = knowledge_base.retrieve(QUESTION, k=10)
    again = qa.KnowledgeBase.open(seed_index[0]).retrieve(QUESTION, k=10)
    assert [(hit.passage.id, hit.score) for hit in first] == [(hit.passage.id, hit.score) for hit in again]


def test_an_indicator_is_compared_over_regions_and_years(knowledge_base: qa.KnowledgeBase) -> None:
    answer = knowledge_base.compare("高企", ["浙江省宁波市镇海区", "余姚"], [2023, 2024], "target")
    assert (answer.status, answer.question.wants) == ("answered", "comparison")
    assert answer.comparison is not None
    cells = answer.comparison.cells
    assert [cell.label for cell in cells] == [
        *("镇海区 2023年 目标", "镇海区 2024年 目标", "余姚市 2023年 目标", "余姚市 2024年 目标")
    ]
    assert cells[1].figure is not None
    assert cells[1].figure.text == "110家"
    assert cells[1].citation is not None
    assert "新增高新技术企业110家" in answer.citations[cells[1].citation].quote
    assert cells[3].reason == "没有余姚市的文档"


def test_a_comparison_without_any_figure_is_no_answer_and_says_why(knowledge_base: qa.KnowledgeBase) -> None:
    answer = knowledge_base.compare("高企", ["奉化", "余姚"])
    assert (answer.status, answer.citations) == ("not_found", ())
    assert answer.reason == "没有奉化区的文档；没有余姚市的文档"
    assert answer.comparison is not None
    assert len(answer.comparison.cells) == 2
