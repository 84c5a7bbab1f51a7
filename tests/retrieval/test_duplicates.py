from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.records import DocumentCard, Hit, Passage
from qa.retrieval.duplicates import merge_alike

TEXT = "对受疫情影响较大的困难行业企业，亏损最长结转年限由5年延长至8年，由税务部门负责落实。"


def hit(id_: str, text: str) -> Hit:
    card = DocumentCard(id_, f"{id_}.txt", id_)
    return Hit(Passage(id_, id_, "paragraph", text, 0, len(text), (), 1, ""), card, 1.0, {}, (0, len(text)), 0.9)


def test_what_repeats_a_better_hit_is_listed_with_it() -> None:
    hits = [hit("a", TEXT), hit("b", "别的内容" * 8), hit("c", TEXT.replace("，", ",")), hit("d", "又一段内容" * 6)]
    merged = merge_alike(hits, 2)
    assert [found.passage.id for found in merged] == ["a", "b"]
    assert merged[0].alike == (("c.txt", "c"),)
    assert merged[1].alike == ()


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (TEXT, True),
        (TEXT + "特此通知", True),
        (TEXT.replace("8年", "9年"), False),
        (TEXT[:24], False),
    ],
)
def test_figures_tell_passages_apart(other: str, alike: bool) -> None:
    assert len(merge_alike([hit("a", TEXT), hit("b", other)], 2)) == (1 if alike else 2)


def test_short_lines_repeat_nothing() -> None:
    assert len(merge_alike([hit("a", "二、工作目标"), hit("b", "二、工作目标")], 2)) == 2


@given(st.lists(st.sampled_from([TEXT, TEXT + "。", "别的内容" * 8, "一、目标"]), max_size=8), st.integers(1, 9))
def test_every_hit_is_kept_or_listed(texts: list[str], k: int) -> None:
    hits = [hit(str(place), text) for place, text in enumerate(texts)]
    merged = merge_alike(hits, k)
    listed = [found.passage.id for found in merged] + [id_ for found in merged for _, id_ in found.alike]
    assert len(set(listed)) == len(listed)
    assert len(merged) == k or len(listed) == len(hits)
    assert merged == [] or merged[0].passage == hits[0].passage
