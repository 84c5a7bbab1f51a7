"""The parts that the ablation leaves out are parts of the product, and leaving them out changes what is found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from unittest.mock import patch

import pytest

from qa.index.lexical import LexicalIndex
from qa.index.vectors import Vectors
from qa.records import Question
from qa.retrieval.features import FEATURES
from tests.notices import write_notice
from tests.quality.ablation import PARTS, Part, summary_without, worth_table
from tests.quality.sets import QuestionSet, open_set
from tests.stub_encoder import StubEncoder


@pytest.fixture
def asked(tmp_path: Path, stub: StubEncoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[QuestionSet]:
    monkeypatch.setattr("tests.quality.sets.open_encoder", lambda folder, identity, model: stub)
    write_notice(tmp_path / "文档", "科技计划", "2024年新增高新技术企业110家。")
    evidence = [{"file": "科技计划.txt", "quote": "110家"}]
    line = {"id": "1", "type": "numeric", "question": "镇海2024年高企目标", "evidence": evidence}
    (tmp_path / "问题.jsonl").write_text(json.dumps(line), encoding="utf-8")
    opened = open_set(f"small:{tmp_path / '文档'}:{tmp_path / '问题.jsonl'}:{tmp_path / 'vectors'}")
    yield opened
    opened.index.close()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_what_is_left_out_is_there(part: Part) -> None:
    assert set(part.features) <= set(FEATURES)
    assert set(part.question) <= {field.name for field in fields(Question)}


def test_a_search_left_out_is_not_made(asked: QuestionSet) -> None:
    searched = {part.name: part for part in PARTS}
    with (
        patch.object(Vectors, "nearest", autospec=True, side_effect=Vectors.nearest) as near,
        patch.object(LexicalIndex, "search", autospec=True, side_effect=LexicalIndex.search) as worded,
    ):
        summary_without(searched["words"], asked)
        assert [(call.args[2], bool(call.args[1])) for call in worded.mock_calls] == [
            ("words", False),
            ("bigrams", True),
        ]
        near.reset_mock()
        summary_without(searched["vectors"], asked)
        assert near.mock_calls == []


def test_the_table_has_a_row_for_each_part(asked: QuestionSet) -> None:
    heading, rule, *rows = worth_table([asked])
    assert (heading, rule) == ("| left out | small |", "| --- | ---: |")
    assert [row.split(" | ")[0] for row in rows] == [f"| {part.name}" for part in PARTS]
    assert rows[0] == "| nothing | 1.000 / 1.000 |"
