"""The tab to compare in: an indicator over regions and years, as a cited table and as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import gradio as gr

from qa.chat.cards import opens_citation, show_facts
from qa.chat.chart import show_chart
from qa.chat.filters import filter_choices
from qa.chat.indicators import known_indicators
from qa.chat.markup import Html, element, join
from qa.chat.parts import file_name, html, quietly, script
from qa.chat.scope_chips import AIMS
from qa.chat.workbook import offer_workbook
from qa.errors import QAError
from qa.knowledge_base import KnowledgeBase
from qa.records import Aim, Answer, Cell, Citation

HINT = "选一个指标（也可以自己写），再选几个地区、几个年份。每格一个数字，点开就是原文；没有数字的写明原因。"


def build_comparison(knowledge: KnowledgeBase, generation: gr.State) -> gr.HTML:
    """The tab's content; a source that is clicked in it is left to the page that holds it."""
    choices = _choices(knowledge)
    with gr.Row(elem_id="compared"):
        indicator = gr.Dropdown(choices[0], value=None, label="指标", allow_custom_value=True, min_width=240)
        regions = gr.Dropdown(choices[1], label="地区", multiselect=True, min_width=240)
        years = gr.Dropdown(choices[2], label="年份", multiselect=True, min_width=160)
        aim = gr.Radio([("不限", ""), *((name, aim) for aim, name in AIMS.items())], value="", label="目标或完成情况")
    button = gr.Button("对比", variant="primary", elem_id="compare")
    compared = html(element("p.hint", HINT), elem_id="comparison", js_on_load=script("compare.js"))

    def compare(indicator: str | None, regions: list[str], years: list[str], aim: Aim | Literal[""]) -> Iterator[Html]:
        yield element("p.pending", "正在文件中查找…", role="status")
        yield show_compared(knowledge, indicator or "", regions, [int(year) for year in years], aim)

    given = [indicator, regions, years, aim]
    asked = button.click(compare, given, compared, **quietly)
    asked.failure(lambda: _problem("程序内部出错，没能对比。详情见运行程序的终端；请重试。"), None, compared, **quietly)
    generation.change(lambda: [gr.update(choices=each) for each in _choices(knowledge)], None, given[:3], **quietly)
    return compared


def show_compared(
    knowledge: KnowledgeBase, indicator: str, regions: Sequence[str], years: Sequence[int], aim: Aim | Literal[""]
) -> Html:
    """The comparison; in its place what is wrong with it, where it cannot be made."""
    try:
        answer = knowledge.compare(indicator, regions, years, aim or None)
    except QAError as error:
        return _problem(str(error))
    assert answer.comparison
    rows, columns = list(regions) or [indicator], [f"{year}年" for year in years] or ["数字"]
    return join(
        element("h2.compared", f"{indicator}：{AIMS[aim] if aim else '目标和完成情况'}"),
        _grid(answer, rows, columns),
        element("p.verdict", answer.comparison.verdict),
        show_chart(answer.comparison),
        element("p.acts", offer_workbook(answer, file_name(f"{indicator}对比"))),
    )


def _problem(message: str) -> Html:
    return element("div.problem", element("p", message), role="alert")


def _grid(answer: Answer, rows: Sequence[str], columns: Sequence[str]) -> Html:
    """The cells, which come row by row."""
    assert answer.comparison
    cells = iter(answer.comparison.cells)
    head = [element("th", name, scope="col") for name in ("地区", *columns)]
    body = [
        element("tr", element("th", row, scope="row"), *(_cell(next(cells), answer.citations) for _ in columns))
        for row in rows
    ]
    table = element("table.grid", element("thead", element("tr", *head)), element("tbody", *body))
    return element("div.wide", table, role="region", aria_label="对比表", tabindex=0)


def _cell(cell: Cell, citations: Sequence[Citation]) -> Html:
    if cell.citation is None:
        return element("td.none", cell.reason or "")
    citation, figure = citations[cell.citation], cell.figure
    said = figure.text if figure else "没有写明数字"
    year = (figure.when or "原文未写明年份") if figure else None
    aim = AIMS[figure.aim] if figure and figure.aim else None
    return element(
        "td.told" if figure else "td.told none",
        element("button.open", said, type="button", title="在原文中查看"),
        element("p.wording", cell.text),
        element("p.facts", show_facts(year, aim, f"《{citation.title}》")),
        **opens_citation(citation),
    )


def _choices(knowledge: KnowledgeBase) -> list[Any]:
    """The indicators, regions and years to choose from; what was achieved in a year is told in the next one's too."""
    choices = filter_choices(knowledge.documents())
    told = {year for _, named in choices["年份"] for year in (int(named), int(named) - 1)}
    return [known_indicators(knowledge), choices["地区"], [(str(year), str(year)) for year in sorted(told)]]
