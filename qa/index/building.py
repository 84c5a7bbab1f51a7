"""Documents, split into passages, become the live generation of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.documents.duplicates import duplicate_groups
from qa.documents.reading import reading_version
from qa.index.embeddings import EmbeddingCache, text_key
from qa.index.encoder import Encoder
from qa.index.generation import DICTIONARY, LAYOUT, LEXICAL, STORE, VECTORS, VOCABULARY
from qa.index.integrity import seal_files
from qa.index.layout import Layout, lay_out, write_layout
from qa.index.lexical import write_lexical
from qa.index.manifest import FORMAT, Manifest, write_manifest
from qa.index.probing import Probing
from qa.index.publishing import generation_name, new_generation, publish
from qa.index.relations import relate_documents
from qa.index.store import Store, write_store
from qa.index.units import Unit, split_units
from qa.index.vectors import write_vectors
from qa.records import Document, DocumentCard, Passage, SkippedFile, SuspiciousFile
from qa.text.aliases import alias_groups
from qa.text.regions import region_named, short_name
from qa.text.vocabulary import write_vocabulary
from qa.text.words import save_dictionary, word_list_version

Progress = Callable[[str, int, int], None]  # what is being done, how much of it is done, how much there is

ENCODED_AT_ONCE = 256  # units; what is lost at most when a build is killed
ORDERED_AT_ONCE = 1 << 16  # texts that are held to be put in order of their length
SAMPLE = 200  # questions that the search of a large collection is measured with
QUESTION_LENGTH = 30  # characters


@dataclass(slots=True)
class Findings:
    """What reading found beside the documents; it fills while they are drawn."""

    skipped: list[SkippedFile] = field(default_factory=list)
    suspicious: list[SuspiciousFile] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)  # characters left out, by source


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made; `encoded` are the units whose text was new, each text once."""

    generation: str
    documents: int
    passages: int
    units: int
    encoded: int
    duplicates: tuple[tuple[str, ...], ...]  # ids of documents with nearly the same text


def build_generation(
    vectors: Path,
    documents: Iterable[tuple[Document, Sequence[Passage]]],
    encoder: Encoder,
    sources: Mapping[str, str],
    findings: Findings,
    fit: Mapping[str, Any],
    progress: Progress | None,
) -> BuildResult:
    """Builds a generation and makes it live; documents keep their order, passages take that of the text.

    The documents are drawn one by one and go to disk at once. `sources` gives the fingerprint of every file they
    are read from. The folder is `one_build`'s; if anything fails, the live generation stays.
    """
    report = progress or (lambda stage, done, total: None)
    folder = new_generation(vectors)
    write_store(folder / STORE, ((document, sorted(passages, key=_place)) for document, passages in documents))
    duplicates = duplicate_groups(relate_documents(folder / STORE))
    with closing(Store(folder / STORE)) as store:
        layout = lay_out(_units(store))
        write_layout(folder / LAYOUT, layout)
        encoded, probing = _index_vectors(vectors, folder, store, layout, encoder, report)
        wording = write_lexical(folder / LEXICAL, _numbered(store, layout.passages, report))
        write_vocabulary(folder / VOCABULARY, wording, [*alias_groups(), *_places(store.cards())])
    save_dictionary(folder / DICTIONARY)
    manifest = _describe(folder, encoder, sources, findings, fit, layout, probing)
    write_manifest(folder, manifest)
    publish(folder)
    return BuildResult(manifest.generation, manifest.documents, manifest.passages, manifest.units, encoded, duplicates)


def _describe(
    folder: Path,
    encoder: Encoder,
    sources: Mapping[str, str],
    findings: Findings,
    fit: Mapping[str, Any],
    layout: Layout,
    probing: Probing | None,
) -> Manifest:
    """What a generation is made of and with; its files are sealed as they are now."""
    return Manifest(
        format=FORMAT,
        generation=generation_name(folder),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=encoder.identity,
        encoder_note=encoder.note,
        dimension=encoder.dimension,
        word_list=word_list_version(),
        reading=reading_version(),
        sources=dict(sources),
        skipped=tuple(findings.skipped),
        suspicious=tuple(findings.suspicious),
        dropped=dict(findings.dropped),
        documents=len(layout.first_passage) - 1,
        passages=layout.passages,
        units=len(layout.spans),
        probing=probing,
        fit=dict(fit),
        files=seal_files(folder),
    )


def _index_vectors(
    vectors: Path, folder: Path, store: Store, layout: Layout, encoder: Encoder, report: Progress
) -> tuple[int, Probing | None]:
    """Writes the vectors of all units; gives how many texts were encoded, and how a large collection is searched."""
    with closing(EmbeddingCache(vectors, encoder.identity, encoder.dimension)) as cache:
        keys, encoded = _encode_new(cache, store, encoder, report)
        probing = write_vectors(
            folder / VECTORS,
            encoder.dimension,
            layout,
            draw=lambda step: cache.vectors(keys[::step]),
            questions=lambda: _sample_questions(store, layout.passages, encoder),
        )
    return encoded, probing


def _places(cards: Iterable[DocumentCard]) -> list[tuple[str, str]]:
    """The regions that the documents are of or name, each by its name and its short name."""
    named = {name for card in cards for name in (card.region, *card.named) if name}
    regions = {region.name for name in named if (region := region_named(name))}
    return [(name, short_name(name)) for name in sorted(regions)]


def _place(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _texts(store: Store) -> Iterator[list[str]]:
    """The texts of the units of each document."""
    for document in _units(store):
        yield [unit.text for passage in document for unit in passage]


def _units(store: Store) -> Iterator[list[tuple[Unit, ...]]]:
    """The units of each passage of each document."""
    for number in range(store.count):
        yield [split_units(passage) for passage in store.passages_of(number)]


def _encode_new(cache: EmbeddingCache, store: Store, encoder: Encoder, report: Progress) -> tuple[list[str], int]:
    """Encodes the texts that the cache does not know; gives the keys of all units, and how many texts were encoded."""
    keys: list[str] = []
    new: set[str] = set()
    for texts in _texts(store):
        named = [text_key(text) for text in texts]
        new.update(set(named) - cache.known(named))
        keys += named
    encoded = 0
    for gathered in _gathered(store, new):
        # Texts of one length together: a batch is padded to its longest.
        order = sorted(gathered, key=lambda key: (-len(gathered[key]), key))
        for start in range(0, len(order), ENCODED_AT_ONCE):
            chunk = order[start : start + ENCODED_AT_ONCE]
            cache.put(chunk, encoder.encode_passages([gathered[key] for key in chunk]))
            encoded += len(chunk)
            report("计算向量", encoded, len(new))
    return keys, len(new)


def _gathered(store: Store, keys: Set[str]) -> Iterator[dict[str, str]]:
    """The texts of the keys, each once, as many together as are put in order at once."""
    seen: set[str] = set()
    texts: dict[str, str] = {}
    for document in _texts(store) if keys else ():
        texts |= {key: text for text in document if (key := text_key(text)) in keys and key not in seen}
        if len(texts) >= ORDERED_AT_ONCE:
            yield texts
            seen |= texts.keys()
            texts = {}
    yield texts


def _sample_questions(store: Store, passages: int, encoder: Encoder) -> NDArray[np.float32]:
    """Vectors of questions to measure a search with: the beginnings of passages from all over the collection."""
    rows = range(0, passages, max(1, passages // SAMPLE))[:SAMPLE]
    return encoder.encode_queries([passage.text[:QUESTION_LENGTH] for passage in store.passages(rows)])


def _numbered(store: Store, passages: int, report: Progress) -> Iterator[tuple[int, Passage]]:
    """Every passage with the number of its document."""
    done = 0
    for number in range(store.count):
        for passage in store.passages_of(number):
            if done % ENCODED_AT_ONCE == 0:
                report("建立词索引", done, passages)
            yield number, passage
            done += 1
    report("建立词索引", done, passages)
