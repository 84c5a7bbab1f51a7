"""The compiled model, run by ONNX Runtime; needs no torch."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexUnusableError
from qa.index.encoder.tokenisation import open_tokeniser
from qa.index.integrity import FileSeal, broken_files, read_sealed

GRAPH, CARD = "model.onnx", "encoder.json"
BATCH_TOKENS = 256  # larger batches fall out of the cache and are slower


class CompiledEncoder:
    """Encodes with int8 weights; may be called from several threads at once."""

    note: str | None = None

    def __init__(self, folder: Path) -> None:
        """Opens what `compile_encoder` wrote. Raises IndexUnusableError where it is damaged."""
        try:
            card = read_card(folder)
            self.identity: str = card["identity"]
            self.dimension: int = card["dimension"]
            self._prompts: dict[str, str] = card["prompts"]
            self._padding: int = card["padding"]
            self._tokeniser = open_tokeniser(folder, card["max_length"])
        except (OSError, ValueError, KeyError) as error:
            raise damaged(folder, error) from error
        self._session = _open_session(folder)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, (n, dimension)."""
        return self._encode([self._prompts["query"] + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, (n, dimension)."""
        return self._encode([self._prompts["passage"] + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        tokens = self._tokeniser.encode(texts)

        def encode(batch: list[int]) -> None:
            vectors[batch] = self._run([tokens[text] for text in batch])

        batches = batches_by_length([len(numbers) for numbers in tokens], BATCH_TOKENS)
        if len(batches) == 1:
            encode(batches[0])
            return vectors
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            list(cores.map(encode, batches))
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Vectors of one batch, the longest text first."""
        inputs = np.full((len(tokens), len(tokens[0])), self._padding, np.int64)
        mask = np.zeros_like(inputs)
        for row, numbers in enumerate(tokens):
            inputs[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        vectors: NDArray[np.float32] = self._session.run(None, {"input_ids": inputs, "attention_mask": mask})[0]
        return vectors


def batches_by_length(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """The numbers of all texts, longest first, in batches of at most `budget` tokens, padding counted."""
    batches: list[list[int]] = []
    for text in sorted(range(len(lengths)), key=lambda text: (-lengths[text], text)):
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= budget:
            batches[-1].append(text)
        else:
            batches.append([text])
    return batches


def folder_of(folder: Path, identity: str) -> Path:
    """Where the compiled encoder of this identity lies."""
    return folder / re.sub(r"[^\w.+@-]", "_", identity)


def read_card(folder: Path) -> dict[str, Any]:
    """What encoder.json says; raises ValueError where it is damaged, or a file it names is of another size."""
    card = read_sealed(folder / CARD)
    for name, file in card["files"].items():
        if (size := (folder / name).stat().st_size) != file["bytes"]:
            raise ValueError(f"{name}: {size} 字节，应为 {file['bytes']} 字节")
    return card


def check_compiled(folder: Path) -> None:
    """Raises IndexUnusableError where a bit of the compiled encoder is not what it was; reads all of it."""
    try:
        seals = {name: FileSeal(**seal) for name, seal in read_card(folder)["files"].items()}
        if broken := broken_files(folder, seals):
            raise ValueError("、".join(broken))
    except (OSError, ValueError, KeyError) as error:
        raise damaged(folder, error) from error


def damaged(folder: Path, error: Exception) -> IndexUnusableError:
    return IndexUnusableError(f"编译好的模型 {folder} 已损坏：{error}。请重建索引：python -m qa build。")


def _open_session(folder: Path) -> Any:
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    options = onnxruntime.SessionOptions()
    # A core a batch: handing the parts of so small a model from core to core takes longer than computing them.
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # optimised when compiled
    options.enable_mem_reuse = False  # planning it is most of the time to open, and nothing is gained by it here
    try:
        return onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
    except (state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.NoSuchFile, state.RuntimeException) as error:
        raise damaged(folder, error) from error
