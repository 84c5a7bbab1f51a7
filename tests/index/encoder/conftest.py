"""The packaged model and a tiny one of random weights, each loaded and compiled once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa.index.encoder import Encoder, prepare_encoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TEXTS = (
    "镇海2024年高企目标是多少",
    "５０％～１０％，２０２３年R&D经费“占比”達到３．５％",
    "臺灣與大陸經濟合作架構協議後續協商的進展",
    "联系人：张三，电话（0574）８６２５－１２３４",
    "①落实责任；②加强督查；③总结经验。㎡、№、℃、Ⅲ类",
    "全年规模以上工业增加值完成３８６．５亿元，比上年增长８．２％，其中高技术制造业增长12.4%，新兴产业增长9.9%。" * 3,
    "申请稳岗返还的企业应当提交营业执照复印件、失业保险缴费证明和《稳岗补贴申请表》，由区人力社保局审核后公示。" * 8,
)


@pytest.fixture(scope="session")
def seed_paragraphs() -> list[str]:
    """Every line of the documents that come with the project."""
    folder = Path(__file__).parents[3] / "seeds"
    lines = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))).splitlines()
    return [line.strip() for line in lines if line.strip()]


@pytest.fixture(scope="session")
def packaged_model() -> SentenceTransformer:
    from qa.index.encoder.packaged_e5 import load_packaged_e5

    return load_packaged_e5()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with BERT of hidden size 32, CLS pooling, a Dense layer to 24 and prompts, all random."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("models")
    characters = sorted({character for text in (*TEXTS, "问文") for character in text if not character.isspace()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters, *(f"##{c}" for c in characters)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(vocab=str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder / "bert")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=2048, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64, initializer_range=0.5,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(32, "cls"), Dense(32, 24)]
    model = SentenceTransformer(modules=modules, prompts={"query": "问：", "document": "文："}, device="cpu")
    model.save(str(folder / "tiny"))
    return folder / "tiny"


@pytest.fixture(scope="session")
def tiny_compiled(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Encoder]:
    """The folder that the tiny model was compiled into, and the encoder."""
    folder = tmp_path_factory.mktemp("encoders")
    return folder, prepare_encoder(str(tiny_model), folder)


@pytest.fixture
def tiny_copy(tiny_compiled: tuple[Path, Encoder], tmp_path: Path) -> tuple[Path, Path, str]:
    """A copy that may be damaged: the folder, the compiled encoder's own folder in it, its identity."""
    from qa.index.encoder.compiled_encoder import folder_of

    folder, encoder = tiny_compiled
    copy = tmp_path / "encoders"
    shutil.copytree(folder, copy)
    return copy, folder_of(copy, encoder.identity), encoder.identity
