"""Compiles a SentenceTransformer for ONNX Runtime and checks the result against it."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.index.encoder.compiled_encoder import CARD, GRAPH, CompiledEncoder, folder_of
from qa.index.encoder.onnx_export import export_graph
from qa.index.encoder.quantisation import quantise_graph
from qa.index.encoder.sentence_encoder import SentenceEncoder, prompts_of
from qa.index.encoder.tokenisation import save_tokeniser
from qa.index.integrity import flush, flush_tree, seal_files, write_sealed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WEIGHTS = "model.weights"
_COMPILING = ".compiling-"
LEAST_COSINE = 0.98  # of a compiled vector to the original's
RANKING_SLACK = 0.01  # see Check.ranking_loss

QUESTIONS = (
    "2024年高新技术企业培育目标是多少？",
    "全区规上工业增加值增长了多少",
    "老旧小区改造由哪个部门负责？",
    "申请稳岗补贴需要哪些材料",
    "政府工作报告里R&D经费占GDP的比重",
    "新建幼儿园的学位有几个？",
)
PASSAGES = (
    "2024年，力争净增国家高新技术企业60家以上，新增省级科技型中小企业200家。",
    "全年规模以上工业增加值完成３８６．５亿元，比上年增长８．２％，其中高技术制造业增长12.4%。",
    "老旧小区改造由区住房和城乡建设局牵头，各街道办事处配合，年内完成23个小区。",
    "申请稳岗返还的企业应当提交营业执照复印件、失业保险缴费证明和《稳岗补贴申请表》，由区人力社保局审核后公示五个工作日，"
    "公示无异议的，十五个工作日内拨付到账；材料不全的，一次性告知需要补正的全部内容。",
    "研究与试验发展（R&D）經費支出占地区生产总值比重达到3.1%，较上年提高0.15个百分点。",
    "新建、改扩建幼儿园7所，新增学位1890个；普惠性幼儿园覆盖率保持在９５％以上。",
    "关于印发《2023年度法治政府建设工作要点》的通知",
    "一、总体要求。坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，加快构建新发展格局，着力推动高质量发展。",
)


class CompilationError(Exception):
    """The model cannot be compiled, or what came out is not near enough to it; says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Check:
    """How near compiled vectors are to the original's."""

    least_cosine: float
    mean_cosine: float
    ranking_loss: float  # the most that a question's first passage trails the original's first, in original cosine


def compile_encoder(model: SentenceTransformer, identity: str, folder: Path) -> None:
    """Puts the compiled `model` into its place under `folder`, whole or not at all.

    Raises CompilationError where export or check fail.
    """
    target = folder_of(folder, identity)
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(f"{_COMPILING}*"):  # of builds that died
        shutil.rmtree(leftover)
    with TemporaryDirectory(prefix=_COMPILING, dir=folder) as scratch:
        made, exported = Path(scratch, "made"), Path(scratch, "exported")
        made.mkdir()
        exported.mkdir()
        _write(model, identity, made, exported)
        flush_tree(made)
        shutil.rmtree(target, ignore_errors=True)  # what lies there was found unusable
        made.rename(target)
        flush(folder)


def check(original: NDArray[np.float32], compiled: NDArray[np.float32], questions: int) -> Check:
    """Compares vectors of the same texts, (n, dimension) each; the first `questions` of them ask, the others answer."""
    cosines = (original * compiled).sum(axis=1)
    wanted = original[:questions] @ original[questions:].T
    first = (compiled[:questions] @ compiled[questions:].T).argmax(axis=1)
    loss = (wanted.max(axis=1) - wanted[np.arange(questions), first]).max()
    return Check(round(float(cosines.min()), 5), round(float(cosines.mean()), 5), round(float(loss), 5))


def _write(model: SentenceTransformer, identity: str, made: Path, exported: Path) -> None:
    try:
        _optimise(_quantise(model, exported), made)
        save_tokeniser(_tokenizer(model), made)
        card = _card(model, identity) | {"files": {name: asdict(seal) for name, seal in seal_files(made).items()}}
        write_sealed(made / CARD, card)
        figures = _check_against(model, CompiledEncoder(made))
        write_sealed(made / CARD, card | {"check": asdict(figures)})
    except CompilationError:
        raise
    except Exception as error:  # exporter and runtime raise whatever they like; the caller shows it
        raise CompilationError(f"导出失败（{type(error).__name__}：{str(error).splitlines()[0][:200]}）") from error


def _quantise(model: SentenceTransformer, scratch: Path) -> Path:
    """The model as an int8 graph in a file."""
    import onnx

    left_out = export_graph(model, scratch / "float.onnx")
    graph = onnx.load(scratch / "float.onnx")
    if not quantise_graph(graph, left_out):
        raise CompilationError("导出的模型里没有可压缩的矩阵")
    onnx.save(graph, scratch / "int8.onnx", save_as_external_data=True, location="int8.weights")
    return scratch / "int8.onnx"


def _optimise(graph: Path, made: Path) -> None:
    """Lets the runtime optimise the graph once; the weights go beside it, to be mapped."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED  # fit for any processor
    options.optimized_model_filepath = str(made / GRAPH)
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    options.log_severity_level = 3  # it warns of every optimised file that it may not suit another machine
    onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _check_against(model: SentenceTransformer, compiled: CompiledEncoder) -> Check:
    original = SentenceEncoder(model, compiled.identity)
    wanted, given = (
        np.concatenate([encoder.encode_queries(QUESTIONS), encoder.encode_passages(PASSAGES)])
        for encoder in (original, compiled)
    )
    figures = check(wanted, given, len(QUESTIONS))
    if figures.least_cosine < LEAST_COSINE or figures.ranking_loss > RANKING_SLACK:
        raise CompilationError(
            f"编译后的向量与原模型相差过大（余弦最低 {figures.least_cosine:.3f}，排序损失 {figures.ranking_loss:.3f}）"
        )
    return figures


def _card(model: SentenceTransformer, identity: str) -> dict[str, Any]:
    transformer: Any = model[0]
    return {
        "identity": identity,
        "dimension": model.get_embedding_dimension(),
        "prompts": prompts_of(model),
        "max_length": min(model.max_seq_length or 512, 8192),
        "padding": transformer.tokenizer.pad_token_id or 0,
        "versions": {name: version(name) for name in ("onnx", "onnxruntime", "sentence-transformers", "torch")},
    }


def _tokenizer(model: SentenceTransformer) -> Any:
    """A copy of the tokenizers.Tokenizer inside, so that the model's own stays as it is."""
    from tokenizers import Tokenizer

    transformer: Any = model[0]
    return Tokenizer.from_str(transformer.tokenizer.backend_tokenizer.to_str())
