"""The data that flows through the rooms: documents and passages, questions and hits, answers and citations."""

from qa.records.answers import Answer, Cell, Citation, Comparison, Figure, Item, Status
from qa.records.builds import BuildPlan, BuildReport, Changes, SkippedFile, SuspiciousFile
from qa.records.documents import (
    Aim,
    Block,
    BlockKind,
    Document,
    DocumentCard,
    Passage,
    PassageKind,
    Section,
    Told,
    Validity,
)
from qa.records.plain import to_plain
from qa.records.questions import Hit, Question, Scope, Wants

__all__ = [
    "Aim",
    "Answer",
    "Block",
    "BlockKind",
    "BuildPlan",
    "BuildReport",
    "Cell",
    "Changes",
    "Citation",
    "Comparison",
    "Document",
    "DocumentCard",
    "Figure",
    "Hit",
    "Item",
    "Passage",
    "PassageKind",
    "Question",
    "Scope",
    "Section",
    "SkippedFile",
    "Status",
    "SuspiciousFile",
    "Told",
    "Validity",
    "Wants",
    "to_plain",
]
