"""A turn of the conversation as HTML: the question, what was understood, and the reply with what supports it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from qa.chat.cards import opens_citation, opens_source, show_cards, show_facts, show_place, with_figures
from qa.chat.chart import show_chart
from qa.chat.markup import Html, element, join
from qa.chat.parts import file_name
from qa.chat.scope_chips import AIMS, show_scope
from qa.chat.thumbs import show_thumbs
from qa.chat.workbook import offer_workbook
from qa.records import Answer, Cell, Citation, Comparison, Figure, Item, Scope, to_plain

NO_ANSWER = {"not_found": "文件里没有找到答案", "out_of_scope": "超出现有文件的范围"}
MOST_DOCUMENTS_KEPT = 200

# An item that says its own number: 一是, （二）, 3., 第四条, ⑤.
_OWN_NUMBER = re.compile(
    r"\s*(?:[（(]?(?:[一二三四五六七八九十]+|\d{1,2})(?:[）)、是要]|[.．](?!\d))"
    r"|第[一二三四五六七八九十百\d]+[，,、条章节项款]|[①-⑳])"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply: None while it is looked for, a message where it could not be asked."""

    question: str
    reply: Answer | str | None = None
    scope: Scope = field(default_factory=Scope)


def show_turn(turn: Turn, number: int) -> Html:
    """The turn with that number in its conversation."""
    match turn.reply:
        case Answer() as answer:
            reply = _answer(answer, number)
        case None:
            reply = element("div.reply pending", element("p", "正在文件中查找…"))
        case message:
            reply = element("div.reply problem", element("p", message))
    question = turn.question if turn.question.strip() else "（空白）"
    return element("article.turn", element("h2.question", question), reply, id=f"turn-{number}", **_kept(turn))


def _kept(turn: Turn) -> dict[str, str]:
    """What the browser keeps to ask it again; a limit to very many documents would fill it, and is not kept."""
    if not isinstance(turn.reply, Answer) or len(turn.scope.documents) > MOST_DOCUMENTS_KEPT:
        return {}
    return {"data_asked": json.dumps({"question": turn.question, "scope": to_plain(turn.scope)})}


def _answer(answer: Answer, number: int) -> Html:
    question = answer.question
    differs = question.completed or question.corrected
    head = element("p.understood", f"按此理解：{question.text}") if differs else Html()
    scope = show_scope(question, number)
    if answer.status == "answered":
        said = join(_said(answer), _origin(answer), _below(answer), element("div.follow-ups"))
        return element("div.reply answered", head, scope, said, show_cards(answer.citations, answer.items))
    nearest = (
        join(element("h3", "最接近的内容，说的是别的事"), show_cards(answer.nearest)) if answer.nearest else Html()
    )
    status = element("h3.status", NO_ANSWER[answer.status])
    return element("div.reply unanswered", head, scope, status, element("p", answer.text), _below(answer), nearest)


def _said(answer: Answer) -> Html:
    """What was asked for, in the form that fits it: a table, a list, a figure, or a sentence."""
    notes = join(*(element("p.beside", note) for note in answer.notes))
    if answer.comparison:
        return join(_comparison(answer.comparison, answer.citations), notes)
    if answer.items:
        numbered = any(_OWN_NUMBER.match(item.text) for item in answer.items)
        return join(element("ol.items own" if numbered else "ol.items", *map(_item, answer.items)), notes)
    if answer.figures:
        beside = answer.text.splitlines()[1:]
        return join(_figure(answer.figures[0]), *(element("p.beside", line) for line in beside))
    return element("p.said", with_figures(answer.text))


def _figure(figure: Figure) -> Html:
    of = show_facts(figure.region, figure.when or None, AIMS[figure.aim] if figure.aim else None)
    return element(
        "div.figure-card",
        element("p.amount", figure.text),
        element("p.wording", figure.wording),
        element("p.facts", of),
    )


def _item(item: Item) -> Html:
    where = opens_source(item.document_id, item.start, item.end)
    return element("li", with_figures(item.text), _reference(item.citation, where))


def _comparison(comparison: Comparison, citations: tuple[Citation, ...]) -> Html:
    head = element("tr", *(element("th", name, scope="col") for name in ("对象", "原文", "出处")))
    rows = (_side(cell, citations) for cell in comparison.cells)
    table = element("table.comparison", element("thead", head), element("tbody", *rows))
    return join(
        element("p.verdict", comparison.verdict),
        element("div.wide", table, role="region", aria_label="对比表", tabindex=0),
        show_chart(comparison),
    )


def _side(cell: Cell, citations: tuple[Citation, ...]) -> Html:
    label = element("th", cell.label, scope="row")
    if cell.citation is None:
        return element("tr", label, element("td.none", cell.reason or "", colspan=2))
    reference = _reference(cell.citation, opens_citation(citations[cell.citation]))
    return element("tr", label, element("td", with_figures(cell.text)), element("td", reference))


def _reference(citation: int, where: dict[str, str]) -> Html:
    number = str(citation + 1)
    return element("button.reference", number, type="button", aria_label=f"查看出处 {number} 的原文", **where)


def _origin(answer: Answer) -> Html:
    """Where the reply stands; a table or list says so line by line."""
    if not answer.citations or answer.comparison:
        return Html()
    best = answer.citations[0]
    return element("p.origin", f"——{show_facts(f'《{best.title}》', best.published, show_place(best))}")


def _below(answer: Answer) -> Html:
    return element("div.below", _tools(answer), show_thumbs())


def _tools(answer: Answer) -> Html:
    """What can be done with the reply."""
    copied = element("button.act", "复制回答", type="button", data_copy=answer.text)
    name = file_name(answer.question.text)
    saved = element("button.act", "导出 .md", type="button", data_save=answer.to_markdown(), data_name=f"{name}.md")
    sheet = offer_workbook(answer, name) if answer.comparison else Html()
    return element("p.acts", copied, saved, sheet)
