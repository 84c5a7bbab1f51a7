"""The public face: build the index, open it, retrieve passages, ask."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock

from qa.answers.answering import compose_answer
from qa.documents.outline import split_passages
from qa.documents.reading import content_hash, find_files, read_bytes, read_documents
from qa.errors import DocumentError, NoDocumentsError
from qa.index.building import build_generation, is_current
from qa.index.encoder import Encoder, open_encoder, prepare_encoder
from qa.index.generation import Index, open_generation
from qa.records import Answer, BuildReport, Document, DocumentCard, Hit, Scope, SkippedFile
from qa.retrieval.questions import read_question
from qa.retrieval.ranking import rank_passages
from qa.settings import Settings, read_settings
from qa.text.words import load_dictionary

Progress = Callable[[str, int, int], None]  # what is being done, how much of it is done, how much there is

ENCODERS = "encoders"  # the folder below vectors/ that all generations share


class KnowledgeBase:
    """An open index to ask; it stays on the generation it was opened with and may be asked from several threads."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._opening = Lock()

    @classmethod
    def open(cls, vectors: str | Path | None = None) -> KnowledgeBase:
        """Opens the index in the folder; nothing is built or written.

        Raises IndexMissingError where there is none, IndexUnusableError where it is damaged or of another make.
        """
        settings = read_settings(vectors=vectors)
        return cls(open_generation(settings.vectors), settings)

    @cached_property
    def _encoder(self) -> Encoder:
        folder = self._settings.vectors / ENCODERS
        return open_encoder(folder, self._index.manifest.encoder, self._settings.model)

    def _open_encoder(self) -> Encoder:
        """The encoder, opened at the first question and once, whichever thread asks."""
        with self._opening:
            return self._encoder

    def documents(self) -> tuple[DocumentCard, ...]:
        """What is held, in the order of the sources."""
        return self._index.store.cards()

    def document(self, document_id: str) -> Document:
        """A document with its text and outline. Raises KeyError for an unknown id."""
        return self._index.store.document(document_id)

    def describe(self) -> dict[str, object]:
        """The index in figures: generation, when it was built, counts, encoder, skipped files."""
        manifest = self._index.manifest
        return {
            "generation": manifest.generation,
            "created": manifest.created,
            "passages": manifest.passages,
            "units": manifest.units,
            "encoder": manifest.encoder,
            "encoder_note": manifest.encoder_note,
            "skipped": manifest.skipped,
        }

    def retrieve(self, question: str, k: int = 5) -> list[Hit]:
        """The k passages nearest to the question, best first. Raises UnusableQuestionError."""
        return rank_passages(self._index, self._open_encoder(), read_question(question), k)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        k: int = 10,
        scope: Scope | None = None,
        today: date | None = None,
    ) -> Answer:
        """The answer with at most k citations. Raises UnusableQuestionError.

        `history` holds the earlier questions, `scope` limits what may be cited, `today` says which year 今年 is.
        """
        understood = read_question(question, history, scope, today)
        hits = rank_passages(self._index, self._open_encoder(), understood, k)
        return compose_answer(understood, hits, self._index.store.cards())


def rebuild(
    documents: str | Path | None = None,
    vectors: str | Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Brings the index up to date with the documents folder and makes it live in one step.

    Files that cannot be read are skipped and listed. Raises NoDocumentsError where none can be read, EncoderError
    where the model cannot be loaded; the index that was live stays live then.
    """
    started = time.perf_counter()
    settings = read_settings(documents=documents, vectors=vectors)
    contents: dict[str, bytes] = {}
    skipped: list[SkippedFile] = []
    for file in find_files(settings.documents):
        try:
            contents[file.source] = read_bytes(file)
        except DocumentError as error:
            skipped.append(SkippedFile(file.source, str(error)))
    sources = {source: content_hash(content) for source, content in contents.items()}
    encoder = prepare_encoder(settings.model, settings.vectors / ENCODERS)
    if is_current(settings.vectors, sources, encoder.identity):
        manifest = open_generation(settings.vectors).manifest
        seconds = time.perf_counter() - started
        return BuildReport(
            manifest.generation,
            manifest.documents,
            manifest.passages,
            manifest.units,
            0,
            manifest.skipped,
            True,
            seconds,
        )
    load_dictionary()  # much will be cut
    read: list[Document] = []
    for source, content in contents.items():
        try:
            read.extend(read_documents(source, content))
        except DocumentError as error:
            skipped.append(SkippedFile(source, str(error)))
    if not read:
        reasons = "；".join(f"{file.source}：{file.reason}" for file in skipped[:5])
        raise NoDocumentsError(f"文档目录“{settings.documents}”里没有可用的文档。{reasons}")
    pairs = [(document, split_passages(document)) for document in read]
    built = build_generation(settings.vectors, pairs, encoder, sources, skipped, progress)
    seconds = time.perf_counter() - started
    return BuildReport(
        built.generation, built.documents, built.passages, built.units, built.encoded, tuple(skipped), False, seconds
    )
