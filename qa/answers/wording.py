"""What the reply says around the quoted words."""

from __future__ import annotations

from qa.records import Comparison, Figure, Question
from qa.text.regions import region_named

AIMS = {"target": "目标", "result": "实际"}


def label(region: str | None, year: int | None, aim: str | None) -> str:
    """What a figure is of: 镇海区 2024年 目标."""
    named = region_named(region) if region else None
    parts = (named.name if named else region, f"{year}年" if year else None, AIMS.get(aim or ""))
    return " ".join(part for part in parts if part)


def headline(figure: Figure) -> str:
    """A figure with what it is of: 镇海区 2024年 目标：新增高新技术企业110家."""
    said = label(figure.region, figure.year, figure.aim)
    return f"{said}：{figure.wording}" if said else figure.wording


def places(question: Question) -> str:
    """The names of the question's regions."""
    regions = [region for place in question.regions if (region := region_named(place))]
    return "、".join(dict.fromkeys(region.name for region in regions))


def table_text(comparison: Comparison) -> str:
    """The sides of a comparison, one a line, and the verdict."""
    lines = [f"{cell.label}：{cell.text or cell.reason}" for cell in comparison.cells]
    return "\n".join([*lines, comparison.verdict] if comparison.verdict else lines)
