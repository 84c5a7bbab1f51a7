from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import qa
from qa.cli.commands import main
from qa.cli.progress import progress_bar
from qa.records import Answer, BuildReport, Citation, DocumentCard, Hit, Passage, Question
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

QUESTION = "镇海2024年高企目标是多少"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, stub: StubEncoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    documents, vectors = tmp_path / "文档", tmp_path / "vectors"
    write_notice(documents, "科技计划", "一、目标", "2024年新增高新技术企业110家。")
    monkeypatch.setenv("QA_DOCUMENTS", str(documents))
    monkeypatch.setenv("QA_VECTORS", str(vectors))
    yield documents, vectors


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="qa")


def shown(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    return json.loads(result.stdout)


def names(record: type) -> set[str]:
    return {field.name for field in fields(record)}


COMMANDS = sorted(main.commands.items())
PARAMETERS = [(name, parameter) for name, command in COMMANDS for parameter in command.params]


def test_commands() -> None:
    assert [name for name, _ in COMMANDS] == [
        "ask",
        "backup",
        "build",
        "doctor",
        "evaluate",
        "feedback",
        "info",
        "inspect",
        "keeper",
        "restore",
        "retrieve",
    ]


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_every_command_has_a_help_text_with_its_exit_codes(name: str, command: click.Command) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert command.help
    assert "退出码：0" in command.help
    assert command.help.split("。")[0] in run("--help").stdout
    assert command.help.replace(" ", "") in "".join(result.stdout.split())


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_every_option_has_a_help_text(name: str, parameter: click.Parameter) -> None:
    printed = "".join(run(name, "--help").stdout.split())
    if isinstance(parameter, click.Option):
        assert parameter.help
        assert parameter.help.replace(" ", "") in printed
        assert parameter.opts[0] in printed
    else:
        assert parameter.human_readable_name in printed


def test_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == "qa 0.1.0\n"


def test_build_says_what_it_did(folders: tuple[Path, Path]) -> None:
    (folders[0] / "程序.exe").write_bytes(b"MZ")
    first, second = run("build"), run("build")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("1 份文档，4 个段落，")
    assert "新编码" in first.stdout
    assert "跳过 '程序.exe'：" in first.stdout
    assert "没有变化" in second.stdout


def test_build_takes_its_folders_from_options(tmp_path: Path) -> None:
    write_notice(tmp_path / "甲", "粮食生产", "粮食20万亩。")
    result = run("build", "--documents", str(tmp_path / "甲"), "--vectors", str(tmp_path / "乙"))
    assert result.exit_code == 0
    assert [card.source for card in qa.KnowledgeBase.open(tmp_path / "乙").documents()] == ["粮食生产.txt"]


def test_ask_prints_the_answer_and_where_it_stands() -> None:
    run("build")
    result = run("ask", QUESTION, "-k", "1")
    assert result.exit_code == 0
    assert "新增高新技术企业110家" in result.stdout
    assert "[1] 《宁波市镇海区科学技术局关于科技计划的通知》（宁波市镇海区科学技术局）" in result.stdout
    assert "—— 科技计划.txt" in result.stdout
    assert "[2]" not in result.stdout


def test_ask_ends_with_one_where_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    run("build")
    silent = Answer("not_found", "现有文档里没有。", Question("x", "x"), reason="没有相关段落")
    monkeypatch.setattr(qa.KnowledgeBase, "ask", lambda *arguments, **options: silent)
    result = run("ask", QUESTION)
    assert (result.exit_code, result.stdout) == (1, "现有文档里没有。\n")


def test_retrieve_prints_passages_with_their_scores() -> None:
    run("build")
    plain, explained = run("retrieve", "高企目标", "-k", "2"), run("retrieve", "高企目标", "-k", "2", "--explain")
    assert (plain.exit_code, explained.exit_code) == (0, 0)
    assert "[2]" in plain.stdout
    assert "[3]" not in plain.stdout
    assert "2024年新增高新技术企业110家。" in plain.stdout
    assert len(explained.stdout.splitlines()) == len(plain.stdout.splitlines()) + 2


def test_info_lists_documents_and_skipped_files(folders: tuple[Path, Path]) -> None:
    (folders[0] / "程序.exe").write_bytes(b"MZ")
    run("build")
    result = run("info")
    assert result.exit_code == 0
    assert "encoder: stub" in result.stdout
    assert "文档 1 份：" in result.stdout
    assert "—— 科技计划.txt" in result.stdout
    assert "跳过 1 个文件：" in result.stdout
    assert "'程序.exe'：" in result.stdout


def test_json_of_build_has_the_names_of_the_report() -> None:
    assert set(shown("build")) == names(BuildReport)


def test_json_of_ask_has_the_names_of_the_answer() -> None:
    run("build")
    answer = shown("ask", QUESTION)
    assert set(answer) == names(Answer)
    assert set(answer["question"]) == names(Question)
    assert set(answer["citations"][0]) == names(Citation)
    assert answer["status"] == "answered"


def test_json_of_retrieve_has_the_names_of_the_hits() -> None:
    run("build")
    (hit,) = shown("retrieve", QUESTION, "-k", "1")
    assert set(hit) == names(Hit) | {"source", "text"}
    assert set(hit["passage"]) == names(Passage)
    assert set(hit["document"]) == names(DocumentCard)
    assert (hit["source"], hit["text"]) == ("科技计划.txt", hit["passage"]["text"])


def test_json_of_info_holds_the_documents() -> None:
    run("build")
    described = shown("info")
    assert {"generation", "created", "passages", "units", "encoder", "skipped", "documents"} <= set(described)
    assert [set(card) for card in described["documents"]] == [names(DocumentCard)]


def test_json_keeps_chinese_and_writes_dates_as_iso(folders: tuple[Path, Path]) -> None:
    write_notice(folders[0], "签发", "请认真执行。", "宁波市镇海区科学技术局", "2024年4月3日")
    run("build")
    printed = run("info", "--json").stdout
    assert "镇海区" in printed
    signed = {card["source"]: card["signed"] for card in json.loads(printed)["documents"]}
    assert signed == {"科技计划.txt": None, "签发.txt": "2024-04-03"}


@pytest.mark.parametrize("command", [("ask", QUESTION), ("retrieve", QUESTION), ("info",)])
def test_missing_index_is_a_message_and_two(command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("错误：")
    assert "python -m qa build" in result.stderr


@pytest.mark.parametrize("question", ["", "？？", "高" * 2001])
def test_unusable_question_is_a_message_and_two(question: str) -> None:
    run("build")
    result = run("ask", question)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("错误：")
    assert "Traceback" not in result.stderr


def test_missing_documents_and_unknown_settings_are_messages_and_two(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = run("build", "--documents", "没有的目录")
    assert (missing.exit_code, "没有的目录" in missing.stderr) == (2, True)
    monkeypatch.setenv("QA_VECTOR", "x")
    unknown = run("info")
    assert (unknown.exit_code, "QA_VECTOR。" in unknown.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments", [("ask",), ("ask", "甲", "-k", "0"), ("ask", "甲", "-k", "x"), ("fly",), ("info", "--x")]
)
def test_wrong_usage_is_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_progress_is_shown_stage_by_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as report:
        report("计算向量", 0, 4)
        report("计算向量", 4, 4)
        report("建立词索引", 2, 2)
    assert capsys.readouterr().out == ""


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "问题.jsonl"
    evidence = [{"file": "科技计划.txt", "quote": "新增高新技术企业110家"}]
    fields = {"id": "q1", "type": "numeric", "question": QUESTION, "answers": ["110家"], "evidence": evidence}
    lost = {"id": "q2", "type": "numeric", "question": "孵化器面积", "evidence": [{"file": "无.txt", "quote": "面积"}]}
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in (fields, lost)), encoding="utf-8")
    return file


def test_evaluate_prints_measures_misses_and_doubts(questions: Path) -> None:
    result = run("evaluate", "--questions", str(questions), "--misses")
    assert result.exit_code == 0
    heading, numeric, every = (
        line.split() for line in result.stdout.splitlines() if line[:2] in ("类型", "nu", "全部")
    )
    assert heading[:4] == ["类型", "题数", "依据@1", "依据@5"]
    assert numeric[1:] == every[1:]
    assert every[:4] == ["全部", "2", "0.500", "0.500"]
    assert "q2 [numeric] 孵化器面积" in result.stdout
    assert "q1 [numeric]" not in result.stdout
    assert "1 个问题的依据不在任何段落里（文件名或原话写错，或文件没有读入）：q2" in result.stdout


def test_evaluate_writes_json_and_keeps_the_index_it_is_given(tmp_path: Path, questions: Path) -> None:
    written, kept = tmp_path / "结果.json", tmp_path / "评测索引"
    result = run(
        "evaluate", "--questions", str(questions), "--vectors", str(kept), "--json", str(written), "--retrieve"
    )
    assert result.exit_code == 0
    assert [card.source for card in qa.KnowledgeBase.open(kept).documents()] == ["科技计划.txt"]
    report = json.loads(written.read_text(encoding="utf-8"))
    assert (report["all"]["n"], report["types"]["numeric"]["evidence@1"]) == (2, 0.5)
    assert [(each["id"], each["ranks"], each["status"]) for each in report["questions"]] == [
        ("q1", [1], None),
        ("q2", [None], None),
    ]


def test_evaluate_among_more_documents_leaves_the_users_index_alone(
    tmp_path: Path, questions: Path, folders: tuple[Path, Path]
) -> None:
    write_notice(tmp_path / "干扰" / "下级", "粮食生产", "粮食20万亩。")
    kept = tmp_path / "评测索引"
    asked = run("evaluate", "--questions", str(questions), "--vectors", str(kept), "--more", str(tmp_path / "干扰"))
    assert asked.exit_code == 0
    assert [card.source for card in qa.KnowledgeBase.open(kept).documents()] == ["下级/粮食生产.txt", "科技计划.txt"]
    assert not folders[1].exists()


def test_evaluate_names_what_is_missing(tmp_path: Path, questions: Path) -> None:
    (tmp_path / "坏.jsonl").write_text("{}", encoding="utf-8")
    bad = run("evaluate", "--questions", str(tmp_path / "坏.jsonl"))
    assert (bad.exit_code, "坏.jsonl 第 1 行：缺少“type”" in bad.stderr) == (2, True)
    missing = run("evaluate", "--questions", str(questions), "--more", "没有的目录")
    assert (missing.exit_code, "没有的目录" in missing.stderr) == (2, True)
    unwritable = run("evaluate", "--questions", str(questions), "--json", str(tmp_path / "没有" / "结果.json"))
    assert (unwritable.exit_code, "结果.json" in unwritable.stderr) == (2, True)
