from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from qa.errors import QuestionSetError
from qa.evaluation.questions import Evidence, GoldQuestion, read_questions

LEAST: dict[str, Any] = {
    "id": "1",
    "type": "numeric",
    "question": "高企几家",
    "evidence": [{"file": "a.txt", "quote": "家"}],
}


def read(folder: Path, *lines: str) -> list[GoldQuestion]:
    file = folder / "问题.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_questions(file)


def test_every_field(tmp_path: Path) -> None:
    fields = {
        "id": "q1",
        "type": "compare",
        "question": "那桐乡呢",
        "history": ["镇海高企目标"],
        "answers": ["110家", ["3.5%", "百分之三点五"]],
        "answers_mode": "any",
        "evidence": [{"file": "a.txt", "quote": "110家", "alt": ["一百一十家"]}, {"file": "b.txt", "quote": "3.5%"}],
        "evidence_mode": "all",
        "note": "不认识的字段不看",
    }
    assert read(tmp_path, json.dumps(fields, ensure_ascii=False)) == [
        GoldQuestion(
            id="q1",
            type="compare",
            question="那桐乡呢",
            history=("镇海高企目标",),
            answers=(("110家",), ("3.5%", "百分之三点五")),
            answers_mode="any",
            evidence=(Evidence("a.txt", ("110家", "一百一十家")), Evidence("b.txt", ("3.5%",))),
            evidence_mode="all",
        )
    ]


@pytest.mark.parametrize(
    ("changes", "answers_mode", "evidence_mode"),
    [
        ({}, "any", "any"),
        ({"type": "compare"}, "all", "any"),
        ({"type": "section"}, "all", "any"),
        ({"evidence": []}, "any", "none"),
    ],
)
def test_what_is_left_out(tmp_path: Path, changes: dict[str, Any], answers_mode: str, evidence_mode: str) -> None:
    (question,) = read(tmp_path, json.dumps(LEAST | changes))
    assert (question.history, question.answers) == ((), ())
    assert (question.answers_mode, question.evidence_mode) == (answers_mode, evidence_mode)


def test_blank_lines_and_line_separators_inside_text_do_not_count(tmp_path: Path) -> None:
    asked = json.dumps(LEAST | {"question": "高企\u2028几家"}, ensure_ascii=False)
    assert [question.question for question in read(tmp_path, "", asked, "")] == ["高企\u2028几家"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "不是 JSON（第 2 个字符处有误）"),
        ("[]", "不是 JSON 对象（应写在花括号里）"),
        ({"id": 1}, "“id”应是一段文字"),
        ({"type": " "}, "“type”应是一段文字"),
        ({"question": "？？"}, "没有读到问题。请写出要问的内容，例如：某地某年的某项目标是多少。"),
        ({"history": "镇海"}, "“history”应是列表"),
        ({"history": [1]}, "“history”的每一项应是一段文字"),
        ({"answers": [[]]}, "“answers”的每一项应是一段文字，或一个列出几种写法的列表"),
        ({"answers": [3.5]}, "“answers”的每一项应是一段文字，或一个列出几种写法的列表"),
        ({"answers_mode": "some"}, "“answers_mode”应是 any、all 之一"),
        ({"evidence": ["a.txt"]}, "“evidence”的每一项应是 JSON 对象，含 file 和 quote"),
        ({"evidence": [{"file": "a.txt"}]}, "缺少“quote”"),
        ({"evidence_mode": "none"}, "“evidence_mode”是 none，“evidence”却不是空的"),
        ({"evidence": [], "evidence_mode": "any"}, "“evidence_mode”是 any，“evidence”却是空的"),
        ({"id": "0"}, "编号“0”前面已经用过"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, line: str | dict[str, Any], problem: str) -> None:
    bad = line if isinstance(line, str) else json.dumps(LEAST | line)
    with pytest.raises(QuestionSetError) as error:
        read(tmp_path, json.dumps(LEAST | {"id": "0"}), "", bad)
    assert str(error.value).startswith(f"问题文件 {tmp_path / '问题.jsonl'} 第 3 行：{problem.rstrip('。')}")


@pytest.mark.parametrize("name", ["id", "type", "question", "evidence"])
def test_a_field_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuestionSetError, match=f"第 1 行：缺少“{name}”"):
        read(tmp_path, json.dumps({key: value for key, value in LEAST.items() if key != name}))


def test_files_that_hold_no_questions(tmp_path: Path) -> None:
    (tmp_path / "gbk.jsonl").write_bytes("问题".encode("gb18030"))
    for name, problem in [("没有.jsonl", "读不出来"), ("gbk.jsonl", "UTF-8")]:
        with pytest.raises(QuestionSetError, match=problem):
            read_questions(tmp_path / name)
    with pytest.raises(QuestionSetError, match="里没有问题"):
        read(tmp_path, "", " ")


def test_the_example_in_the_readme_is_a_question(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r'```json\n(\{"id": .*)\n```', readme)
    (question,) = read(tmp_path, example)
    assert question.answers == (("110家", "一百一十家"),)
