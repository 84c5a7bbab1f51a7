"""Question sets: questions with the passages that answer them, for measuring."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that stand in the passage that answers, and the file they stand in."""

    file: str
    quotes: tuple[str, ...]  # any one of them is enough


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question of a set with its evidence; without any, the documents have no answer."""

    id: str
    question: str
    history: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def read_questions(file: Path) -> list[GoldQuestion]:
    """The questions of a JSON-lines file with id, question, history and evidence (file, quote, alt)."""
    return [_question(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _question(fields: dict[str, Any]) -> GoldQuestion:
    evidence = tuple(
        Evidence(part["file"], (part["quote"], *part.get("alt", ()))) for part in fields.get("evidence", ())
    )
    return GoldQuestion(fields["id"], fields["question"], tuple(fields.get("history") or ()), evidence)


def holds_evidence(source: str, text: str, question: GoldQuestion) -> bool:
    """Whether a passage of that source holds a quote of the evidence; width, case and white space are ignored."""
    held = _plain(text)
    return any(
        Path(source).name == Path(evidence.file).name and any(_plain(quote) in held for quote in evidence.quotes)
        for evidence in question.evidence
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())
