"""Documents and passages on disk: one SQLite file, written once, then only read."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, astuple
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.index.traits import Trait, traits_of
from qa.records import Block, Document, DocumentCard, Passage, Section, Told, Validity

_SCHEMA = """
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, card TEXT NOT NULL, text TEXT NOT NULL,
    blocks TEXT NOT NULL, sections TEXT NOT NULL, pages TEXT NOT NULL);
CREATE TABLE passages (row INTEGER PRIMARY KEY, document INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
    text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, section TEXT NOT NULL,
    paragraph INTEGER NOT NULL, context TEXT NOT NULL, page INTEGER, years TEXT NOT NULL,
    aim TEXT, told TEXT NOT NULL);
CREATE INDEX passages_of ON passages (document);
CREATE TABLE traits (trait TEXT NOT NULL, value TEXT NOT NULL, documents BLOB NOT NULL,
    PRIMARY KEY (trait, value)) WITHOUT ROWID;
"""
_PASSAGES = "SELECT passages.*, documents.id FROM passages JOIN documents ON documents.number = passages.document"
_REMEMBERED = 4096  # cards


def write_store(file: Path, documents: Iterable[tuple[Document, Sequence[Passage]]]) -> None:
    """Writes documents with their passages to a new file; both are numbered from 0 in the order they come in."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a build that dies leaves a folder that nobody reads
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        row = 0
        having: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
        for number, (document, passages) in enumerate(documents):
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", _document_columns(number, document)
            )
            columns = [_passage_columns(row + place, number, passage) for place, passage in enumerate(passages)]
            connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", columns)
            row += len(columns)
            for trait in traits_of(document.card):
                having[trait].append(number)
        rows = ((trait, value, np.array(numbers, "<u4").tobytes()) for (trait, value), numbers in having.items())
        connection.executemany("INSERT INTO traits VALUES (?, ?, ?)", rows)
        connection.commit()


def rewrite_cards(file: Path, cards: Sequence[DocumentCard]) -> None:
    """Puts these cards, one for each document in order, in the place of those that were written."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        rows = [(_card_column(card), number) for number, card in enumerate(cards)]
        connection.executemany("UPDATE documents SET card = ? WHERE number = ?", rows)
        connection.commit()


class Store:
    """The documents and passages of a generation; may be used from several threads at once."""

    def __init__(self, file: Path) -> None:
        """Opens the file without writing anything near it; raises sqlite3.DatabaseError if it is no such file."""
        # `immutable` keeps SQLite from making lock and journal files, which a read-only disk would refuse.
        self._connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = Lock()
        self.count: int = self._rows("SELECT count(*) FROM documents")[0][0]
        self.card = lru_cache(maxsize=_REMEMBERED)(self._read_card)

    def cards(self) -> tuple[DocumentCard, ...]:
        """The cards of all documents, read anew; a document's place here is its number."""
        return tuple(_card(row[0]) for row in self._rows("SELECT card FROM documents ORDER BY number"))

    def having(self, trait: Trait, values: Iterable[str]) -> NDArray[np.int64]:
        """The numbers, ascending, of the documents whose trait has one of the values; see `traits_of`."""
        statement = "SELECT documents FROM traits WHERE trait = ? AND value IN (SELECT value FROM json_each(?))"
        found = self._rows(statement, trait, json.dumps(list(values)))
        return np.unique(np.frombuffer(b"".join(blob for (blob,) in found), "<u4").astype(np.int64))

    def values(self, trait: Trait) -> frozenset[str]:
        """All values that the trait has in any document."""
        return frozenset(value for (value,) in self._rows("SELECT value FROM traits WHERE trait = ?", trait))

    def document(self, document_id: str) -> Document:
        """The document with that id; raises KeyError if there is none."""
        rows = self._rows("SELECT card, text, blocks, sections, pages FROM documents WHERE id = ?", document_id)
        if not rows:
            raise KeyError(document_id)
        card, text, blocks, sections, pages = rows[0]
        return Document(
            card=_card(card),
            text=text,
            blocks=tuple(map(_block, json.loads(blocks))),
            sections=tuple(Section(*section) for section in json.loads(sections)),
            pages=tuple(json.loads(pages)),
        )

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages with these row numbers, in the order asked for; raises KeyError for a row that there isn't."""
        wanted = [int(row) for row in rows]
        found = self._rows(f"{_PASSAGES} WHERE row IN (SELECT value FROM json_each(?))", json.dumps(wanted))
        passages = {columns[0]: _passage(columns) for columns in found}
        return [passages[row] for row in wanted]

    def passages_of(self, document: int) -> list[Passage]:
        """The passages of the document with that number, in the order of its text."""
        return [_passage(columns) for columns in self._rows(f"{_PASSAGES} WHERE document = ? ORDER BY row", document)]

    def close(self) -> None:
        self._connection.close()

    def _rows(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _read_card(self, number: int) -> DocumentCard:
        """The card of the document with that number; raises IndexError if there is none."""
        return _card(self._rows("SELECT card FROM documents WHERE number = ?", number)[0][0])


def _block(columns: Sequence[Any]) -> Block:
    kind, start, end, level, context, told = columns
    return Block(kind, start, end, level, context, _figures(told))


def _figures(told: Sequence[Sequence[str]]) -> tuple[Told, ...]:
    return tuple(Told(*figure) for figure in told)


def _passage(columns: tuple[Any, ...]) -> Passage:
    _, _, identity, kind, text, start, end, section, paragraph, context, page, years, aim, told, document = columns
    return Passage(
        id=identity,
        document_id=document,
        kind=kind,
        text=text,
        start=start,
        end=end,
        section=tuple(json.loads(section)),
        paragraph=paragraph,
        context=context,
        page=page,
        years=tuple(json.loads(years)),
        aim=aim,
        told=_figures(json.loads(told)),
    )


def _document_columns(number: int, document: Document) -> tuple[object, ...]:
    blocks = json.dumps(
        [(b.kind, b.start, b.end, b.level, b.context, [*map(astuple, b.told)]) for b in document.blocks],
        ensure_ascii=False,
    )
    sections = json.dumps([(s.title, s.level, s.start, s.end) for s in document.sections], ensure_ascii=False)
    return (
        number,
        document.card.id,
        _card_column(document.card),
        document.text,
        blocks,
        sections,
        json.dumps(document.pages),
    )


def _card_column(card: DocumentCard) -> str:
    return json.dumps(asdict(card), default=date.isoformat, ensure_ascii=False)


def _passage_columns(row: int, document: int, passage: Passage) -> tuple[object, ...]:
    place = (row, document, passage.id, passage.kind, passage.text, passage.start, passage.end)
    section = json.dumps(passage.section, ensure_ascii=False)
    told = (json.dumps(passage.years), passage.aim, json.dumps([*map(astuple, passage.told)], ensure_ascii=False))
    return *place, section, passage.paragraph, passage.context, passage.page, *told


def _card(text: str) -> DocumentCard:
    fields = json.loads(text)
    validity = Validity(**_parsed(fields["validity"], ("effective", "expires", "repealed_from")))
    return DocumentCard(**_parsed(fields, ("published", "signed")) | {"validity": validity})


def _parsed(fields: dict[str, Any], dates: Iterable[str]) -> dict[str, Any]:
    """The fields with their dates as dates and their lists as tuples."""
    days = {name: date.fromisoformat(fields[name]) for name in dates if fields[name]}
    return fields | days | {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
