"""A SentenceTransformer as one float32 ONNX graph: token numbers and mask in, vectors of unit length out."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.index.encoder.sentence_encoder import prompts_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch.nn import Embedding, Module

INPUTS = ("input_ids", "attention_mask")
OPSET = 18
STAND_IN_ROWS = 1024  # of the word embeddings are written


def export_graph(model: SentenceTransformer, path: Path) -> dict[str, NDArray[np.float32]]:
    """Writes `model` to `path`, all its modules in one graph, batch and length free.

    Of the word embeddings, most of the weights where the vocabulary is large, only the first rows are written: the
    exporter holds what it writes three times. Gives the whole of them, (words, width), by their name in the graph.

    Raises ValueError for a model whose pooling leaves its prompt out, and whatever the exporter raises.
    """
    import torch

    if any(prompts_of(model).values()) and not all(getattr(module, "include_prompt", True) for module in model):
        raise ValueError("pooling leaves out the prompt")

    transformer: Any = model[0]
    attention = transformer.model.config._attn_implementation
    transformer.model.set_attn_implementation("eager")  # a tenth faster than the others when exported
    words = transformer.model.get_input_embeddings()
    table = words.weight.detach().float().numpy()
    sample = torch.tensor([[0, 1, 2, 3], [0, 1, 0, 0]])  # of the first rows
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]])
    free = {0: "batch", 1: "length"}
    try:
        with _first_rows(words), warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # tracing speaks of branches; the check of the vectors decides
            torch.onnx.export(
                _as_one_module(model),
                (sample, mask),
                str(path),
                dynamo=False,  # the other exporter needs two more packages and its graph is slower here
                opset_version=OPSET,
                input_names=list(INPUTS),
                output_names=["vectors"],
                dynamic_axes={INPUTS[0]: free, INPUTS[1]: free, "vectors": {0: "batch"}},
            )
    finally:
        transformer.model.set_attn_implementation(attention)
    return {f"stages.{name}": table for name, weight in model.named_parameters() if weight is words.weight}


def _as_one_module(model: SentenceTransformer) -> Module:
    """The model from token numbers and mask to vectors of unit length."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.stages = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for module in self.stages:
                features = module(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    return Whole().eval()


@contextmanager
def _first_rows(words: Embedding) -> Iterator[None]:
    """Meanwhile the embeddings have but their first rows, that of the padding among them, which torch asks for."""
    table = words.weight.data
    words.weight.data = table[: max(STAND_IN_ROWS, (words.padding_idx or 0) + 1)]
    try:
        yield
    finally:
        words.weight.data = table
