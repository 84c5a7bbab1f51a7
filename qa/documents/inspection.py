"""What was understood of one file, for the person who keeps the documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa.documents.passages import split_passages
from qa.documents.reading import SourceFile
from qa.documents.reading_process import reading_process
from qa.records import Document, DocumentCard, Passage, Section


@dataclass(frozen=True, slots=True)
class InspectedDocument:
    """A document with its outline, what can be cited of it, and what was taken for page furniture."""

    card: DocumentCard
    pages: int  # 0 where the file has no pages
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    furniture: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file was read as; `dropped` are the characters of it that are in none of the documents."""

    source: str
    documents: tuple[InspectedDocument, ...]
    dropped: int
    doubts: tuple[str, ...]


def inspect_file(path: Path) -> Inspection:
    """Reads a file as a build does, the corrections beside it too. Raises DocumentError when it cannot be read."""
    with reading_process() as read_file:
        reading = read_file(SourceFile(path.name, path))
    return Inspection(path.name, tuple(map(_inspect, reading.documents)), reading.dropped, reading.doubts)


def _inspect(document: Document) -> InspectedDocument:
    furniture = (document.text[b.start : b.end].strip() for b in document.blocks if b.kind == "furniture")
    passages = tuple(split_passages(document))
    return InspectedDocument(
        document.card, len(document.pages), document.sections, passages, tuple(filter(None, furniture))
    )
