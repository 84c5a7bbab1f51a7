"""The limits that a reader sets beside the question: region, year, issuer, kind, document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import gradio as gr

from qa.errors import UnusableQuestionError
from qa.records import DocumentCard, Scope


def build_filters(cards: Sequence[DocumentCard]) -> list[gr.Dropdown]:
    """The boxes to choose in, in the order of `chosen_scope`'s arguments."""
    with gr.Accordion("限定范围", open=False, elem_id="filters"), gr.Row():
        return [
            gr.Dropdown(choices, label=label, multiselect=True, min_width=180)
            for label, choices in filter_choices(cards).items()
        ]


def new_choices(cards: Sequence[DocumentCard]) -> list[dict[str, Any]]:
    """The boxes with what can be chosen now; what was chosen and still can be stays."""
    return [gr.update(choices=choices) for choices in filter_choices(cards).values()]


def filter_choices(cards: Sequence[DocumentCard]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in each box: what is shown and what it stands for."""
    return {
        "地区": _named(card.region for card in cards),
        "年份": _named(str(year) for card in cards for year in card.years),
        "机关": _named(card.issuer for card in cards),
        "类型": _named(card.kind for card in cards),
        "文件": [(card.title, card.id) for card in cards],
    }


def chosen_scope(
    cards: Sequence[DocumentCard],
    regions: list[str],
    years: list[str],
    issuers: list[str],
    kinds: list[str],
    documents: list[str],
) -> Scope:
    """The scope that the boxes say; a box that is empty leaves it to the question.

    Raises UnusableQuestionError where no document is of the issuers, of the kinds and among the documents chosen.
    """
    limits = ((issuers, "issuer"), (kinds, "kind"), (documents, "id"))
    chosen = [card.id for card in cards if all(not values or getattr(card, name) in values for values, name in limits)]
    if not chosen:
        raise UnusableQuestionError("没有文件同时符合所选的机关、类型和文件。请在“限定范围”里去掉一项。")
    limited = tuple(chosen) if any(values for values, _ in limits) else ()
    return Scope(regions=tuple(regions) or None, years=tuple(map(int, years)) or None, documents=limited)


def _named(values: Iterable[str | None]) -> list[tuple[str, str]]:
    return [(value, value) for value in sorted({value for value in values if value})]
