"""The graph that is exported."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import load
from sentence_transformers import SentenceTransformer

from qa.index.encoder.model_files import locate_model
from qa.index.encoder.onnx_export import STAND_IN_ROWS, export_graph
from qa.index.encoder.sentence_encoder import load_sentence_transformer


def embeddings(model: SentenceTransformer) -> NDArray[np.float32]:
    return next(
        weight.detach().numpy().copy() for name, weight in model.named_parameters() if "word_embeddings" in name
    )


def test_the_word_embeddings_are_given_beside_the_graph(tiny_model: Path, tmp_path: Path) -> None:
    model = load_sentence_transformer(locate_model(str(tiny_model)))
    table = embeddings(model)
    left_out = export_graph(model, tmp_path / "float.onnx")
    (name,) = left_out
    np.testing.assert_array_equal(left_out[name], table)
    np.testing.assert_array_equal(embeddings(model), table)
    shapes = {tensor.name: list(tensor.dims) for tensor in load(tmp_path / "float.onnx").graph.initializer}
    assert len(table) > STAND_IN_ROWS
    assert shapes[name] == [STAND_IN_ROWS, table.shape[1]]
