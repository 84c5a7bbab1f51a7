"""What the tests of several rooms share: the stub in place of the model, and an index of the seeds made for real."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import settings

import qa
from qa.documents.reading import read_file
from qa.records import BuildReport
from tests.stub_encoder import StubEncoder

settings.register_profile("untimed", deadline=None)  # a busy machine breaks no law
settings.load_profile("untimed")

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> StubEncoder:
    """The encoder that `qa.knowledge_base` builds and asks with, in place of the packaged model."""
    return put_stub(monkeypatch)


def put_stub(monkeypatch: pytest.MonkeyPatch) -> StubEncoder:
    """Puts the stub in place of the packaged model.

    Files are then read in this process: starting one for every build takes longer than most of the tests do.
    """
    encoder = StubEncoder()
    monkeypatch.setattr("qa.knowledge_base.prepare_encoder", lambda model, folder: encoder)
    monkeypatch.setattr("qa.knowledge_base.open_encoder", lambda folder, identity, model: encoder)
    monkeypatch.setattr("qa.rebuilding.reading_process", lambda: nullcontext(read_file))
    return encoder


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """The vectors folder of the five seeds, built once with the packaged model, and what the build reported."""
    vectors = tmp_path_factory.mktemp("seeds") / "vectors"
    return vectors, qa.rebuild(SEEDS, vectors)
