"""A model of the user's that reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.errors import EncoderError
from qa.index.encoder.model_files import find_folder
from qa.records import Passage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker:
    """A CrossEncoder, loaded at the first question; one call at a time, since its tokeniser cannot be shared."""

    def __init__(self, model: str) -> None:
        """Raises EncoderError where the model is not on this machine."""
        self._folder = find_folder(model, "QA_RERANKER")
        self._model: CrossEncoder | None = None
        self._lock = Lock()

    def scores(self, question: str, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """(n,) how well each passage, read after its context, answers the question: the higher the better, unbounded.

        Raises EncoderError where the folder holds no CrossEncoder with one output.
        """
        with self._lock:
            if self._model is None:
                self._model = _load(self._folder)
            pairs = [(question, f"{passage.context} {passage.text}") for passage in passages]
            scores = self._model.predict(pairs, show_progress_bar=False)
        return np.asarray(scores, np.float32)


def _load(folder: Path) -> CrossEncoder:
    from torch.nn import Identity
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    from sentence_transformers import CrossEncoder

    try:
        # Scores before the sigmoid: after it, all good passages are 1.
        model: CrossEncoder = CrossEncoder(str(folder), device="cpu", local_files_only=True, activation_fn=Identity())
        outputs = np.ndim(model.predict([("问", "答")], show_progress_bar=False)[0])
    except (OSError, ValueError, KeyError, TypeError, ImportError, RuntimeError) as error:
        raise _unusable(folder, f"无法读取：{error}") from error
    if outputs:
        raise _unusable(folder, "给出的不是一个分数，不能用来排序")
    return model


def _unusable(folder: Path, reason: str) -> EncoderError:
    return EncoderError(
        f"QA_RERANKER 指定的模型 {folder} {reason}。"
        "请换一个完整的 sentence-transformers CrossEncoder 模型文件夹，或取消 QA_RERANKER。"
    )
