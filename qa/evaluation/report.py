"""Outcomes as people and programs read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qa.evaluation.judging import Outcome
from qa.evaluation.measures import measure, missed, summarise

TITLES = {
    "n": "题数",
    "evidence@1": "依据@1",
    "evidence@5": "依据@5",
    "evidence@10": "依据@10",
    "mrr@10": "MRR@10",
    "all evidence": "依据齐全",
    "quote": "引句",
    "right": "答对",
    "answered": "作答",
    "abstained": "拒答",
    "RR@10": "RR@10",
    "nDCG@10": "nDCG@10",
    "R@10": "R@10",
}
LONGEST_SHOWN = 160  # characters of a reply


def report_text(outcomes: Sequence[Outcome], misses: bool) -> str:
    """The measures by type as a table, the time taken, what is doubtful in the set, and the misses if wanted."""
    times = milliseconds(outcomes)
    lines = [*(_miss_text(outcome) for outcome in outcomes if misses and missed(outcome))]
    lines += [
        _measures_text(summarise(outcomes)),
        f"每题用时：中位数 {times['p50']} 毫秒，95% 在 {times['p95']} 毫秒以内",
    ]
    if unfounded := sum(outcome.unfounded for outcome in outcomes):
        lines.append(f"{unfounded} 条引用与原文不符或过长，没有计入。")
    if lost := [outcome.question.id for outcome in outcomes if outcome.question.evidence and not outcome.relevant]:
        lines.append(f"{len(lost)} 个问题的依据不在任何段落里（文件名或原话写错，或文件没有读入）：{'、'.join(lost)}")
    return "\n".join(lines)


def report_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The same for programs: the means under "all" and "types", the time, and every question with its measures."""
    by_type, measured = summarise(outcomes), measure(outcomes)
    return {
        "all": by_type.pop("all"),
        "types": by_type,
        "milliseconds": milliseconds(outcomes),
        "questions": [
            {
                "id": outcome.question.id,
                "type": outcome.question.type,
                "question": outcome.question.question,
                "status": outcome.reply.status,
                "text": outcome.reply.text,
                "milliseconds": round(outcome.seconds * 1e3, 1),
                "ranks": outcome.ranks,
                "unfounded": outcome.unfounded,
                "measures": measured[outcome.question.id],
            }
            for outcome in outcomes
        ],
    }


def milliseconds(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The median and the 95th percentile of the time a reply took."""
    middle, high = np.percentile([outcome.seconds * 1e3 for outcome in outcomes], [50, 95]).round(1).tolist()
    return {"p50": middle, "p95": high}


def _measures_text(summary: Mapping[str, Mapping[str, float]]) -> str:
    """A table with a row for each type, and a column for each measure that applies to any of them."""
    names = [name for name in TITLES if name in summary["all"]]
    rows = [["类型", *(TITLES[name] for name in names)]]
    for kind, means in summary.items():
        rows.append(["全部" if kind == "all" else kind, *(_figure(means.get(name)) for name in names)])
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _width(text: str) -> int:
    """Columns on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _miss_text(outcome: Outcome) -> str:
    question, reply = outcome.question, outcome.reply
    wanted = [" / ".join(wordings) for wordings in question.answers]
    wanted += [evidence.quotes[0] for evidence in question.evidence] or ["（文档里没有答案）"]
    lines = [
        f"{question.id} [{question.type}] {' → '.join([*question.history, question.question])}",
        f"    应有：{_shortened('；'.join(wanted))}",
        *([f"    回答：{_shortened(reply.text)}"] if reply.status else []),
        f"    依据排在：{'、'.join(str(rank or '未找到') for rank in outcome.ranks) or '无'}",
        *(f"    首条引用：{_shortened(cited.text)} —— {cited.source}" for cited in reply.citations[:1]),
    ]
    return "\n".join(lines)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
