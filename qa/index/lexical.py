"""The lexical index: BM25 over jieba words and over character bigrams, kept by tantivy."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from qa.records import Passage
from qa.text.vocabulary import Wording
from qa.text.words import cut_bigrams, cut_words

if TYPE_CHECKING:
    from tantivy import Query, Schema

Field = Literal["words", "bigrams"]

BROAD = 0.05  # the share of the documents from which on looking further down the list is faster than filtering it
_MEMORY = 1_000_000_000  # bytes the writer may use before it starts a second segment; it takes what it needs


def write_lexical(folder: Path, passages: Iterable[tuple[int, Passage]]) -> Wording:
    """Indexes (document number, passage) pairs in the order of the rows, each over its context and text.

    Gives what all of them are worded with.
    """
    from tantivy import Document, Index

    folder.mkdir()
    schema = _schema()
    writer = Index(schema, path=str(folder)).writer(heap_size=_MEMORY, num_threads=1)
    wording = Wording()
    context = lru_cache(maxsize=64)(_cut)  # the passages of a section share theirs, often longer than they are
    for row, (document, passage) in enumerate(passages):
        words, bigrams = map(add, context(passage.context), _cut(passage.text))
        wording.add(words, bigrams)
        fields = {"row": row, "document": document, "words": " ".join(words), "bigrams": " ".join(bigrams)}
        writer.add_document(Document.from_dict(fields, schema))
    writer.commit()
    writer.wait_merging_threads()
    for file in folder.iterdir():
        if file.suffix == ".lock":
            file.unlink()
        else:  # tantivy lets only its own user read some of them; another one may serve what this one builds
            file.chmod(folder.stat().st_mode & 0o666)
    return wording


def _cut(text: str) -> tuple[list[str], list[str]]:
    return cut_words(text), cut_bigrams(text)


class LexicalIndex:
    """The lexical index of a generation; may be searched from several threads at once.

    BM25 (Robertson and Zaragoza 2009) as Lucene has it: k1 = 1.2, b = 0.75, idf = ln(1 + (N - n + 0.5) / (n + 0.5)),
    field lengths rounded to a byte (exact up to 40 terms).
    """

    def __init__(self, folder: Path) -> None:
        """Opens the folder without writing to it; raises ValueError if it is no such index."""
        from tantivy import Index

        with _links_to(folder) as links:
            index = Index.open(str(links))
            index.config_reader(reload_policy="manual")
            index.reload()
            self._searcher = index.searcher()
        self._schema = _schema()

    def search(
        self, terms: Sequence[str], field: Field, k: int, documents: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The k passages with the best BM25 score for any of the terms: rows and scores, ordered by (-score, row).

        A term given twice counts twice. `documents` says which documents, by number, may be found.
        """
        kept = np.ones(1, bool) if documents is None else documents
        share = float(kept.mean())
        narrow = share < BROAD
        query = self._query(terms, field, "document", np.flatnonzero(kept) if narrow else None)
        limit = 2 * k if narrow else math.ceil(2 * k / share)  # twice: a longer list costs less than a second search
        while True:
            rows, numbers, scores = self._run(query, limit)
            inside = np.ones(len(rows), bool) if documents is None else documents[numbers]
            # Passages as good as the k-th may stand beyond the list: it must reach one that is worse.
            if len(rows) < limit or (inside.sum() >= k and scores[-1] < scores[inside][k - 1]):
                break
            limit *= 2
        rows, scores = rows[inside], scores[inside]
        order = np.lexsort((rows, -scores))[:k]
        return rows[order], scores[order]

    def scores(self, terms: Sequence[str], field: Field, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The BM25 scores of the given passages, in their order; 0 where none of the terms stands."""
        found, _, figures = self._run(self._query(terms, field, "row", rows), max(len(rows), 1))
        scores = dict(zip(found.tolist(), figures.tolist(), strict=True))
        return np.array([scores.get(row, 0.0) for row in rows.tolist()], dtype=np.float32)

    def _query(self, terms: Sequence[str], field: Field, number: str, numbers: NDArray[np.int64] | None) -> Query:
        from tantivy import Occur, Query

        # Query objects, never a query string: what a question says must not be read as query syntax.
        def any_of(name: str, values: Iterable[object], option: str) -> Query:
            return Query.boolean_query(
                [(Occur.Should, Query.term_query(self._schema, name, value, index_option=option)) for value in values]
            )

        any_term = any_of(field, terms, "freq")
        if numbers is None:
            return any_term
        # A term set query takes two to five times as long as so many terms.
        allowed = Query.const_score_query(any_of(number, numbers.tolist(), "basic"), 0.0)
        return Query.boolean_query([(Occur.Must, any_term), (Occur.Must, allowed)])

    def _run(self, query: Query, limit: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """The best passages: their rows, the numbers of their documents, their scores."""
        hits = self._searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in hits]
        rows, numbers = (self._searcher.fast_field_values(name, addresses) for name in ("row", "document"))
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        return np.array(rows, dtype=np.int64), np.array(numbers, dtype=np.int64), scores


@contextmanager
def _links_to(folder: Path) -> Iterator[Path]:
    """A folder of links to an index's files: tantivy makes a lock file where it opens an index, and may not here.

    Once tantivy has mapped the files it needs no folder.
    """
    links = Path(tempfile.mkdtemp(prefix="qa-words-"))
    try:
        for file in folder.resolve().iterdir():
            (links / file.name).symlink_to(file)
        yield links
    finally:
        while links.exists():  # a thread of tantivy's looks once more, and its lock file may come back meanwhile
            shutil.rmtree(links, ignore_errors=True)


def _schema() -> Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True, fast=True)
    for field in ("words", "bigrams"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
