"""The packaged model, compiled: near the original, and the same ranking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.index.encoder.compilation import PASSAGES, QUESTIONS, compile_encoder
from qa.index.encoder.compiled_encoder import CompiledEncoder, folder_of
from tests.index.encoder.conftest import TEXTS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def test_the_compiled_default_ranks_as_the_original_does(packaged_model: SentenceTransformer, tmp_path: Path) -> None:
    compile_encoder(packaged_model, "default", tmp_path)
    compiled = CompiledEncoder(folder_of(tmp_path, "default"))
    original = packaged_model.encode(TEXTS, prompt="passage: ")
    assert (original * compiled.encode_passages(TEXTS)).sum(axis=1).min() > 0.998
    similarities = compiled.encode_queries(QUESTIONS) @ compiled.encode_passages(PASSAGES).T
    assert similarities.argmax(axis=1).tolist() == [0, 1, 2, 3, 4, 5]
    assert np.allclose(np.linalg.norm(compiled.encode_queries(QUESTIONS), axis=1), 1, atol=1e-5)
