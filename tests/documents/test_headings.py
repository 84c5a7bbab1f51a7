from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.documents.headings import HeadingTree, Numbering, read_item_number, read_numbering, run_in_heading


@pytest.mark.parametrize(
    ("line", "style", "value"),
    [
        ("第一编 总则", "编", 1),
        ("第一部分 概况", "编", 1),
        ("第二章 管理", "章", 2),
        ("第3章 说明", "章", 3),
        ("第三节 责任", "节", 3),
        ("第二十一条 本办法", "条", 21),
        ("一、总体思路", "一、", 1),
        ("十、附则", "一、", 10),
        ("一百零三、其他", "一、", 103),
        ("一.总体思路", "一、", 1),
        ("（一）高站位", "（一）", 1),
        ("(十二) 聚焦", "（一）", 12),
        ("1.编制规划", "1.", 1),
        ("2、推动", "1.", 2),
        ("３．全角", "1.", 3),
        ("1.2024年目标", "1.", 1),
        ("2.1 目标", "1.1", 1),
        ("2.1.3 细则", "1.1.1", 3),
        ("(1)办公", "(1)", 1),
        ("1）条件", "(1)", 1),
        ("③其三", "①", 3),
        ("㈢其三", "（一）", 3),
        ("⑶其三", "(1)", 3),
        ("⒊其三", "1.", 3),
    ],
)
def test_numbering_in_every_style(line: str, style: str, value: int) -> None:
    numbering = read_numbering(line)
    assert numbering is not None
    assert (numbering.style, numbering.value) == (style, value)


@pytest.mark.parametrize(
    "line", ["", "1.5万家企业", "3.42%", "1,000家", "2024年工作", "一是抓落实", "五大行动", "（2024年）", "第一季度"]
)
def test_lines_that_begin_with_figures_but_no_number(line: str) -> None:
    assert read_numbering(line) is None


def test_width_is_what_the_number_takes() -> None:
    numbering = read_numbering("（一） 聚焦")
    assert numbering == Numbering("（一）", 1, 4)


@pytest.mark.parametrize(
    ("line", "value"),
    [("一是抓落实。", 1), ("十二是抓落实。", 12), ("二要提高。", 2), ("第三，推进改革。", 3), ("（二）收入。", 2)],
)
def test_items_may_be_counted_in_words(line: str, value: int) -> None:
    number = read_item_number(line)
    assert number is not None and number.value == value


@pytest.mark.parametrize("line", ["三要素齐备。", "第三产业增长。", "第一季度，增长5%。", "二十家企业。"])
def test_words_that_count_nothing(line: str) -> None:
    assert read_item_number(line) is None


def numbered(line: str) -> Numbering:
    numbering = read_numbering(line)
    assert numbering is not None
    return numbering


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1.编制规划。按照要求编制。", "1.编制规划"),
        ("(一)抓平台!主动对接。", "(一)抓平台"),
        ("第三条 本办法所称企业,是指……。", "第三条"),
        ("第三条 （申请条件）申请人应当有住所。", "第三条 （申请条件）"),
        ("第三条【申请条件】 申请人应当有住所。", "第三条【申请条件】"),
        ("第三条（一）申请人有住所，并（二）有收入。", "第三条"),
        ("二、申报时间：3月1日起。逾期不候。", "二、申报时间"),
        ("二、将第三条修改为：“有收入”", None),
        ("二、申请人应当提交：身份证。", None),
        ("三、督查方式 实行明查与暗访相结合、以暗访为主的方式，深入一线。", "三、督查方式"),
        ("三、督查方式 实行明查，深入一线。", None),
        ("（二）申报时间：3月1日起，逾期不候，共三天。", None),
        ("1.企业110家。", None),
        ("1.是否应当公开？应当公开。", "1.是否应当公开"),
        ("1.必须落实责任。各单位要落实。", "1.必须落实责任"),
        ("（五）承包方不得撂荒农业用地。承包方弃耕的，收回用地。", None),
        ("一、从2015年6月28日起，下调利率。其中，存款利率不变。", None),
        ("一、大家知道，北京是中心，历史悠久，又是首都。后来如此。", None),
        ("（七）切实做好应急处置。各地要落实。", "（七）切实做好应急处置"),
        ("1.企业达到110家；人才达到50人。共两项。", None),
        ("1." + "很" * 60 + "长。后面还有。", None),
    ],
)
def test_heading_that_a_paragraph_begins_with(line: str, heading: str | None) -> None:
    assert run_in_heading(line, numbered(line)) == heading


def levels(*lines: str) -> list[int]:
    """The levels of these headings, each followed by text; a line that begins with ">" follows its heading at once."""
    tree = HeadingTree()
    return [tree.enter(numbered(line.removeprefix(">")), line.startswith(">")) for line in lines]


def test_styles_nest_in_their_order() -> None:
    numbers = ["第一编", "第一章", "第一节", "第一条", "一、", "（一）", "1.", "1.1", "1.1.1", "(1)", "①"]
    assert levels(*(f"{number} 甲" for number in numbers)) == list(range(1, 12))


def test_siblings_share_their_level_and_an_outer_number_closes_inner_ones() -> None:
    assert levels("一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚") == [1, 2, 3, 3, 2, 3, 1]


def test_a_style_may_be_left_out() -> None:
    assert levels("一、甲", "1.乙", "2.丙", "二、丁", "（一）戊") == [1, 2, 2, 1, 2]


def test_numbering_that_goes_on_across_sections_stays_below_them() -> None:
    assert levels("一、甲", "1.乙", "2.丙", "二、丁", "3.戊") == [1, 2, 2, 1, 2]


def test_restart_right_below_a_heading_of_the_same_style_nests() -> None:
    assert levels("一、总结", "二、不足", "三、2024年计划", ">一、甲", "（一）乙", "二、丙", "三、丁", "四、戊") == [
        1, 1, 1, 2, 3, 2, 2, 2,
    ]  # fmt: skip


def test_restart_after_a_paragraph_nests_too() -> None:
    assert levels("一、总结", "二、2024年计划", "一、甲", "二、乙") == [1, 1, 2, 2]


def test_unnumbered_heading_closes_all_others() -> None:
    tree = HeadingTree()
    assert tree.enter(numbered("一、甲"), False) == 1
    assert tree.enter_unnumbered() == 1
    assert tree.enter(numbered("一、甲"), True) == 2


def test_a_restart_does_not_nest_in_a_restart() -> None:
    assert levels("一、甲", ">一、乙", ">一、丙", ">一、丁") == [1, 2, 2, 2]


NUMBERS = ["一、", "二、", "三、", "（一）", "（二）", "1.", "2.", "第一章", "第一条", "(1)"]


@given(st.lists(st.sampled_from(NUMBERS), max_size=30))
def test_levels_never_skip_downwards(lines: list[str]) -> None:
    found = levels(*lines)
    assert all(level >= 1 for level in found)
    assert all(second <= first + 1 for first, second in zip([0, *found], found, strict=False))
