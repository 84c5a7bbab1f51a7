"""One measurement of a grown collection: python -m tests.benchmarks.growth_probe NAME WORK PARAGRAPHS, in JSON.

Times are in seconds, memory in bytes. Every question is asked once: nothing that an earlier one left serves the next.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

import qa
from qa.answers.confidence import read_fit
from qa.index.building import Findings, build_generation
from qa.index.embeddings import EmbeddingCache, text_key
from qa.index.encoder import open_encoder
from qa.index.generation import VECTORS, Index, open_generation
from qa.index.probing import ProbedUnits, compare_with_all
from qa.index.units import split_units
from qa.knowledge_base import ENCODERS
from qa.records import Passage
from qa.retrieval.candidates import question_vector
from qa.retrieval.questions import read_question
from qa.retrieval.scope import documents_in_scope
from qa.text.regions import short_name
from qa.text.words import cut_words, load_dictionary
from tests.benchmarks.collection import Collection, ResampledEmbeddings
from tests.benchmarks.measuring import peak_memory, times

QUESTIONS = 300
WARMING = 20  # questions before the clock runs
FOUND = 10
ENCODED = 400  # units

Found = Callable[[str], object]


def build(work: Path, size: int) -> dict[str, Any]:
    """The index of a collection, as every index is built, but that vectors are there already."""
    original = open_generation(work / "original" / "vectors")
    encoder = open_encoder(work / "original" / "vectors" / ENCODERS, original.manifest.encoder, None)
    vectors = folder_of(work, size)
    vectors.mkdir(parents=True)
    (vectors / ENCODERS).symlink_to(work / "original" / "vectors" / ENCODERS)
    embeddings = encoded(work, original)
    load_dictionary()
    began: dict[str, float] = {}

    def note(stage: str, done: int, total: int) -> None:
        began.setdefault(stage, time.perf_counter() - started)

    started = time.perf_counter()
    with patch("qa.index.building.EmbeddingCache", lambda *_: embeddings):
        documents = Collection(original).documents(size)
        report = build_generation(vectors, documents, encoder, {}, Findings(), asdict(read_fit()), note)
    seconds = time.perf_counter() - started
    manifest = open_generation(vectors).manifest
    return {
        "seconds": seconds,
        "before_words": began["建立词索引"],
        "documents": report.documents,
        "units": report.units,
        "real": len(original.layout.spans),
        "peak": peak_memory(),
        "probing": asdict(manifest.probing) if manifest.probing else None,
        "bytes": {name: seal.bytes for name, seal in manifest.files.items()},
    }


def serve(work: Path, size: int) -> dict[str, Any]:
    """Questions to the open index, with what it takes."""
    vectors = folder_of(work, size)
    opening = times(qa.KnowledgeBase.open, [vectors] * 5)
    knowledge = qa.KnowledgeBase.open(vectors)
    asked = questions(work)
    times(knowledge.retrieve, asked[:WARMING])
    taken = times(knowledge.retrieve, asked[WARMING:])
    memory = resident_memory()  # before the recall is measured, which looks at everything
    return {"open": opening, "retrieve": taken, "recall": _recall(work, size, asked), **memory}


def encode(work: Path, size: int) -> dict[str, Any]:
    """Units a second, of those that are encoded for real."""
    store = open_generation(work / "original" / "vectors").store
    texts = [unit.text for passage in store.passages_of(size % store.count) for unit in split_units(passage)]
    texts = texts[:ENCODED]
    encoder = _encoder(work)
    return {"rate": len(texts) / min(times(encoder.encode_passages, [texts] * 3))}


def flat(work: Path, size: int) -> dict[str, Any]:
    """sentence-transformers and a flat FAISS index of paragraphs, as most would write it."""
    import faiss

    from qa.index.encoder.model_files import locate_model
    from qa.index.encoder.sentence_encoder import load_sentence_transformer

    model = load_sentence_transformer(locate_model(None))
    index = faiss.IndexFlatIP(model.get_embedding_dimension() or 0)
    for batch in paragraph_vectors(work, size):
        index.add(batch)

    def search(question: str) -> object:
        return index.search(model.encode([f"query: {question}"], normalize_embeddings=True), FOUND)

    return _asked(work, search, "sentence-transformers", "faiss-cpu")


def txtai(work: Path, size: int) -> dict[str, Any]:
    """txtai's hybrid search over the same paragraphs, their vectors given."""
    from txtai import Embeddings

    encoder = _encoder(work)
    given = np.concatenate(list(paragraph_vectors(work, size)))
    waiting = iter(given)

    def transform(inputs: Any) -> NDArray[np.float32]:
        texts = [inputs] if isinstance(inputs, str) else inputs
        indexing = [next(waiting, None) for _ in texts] if not asking else [None]
        return encoder.encode_queries(texts) if asking else np.array(indexing)

    asking = False
    started = time.perf_counter()
    embeddings = Embeddings(method="external", transform=transform, hybrid=True, content=False)
    embeddings.index((row, " ".join(cut_words(text))) for row, text in enumerate(texts(work, size)))
    seconds = time.perf_counter() - started
    asking = True
    return {"build": seconds} | _asked(work, lambda question: embeddings.search(question, FOUND), "txtai")


def bm25s(work: Path, size: int) -> dict[str, Any]:
    """bm25s alone over the words of the same paragraphs."""
    import bm25s as library

    started = time.perf_counter()
    retriever = library.BM25()
    retriever.index([cut_words(text) for text in texts(work, size)], show_progress=False)
    seconds = time.perf_counter() - started

    def search(question: str) -> object:
        return retriever.retrieve([cut_words(question)], k=FOUND, show_progress=False)

    return {"build": seconds} | _asked(work, search, "bm25s")


def folder_of(work: Path, size: int) -> Path:
    return work / str(size) / "vectors"


def encoded(work: Path, original: Index) -> ResampledEmbeddings:
    """Everything that was encoded of the original, and what is made of it for other texts."""
    passages = original.store.passages(range(original.manifest.passages))
    keys = list(dict.fromkeys(text_key(unit.text) for passage in passages for unit in split_units(passage)))
    manifest = original.manifest
    with closing(EmbeddingCache(work / "original" / "vectors", manifest.encoder, manifest.dimension)) as cache:
        return ResampledEmbeddings(keys, np.concatenate(list(cache.vectors(keys))))


def questions(work: Path) -> list[str]:
    """Questions put together of clauses of the original, every second one of a place."""
    original = open_generation(work / "original" / "vectors")
    made: dict[str, None] = {}
    rows = np.random.default_rng(0).permutation(original.manifest.passages)
    for passage in original.store.passages(rows[: 20 * QUESTIONS].tolist()):
        clause = passage.text.partition("，")[0].strip()
        if passage.kind == "paragraph" and 8 <= len(clause) <= 24:
            [number] = original.store.having("id", [passage.document_id]).tolist()
            region = original.store.card(number).region if len(made) % 2 else None
            made[f"{short_name(region) if region else ''}{clause}有哪些要求"] = None
    return list(made)[:QUESTIONS]


def texts(work: Path, size: int) -> list[str]:
    """The paragraphs as they are found: after their context."""
    store = open_generation(folder_of(work, size)).store
    return [
        f"{passage.context} {passage.text}" for number in range(store.count) for passage in store.passages_of(number)
    ]


def paragraph_vectors(work: Path, size: int) -> list[NDArray[np.float32]]:
    """The vectors of the passages without their sentences, in batches."""
    original = open_generation(work / "original" / "vectors")
    embeddings = encoded(work, original)
    return list(embeddings.vectors([text_key(split_units(passage)[0].text) for passage in _passages(work, size)]))


def _passages(work: Path, size: int) -> Iterator[Passage]:
    store = open_generation(folder_of(work, size)).store
    for number in range(store.count):
        yield from store.passages_of(number)


def _recall(work: Path, size: int, asked: Sequence[str]) -> dict[str, float] | None:
    """The share of the ten units truly nearest that is found, of all and of those in scope where a place is named."""
    index = open_generation(folder_of(work, size))
    file = folder_of(work, size) / index.manifest.generation / VECTORS
    if index.manifest.probing is None:
        return None
    units, vectors = ProbedUnits(file, index.manifest.probing), np.load(file.with_suffix(".npy"), mmap_mode="r")
    encoder = _encoder(work)
    everywhere, in_scope = [], []
    scoped = [question for question in asked if read_question(question).regions][:20]
    every = np.stack([question_vector(encoder, question) for question in asked])
    for vector, true in zip(every, compare_with_all(vectors, every), strict=True):
        everywhere.append(np.isin(true, units.search(vector, FOUND)[0]).mean())
    for question in scoped:
        documents = documents_in_scope(index.store, read_question(question))
        members = index.layout.units_in(documents) if documents is not None else None
        vector = question_vector(encoder, question)
        [true] = compare_with_all(vectors, vector[np.newaxis], members)
        in_scope.append(np.isin(true, units.search(vector, FOUND, members)[0]).mean())
    return {"all": float(np.mean(everywhere)), "scope": float(np.mean(in_scope))}


def _asked(work: Path, search: Found, *packages: str) -> dict[str, Any]:
    asked = questions(work)
    times(search, asked[:WARMING])
    taken = times(search, asked[WARMING:])
    return {"retrieve": taken, **resident_memory(), "versions": {name: version(name) for name in packages}}


def _encoder(work: Path) -> Any:
    original = work / "original" / "vectors"
    return open_encoder(original / ENCODERS, open_generation(original).manifest.encoder, None)


def resident_memory() -> dict[str, int]:
    """Resident memory, and what of it is files that are mapped, which the system takes back when it needs memory."""
    lines = (line.partition(":") for line in Path("/proc/self/status").read_text().splitlines())
    status = {name: rest.split() for name, _, rest in lines}
    return {"rss": int(status["VmRSS"][0]) * 1024, "mapped": int(status["RssFile"][0]) * 1024}


if __name__ == "__main__":
    measures = (build, serve, encode, flat, txtai, bm25s)
    chosen = next(measure for measure in measures if measure.__name__ == sys.argv[1])
    print(json.dumps(chosen(Path(sys.argv[2]), int(sys.argv[3]))))
