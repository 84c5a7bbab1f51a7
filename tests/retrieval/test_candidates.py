from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qa.index.building import Findings, build_generation
from qa.index.generation import Index, open_generation
from qa.retrieval.candidates import gather_candidates
from qa.retrieval.questions import read_question
from tests.index.samples import make_document
from tests.stub_encoder import StubEncoder

DOCUMENTS = [make_document(f"文件{n}", [f"新建幼儿园{n}所。改造小区{n + 1}个。", "加快人才引进。"]) for n in range(60)]


def build(vectors: Path) -> Index:
    fit = {"encoder": "stub", "weights": {}, "least": 0}
    build_generation(vectors, DOCUMENTS, StubEncoder(), {}, Findings(), fit, None)
    return open_generation(vectors)


def test_a_large_collection_gives_what_comparing_with_all_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = build(tmp_path / "small")
    monkeypatch.setattr("qa.index.vectors.EXACT_UNITS", 0)
    large = build(tmp_path / "large")
    assert (small.manifest.probing is None, large.manifest.probing is None) == (True, False)
    question = read_question("新建幼儿园17所")
    expected, found = (gather_candidates(index, StubEncoder(), question) for index in (small, large))
    assert len(found.rows) >= 60
    for name in ("rows", "documents", "words", "bigrams"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    np.testing.assert_allclose(found.similar.best, expected.similar.best, atol=1e-3)  # half precision
