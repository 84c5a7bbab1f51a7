from __future__ import annotations

from pathlib import Path

import pytest

from qa.documents.formats import extract
from qa.documents.formats.flattened import mark_tables

from .samples import rows


def tables(text: str) -> list[tuple[str, str]]:
    """The rows found in a text, each with its context."""
    return [(text[mark.start : mark.end], mark.context) for mark in mark_tables(text)]


@pytest.mark.parametrize("gap", ["\t", " | ", "  \t ", "   ", "　　"])
def test_columns_kept_apart_on_a_line(gap: str) -> None:
    lines = [gap.join(cells) for cells in (("指标", "单位", "2024年"), ("高企", "家", "100"), ("投入", "亿元", "3.5"))]
    text = "\n".join(["某区指标", "表1 主要指标", *lines, "特此公布。"])
    assert tables(text) == [
        (lines[0], ""),
        *((line, "表1 主要指标：指标 | 单位 | 2024年") for line in lines[1:]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "指标\t目标\n高企\t100",  # two lines
        "首页 | 新闻 | 公开\n邮箱 | 地图 | 帮助\n版权 | 说明 | 联系",  # no values
        "发布机构：\t市科技局\t3\n文号：\t镇科〔2024〕6号\t4\n日期：\t2024-03-12\t5",  # labels
        "索引号\t002958116/2024-1\t主题\n文号\t6号\t农业\n日期\t2024-03-12\t无",
        "第一章  总则\n第二章  管理  3\n第三章  附则  5",
        "张三  李四  王五\n赵六  孙七  周八",
    ],
)
def test_what_may_be_no_table_is_none(text: str) -> None:
    assert tables(text) == []


def test_a_cell_a_line_below_the_word_number() -> None:
    head, first, second = "序号\n镇（街）\n学位数", "1\n莞城\n20", "２\n石龙\n10"
    text = f"学位一览表\n{head}\n\n{first}\n\n{second}\n备注：以实际为准。"
    about = "学位一览表：序号 | 镇（街） | 学位数"
    assert tables(text) == [(head, ""), (first, about), (second, about)]


def test_a_cell_on_several_lines_ends_with_the_next_number() -> None:
    first, second = "1\n学历证书\n及验证\n教育局", "2\n身份证\n公安局"
    text = f"序号\n材料\n部门\n{first}\n{second}\n3\n户口簿\n公安局\n后面的文字"
    assert [row for row, _ in tables(text)] == ["序号\n材料\n部门", first, second]


def test_figures_are_told_where_every_row_has_a_cell_for_every_head() -> None:
    whole = "序号\n病种\n限额\n1\n哮喘\n2000元\n2\n癫痫\n3000元"
    assert [[figure.text for figure in mark.told] for mark in mark_tables(whole)] == [
        [],
        ["哮喘限额2000元"],
        ["癫痫限额3000元"],
    ]
    assert not any(mark.told for mark in mark_tables(whole.replace("哮喘\n2000元", "哮喘\n含支气管\n2000元")))


@pytest.mark.parametrize(
    "text",
    [
        "序号\n1\n甲\n2\n乙\n3\n丙",  # one column
        "序号\n项目\n1\n甲\n注：一行。",  # one row
        "序号\n项目\n说明较长的一句话。\n1\n甲\n乙\n2\n丙\n丁\n3\n戊\n己",
        "序号\n项目\n金额\n甲\n10\n乙\n20",  # rows without numbers
        "序号\n项目\n2\n甲\n3\n乙",
    ],
)
def test_rows_that_cannot_be_told_apart_stay_text(text: str) -> None:
    assert tables(text) == []


def test_a_plain_text_has_its_rows_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("某区指标\n指标\t目标\n高企\t100\n人才\t50\n", encoding="utf-8")
    found = extract(path)
    assert found.text.splitlines()[1] == "指标\t目标"
    assert rows(found) == [("指标\t目标", ""), ("高企\t100", "指标 | 目标"), ("人才\t50", "指标 | 目标")]
