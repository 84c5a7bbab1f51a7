"""What a question was understood as, each part of it to be taken off."""

from __future__ import annotations

from dataclasses import replace

from qa.chat.markup import Html, element
from qa.records import Answer, Question, Scope
from qa.text.years import year_names

AIMS = {"target": "目标", "result": "完成情况"}


def show_scope(question: Question, turn: int) -> Html:
    """The parts as buttons; empty where the question names none."""
    chips = [
        *(_chip(turn, "region", region, region) for region in question.regions),
        *(_chip(turn, "year", name, name) for name in year_names(question.years)),
        *([_chip(turn, "aim", question.aim, AIMS[question.aim])] if question.aim else []),
        *(_chip(turn, "name", name, f"{question.spelling(name)} = {others[0]}") for name, others in question.aliases),
        *([_chip(turn, "documents", "", f"只在 {len(question.documents)} 份文件里")] if question.documents else []),
    ]
    return element("div.scope", element("span", "范围"), *chips, role="group") if chips else Html()


def take_off(scope: Scope, answer: Answer, part: str, value: str) -> Scope:
    """The scope to ask again with, once that part of what was understood is taken off."""
    question = answer.question
    match part:
        case "region":
            return replace(scope, regions=tuple(region for region in question.regions if region != value))
        case "year":
            several = len(year_names(question.years)) > 1  # those of a plan go together
            return replace(scope, years=tuple(year for year in question.years if several and f"{year}年" != value))
        case "aim":
            return replace(scope, aim="any")
        case "name":
            return replace(scope, literal=(*scope.literal, value))
        case _:
            return replace(scope, documents=())


def _chip(turn: int, part: str, value: str, label: str) -> Html:
    named = {"aria_label": f"去掉“{label}”，重新提问", "title": "去掉，重新提问"}
    cross = element("span.cross", "×", aria_hidden="true")
    return element("button.chip", label, cross, type="button", data_turn=turn, data_off=part, data_value=value, **named)
