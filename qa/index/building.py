"""Documents, split into passages, become the live generation of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from qa.documents.reading import reading_version
from qa.errors import IndexMissingError, IndexUnusableError
from qa.index.embeddings import EmbeddingCache, text_key
from qa.index.encoder import Encoder
from qa.index.generation import DICTIONARY, LAYOUT, LEXICAL, STORE, VECTORS, live_manifest
from qa.index.layout import lay_out, write_layout
from qa.index.lexical import write_lexical
from qa.index.manifest import FORMAT, Manifest, seal_files, write_manifest
from qa.index.publishing import generation_name, new_generation, publish
from qa.index.store import write_store
from qa.index.units import split_units
from qa.index.vectors import write_vectors
from qa.records import Document, Passage, SkippedFile
from qa.text.words import save_dictionary, word_list_version

Progress = Callable[[str, int, int], None]  # what is being done, how much of it is done, how much there is

ENCODED_AT_ONCE = 256  # units; what is lost at most when a build is killed

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made; `encoded` are the units whose text was new, each text once."""

    generation: str
    documents: int
    passages: int
    units: int
    encoded: int


def is_current(vectors: Path, sources: Mapping[str, str], encoder_identity: str) -> bool:
    """Whether the live generation opens and was made of just these files, by SHA-256, read and encoded as now."""
    try:
        _, manifest = live_manifest(vectors)
    except (IndexMissingError, IndexUnusableError):
        return False
    made_of = (manifest.sources, manifest.encoder, manifest.reading)
    return made_of == (sources, encoder_identity, reading_version())


def build_generation(
    vectors: Path,
    documents: Sequence[tuple[Document, Sequence[Passage]]],
    encoder: Encoder,
    sources: Mapping[str, str],
    skipped: Sequence[SkippedFile],
    progress: Progress | None,
) -> BuildResult:
    """Builds a generation and makes it live; documents keep their order, passages take that of the text.

    `sources` gives the SHA-256 of every file the documents were read from. Raises BuildRunningError if another build
    is at work in the folder; if anything fails, the live generation stays.
    """
    report = progress or (lambda stage, done, total: None)
    ordered = [(document, sorted(passages, key=lambda p: (p.start, p.end))) for document, passages in documents]
    units = [[split_units(passage) for passage in passages] for _, passages in ordered]
    texts = [unit.text for document in units for passage in document for unit in passage]
    numbered = [(number, passage) for number, (_, passages) in enumerate(ordered) for passage in passages]
    with new_generation(vectors) as folder:
        encoded = _write_vectors(vectors, folder, texts, encoder, report)
        write_layout(folder / LAYOUT, lay_out(units))
        write_store(folder / STORE, ordered)
        write_lexical(folder / LEXICAL, _counted(numbered, "建立词索引", report))
        save_dictionary(folder / DICTIONARY)
        manifest = Manifest(
            format=FORMAT,
            generation=generation_name(folder),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=encoder.identity,
            encoder_note=encoder.note,
            dimension=encoder.dimension,
            word_list=word_list_version(),
            reading=reading_version(),
            sources=dict(sources),
            skipped=tuple(skipped),
            documents=len(ordered),
            passages=len(numbered),
            units=len(texts),
            files=seal_files(folder),
        )
        write_manifest(folder, manifest)
        publish(folder)
    return BuildResult(manifest.generation, manifest.documents, manifest.passages, manifest.units, encoded)


def _write_vectors(vectors: Path, folder: Path, texts: Sequence[str], encoder: Encoder, report: Progress) -> int:
    """Encodes what is new into the cache, then writes all from there; gives how many texts were encoded."""
    keys = [text_key(text) for text in texts]
    with closing(EmbeddingCache(vectors, encoder.identity, encoder.dimension)) as cache:
        new = dict(zip(keys, texts, strict=True))
        for key in cache.known(keys):
            del new[key]
        # Texts of one length together: a batch is padded to its longest.
        order = sorted(new, key=lambda key: (-len(new[key]), key))
        for start in range(0, len(order), ENCODED_AT_ONCE):
            chunk = order[start : start + ENCODED_AT_ONCE]
            cache.put(chunk, encoder.encode_passages([new[key] for key in chunk]))
            report("计算向量", start + len(chunk), len(order))
        write_vectors(folder / VECTORS, encoder.dimension, cache.vectors(keys))
    return len(new)


def _counted(items: Sequence[_Item], stage: str, report: Progress) -> Iterator[_Item]:
    for done, item in enumerate(items):
        if done % ENCODED_AT_ONCE == 0:
            report(stage, done, len(items))
        yield item
    report(stage, len(items), len(items))
