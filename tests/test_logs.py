from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

import qa
from qa.errors import UnusableQuestionError
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

QUESTION = "高新技术企业多少家"


@pytest.fixture
def vectors(tmp_path: Path, stub: StubEncoder) -> Path:
    write_notice(tmp_path / "文档", "科技计划", "2024年新增高新技术企业110家。")
    qa.rebuild(tmp_path / "文档", tmp_path / "vectors")
    return tmp_path / "vectors"


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [vars(record)["fields"] for record in caplog.records if record.name == "qa.requests"]


def test_a_question_is_logged_by_its_stages_and_not_by_its_words(
    vectors: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "qa")
    knowledge = qa.KnowledgeBase.open(vectors)
    knowledge.ask(QUESTION)
    knowledge.retrieve(QUESTION)
    with pytest.raises(UnusableQuestionError):
        knowledge.ask("？")
    asked, retrieved, refused = logged(caplog)
    assert (asked["kind"], asked["status"], list(asked["stages"])) == ("ask", "answered", ["read", "compose", "rank"])  # type: ignore[call-overload]
    assert (retrieved["kind"], list(retrieved["stages"])) == ("retrieve", ["read", "rank"])  # type: ignore[call-overload]
    assert (refused["error"], refused["stages"]) == ("UnusableQuestionError", {})
    assert len({entry["request"] for entry in (asked, retrieved, refused)}) == 3
    assert QUESTION not in str(logged(caplog))


def test_the_words_are_logged_where_wanted(
    vectors: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LOG_QUESTIONS", "1")
    caplog.set_level(logging.INFO, "qa")
    qa.KnowledgeBase.open(vectors).ask(QUESTION)
    assert logged(caplog)[0]["question"] == QUESTION


def test_the_log_is_lines_of_json() -> None:
    code = (
        "import logging; from qa.logs import log_request, log_to_stderr; log_to_stderr()\n"
        "with log_request('ask', None) as request: request.passed('read')\n"
        "logging.getLogger('another').warning('第一行\\n第二行')"
    )
    written = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stderr
    request, warning = map(json.loads, written.splitlines())
    assert (request["level"], request["logger"], request["kind"]) == ("INFO", "qa.requests", "ask")
    assert set(request["stages"]) == {"read"}
    assert (warning["logger"], warning["message"]) == ("another", "第一行\n第二行")
