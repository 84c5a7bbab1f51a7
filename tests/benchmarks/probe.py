"""One measurement in a process of its own: python -m tests.benchmarks.probe NAME VECTORS DOCUMENTS, answers in JSON.

Times are in seconds, memory in bytes.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import qa
from qa.index.encoder import Encoder, open_encoder
from qa.index.encoder.model_files import locate_model
from qa.index.encoder.sentence_encoder import SentenceEncoder, load_sentence_transformer
from qa.index.generation import VECTORS, open_generation
from qa.index.units import split_units
from qa.knowledge_base import ENCODERS
from qa.retrieval.candidates import question_vector
from qa.settings import Settings
from tests.benchmarks.limits import measure_limits
from tests.benchmarks.measuring import peak_memory, times

ROUNDS = 4
PARAGRAPH_ROUNDS = 3
ASKED_BEFORE_WEIGHING = 50
SEEDS = Path(__file__).parents[2] / "seeds"


def build(vectors: Path, documents: Path) -> dict[str, Any]:
    """The index from nothing, the model compiled on the way."""
    report = qa.rebuild(documents, vectors)
    size = (vectors / report.generation / VECTORS).stat().st_size
    return {"seconds": report.seconds, "units": report.units, "vectors": size, "peak": peak_memory()}


def compiled(vectors: Path, documents: Path) -> dict[str, Any]:
    """The encoder that is asked with."""
    from onnx import load

    started = time.perf_counter()
    encoder = open_encoder(vectors / ENCODERS, open_generation(vectors).manifest.encoder, None)
    opened = time.perf_counter() - started
    graph = load(next((vectors / ENCODERS).glob("*/model.onnx")), load_external_data=False).graph
    sizes = {tensor.name: tensor.dims[0] * tensor.dims[1] for tensor in graph.initializer if len(tensor.dims) == 2}
    products = [sizes[node.input[1]] for node in graph.node if node.op_type == "MatMulIntegerToFloat"]
    shape = {"open": opened, "multiply_adds": sum(products), "operations": len(graph.node)}
    return shape | _encoding(encoder, vectors, documents) | {"one_token": times(encoder.encode_queries, [[""]] * 40)}


def original(vectors: Path, documents: Path) -> dict[str, Any]:
    """The model as it is, with torch."""
    started = time.perf_counter()
    files = locate_model(None)
    encoder = SentenceEncoder(load_sentence_transformer(files), files.identity)
    opened = time.perf_counter() - started
    return {"open": opened} | _encoding(encoder, vectors, documents)


def ask(vectors: Path, documents: Path) -> dict[str, Any]:
    """The open index, asked again and again."""
    opening = times(qa.KnowledgeBase.open, [vectors] * 9)
    knowledge = qa.KnowledgeBase.open(vectors)
    asked = questions(vectors, documents) * ROUNDS
    first = times(knowledge.ask, asked[:1])
    return {
        "open": opening,
        "first": first,
        "ask": times(_anew(knowledge.ask), asked),
        "retrieve": times(_anew(knowledge.retrieve), asked),
    }


def _anew(act: Callable[[str], object]) -> Callable[[str], object]:
    """The act on a question whose vector nothing has kept."""

    def act_anew(question: str) -> object:
        question_vector.cache_clear()
        return act(question)

    return act_anew


def serve(vectors: Path, documents: Path) -> dict[str, Any]:
    """The page served, looked at and asked as often as on a day; memory is that of the process then."""
    from qa.chat.serving import reserve_port
    from qa.chat.serving import serve as serve_page

    knowledge = qa.KnowledgeBase.open(vectors)
    asked = questions(vectors, documents)
    with reserve_port("127.0.0.1", 0) as listening:

        def use() -> None:
            urllib.request.urlopen(f"http://127.0.0.1:{listening.getsockname()[1]}/", timeout=60).read()
            for number in range(ASKED_BEFORE_WEIGHING):
                knowledge.ask(asked[number % len(asked)])
            print(json.dumps(_memory()), flush=True)
            os._exit(0)  # uvicorn would wait for a signal

        threading.Thread(target=use).start()
        serve_page(knowledge, listening, Settings())
    return {}


def limits(vectors: Path, documents: Path) -> dict[str, Any]:
    """What the machine can do."""
    return measure_limits()


def questions(vectors: Path, documents: Path) -> list[str]:
    """The list for the seeds; for other documents, questions made of their own figures."""
    if documents.resolve() == SEEDS:
        lines = Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if not line.startswith("#")]
    from qa.chat.examples import example_questions

    made: list[str] = example_questions(qa.KnowledgeBase.open(vectors), 25)
    return made


def _encoding(encoder: Encoder, vectors: Path, documents: Path) -> dict[str, Any]:
    asked = [[question] for question in questions(vectors, documents)]
    times(encoder.encode_queries, asked)
    index = open_generation(vectors)
    passages = index.store.passages(range(index.manifest.passages))
    paragraphs = [split_units(passage)[0].text for passage in passages if passage.kind == "paragraph"]
    return {
        "question": times(encoder.encode_queries, asked * ROUNDS),
        "paragraphs": len(paragraphs),
        "all_paragraphs": times(encoder.encode_passages, [paragraphs] * PARAGRAPH_ROUNDS),
        "tokens": {"question": _mean_tokens(asked, vectors), "paragraph": _mean_tokens([paragraphs], vectors)},
        "peak": peak_memory(),
    }


def _mean_tokens(texts: Sequence[Sequence[str]], vectors: Path) -> float:
    from qa.index.encoder.tokenisation import open_tokeniser

    tokeniser = open_tokeniser(next((vectors / ENCODERS).glob("*/model.onnx")).parent, 512)
    lengths = [len(numbers) for batch in texts for numbers in tokeniser.encode([f"query: {text}" for text in batch])]
    return sum(lengths) / len(lengths)


def _memory() -> dict[str, int]:
    """Resident memory, and the share of this process where pages are shared (PSS), which only Linux tells."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    figures = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}
    return {"rss": figures["Rss"], "pss": figures["Pss"], "own": figures["Private_Dirty"]}


if __name__ == "__main__":
    measures = (build, compiled, original, ask, serve, limits)
    chosen = next(measure for measure in measures if measure.__name__ == sys.argv[1])
    print(json.dumps(chosen(Path(sys.argv[2]), Path(sys.argv[3]))))
