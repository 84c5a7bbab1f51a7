"""The model as it is: a SentenceTransformer, read from this machine's files."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.errors import EncoderError
from qa.index.encoder.model_files import ModelFiles
from qa.index.encoder.packaged_e5 import load_packaged_e5

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceEncoder:
    """Encodes with torch; one call at a time, since the tokeniser inside cannot be shared between threads."""

    def __init__(self, model: SentenceTransformer, identity: str, note: str | None = None) -> None:
        self.identity = identity
        self.note = note
        self.dimension = int(model.get_embedding_dimension() or 0)
        self._model = model
        self._lock = Lock()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, (n, dimension)."""
        return self._encode(texts, prompts_of(self._model)["query"])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, (n, dimension)."""
        return self._encode(texts, prompts_of(self._model)["passage"])

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts), prompt=prompt, batch_size=16, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, np.float32)


def load_sentence_transformer(files: ModelFiles) -> SentenceTransformer:
    """The model of these files, on the CPU, never looking anything up in the network.

    Raises EncoderError where the files are no sentence-transformers model.
    """
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if files.folder is None:
        return load_packaged_e5()
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(files.folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError, ImportError, RuntimeError) as error:
        raise EncoderError(
            f"QA_MODEL 指定的模型 {files.folder} 无法读取：{error}。"
            "请换一个完整的 sentence-transformers 模型文件夹，或取消 QA_MODEL 以使用默认模型。"
        ) from error


def prompts_of(model: SentenceTransformer) -> dict[str, str]:
    """What the model wants before a "query" and a "passage"; empty where it names nothing."""
    prompts = model.prompts
    return {
        "query": prompts.get("query") or "",
        "passage": prompts.get("passage") or prompts.get("document") or "",
    }
