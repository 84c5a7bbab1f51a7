"""What the reply says around the quoted words."""

from __future__ import annotations

from datetime import date

from qa.documents.validity import in_force
from qa.records import Comparison, DocumentCard, Figure, Question
from qa.text.regions import region_named

AIMS = {"target": "目标", "result": "实际"}


def label(region: str | None, when: str, aim: str | None) -> str:
    """What a figure is of: 镇海区 2024年 目标."""
    named = region_named(region) if region else None
    parts = (named.name if named else region, when, AIMS.get(aim or ""))
    return " ".join(part for part in parts if part)


def headline(figure: Figure) -> str:
    """A figure with what it is of: 镇海区 2024年 目标：新增高新技术企业110家."""
    said = label(figure.region, figure.when, figure.aim)
    return f"{said}：{figure.wording}" if said else figure.wording


def validity_note(card: DocumentCard, on: date) -> str | None:
    """Why the document does not hold on that day; None where it does."""
    if in_force(card, on):
        return None
    held = card.validity
    if held.effective and on < held.effective:
        return f"所引文件自{_day(held.effective)}起施行，此前不适用"
    if held.expires and on > held.expires:
        return f"所引文件有效期至{_day(held.expires)}，已过有效期"
    return "所引文件已被其他文件废止或代替" if held.repealed_by else "所引文件已标明废止或失效"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def places(question: Question) -> str:
    """The names of the question's regions."""
    regions = [region for place in question.regions if (region := region_named(place))]
    return "、".join(dict.fromkeys(region.name for region in regions))


def ends_text(comparison: Comparison, first: int) -> str:
    """The verdict on places in the order of their figures, and the first of them; the table has the others."""
    lines = [f"{cell.label}：{cell.text}" for cell in comparison.cells[:first]]
    more = len(comparison.cells) - first
    rest = f"其余{more}个从略。" if more > 0 else ""
    return "\n".join(filter(None, [comparison.verdict, *lines, rest]))


def table_text(comparison: Comparison) -> str:
    """The sides of a comparison, one a line, and the verdict."""
    lines = [f"{cell.label}：{cell.text or cell.reason}" for cell in comparison.cells]
    return "\n".join([*lines, comparison.verdict] if comparison.verdict else lines)
