from __future__ import annotations

from dataclasses import replace

from qa.answers.comparing import compare_sides
from qa.answers.confidence import read_fit
from qa.records import Aim, Citation, Comparison, Hit
from qa.retrieval.comparisons import split_comparison
from qa.retrieval.questions import read_question
from tests.answers.samples import covering, hit

XIAMEN, FUZHOU, QUANZHOU = "福建省厦门市", "福建省福州市", "福建省泉州市"


def told(region: str, text: str, aim: Aim | None = None) -> Hit:
    found = hit(text, (0, len(text)), region=region, id=region)
    passage = replace(found.passage, id=f"{region}@5", document_id=region, aim=aim)
    return replace(found, passage=passage)


def compared(asked: str, *hits: Hit) -> tuple[Comparison, tuple[Citation, ...]]:
    """The comparison of what is asked, each side finding the hits of its regions."""
    sides = split_comparison(read_question(asked))
    assert sides
    found = [[hit for hit in hits if hit.document.region in side.regions] for side in sides]
    return compare_sides(sides, found, covering(hits), read_fit())


def test_the_higher_and_by_how_much() -> None:
    comparison, citations = compared(
        "厦门和福州的工业投资额哪个高",
        told(XIAMEN, "工业投资额达到8000万元。"),
        told(FUZHOU, "工业投资额1.5亿元。"),
    )
    assert [(cell.label, cell.text, cell.citation) for cell in comparison.cells] == [
        ("厦门市", "工业投资额达到8000万元", 0),
        ("福州市", "工业投资额1.5亿元", 1),
    ]
    assert comparison.verdict == "福州市更高，相差0.7亿元。"
    assert [citation.document_id for citation in citations] == [XIAMEN, FUZHOU]


def test_a_figure_that_may_be_no_aim_is_not_labelled_as_one() -> None:
    comparison, _ = compared(
        "厦门和福州的绿化率目标哪个高",
        told(XIAMEN, "绿化率45%。", "target"),
        told(FUZHOU, "绿化率43%。"),
    )
    assert [cell.label for cell in comparison.cells] == ["厦门市 目标", "福州市"]


def test_a_difference_of_shares_is_in_points() -> None:
    comparison, _ = compared(
        "厦门和福州的绿化率哪个高", told(XIAMEN, "绿化率45.5%。"), told(FUZHOU, "绿化率百分之四十三。")
    )
    assert comparison.verdict == "厦门市更高，相差2.5个百分点。"


def test_of_several_units_the_one_that_every_side_tells() -> None:
    comparison, _ = compared(
        "厦门和福州的工业增长目标哪个高",
        told(XIAMEN, "工业增长7.5%左右。"),
        told(FUZHOU, "工业增长目标为达到63.6亿元，增长7.4%。"),
    )
    assert [cell.figure and cell.figure.text for cell in comparison.cells] == ["7.5%左右", "7.4%"]


def test_two_things_of_one_place_are_labelled_by_their_names() -> None:
    sides = split_comparison(read_question("厦门的租金补贴，低保户和其他低收入家庭分别补贴百分之几"))
    texts = {"低保户": "低保户租金补贴80%。", "其他": "其他低收入家庭租金补贴60%。"}
    found = [told(XIAMEN, next(text for name, text in texts.items() if name in side.text)) for side in sides]
    comparison, _ = compare_sides(sides, [[hit] for hit in found], covering(found), read_fit())
    assert [cell.label for cell in comparison.cells] == ["低保户", "其他低收入家庭"]
    assert comparison.verdict == "低保户更高，相差20个百分点。"


def test_a_range_differs_by_a_range() -> None:
    comparison, _ = compared(
        "厦门和福州的投资增速哪个高", told(XIAMEN, "投资增速5%—5.5%。"), told(FUZHOU, "投资增速4%。")
    )
    assert comparison.verdict == "厦门市更高，相差1个百分点至1.5个百分点。"


def test_what_is_equal() -> None:
    comparison, _ = compared(
        "厦门和福州的投资增速哪个高", told(XIAMEN, "投资增速5%。"), told(FUZHOU, "投资增速百分之五。")
    )
    assert comparison.verdict == "厦门市与福州市相同。"


def test_three_sides_are_put_in_order() -> None:
    comparison, _ = compared(
        "厦门、福州、泉州的学校数量分别是多少所",
        told(XIAMEN, "学校数量12所。"),
        told(FUZHOU, "学校数量30所。"),
        told(QUANZHOU, "学校数量21所。"),
    )
    assert comparison.verdict == "从高到低：福州市（30所）、泉州市（21所）、厦门市（12所）。"


def test_units_of_different_kinds_are_not_compared() -> None:
    comparison, _ = compared(
        "厦门和福州的造林规模哪个大", told(XIAMEN, "造林规模5万亩。"), told(FUZHOU, "造林规模30万株。")
    )
    assert comparison.verdict == "单位不同，不能直接比较。"


def test_different_scopes_are_told() -> None:
    comparison, _ = compared(
        "厦门和福州的工业增加值哪个高",
        told(XIAMEN, "规上工业增加值300亿元。"),
        told(FUZHOU, "工业增加值200亿元。"),
    )
    assert comparison.verdict == "厦门市更高，相差100亿元。请注意各项口径的字样不同。"


def test_a_side_without_document_says_so() -> None:
    comparison, citations = compared("厦门和福州的绿化率哪个高", told(XIAMEN, "绿化率45.5%。"))
    blank = comparison.cells[1]
    assert (blank.text, blank.figure, blank.citation, blank.reason) == ("", None, None, "没有福州市的文档")
    assert comparison.verdict == ""
    assert len(citations) == 1


def test_the_earlier_of_two_dates() -> None:
    comparison, _ = compared(
        "厦门和福州的报告发布日期哪个更早",
        told(XIAMEN, "发布日期：2025年3月4日"),
        told(FUZHOU, "发布日期：2024年12月30日"),
    )
    assert comparison.verdict.startswith("最早的是福州市")


def test_a_result_does_not_stand_for_a_target() -> None:
    comparison, citations = compared(
        "厦门和福州的绿化率目标哪个高",
        told(XIAMEN, "绿化率提高到45.5%。", aim="target"),
        told(FUZHOU, "绿化率达到43%。", aim="result"),
    )
    assert [(cell.label, cell.text) for cell in comparison.cells] == [
        ("厦门市 目标", "绿化率提高到45.5%"),
        ("福州市 目标", ""),
    ]
    assert comparison.cells[1].reason == "找到的数字是实际，不是目标"
    assert [citation.document_id for citation in citations] == [XIAMEN]


def test_targets_beside_results_are_told_apart_where_neither_is_asked_for() -> None:
    comparison, _ = compared(
        "厦门和福州的绿化率哪个高",
        told(XIAMEN, "绿化率提高到45.5%。", aim="target"),
        told(FUZHOU, "绿化率达到43%。", aim="result"),
    )
    assert comparison.verdict == "厦门市 目标更高，相差2.5个百分点。有的是目标，有的是实际，请注意区分。"


def test_a_figure_of_another_thing_is_none_of_a_side() -> None:
    comparison, _ = compared(
        "厦门和福州的绿化率哪个高", told(XIAMEN, "绿化率45.5%。"), told(FUZHOU, "生产总值增长5%。")
    )
    assert comparison.cells[1].reason == "文档里没有写明“绿化率”的数字"


def test_what_has_another_unit_than_most_is_left_out_of_the_order() -> None:
    comparison, _ = compared(
        "厦门、福州、泉州的造林规模分别是多少",
        told(XIAMEN, "造林规模5万亩。"),
        told(FUZHOU, "造林规模30万株。"),
        told(QUANZHOU, "造林规模6万亩。"),
    )
    assert comparison.verdict == "泉州市更高，相差1万亩。福州市的单位不同，不能直接比较。"
    assert [label for label, _ in comparison.comparable()] == ["厦门市", "泉州市"]


def test_firms_counted_in_either_unit_are_held_against_one_another() -> None:
    comparison, _ = compared(
        "厦门和福州的高企数量哪个多", told(XIAMEN, "有效高企达1436家。"), told(FUZHOU, "高企总数达812户。")
    )
    assert comparison.verdict == "厦门市更高，相差624家。"
