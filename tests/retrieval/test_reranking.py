from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import qa
from qa.errors import EncoderError
from qa.records import Passage
from qa.retrieval.ranking import weights
from qa.retrieval.reranking import Reranker
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

QUESTION = "高企目标是多少"
INDEXES = ("paragraph", "sentence", "words", "bigrams")


def make_model(folder: Path, outputs: int) -> Path:
    """A CrossEncoder of random weights: BERT of hidden size 32 over single characters."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    characters = "新增高企科技业目标任务是多少家年一二、。0123456789问答"
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]), "utf-8")
    BertTokenizer(vocab=str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=64, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64, initializer_range=0.5,
    )  # fmt: skip
    config.num_labels = outputs
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("models") / "tiny", outputs=1)


@pytest.fixture
def vectors(tmp_path: Path, stub: StubEncoder) -> Path:
    write_notice(
        tmp_path / "文档", "科技计划", "一、目标", "2024年新增高企110家。", "二、任务", "高企目标任务分解到各镇。"
    )
    qa.rebuild(tmp_path / "文档", tmp_path / "vectors")
    return tmp_path / "vectors"


def passage(text: str, context: str = "") -> Passage:
    return Passage("p", "d", "paragraph", text, 0, len(text), (), 1, context)


def test_scores_are_those_of_the_library(model: Path) -> None:
    from sentence_transformers import CrossEncoder

    library = CrossEncoder(str(model), device="cpu")
    expected = library.predict([(QUESTION, "科技 新增110家"), (QUESTION, " 目标任务")])
    scores = Reranker(str(model)).scores(QUESTION, [passage("新增110家", "科技"), passage("目标任务")])
    assert 1 / (1 + np.exp(-scores)) == pytest.approx(expected, abs=1e-5)
    assert scores[0] != scores[1]
    assert Reranker(str(model)).scores(QUESTION, []).shape == (0,)


def test_its_score_is_a_part_that_weighs_as_much_as_the_indexes(
    model: Path, vectors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = {hit.passage.id: hit for hit in qa.KnowledgeBase.open(vectors).retrieve(QUESTION, k=10)}
    monkeypatch.setenv("QA_RERANKER", str(model))
    hits = qa.KnowledgeBase.open(vectors).retrieve(QUESTION, k=10)
    judged = Reranker(str(model)).scores(QUESTION, [hit.passage for hit in hits])
    brought = (judged - judged.min()) / (judged.max() - judged.min())
    weight = sum(weights()[name] for name in INDEXES)
    for hit, part in zip(hits, brought, strict=True):
        assert hit.parts == {**plain[hit.passage.id].parts, "reranker": pytest.approx(part, abs=1e-4)}
        assert hit.score == pytest.approx(plain[hit.passage.id].score + weight * part, abs=1e-4)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("model_name", ["没有的模型", "/没有/的/文件夹"])
def test_a_model_that_is_not_there_is_said_when_the_index_is_opened(
    model_name: str, vectors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_RERANKER", model_name)
    with pytest.raises(EncoderError, match=f"找不到 QA_RERANKER 指定的模型“{model_name}”"):
        qa.KnowledgeBase.open(vectors)


def test_a_folder_without_weights(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"QA_RERANKER 指定的文件夹 .* 里没有模型权重"):
        Reranker(str(tmp_path))


def test_weights_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"x")
    with pytest.raises(EncoderError, match=r"QA_RERANKER 指定的模型 .* 无法读取"):
        Reranker(str(tmp_path)).scores(QUESTION, [passage("目标")])


def test_a_classifier_is_no_reranker(tmp_path: Path) -> None:
    classifier = make_model(tmp_path / "classifier", outputs=3)
    with pytest.raises(EncoderError, match=r"QA_RERANKER 指定的模型 .* 给出的不是一个分数"):
        Reranker(str(classifier)).scores(QUESTION, [passage("目标")])
