"""Question sets: questions with the passages that answer them, read from JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from qa.errors import QuestionSetError, UnusableQuestionError
from qa.retrieval.questions import read_question

EVERY_ANSWER = {"compare", "section"}  # types whose reply must hold every answer, unless answers_mode says otherwise


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that stand in the passage that answers, and the file they stand in."""

    file: str
    quotes: tuple[str, ...]  # any one of them is enough


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question of a set: what answers it, and how much of that is needed."""

    id: str
    type: str
    question: str
    history: tuple[str, ...]  # the questions before it
    answers: tuple[tuple[str, ...], ...]  # each in any of its wordings
    answers_mode: Literal["any", "all"]
    evidence: tuple[Evidence, ...]
    evidence_mode: Literal["any", "all", "none", "open"]  # none: there is no answer; open: nobody has said yet


def read_questions(file: Path) -> list[GoldQuestion]:
    """The questions of a JSON-lines file; its form is in the README.

    Raises QuestionSetError, naming the line, where the file or a line of it is not of that form.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(
            f"问题文件 {file} 读不出来：{error}。请给出一个 UTF-8 编码的 JSON Lines 文件。"
        ) from error
    questions: dict[str, GoldQuestion] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                question = _question(line)
                if question.id in questions:
                    raise _UnfitError(f"编号“{question.id}”前面已经用过")
            except (_UnfitError, UnusableQuestionError) as error:
                raise QuestionSetError(
                    f"问题文件 {file} 第 {number} 行：{error}。各字段的写法见 README 的“Your own questions”一节。"
                ) from error
            questions[question.id] = question
    if not questions:
        raise QuestionSetError(f"问题文件 {file} 里没有问题。每行写一个 JSON 对象，写法见 README。")
    return list(questions.values())


def closed(questions: Sequence[GoldQuestion]) -> list[GoldQuestion]:
    """The questions that can be judged: somebody has said what answers them. Raises QuestionSetError where none can."""
    known = [question for question in questions if question.evidence_mode != "open"]
    if not known:
        raise QuestionSetError("问题文件里的问题都没有写明依据（evidence 是 null）。请先填写。")
    return known


class _UnfitError(Exception):
    """What is wrong with a line, in Chinese."""


def _question(line: str) -> GoldQuestion:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise _UnfitError(f"不是 JSON（第 {error.colno} 个字符处有误）") from error
    if not isinstance(fields, dict):
        raise _UnfitError("不是 JSON 对象（应写在花括号里）")
    kind, history = _text(fields, "type"), _texts(fields, "history")
    if "evidence" not in fields:
        raise _UnfitError("缺少“evidence”（文档里没有答案的问题写 []）")
    evidence = () if fields["evidence"] is None else tuple(map(_evidence, _list(fields, "evidence")))
    return GoldQuestion(
        id=_text(fields, "id"),
        type=kind,
        question=read_question(_text(fields, "question"), history).asked,
        history=history,
        answers=tuple(map(_wordings, _list(fields, "answers"))),
        answers_mode=_choice(fields, "answers_mode", ("any", "all"), "all" if kind in EVERY_ANSWER else "any"),
        evidence=evidence,
        evidence_mode=_evidence_mode(fields),
    )


def _evidence_mode(fields: Mapping[str, Any]) -> Literal["any", "all", "none", "open"]:
    if fields["evidence"] is None:
        return "open"
    mode: Literal["any", "all", "none"]
    mode = _choice(fields, "evidence_mode", ("any", "all", "none"), "any" if fields["evidence"] else "none")
    if (mode == "none") != (not fields["evidence"]):
        raise _UnfitError(f"“evidence_mode”是 {mode}，“evidence”却{'不是空的' if fields['evidence'] else '是空的'}")
    return mode


def _evidence(part: object) -> Evidence:
    if not isinstance(part, dict):
        raise _UnfitError("“evidence”的每一项应是 JSON 对象，含 file 和 quote")
    return Evidence(_text(part, "file"), (_text(part, "quote"), *_texts(part, "alt")))


def _wordings(answer: object) -> tuple[str, ...]:
    wordings = tuple(answer) if isinstance(answer, list) else (answer,)
    if not wordings or not all(isinstance(wording, str) and wording.strip() for wording in wordings):
        raise _UnfitError("“answers”的每一项应是一段文字，或一个列出几种写法的列表")
    return wordings


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _UnfitError(f"“{name}”应是一段文字" if name in fields else f"缺少“{name}”")
    return value


def _texts(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = _list(fields, name)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise _UnfitError(f"“{name}”的每一项应是一段文字")
    return tuple(values)


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields.get(name, [])
    if not isinstance(value, list):
        raise _UnfitError(f"“{name}”应是列表")
    return value


def _choice(fields: Mapping[str, Any], name: str, choices: tuple[str, ...], default: str) -> Any:
    value = fields.get(name, default)
    if value not in choices:
        raise _UnfitError(f"“{name}”应是 {'、'.join(choices)} 之一")
    return value
