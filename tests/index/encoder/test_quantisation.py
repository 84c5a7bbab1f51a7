"""Weights in eight bits."""

from __future__ import annotations

import numpy as np

from qa.index.encoder.quantisation import quantise_blocks, quantise_columns


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
