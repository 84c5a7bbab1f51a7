from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.chat.feedback import keep_thumb
from qa.chat.replies import Turn, show_turn
from qa.chat.thumbs import show_thumbs
from qa.feedback import FEEDBACK, REASONS, read_feedback
from qa.records import Question, Scope
from tests.chat.reading import text_of
from tests.chat.samples import answer, citation

TURNS = (
    Turn("慈溪目标", answer(citation(), question=Question("慈溪目标", "慈溪目标"))),
    Turn(" ", "没有读到问题。"),
    Turn("镇海呢", answer(citation(), question=Question("镇海目标", "镇海呢")), Scope(years=(2024,))),
)
UP = {"turn": "1", "liked": True, "reason": "", "words": ""}


def test_the_thumbs_stand_under_replies_alone() -> None:
    assert text_of(show_thumbs(), inside="reasons", without="button") == "哪里不对？" + "".join(REASONS)
    for reply in (answer(citation()), answer(status="not_found")):
        assert "赞" in text_of(show_turn(Turn("问", reply), 1), inside="thumbs")
    assert "thumbs" not in show_turn(TURNS[1], 2)


def test_a_thumb_is_kept_with_what_was_asked_before_and_set_beside(tmp_path: Path) -> None:
    down = {"turn": "3", "liked": False, "reason": "答非所问", "words": "问的是镇海"}
    for given in (UP, down):
        assert text_of(keep_thumb(tmp_path, TURNS, given)) == "已记下，谢谢。"
    first, third = read_feedback(tmp_path)
    assert (first.liked, first.question, first.history, first.limited) == (True, "慈溪目标", (), False)
    assert (third.reason, third.words, third.question) == ("答非所问", "问的是镇海", "镇海呢")
    assert (third.history, third.limited) == (("慈溪目标",), True)


@pytest.mark.parametrize("turn", ["0", "-1", "2", "4"])
def test_what_is_no_reply_is_not_judged(tmp_path: Path, turn: str) -> None:
    said = keep_thumb(tmp_path, TURNS, UP | {"turn": turn})
    assert text_of(said, inside="problem") == "这个回答已不在本次对话里，没有记下。请重新提问。"
    assert not (tmp_path / FEEDBACK).exists()


def test_what_could_not_be_kept_is_said(tmp_path: Path) -> None:
    given: dict[str, Any] = UP | {"liked": False, "reason": "<b>"}
    assert text_of(keep_thumb(tmp_path, TURNS, given), inside="problem").startswith("请从这些原因里选一个")
    assert "无法读写" in text_of(keep_thumb(tmp_path / "没有", TURNS, UP), inside="problem")
