"""The measure itself: on a text whose misreadings are known."""

from __future__ import annotations

from collections import Counter

from qa.documents.reading import content_hash
from tests.quality.reading_table import mark_file, read_labels, table

TEXT = """\
首页 > 通知
关于发展的通知
各单位：
一、目标
企业110家。
二、措施
请执行。
页脚
某某市财政局
2024年4月3日
"""
RIGHT = {
    "sha256": content_hash(TEXT.encode()),
    "title": ["关于发展的通知"],
    "years": [[2024], []],
    "issuer": ["某某市财政局"],
    "region": [None],
    "headings": ["一、目标", "二、措施"],
    "either": [],
    "furniture": [[0, 0]],
}


def test_file_read_as_labelled_is_all_right() -> None:
    marks = mark_file(TEXT.encode(), RIGHT)
    assert (marks.wrong, marks.headings_right, marks.headings_missed, marks.headings_made_up) == ({}, 2, (), ())
    assert (marks.furniture_kept, marks.text_lost, marks.characters) == (0, 0, len("".join(TEXT.split())))


def test_what_is_read_otherwise_is_counted() -> None:
    label = {
        **RIGHT,
        "issuer": [None],
        "headings": ["一、目标", "三、保障"],
        "either": ["二、措施"],
        "furniture": [[7, 7]],
    }
    marks = mark_file(TEXT.encode(), label)
    assert marks.wrong == {"issuer": ("某某市财政局", [None])}
    assert (marks.headings_right, marks.headings_missed, marks.headings_made_up) == (1, ("三、保障",), ())
    assert (marks.furniture_kept, marks.text_lost) == (2, len("首页>通知"))


def test_table_gives_shares() -> None:
    lines = list(table([mark_file(TEXT.encode(), RIGHT), mark_file(TEXT.encode(), {**RIGHT, "region": ["浙江省"]})]))
    assert [line.split()[1] for line in lines[:4]] == ["100.0%", "100.0%", "100.0%", "50.0%"]


def test_a_report_is_marked_by_its_card_alone() -> None:
    label = {name: RIGHT[name] for name in ("sha256", "title", "years", "issuer", "region")}
    mark = mark_file(TEXT.encode(), {**label, "years": [[2023]]})
    assert mark.wrong == {"years": ([2024], [[2023]])}
    assert [line.split()[0] for line in table([mark])] == ["title", "years", "issuer", "region"]


def test_every_label_is_complete() -> None:
    labels = read_labels()
    assert Counter(label["sample"] for label in labels) == {1: 40, 2: 24, "reports": 62}
    whole = {"reports": set(RIGHT) - {"headings", "either", "furniture"}}
    assert all(whole.get(label["sample"], set(RIGHT)) <= set(label) for label in labels)
    assert len({label["sha256"] for label in labels}) == len(labels)
