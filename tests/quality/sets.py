"""The question sets that the project is developed against, as its commands take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import qa
from qa.evaluation.questions import GoldQuestion, read_questions
from qa.index.encoder import Encoder, open_encoder
from qa.index.generation import Index, open_generation
from qa.knowledge_base import ENCODERS

Example = TypeVar("Example")
FORM = "NAME:DOCUMENTS:QUESTIONS:VECTORS"


@dataclass(frozen=True, slots=True, eq=False)
class QuestionSet:
    """Questions with an up-to-date index of their documents, open, and its encoder."""

    name: str
    vectors: Path
    questions: list[GoldQuestion]
    index: Index
    encoder: Encoder


def open_set(named: str) -> QuestionSet:
    """The set of an argument of that FORM."""
    name, documents, questions, folder = named.split(":")
    vectors = Path(folder)
    qa.rebuild(documents, vectors)
    index = open_generation(vectors)
    encoder = open_encoder(vectors / ENCODERS, index.manifest.encoder, None)
    return QuestionSet(name, vectors, read_questions(Path(questions)), index, encoder)


def by_name(sets: Sequence[QuestionSet], read: Callable[[QuestionSet], Iterable[Example]]) -> dict[str, list[Example]]:
    """What is read of the sets; those of one name count as one."""
    examples: dict[str, list[Example]] = {}
    for each in sets:
        examples.setdefault(each.name, []).extend(read(each))
    return examples
