"""Feedback is kept whoever else writes, and comes back as questions that `evaluate` reads."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from qa import feedback
from qa.backup import back_up, restore
from qa.cli.commands import main
from qa.errors import FeedbackError, QuestionSetError
from qa.evaluation.questions import Evidence, closed, read_questions
from qa.feedback import FEEDBACK, REASONS, Feedback, judge_answer, keep_feedback, read_feedback, write_questions
from qa.records import Question
from tests.chat.samples import QUOTE, answer, citation

ANSWER = answer(citation(), question=Question("镇海目标", "那镇海呢"))
UP = judge_answer(ANSWER, ["慈溪目标"], False, True)
DOWN = judge_answer(ANSWER, [], False, False, REASONS[0], " 应是120家 ")


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    assert read_feedback(tmp_path) == ()
    for given in (UP, DOWN):
        keep_feedback(tmp_path, given)
    assert read_feedback(tmp_path) == (UP, DOWN)
    assert (UP.question, UP.history, UP.file, UP.quote) == ("那镇海呢", ("慈溪目标",), "004.txt", QUOTE)
    assert (DOWN.liked, DOWN.reason, DOWN.words) == (False, "数字不对", "应是120家")


def test_nothing_tells_who_gave_it() -> None:
    assert {field.name for field in fields(Feedback)} == {
        *("given", "liked", "reason", "words"),
        *("question", "history", "limited", "status", "reply", "file", "quote"),
    }


def test_many_at_once_are_all_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: keep_feedback(tmp_path, replace(DOWN, words=str(number))), range(64)))
    assert sorted(int(each.words) for each in read_feedback(tmp_path)) == list(range(64))


def test_halves_of_characters_are_no_hindrance(tmp_path: Path) -> None:
    keep_feedback(tmp_path, replace(DOWN, words="甲\ud800乙"))
    assert read_feedback(tmp_path)[0].words == "甲?乙"


@pytest.mark.parametrize(
    ("liked", "reason", "words"),
    [(False, "", ""), (False, "别的", ""), (True, "其他", ""), (False, "其他", "字" * 501)],
)
def test_reasons_are_ours_and_words_are_few(liked: bool, reason: str, words: str) -> None:
    with pytest.raises(FeedbackError):
        judge_answer(ANSWER, [], False, liked, reason, words)


def test_long_replies_are_cut() -> None:
    assert len(judge_answer(answer(text="字" * 5000), [], False, True).reply) == feedback.LONGEST_REPLY


def test_the_file_grows_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.feedback._MOST_PAGES", 4)
    with pytest.raises(FeedbackError, match="full"):
        for _ in range(100):
            keep_feedback(tmp_path, DOWN)
    assert read_feedback(tmp_path)[-1] == DOWN


def test_a_newer_table_and_a_file_that_is_none_are_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FEEDBACK)) as database:
        database.execute("PRAGMA user_version = 2")
    for use in (lambda: keep_feedback(tmp_path, UP), lambda: read_feedback(tmp_path)):
        with pytest.raises(FeedbackError, match="更新的版本"):
            use()
    (tmp_path / FEEDBACK).write_bytes(b"no database" * 100)
    for use in (lambda: keep_feedback(tmp_path, UP), lambda: read_feedback(tmp_path)):
        with pytest.raises(FeedbackError, match="无法读写"):
            use()


def test_a_thumb_up_is_a_question_with_its_evidence_and_a_thumb_down_an_open_one(tmp_path: Path) -> None:
    refused = judge_answer(answer(status="not_found"), [], False, True)
    limited = replace(UP, limited=True)
    assert write_questions(tmp_path / "q.jsonl", (UP, DOWN, refused, limited)) == 3
    up, down, no = read_questions(tmp_path / "q.jsonl")
    assert (up.id, up.type, up.question, up.history) == ("feedback-1", "赞", "那镇海呢", ("慈溪目标",))
    assert (up.evidence, up.evidence_mode) == ((Evidence("004.txt", (QUOTE,)),), "any")
    assert (down.id, down.type, down.evidence, down.evidence_mode) == ("feedback-2", "踩：数字不对", (), "open")
    assert (no.id, no.evidence_mode) == ("feedback-3", "none")
    assert closed([up, down, no]) == [up, no]
    with pytest.raises(QuestionSetError, match="evidence 是 null"):
        closed([down])


def test_what_was_filled_in_is_not_written_over(tmp_path: Path) -> None:
    write_questions(tmp_path / "q.jsonl", (UP,))
    before = (tmp_path / "q.jsonl").read_text(encoding="utf-8")
    with pytest.raises(FeedbackError, match="已存在"):
        write_questions(tmp_path / "q.jsonl", (DOWN,))
    assert (tmp_path / "q.jsonl").read_text(encoding="utf-8") == before


def test_it_is_backed_up_and_restored(tmp_path: Path) -> None:
    documents, vectors = tmp_path / "文档", tmp_path / "vectors"
    for folder in (documents, vectors):
        folder.mkdir()
    (documents / "a.txt").write_text("甲", encoding="utf-8")
    keep_feedback(vectors, UP)
    back_up(tmp_path / "b.tar.gz", documents, vectors)
    keep_feedback(vectors, DOWN)
    restore(tmp_path / "b.tar.gz", documents, vectors, overwrite=True)
    assert read_feedback(vectors) == (UP,)
    keep_feedback(vectors, DOWN)
    assert read_feedback(vectors) == (UP, DOWN)


def test_the_command_lists_it_and_commands_no_terminal(tmp_path: Path) -> None:
    keep_feedback(tmp_path, replace(DOWN, words="\x1b[2J好\u202e"))
    printed = CliRunner().invoke(main, ["feedback", "--vectors", str(tmp_path)]).stdout
    assert printed.startswith("0 个赞，1 个踩\n")
    assert "踩 数字不对\n    问：那镇海呢\n" in printed
    assert "    说：[U+001B][2J好[U+202E]\n" in printed
    written = CliRunner().invoke(main, ["feedback", "--vectors", str(tmp_path), "--questions", str(tmp_path / "q")])
    assert written.stdout == f"{tmp_path / 'q'}：1 个问题。被踩的题 evidence 是 null，请填写依据（见 README）。\n"
