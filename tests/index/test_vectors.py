from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.index.layout import Layout
from qa.index.vectors import Vectors, write_vectors

# Two documents: passages 0 (one unit) and 1 (three units); passage 2 (three units) and 3 (one).
FIRST_PASSAGE, FIRST_UNIT = [0, 2, 4], [0, 1, 4, 7, 8]
SPANS = [[0, 9], [0, 20], [0, 10], [10, 20], [0, 16], [0, 8], [8, 16], [0, 5]]
UNITS = [[0.6, 0.8], [0.0, 1.0], [0.8, 0.6], [0.28, 0.96], [0.96, 0.28], [0.6, 0.8], [0.6, -0.8], [0.8, 0.6]]
QUERY = np.array([1.0, 0.0], np.float32)


def open_vectors(
    folder: Path, units: NDArray[np.float32], first_passage: list[int], first_unit: list[int], spans: list[list[int]]
) -> Vectors:
    layout = Layout(np.array(first_passage), np.array(first_unit), np.array(spans, np.int32))
    file = folder / "units.faiss"
    probing = write_vectors(file, units.shape[1], layout, lambda step: [units[:3:step], units[3::step]], lambda: units)
    return Vectors(file, layout, probing)


@pytest.fixture
def vectors(tmp_path: Path) -> Vectors:
    return open_vectors(tmp_path, np.array(UNITS, np.float32), FIRST_PASSAGE, FIRST_UNIT, SPANS)


def test_passages_rank_by_their_best_unit_and_ties_by_row(vectors: Vectors) -> None:
    rows = vectors.nearest(QUERY, 4)
    assert rows.tolist() == [2, 1, 3, 0]
    found = vectors.similarities(QUERY, rows)
    np.testing.assert_allclose(found.best, [0.96, 0.8, 0.8, 0.6], rtol=1e-6)
    np.testing.assert_allclose(found.paragraph, [0.96, 0.0, 0.8, 0.6], atol=1e-6)
    np.testing.assert_allclose(found.sentence, [0.6, 0.8, 0.8, 0.6], rtol=1e-6)
    assert found.spans.tolist() == [[0, 8], [0, 10], [0, 5], [0, 9]]


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_fewer_are_the_first_of_more(vectors: Vectors, k: int) -> None:
    assert vectors.nearest(QUERY, k).tolist() == [2, 1, 3, 0][:k]


def test_the_choice_of_documents_comes_before_the_ranking(vectors: Vectors) -> None:
    assert vectors.nearest(QUERY, 2, np.array([True, False])).tolist() == [1, 0]
    assert vectors.nearest(QUERY, 1, np.array([True, False])).tolist() == [1]
    assert vectors.nearest(QUERY, 9, np.array([False, True])).tolist() == [2, 3]
    assert vectors.nearest(QUERY, 2, np.array([False, False])).tolist() == []


def test_passages_get_the_same_figures_in_whatever_order_they_are_given(vectors: Vectors) -> None:
    ordered, similar = (vectors.similarities(QUERY, np.array(rows)) for rows in ([0, 1, 2, 3], [0, 3, 1, 2]))
    for name in ("rows", "paragraph", "sentence", "best", "spans"):
        np.testing.assert_array_equal(getattr(similar, name), getattr(ordered, name)[[0, 3, 1, 2]])
    assert vectors.similarities(QUERY, np.empty(0, np.int64)).rows.tolist() == []


def test_a_passage_of_many_near_units_does_not_crowd_out_the_others(tmp_path: Path) -> None:
    units = np.array([[1.0, 0.0]] * 50 + [[0.6, 0.8]], np.float32)
    vectors = open_vectors(tmp_path, units, [0, 2], [0, 50, 51], [[0, 9]] * 51)
    assert vectors.nearest(QUERY, 2).tolist() == [0, 1]


def test_equal_passages_come_by_row_however_many_are_cut_off(tmp_path: Path) -> None:
    units = np.array([[0.6, 0.8]] * 300, np.float32)
    vectors = open_vectors(tmp_path, units, [0, 300], list(range(301)), [[0, 9]] * 300)
    assert vectors.nearest(QUERY, 3).tolist() == [0, 1, 2]
    assert vectors.nearest(QUERY, 130).tolist() == list(range(130))


def test_vectors_of_another_layout_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="8 vectors for 3 units"):
        open_vectors(tmp_path, np.array(UNITS, np.float32), [0, 1], [0, 3], SPANS[:3])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 12))
def test_it_finds_what_comparing_with_every_unit_finds(
    tmp_path_factory: pytest.TempPathFactory, seed: int, passages: int, k: int
) -> None:
    random = np.random.default_rng(seed)
    first_unit = [0, *np.cumsum(random.integers(1, 5, passages)).tolist()]
    units = random.integers(-2, 3, (first_unit[-1], 3)).astype(np.float32)  # whole numbers: exact, with many ties
    cut = int(random.integers(0, passages + 1))
    folder = tmp_path_factory.mktemp("vectors")
    vectors = open_vectors(folder, units, [0, cut, passages], first_unit, [[0, 9]] * len(units))
    query = np.array([1, -2, 1], np.float32)
    best = [(units[first_unit[row] : first_unit[row + 1]] @ query).max() for row in range(passages)]
    for documents, allowed in ((None, range(passages)), (np.array([False, True]), range(cut, passages))):
        expected = sorted(allowed, key=lambda row: (-best[row], row))[:k]
        found = vectors.nearest(query, k, documents)
        assert found.tolist() == expected
        assert vectors.similarities(query, found).best.tolist() == [best[row] for row in expected]
