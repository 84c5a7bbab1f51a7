"""What readers say of replies: kept in one file, and made questions of for an evaluation."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import FeedbackError
from qa.records import Answer, Status
from qa.settings import read_settings

FEEDBACK = "feedback.sqlite"  # in the vectors folder, beside the generations
REASONS = ("数字不对", "年份或地区不对", "答非所问", "资料里有却说没有", "其他")
LONGEST_WORDS = 500  # characters of what a reader adds
LONGEST_REPLY = 2000  # characters kept of a reply

_VERSION = 1  # of the table; the file says which it has
_MOST_PAGES = 65_536  # of 4 KiB: anybody may give feedback, and must not fill the disk
_WAIT = 10  # seconds for others that are writing


@dataclass(frozen=True, slots=True)
class Feedback:
    """A thumb under a reply, with what was asked and said; nothing tells who gave it."""

    given: str  # when, in UTC: 2026-11-22T06:41:00+00:00
    liked: bool
    reason: str  # one of REASONS; "" for a thumb up
    words: str  # what the reader added
    question: str
    history: tuple[str, ...]  # the questions before it
    limited: bool  # whether limits were set beside the question
    status: Status
    reply: str
    file: str | None = None  # the source cited first
    quote: str | None = None


def judge_answer(
    answer: Answer, history: Sequence[str], limited: bool, liked: bool, reason: str = "", words: str = ""
) -> Feedback:
    """Feedback on an answer, given now. Raises FeedbackError where the reason is none of ours or the words are many."""
    if (reason not in REASONS) if not liked else reason:
        raise FeedbackError(f"请从这些原因里选一个：{'、'.join(REASONS)}。")
    if len(words) > LONGEST_WORDS:
        raise FeedbackError(f"补充说明太长：{len(words)} 字，最多 {LONGEST_WORDS} 字。")
    cited = answer.citations[0] if answer.citations else None
    return Feedback(
        given=datetime.now(UTC).isoformat(timespec="seconds"),
        liked=liked,
        reason=reason,
        words=words.strip(),
        question=answer.question.asked,
        history=tuple(history),
        limited=limited,
        status=answer.status,
        reply=answer.text[:LONGEST_REPLY],
        file=cited.source if cited else None,
        quote=cited.quote if cited else None,
    )


def keep_feedback(vectors: Path, feedback: Feedback) -> None:
    """Adds it to the file in the vectors folder, which is made if need be. Raises FeedbackError where it cannot."""
    row = {**asdict(feedback), "history": json.dumps(feedback.history)}
    values = {name: _storable(value) for name, value in row.items()}
    places = ", ".join(f":{name}" for name in values)
    with _opened(vectors / FEEDBACK) as database:
        database.execute("PRAGMA journal_mode = WAL")  # whoever reads does not hold up whoever writes
        database.execute(f"PRAGMA max_page_count = {_MOST_PAGES}")
        with database:
            database.execute("BEGIN IMMEDIATE")
            _check_version(database, vectors / FEEDBACK)
            database.execute(f"CREATE TABLE IF NOT EXISTS feedback ({', '.join(values)})")
            database.execute(f"PRAGMA user_version = {_VERSION}")
            database.execute(f"INSERT INTO feedback ({', '.join(values)}) VALUES ({places})", values)


def read_feedback(vectors: str | Path | None = None) -> tuple[Feedback, ...]:
    """All that was kept, the earliest first. Raises FeedbackError where the file cannot be read."""
    file = read_settings(vectors=vectors).vectors / FEEDBACK
    if not file.exists():
        return ()
    columns = ", ".join(field.name for field in fields(Feedback))
    with _opened(file) as database:
        _check_version(database, file)
        rows = database.execute(f"SELECT {columns} FROM feedback ORDER BY rowid").fetchall()
    kept = (Feedback(*row) for row in rows)
    return tuple(
        replace(each, liked=bool(each.liked), limited=bool(each.limited), history=tuple(json.loads(str(each.history))))
        for each in kept
    )


def write_questions(file: Path, feedback: Sequence[Feedback]) -> int:
    """Writes a question for each thumb as a line of JSON, as `evaluate` reads them, and gives how many.

    A thumb up says that the passage cited first answers, or that there is no answer. A thumb down leaves open what
    does (`evidence` is null), with the reason and the reply for whoever fills it in. A thumb up under a question with
    limits beside it is left out: the question alone says less. Raises FeedbackError where the file is there already.
    """
    lines = [
        json.dumps(_question(number, each), ensure_ascii=False) + "\n"
        for number, each in enumerate(feedback, 1)
        if not (each.liked and each.limited)
    ]
    try:
        with file.open("x", encoding="utf-8") as written:
            written.writelines(lines)
    except FileExistsError as error:  # somebody may have filled in what was open
        raise FeedbackError(f"文件“{file}”已存在，没有覆盖。请换一个名字。") from error
    except OSError as error:
        raise FeedbackError(f"文件“{file}”写不进去：{error.strerror}。请检查目录和权限。") from error
    return len(lines)


def _question(number: int, feedback: Feedback) -> dict[str, Any]:
    asked = {"id": f"feedback-{number}", "question": feedback.question, "history": feedback.history}
    if feedback.liked:
        held = [{"file": feedback.file, "quote": feedback.quote}] if feedback.status == "answered" else []
        return {**asked, "type": "赞", "evidence": held}
    told = {"words": feedback.words, "limited": feedback.limited, "reply": feedback.reply, "file": feedback.file}
    return {**asked, "type": f"踩：{feedback.reason}", "evidence": None, **told}


def _storable(value: object) -> object:
    """The value; halves of characters, which a browser can send and SQLite does not take, as question marks."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(file, timeout=_WAIT, isolation_level=None)) as database:
            yield database
    except sqlite3.Error as error:
        raise FeedbackError(f"反馈文件“{file}”无法读写：{error}。请检查磁盘空间和目录权限。") from error


def _check_version(database: sqlite3.Connection, file: Path) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise FeedbackError(f"反馈文件“{file}”由更新的版本写成（格式 {version}）。请升级 qa。")
