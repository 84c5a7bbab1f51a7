from __future__ import annotations

from pathlib import Path

import pytest

from qa.documents.formats import extract

from .samples import SAMPLES, rows

NAME = "科技指标，镇海区2024年主要科技指标"
HEADS = f"{NAME}：区域 | 指标 | 2024年 目标 | 2024年 完成率"


def test_a_workbook_gives_its_visible_sheets_as_they_are_seen() -> None:
    found = extract(SAMPLES / "indicators.xlsx")
    assert found.text.split("\n")[0] == "镇海区2024年主要科技指标"
    assert rows(found) == [
        ("区域 | 指标 | 2024年 | 2024年", NAME),
        ("区域 | 指标 | 目标 | 完成率", NAME),
        ("镇海区 | 高新技术企业（家） | 100 | 112.0%", HEADS),
        ("镇海区 | 研发投入（亿元） | 25.13 | 98.5%", HEADS),
        ("北仑区 | 高新技术企业（家） | 1,200 | 100.0%", HEADS),
        ("项目名称 | 立项日期 | 备注", "项目"),
        ("石墨烯研发 | 2024-03-01", "项目：项目名称 | 立项日期 | 备注"),
        ("海洋装备 | 2024-05-20 | 续建 二期", "项目：项目名称 | 立项日期 | 备注"),
    ]
    assert found.dropped == len("不公开")  # on a hidden sheet


def test_csv_in_gb18030() -> None:
    found = extract(SAMPLES / "indicators.csv")
    heads = "indicators：指标 | 2023年 | 2024年"
    assert rows(found) == [
        ("指标 | 2023年 | 2024年", "indicators"),
        ("高新技术企业（家） | 86 | 100", heads),
        ("研发投入强度，% | 3.4 | 3.5", heads),
    ]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_with_every_delimiter(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"指标{mark}目标\n高企{mark}100\n")
    assert extract(path).text == "指标 | 目标\n高企 | 100"
