"""A SentenceTransformer as one float32 ONNX graph: token numbers and mask in, vectors of unit length out."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.index.encoder.sentence_encoder import prompts_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

INPUTS = ("input_ids", "attention_mask")
OPSET = 18


def export_graph(model: SentenceTransformer, path: Path) -> None:
    """Writes `model` to `path`, all its modules in one graph, batch and length free.

    Raises ValueError for a model whose pooling leaves its prompt out, and whatever the exporter raises.
    """
    import torch

    if any(prompts_of(model).values()) and not all(getattr(module, "include_prompt", True) for module in model):
        raise ValueError("pooling leaves out the prompt")

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.stages = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for module in self.stages:
                features = module(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    transformer: Any = model[0]
    attention = transformer.model.config._attn_implementation
    transformer.model.set_attn_implementation("eager")  # a tenth faster than the others when exported
    sample = transformer.tokenizer(["一", "二三四五六七八"], padding=True, return_tensors="pt")
    free = {0: "batch", 1: "length"}
    try:
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # tracing speaks of branches; the check of the vectors decides
            torch.onnx.export(
                Whole().eval(),
                tuple(sample[name] for name in INPUTS),
                str(path),
                dynamo=False,  # the other exporter needs two more packages and its graph is slower here
                opset_version=OPSET,
                input_names=list(INPUTS),
                output_names=["vectors"],
                dynamic_axes={INPUTS[0]: free, INPUTS[1]: free, "vectors": {0: "batch"}},
            )
    finally:
        transformer.model.set_attn_implementation(attention)
