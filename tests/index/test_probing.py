from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.index import probing
from qa.index.layout import Layout
from qa.index.probing import LEAST_RECALL, ProbedUnits, Probing, compare_with_all, list_count
from qa.index.vectors import Vectors, write_vectors

UNITS, DIMENSION, DOCUMENTS = 6000, 32, 60
VECTORS = np.random.default_rng(0).normal(size=(UNITS, DIMENSION)).astype(np.float32)
VECTORS += 2 * VECTORS[:100].repeat(UNITS // 100, axis=0)  # near one another in hundreds, as texts are
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
QUESTIONS = VECTORS[::150] + 0.05 * VECTORS[::-150]
# Every document has fifty passages of two units.
LAYOUT = Layout(
    np.arange(0, UNITS // 2 + 1, UNITS // DOCUMENTS // 2), np.arange(0, UNITS + 1, 2), np.zeros((UNITS, 2), np.int32)
)


def draw(step: int) -> Iterator[NDArray[np.float32]]:
    chosen = VECTORS[::step]
    yield from np.array_split(chosen, 7)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Probing]:
    file = tmp_path_factory.mktemp("vectors") / "units.faiss"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qa.index.vectors.EXACT_UNITS", 1000)
        found = write_vectors(file, DIMENSION, LAYOUT, draw, lambda: QUESTIONS)
    assert found is not None
    return file, found


def recall(units: ProbedUnits, members: NDArray[np.bool_] | None) -> float:
    true = compare_with_all(VECTORS, QUESTIONS, members)
    return float(
        np.mean([np.isin(true[row], units.search(each, 10, members)[0]).mean() for row, each in enumerate(QUESTIONS)])
    )


def test_the_recall_that_is_promised_is_found(written: tuple[Path, Probing]) -> None:
    file, chosen = written
    assert chosen.lists == list_count(UNITS) == 256
    assert chosen.probes < chosen.lists
    assert min(chosen.recall, chosen.recall_in_scope) >= LEAST_RECALL
    assert recall(ProbedUnits(file, chosen), None) == pytest.approx(chosen.recall, abs=0.01)


@pytest.mark.parametrize("share", [2, 7, 40])
def test_a_scope_is_kept_and_loses_nothing(
    written: tuple[Path, Probing], share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "EXACT_MEMBERS", 0)  # none is narrow enough to compare with all of it
    units = ProbedUnits(*written)
    members = np.arange(UNITS) % share == 0
    found, products = units.search(QUESTIONS[0], 50, members)
    assert len(found) == 50
    assert members[found].all()
    assert (np.diff(products) <= 0).all()
    assert recall(units, members) >= 0.97


def test_a_narrow_scope_is_compared_with_all_of_it(written: tuple[Path, Probing]) -> None:
    members = np.arange(UNITS) % 100 == 3
    found, products = ProbedUnits(*written).search(QUESTIONS[5], UNITS, members)
    assert sorted(found.tolist()) == np.flatnonzero(members).tolist()
    np.testing.assert_allclose(products, VECTORS[found] @ QUESTIONS[5], atol=1e-3)
    assert ProbedUnits(*written).search(QUESTIONS[5], 10, np.zeros(UNITS, bool))[0].tolist() == []


def test_passages_are_found_by_their_best_unit_within_the_scope(written: tuple[Path, Probing]) -> None:
    vectors = Vectors(written[0], LAYOUT, written[1])
    documents = np.arange(DOCUMENTS) % 3 == 0
    found = vectors.nearest(QUESTIONS[7], 20, documents)
    assert len(set(found.tolist())) == 20
    assert documents[LAYOUT.documents_of(found)].all()
    similar = vectors.similarities(QUESTIONS[7], found)
    assert (np.diff(similar.best) <= 0).all()
    best = (VECTORS @ QUESTIONS[7]).reshape(-1, 2).max(axis=1)
    np.testing.assert_allclose(similar.best, best[found], atol=1e-3)


def test_equal_units_are_equal_wherever_they_stand(written: tuple[Path, Probing]) -> None:
    units = ProbedUnits(*written)
    once = units.products(QUESTIONS[0], np.array([17]))[0]
    assert set(units.products(QUESTIONS[0], np.full(1001, 17)).tolist()) == {float(once)}


def test_comparing_with_all_is_what_sorting_all_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "_BATCH", 700)
    expected = np.argsort(-(QUESTIONS @ VECTORS.T), axis=1, kind="stable")[:, :10]
    np.testing.assert_array_equal(compare_with_all(VECTORS, QUESTIONS), expected)
    members = np.arange(UNITS) % 5 == 2
    assert members[compare_with_all(VECTORS, QUESTIONS, members)].all()
