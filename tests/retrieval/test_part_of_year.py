from __future__ import annotations

from dataclasses import replace

import pytest

from qa.records import Aim, DocumentCard, Passage, Told
from qa.retrieval.part_of_year import part_fit, part_fits, told_part
from qa.retrieval.questions import read_question
from qa.retrieval.scope import UNKNOWN

PLAIN = DocumentCard("d", "d.txt", "2024年工作总结", years=(2024,))
HALF = replace(PLAIN, title="2024年上半年工作总结和下半年工作思路")


def told(text: str, card: DocumentCard = PLAIN, aim: Aim | None = None, section: tuple[str, ...] = ()) -> object:
    passage = Passage("p", "d", "paragraph", text, 0, len(text), section, 1, card.title, aim=aim)
    last = text.rindex("。", 0, -1) + 1 if text.count("。") > 1 else 0
    return told_part(passage, card, (last, len(text)))


@pytest.mark.parametrize(
    ("text", "part", "months"),
    [
        ("全县净增23户。", "", None),
        ("上半年净增23户。", "上半年", (1, 6)),
        ("1-6月，工业增长14.1%。净增23户。", "1-6月", (1, 6)),
        ("上半年开局良好。全年净增52户。", "", (1, 12)),
        ("回顾过去的一年，我们一直在努力奋斗。上半年开局良好。净增52户。", "", None),
    ],
)
def test_a_sentence_tells_of_what_it_says_or_the_passage_opens_with(
    text: str, part: str, months: tuple[int, int] | None
) -> None:
    assert told(text) == (part, frozenset({months} if months else ()))


def test_of_a_title_that_names_two_parts_a_review_is_of_the_first_and_a_plan_of_the_last() -> None:
    assert told("净增23户。", HALF, "result") == ("上半年", frozenset({(1, 6)}))
    assert told("净增23户。", HALF, "target") == ("下半年", frozenset({(7, 12)}))
    assert told("净增23户。", HALF, "target", ("四季度打算",)) == ("四季度", frozenset({(10, 12)}))


@pytest.mark.parametrize(
    ("asked", "months", "fit"),
    [
        ("2024年净增多少户", (), 1.0),
        ("2024年净增多少户", ((1, 12),), 1.0),
        ("2024年净增多少户", ((1, 6),), UNKNOWN),
        ("2024年全年净增多少户", ((1, 6),), 0.0),
        ("2024年全年净增多少户", (), 1.0),
        ("2024年上半年净增多少户", ((1, 6),), 1.0),
        ("2024年上半年净增多少户", ((1, 9),), 0.0),
        ("2024年上半年净增多少户", (), UNKNOWN),
        ("2024年上半年和全年各净增多少户", ((1, 6),), UNKNOWN),
    ],
)
def test_how_a_part_fits_the_one_asked_of(asked: str, months: tuple[tuple[int, int], ...], fit: float) -> None:
    assert part_fit(frozenset(months), read_question(asked)) == fit


def test_parts_count_for_amounts_alone() -> None:
    text = "上半年净增23户。"
    passage = Passage("p", "d", "paragraph", text, 0, len(text), (), 1, PLAIN.title)
    fits = [part_fits(passage, PLAIN, read_question(asked)) for asked in ("2024年净增多少户", "2024年做了哪些工作")]
    assert [fit((0, len(text))) for fit in fits] == [UNKNOWN, 1.0]


def test_rules_tell_of_no_part_of_a_year() -> None:
    assert told("每年前3个月申报。", replace(PLAIN, title="补贴办法")) == ("", frozenset())


def test_a_column_of_a_year_is_of_the_whole_of_it() -> None:
    passage = Passage("p", "d", "row", "臭氧超标天数 | 51", 0, 12, (), 1, PLAIN.title)
    told_of = {
        column: told_part(
            replace(passage, told=(Told("臭氧超标天数51天", column, "臭氧超标天数", ""),)), PLAIN, (0, 12)
        )
        for column in ("2024年完成", "1—6月", "完成")
    }
    assert told_of == {
        "2024年完成": ("", frozenset({(1, 12)})),
        "1—6月": ("1—6月", frozenset({(1, 6)})),
        "完成": ("", frozenset()),
    }


def test_what_an_annual_review_tells_of_no_part_is_of_the_whole_year() -> None:
    assert told("全县诊疗396万人次。", aim="result") == ("", frozenset({(1, 12)}))
    assert told("全县诊疗396万人次。", HALF, "result") == ("上半年", frozenset({(1, 6)}))
    assert told("全县诊疗396万人次。") == ("", frozenset())
