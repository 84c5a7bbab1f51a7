"""Weights in eight bits."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from onnx import ModelProto, TensorProto, helper, numpy_helper

from qa.index.encoder.quantisation import quantise_blocks, quantise_columns, quantise_graph


def test_each_column_has_its_own_scale() -> None:
    levels, scales = quantise_columns(np.array([[127, 0.5, 0], [-63.5, -1, 0]], np.float32))
    assert levels.tolist() == [[127, 64, 0], [-64, -127, 0]]
    np.testing.assert_allclose(scales[:2], [1, 1 / 127], rtol=1e-6)


def test_four_bit_weights_come_out_exactly() -> None:
    random = np.random.default_rng(3)
    nibbles = random.integers(-8, 8, (50, 2, 32))
    nibbles[..., 5] = -8  # as in Q4_0: the largest weight of a block is its lowest level
    scales = random.normal(size=(50, 2, 1)).astype(np.float16).astype(np.float32)
    table = (nibbles * scales).astype(np.float32).reshape(50, 64)
    levels, block_scales = quantise_blocks(table)
    restored = (levels.reshape(50, 2, 32).astype(np.float32) - 128) * block_scales[..., None]
    np.testing.assert_array_equal(restored.reshape(50, 64), table)


def test_an_empty_block_stays_empty() -> None:
    levels, scales = quantise_blocks(np.zeros((1, 32), np.float32))
    assert (levels == 128).all()
    assert scales.tolist() == [[1.0]]


def test_a_long_table_is_quantised_row_by_row() -> None:
    table = np.random.default_rng(5).normal(size=(20_000, 32)).astype(np.float32)
    levels, scales = quantise_blocks(table)
    some_levels, some_scales = quantise_blocks(table[8190:8200])
    np.testing.assert_array_equal(levels[8190:8200], some_levels)
    np.testing.assert_array_equal(scales[8190:8200], some_scales)


def lookup_graph(rows: int, width: int) -> ModelProto:
    """token numbers -> rows of "table"."""
    numbers = helper.make_tensor_value_info("numbers", TensorProto.INT64, ["n"])
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", width])
    table = numpy_helper.from_array(np.zeros((rows, width), np.float32), "table")
    node = helper.make_node("Gather", ["table", "numbers"], ["vectors"])
    return helper.make_model(helper.make_graph([node], "lookup", [numbers], [vectors], [table]))


@pytest.mark.parametrize(("width", "names"), [(32, ["table/levels", "table/scales"]), (24, ["table"])])
def test_a_table_that_was_left_out_is_put_in_whole(width: int, names: list[str]) -> None:
    table = np.random.default_rng(5).normal(size=(2000, width)).astype(np.float32)
    model = lookup_graph(3, width)
    assert quantise_graph(model, {"table": table}) == int(width == 32)
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    assert [name for name in constants if name.startswith("table")] == names
    for name, values in zip(names, quantise_blocks(table) if width == 32 else (table,), strict=True):
        np.testing.assert_array_equal(constants[name], values)


def test_products_are_near_and_an_empty_token_gives_zeros() -> None:
    random = np.random.default_rng(7)
    tokens, matrix = random.normal(size=(3, 64)).astype(np.float32), random.normal(size=(64, 16)).astype(np.float32)
    tokens[1] = 0
    tokens[2] *= 1000
    given = helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["n", 64])
    product = helper.make_tensor_value_info("product", TensorProto.FLOAT, ["n", 16])
    node = helper.make_node("MatMul", ["tokens", "matrix"], ["product"])
    constants = [numpy_helper.from_array(matrix, "matrix")]
    graph = helper.make_graph([node], "multiply", [given], [product], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    assert quantise_graph(model, {}) == 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"tokens": tokens})
    assert found[1].tolist() == [0] * 16
    wanted = tokens @ matrix
    np.testing.assert_allclose(found[0], wanted[0], atol=0.2)
    np.testing.assert_allclose(found[2], wanted[2], atol=200)


def test_a_table_that_the_graph_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="words"):
        quantise_graph(lookup_graph(3, 32), {"words": np.zeros((2000, 32), np.float32)})
