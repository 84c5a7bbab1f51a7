"""Text to vectors: the model as it is, or the same compiled for speed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexUnusableError
from qa.index.encoder.compiled_encoder import CARD, CompiledEncoder, check_compiled, folder_of
from qa.index.encoder.model_files import locate_model, model_name
from qa.index.encoder.sentence_encoder import SentenceEncoder, load_sentence_transformer

RECIPE = "int8-1"  # how models are compiled: change it with anything that changes the vectors

__all__ = ["Encoder", "check_files", "check_model", "open_encoder", "prepare_encoder", "same_model"]


class Encoder(Protocol):
    """Turns texts into vectors of unit length; the same text gives the same vector under the same identity."""

    identity: str  # model, weights and precision; embeddings are cached by it
    dimension: int
    note: str | None  # Chinese: why the model is used as it is and not compiled

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, (n, dimension), in the order of the texts."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of unit length, (n, dimension), in the order of the texts."""


def prepare_encoder(model: str | None, folder: Path) -> Encoder:
    """The encoder to build an index with: what is compiled under `folder`, compiled now where there is nothing yet.

    Where the model cannot be compiled it is used as it is, and `note` says why. Raises EncoderError where the model
    is not on this machine or cannot be read.
    """
    files = locate_model(model)
    identity = f"{files.identity}+{RECIPE}"
    compiled = folder_of(folder, identity)
    if (compiled / CARD).is_file():
        try:
            check_compiled(compiled)
            return CompiledEncoder(compiled)
        except IndexUnusableError:
            pass  # damaged: compiled anew below
    from qa.index.encoder.compilation import CompilationError, compile_encoder

    original = load_sentence_transformer(files)
    try:
        compile_encoder(original, identity, folder)
    except CompilationError as error:
        return SentenceEncoder(original, files.identity, f"模型没有编译，按原样使用，速度较慢：{error}")
    return CompiledEncoder(compiled)


def open_encoder(folder: Path, identity: str, model: str | None) -> Encoder:
    """The encoder of this identity, to ask an index that was built with it.

    A compiled one is opened without the model itself. Raises IndexUnusableError where the encoder is not there or
    damaged, or `model` names another one; EncoderError where the model itself is needed and not on this machine.
    """
    check_model(identity, model)
    compiled = folder_of(folder, identity)
    if (compiled / CARD).is_file():
        return CompiledEncoder(compiled)
    files = locate_model(model)
    if files.identity != identity:
        raise _mismatch(identity, files.identity)
    return SentenceEncoder(load_sentence_transformer(files), identity, "建索引时模型没有编译，按原样使用，速度较慢。")


def same_model(identity: str, other: str) -> bool:
    """Whether two encoders are the same weights, each compiled or as it is: their cosines differ by about .001."""
    return identity.removesuffix(f"+{RECIPE}") == other.removesuffix(f"+{RECIPE}")


def check_files(folder: Path, identity: str) -> None:
    """Raises IndexUnusableError where what is compiled of this encoder is not what it was; reads all of it."""
    compiled = folder_of(folder, identity)
    if compiled.is_dir():
        check_compiled(compiled)


def check_model(identity: str, model: str | None) -> None:
    """Raises IndexUnusableError where `model` is another one than the encoder of this identity was made of."""
    if model is not None and model_name(model) != identity.split("@")[0]:
        raise _mismatch(identity, model_name(model))


def _mismatch(identity: str, available: str) -> IndexUnusableError:
    return IndexUnusableError(
        f"索引是用模型 {identity} 建的，现在可用的是 {available}。"
        "请把 QA_MODEL 设回建索引时的模型，或重建索引：python -m qa build。"
    )
