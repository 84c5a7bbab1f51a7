from __future__ import annotations

import pytest

from qa.records import DocumentCard, Question
from qa.retrieval.origin import is_body, origin_fit
from qa.retrieval.questions import read_question

OUTLINE = DocumentCard("a", "a", "2019年科技创新工作要点", issuer="桐乡市科学技术局")


@pytest.mark.parametrize(
    ("name", "issuer", "same"),
    [
        ("市科技局", "郑州市科学技术局", True),
        ("镇海区科技局", "郑州市科学技术局", True),  # which region is the region's affair
        ("省发改委", "浙江省发展和改革委员会", True),
        ("请问人社局", "宁波市人力资源和社会保障局", True),
        ("教育部", "教育部", True),
        ("市教委", "上海市教育委员会", True),
        ("教育局", "宁波市体育局", False),
        ("财政局", "宁波市科学技术局", False),
    ],
)
def test_names_of_bodies_abbreviate(name: str, issuer: str, same: bool) -> None:
    assert is_body(name, issuer) is same


@pytest.mark.parametrize(
    ("asked", "fit"),
    [
        ("桐乡的目标", 0.5),
        ("工作要点里的目标", 1.0),
        ("政府工作报告里的目标", 0.0),
        ("市科技局的工作要点", 1.0),
        ("市财政局的工作要点", 0.5),
    ],
)
def test_origin_fit_is_the_share_of_what_is_named(asked: str, fit: float) -> None:
    assert origin_fit(OUTLINE, read_question(asked)) == fit


def test_a_document_says_its_kind_beside_its_title() -> None:
    outline = DocumentCard("a", "a", "关于做好2024年科技工作的意见", kind="工作要点")
    assert origin_fit(outline, Question("", "", kinds=("工作要点",))) == 1.0


def test_an_unknown_issuer_may_be_the_one_that_is_named() -> None:
    assert origin_fit(DocumentCard("a", "a", "通知"), Question("", "", issuers=("市科技局",))) == 0.5
