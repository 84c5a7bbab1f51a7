from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.evaluation.judging import Reply, Sources, holds_evidence, judge, judge_replies
from qa.evaluation.questions import Evidence, GoldQuestion
from tests.evaluation.samples import asking, citing, outcome
from tests.stub_encoder import StubEncoder

TEXT = "新增110家。\n\n增长5%。\n\n共建5个园区。"
TWO = (Evidence("a.txt", ("新增110家",)), Evidence("a.txt", ("减少", "增长5%")))


@pytest.fixture
def sources(tmp_path: Path, stub: StubEncoder) -> Sources:
    (tmp_path / "文档").mkdir()
    (tmp_path / "文档" / "a.txt").write_text(TEXT, encoding="utf-8")
    qa.rebuild(tmp_path / "文档", tmp_path / "vectors")
    return Sources(qa.KnowledgeBase.open(tmp_path / "vectors"))


@pytest.mark.parametrize(("source", "held"), [("x/a.txt", True), ("b.txt", False)])
def test_evidence_is_of_a_file_wherever_that_lies(source: str, held: bool) -> None:
    assert holds_evidence(source, "年内 新增110家企业", asking()) is held


def test_ranks_are_those_of_the_first_citations_that_count(sources: Sources) -> None:
    cited = ("共建5个园区。", "增长5%。", "新增110家。", "增长5%。")
    reply = Reply(tuple(citing(text, start=TEXT.index(text)) for text in cited), "answered")
    judged = judge(asking(evidence=TWO), reply, 0.5, sources)
    assert (judged.ranks, judged.rank, judged.unfounded, judged.seconds) == ((3, 2), 2, 0, 0.5)
    assert judged.relevant == {"a.txt@0", f"a.txt@{TEXT.index('增长')}"}


def test_a_citation_that_its_document_does_not_hold_does_not_count(sources: Sources) -> None:
    judged = judge(asking(), Reply((citing("新增110家企业"), citing("新增110家", start=3))), 0, sources)
    assert (judged.ranks, judged.unfounded) == ((None,), 2)


@pytest.mark.parametrize(("mode", "rank"), [("any", 2), ("all", 5)])
def test_all_evidence_takes_as_many_citations_as_its_last(mode: str, rank: int) -> None:
    assert outcome(5, 2, question=asking(evidence=TWO, evidence_mode=mode)).rank == rank


def test_without_one_not_all_evidence_is_there() -> None:
    assert outcome(5, None, question=asking(evidence=TWO, evidence_mode="all")).rank is None
    assert outcome(5, None, question=asking(evidence=TWO)).rank == 5


def test_replies_are_judged_in_order_with_progress(sources: Sources) -> None:
    asked: list[GoldQuestion] = [asking("1"), asking("2")]
    reported: list[tuple[str, int, int]] = []
    outcomes = judge_replies(asked, lambda question: Reply(()), sources, lambda *step: reported.append(step))
    assert [judged.question.id for judged in outcomes] == ["1", "2"]
    assert reported == [("提问", 1, 2), ("提问", 2, 2)]
