"""Preparing and opening encoders: the compiled one, the original where it must be, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import EncoderError, IndexUnusableError
from qa.index.encoder import Encoder, compilation, open_encoder, prepare_encoder, same_model
from qa.index.encoder.compiled_encoder import CompiledEncoder, batches_by_length
from qa.index.encoder.model_files import locate_model
from qa.index.encoder.sentence_encoder import SentenceEncoder, load_sentence_transformer
from tests.index.encoder.conftest import TEXTS


def test_compiled_vectors_are_near_the_originals(tiny_model: Path, tiny_compiled: tuple[Path, Encoder]) -> None:
    _, compiled = tiny_compiled
    files = locate_model(str(tiny_model))
    original = SentenceEncoder(load_sentence_transformer(files), files.identity)
    assert isinstance(compiled, CompiledEncoder)
    assert compiled.note is None
    assert compiled.dimension == original.dimension == 24
    assert compiled.identity == f"{files.identity}+int8-1"
    for ours, theirs in (
        (compiled.encode_queries(TEXTS), original.encode_queries(TEXTS)),
        (compiled.encode_passages(TEXTS), original.encode_passages(TEXTS)),
    ):
        assert ours.dtype == np.float32
        assert (ours * theirs).sum(axis=1).min() > 0.99
    assert np.abs(compiled.encode_queries(TEXTS) - compiled.encode_passages(TEXTS)).max() > 0.1  # each its prompt


def test_a_model_is_the_same_compiled_and_as_it_is(tiny_model: Path, tiny_compiled: tuple[Path, Encoder]) -> None:
    compiled, original = tiny_compiled[1].identity, locate_model(str(tiny_model)).identity
    assert same_model(compiled, original)
    assert same_model(original, compiled)
    assert not same_model(compiled, f"another{original}")
    assert not same_model(f"a+int8-1@{original}", "a")  # a name may hold anything


def test_a_text_has_the_same_vector_in_any_company(tiny_compiled: tuple[Path, Encoder]) -> None:
    _, encoder = tiny_compiled
    together = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(tiny_compiled: tuple[Path, Encoder]) -> None:
    assert tiny_compiled[1].encode_passages([]).shape == (0, 24)


def test_threads_share_an_encoder(tiny_compiled: tuple[Path, Encoder]) -> None:
    _, encoder = tiny_compiled
    expected = [encoder.encode_queries([text]) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda text: encoder.encode_queries([text]), TEXTS * 5))
    for vectors, wanted in zip(given, expected * 5, strict=True):
        np.testing.assert_array_equal(vectors, wanted)


def test_what_is_compiled_is_not_compiled_again(
    tiny_model: Path, tiny_compiled: tuple[Path, Encoder], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, encoder = tiny_compiled
    monkeypatch.setattr(compilation, "compile_encoder", lambda *_: pytest.fail("compiled again"))
    assert prepare_encoder(str(tiny_model), folder).identity == encoder.identity
    assert [path.name for path in folder.iterdir()] == [encoder.identity]


def test_asking_with_a_compiled_encoder_imports_no_torch(tiny_compiled: tuple[Path, Encoder]) -> None:
    folder, encoder = tiny_compiled
    program = (
        "import sys; from pathlib import Path; from qa.index.encoder import open_encoder\n"
        f"open_encoder(Path({str(folder)!r}), {encoder.identity!r}, None).encode_queries(['镇海'])\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & sys.modules.keys()))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_a_model_that_differs_when_compiled_is_used_as_it_is(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compilation, "LEAST_COSINE", 1.1)
    encoder = prepare_encoder(str(tiny_model), tmp_path)
    assert isinstance(encoder, SentenceEncoder)
    assert encoder.note is not None
    assert "与原模型相差过大" in encoder.note
    assert list(tmp_path.iterdir()) == []  # nothing half-made
    again = open_encoder(tmp_path, encoder.identity, str(tiny_model))
    assert again.note is not None
    np.testing.assert_array_equal(again.encode_queries(TEXTS), encoder.encode_queries(TEXTS))


def test_a_failed_export_is_told(tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise NotImplementedError("operator aten::strange")

    monkeypatch.setattr(compilation, "export_graph", fail)
    note = prepare_encoder(str(tiny_model), tmp_path).note
    assert note is not None
    assert "NotImplementedError：operator aten::strange" in note


def test_a_cut_off_file_is_told_and_mended_by_a_build(tiny_model: Path, tiny_copy: tuple[Path, Path, str]) -> None:
    folder, compiled, identity = tiny_copy
    graph = (compiled / "model.onnx").read_bytes()
    (compiled / "model.onnx").write_bytes(graph[: len(graph) // 2])
    with pytest.raises(IndexUnusableError, match=r"model\.onnx.*python -m qa build"):
        open_encoder(folder, identity, None)
    assert prepare_encoder(str(tiny_model), folder).note is None
    assert open_encoder(folder, identity, None).encode_queries(["镇海"]).shape == (1, 24)


def test_a_scrambled_graph_is_told(tiny_copy: tuple[Path, Path, str]) -> None:
    folder, compiled, identity = tiny_copy
    (compiled / "model.onnx").write_bytes(b"\xff" * (compiled / "model.onnx").stat().st_size)
    with pytest.raises(IndexUnusableError, match="已损坏"):
        open_encoder(folder, identity, None)


def test_another_model_than_the_index_was_built_with_is_refused(tiny_compiled: tuple[Path, Encoder]) -> None:
    folder, encoder = tiny_compiled
    with pytest.raises(IndexUnusableError, match=r"tiny@.*现在可用的是 other.*QA_MODEL"):
        open_encoder(folder, encoder.identity, "/models/other")


def test_an_identity_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match=r"gone@1.*multilingual-e5-small@"):
        open_encoder(tmp_path, "gone@1", None)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(EncoderError, match="QA_MODEL"):
        prepare_encoder(str(tmp_path), tmp_path / "encoders")


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.integers(1, 600), max_size=60))
def test_batches_hold_each_text_once_within_the_budget(lengths: list[int]) -> None:
    batches = batches_by_length(lengths, 512)
    assert sorted(text for batch in batches for text in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[text] for text in batch) <= 512 for batch in batches)
    assert [lengths[text] for batch in batches for text in batch] == sorted(lengths, reverse=True)
