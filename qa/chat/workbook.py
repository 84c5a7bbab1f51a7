"""A comparison as a spreadsheet to take along."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO

from qa.chat.markup import Html, element, visible
from qa.chat.scope_chips import AIMS
from qa.records import Answer, Cell

HEAD = (
    "对象",
    "地区",
    "年份",
    "目标或完成情况",
    "原文",
    "数值",
    "数值至",
    "单位",
    "没有数字的原因",
    "出处",
    "原句",
    "来源文件",
)
WIDTHS = (24, 24, 8, 12, 48, 14, 14, 10, 30, 60, 60, 30)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_workbook(answer: Answer, name: str) -> Html:
    """A link that saves the answer's comparison under that name; the file lies in the page itself."""
    content = b64encode(comparison_workbook(answer)).decode("ascii")
    href = f"data:{_TYPE};base64,{content}"
    return element("a.act download", "导出 .xlsx", href=href, download=f"{name}.xlsx")


def comparison_workbook(answer: Answer) -> bytes:
    """A sheet with a line for each side, figures as numbers in their base unit, and the verdict below them.

    Whatever is text stays text: what begins with = + - @ in a document is no formula here.
    """
    from openpyxl import Workbook  # a quarter of a second, which the page need not wait for

    assert answer.comparison
    book = Workbook()
    sheet = book.active
    sheet.title = "对比"
    lines = [HEAD, *(tuple(_line(answer, cell)) for cell in answer.comparison.cells)]
    verdict = answer.comparison.verdict
    for row, line in enumerate([*lines, (), (verdict,)] if verdict else lines, start=1):
        for column, value in enumerate(line, start=1):
            entry = sheet.cell(row, column)
            entry.value = visible(value) if isinstance(value, str) else value
            if isinstance(value, str):
                entry.data_type = "s"
                entry.quotePrefix = True  # so it stays when somebody edits the cell
    for letter, width in zip("ABCDEFGHIJKL", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _line(answer: Answer, cell: Cell) -> Iterator[str | float | None]:
    figure = cell.figure
    yield cell.label
    yield figure.region if figure else None
    yield figure.year if figure else None
    yield AIMS[figure.aim] if figure and figure.aim else None
    yield cell.text or None
    yield figure.low if figure else None
    yield figure.high if figure and figure.high != figure.low else None
    yield figure.base if figure and figure.low is not None else None
    yield cell.reason
    cited = None if cell.citation is None else answer.citations[cell.citation]
    yield cited.formal() if cited else None
    yield cited.quote if cited else None
    yield cited.source if cited else None
