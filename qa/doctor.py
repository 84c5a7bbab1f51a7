"""Whether everything that answering needs is there and as it should be, and how to mend what is not."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.errors import EncoderError, IndexUnusableError, QAError, SettingsError, StorageError
from qa.index.embeddings import EmbeddingCache, cache_file
from qa.index.encoder import check_files, open_encoder
from qa.index.generation import DICTIONARY, live_manifest, open_documents, open_generation
from qa.index.manifest import MEND
from qa.knowledge_base import ENCODERS
from qa.rebuilding import compare_with_live, survey_folder
from qa.settings import Settings, read_settings
from qa.text.dictionary import MappedDictionary
from qa.text.words import load_dictionary

_SENTENCE = "2024年高新技术企业培育目标是多少？"
_COMPILING = 800 << 20  # bytes: the exported model and the compiled one, while a build makes the encoder


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; where it is not `sound`, the text says how to mend it."""

    check: str
    sound: bool
    text: str


def examine(documents: str | Path | None = None, vectors: str | Path | None = None) -> tuple[Finding, ...]:
    """The findings of all checks; those that need an index only where there is one. Reads every file of the index."""
    try:
        settings = read_settings(documents=documents, vectors=vectors)
    except SettingsError as error:
        return (Finding("设置", False, str(error)),)
    checks = {"索引": _check_index, "磁盘": _check_disk}
    try:
        live_manifest(settings.vectors)
        checks |= {
            "文档": _check_documents,
            "词典": _check_dictionary,
            "编码器": _check_encoder,
            "向量缓存": _check_cache,
        }
    except QAError:
        pass  # the check of the index says so
    named = f"文档目录“{settings.documents}”，索引目录“{settings.vectors}”"
    return (Finding("设置", True, named), *(_run(name, check, settings) for name, check in checks.items()))


def _run(name: str, check: Callable[[Settings], str], settings: Settings) -> Finding:
    """A check gives what it found, or raises what is wrong."""
    try:
        return Finding(name, True, check(settings))
    except QAError as error:
        return Finding(name, False, str(error))
    except (OSError, sqlite3.Error) as error:
        return Finding(name, False, f"无法检查：{error}。请检查磁盘和目录权限。")


def _check_index(settings: Settings) -> str:
    manifest, store = open_documents(settings.vectors)
    store.close()
    open_generation(settings.vectors).close()
    counts = f"{manifest.documents} 份文档，{manifest.passages} 个段落"
    return f"{manifest.generation}，{len(manifest.files) + 1} 个文件与校验和一致，{counts}"


def _check_disk(settings: Settings) -> str:
    folder = next(path for path in (settings.vectors.absolute(), *settings.vectors.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    try:
        _, manifest = live_manifest(settings.vectors)
        # A build writes a whole generation beside the live one; the cache grows by what is new of it.
        needed = 2 * sum(seal.bytes for seal in manifest.files.values())
    except QAError:
        needed = 0
    needed += 0 if (settings.vectors / ENCODERS).is_dir() else _COMPILING
    if free < needed:
        raise StorageError(f"“{folder}”只剩 {_megabytes(free)}，建立一次索引约需 {_megabytes(needed)}。请腾出空间。")
    return f"剩余 {_megabytes(free)}，建立一次索引约需 {_megabytes(needed)}"


def _check_documents(settings: Settings) -> str:
    survey = survey_folder(settings.documents)
    changes = compare_with_live(survey, settings.vectors)
    differing = len(changes.new) + len(changes.changed) + len(changes.renamed) + len(changes.deleted)
    if differing or changes.reread:
        reason = f"有 {differing} 个文件与索引不一致" if differing else "读取规则有变"
        raise QAError(f"文档目录“{settings.documents}”{reason}。请运行 python -m qa build 更新索引。")
    return f"{changes.unchanged} 个文件与索引一致"


def _check_dictionary(settings: Settings) -> str:
    folder, manifest = live_manifest(settings.vectors)
    try:
        saved = MappedDictionary(folder / DICTIONARY)
    except ValueError as error:
        raise IndexUnusableError(f"词典 {folder / DICTIONARY} 已损坏（{error}）。{MEND}") from error
    if saved.total != sum(load_dictionary().FREQ.values()):
        raise IndexUnusableError(f"索引中的词典 {folder / DICTIONARY} 与本机的 jieba 词典不同。{MEND}")
    return f"{manifest.word_list}，与索引中的一致"


def _check_encoder(settings: Settings) -> str:
    _, manifest = live_manifest(settings.vectors)
    check_files(settings.vectors / ENCODERS, manifest.encoder)
    encoder = open_encoder(settings.vectors / ENCODERS, manifest.encoder, settings.model)
    vector = encoder.encode_queries([_SENTENCE])
    if vector.shape != (1, manifest.dimension) or not np.allclose(np.linalg.norm(vector), 1, atol=1e-3):
        said = f"向量形状 {vector.shape}，长度 {np.linalg.norm(vector):.3f}，应为 (1, {manifest.dimension}) 和 1"
        raise EncoderError(f"编码器 {encoder.identity} 给出的向量不对：{said}。{MEND}")
    return f"{encoder.identity}，{manifest.dimension} 维" + (f"（{encoder.note}）" if encoder.note else "")


def _check_cache(settings: Settings) -> str:
    _, manifest = live_manifest(settings.vectors)
    file = cache_file(settings.vectors, manifest.encoder)
    if not file.is_file():
        return "没有缓存，下一次建立会重新计算全部向量"
    with closing(EmbeddingCache(settings.vectors, manifest.encoder, manifest.dimension)) as cache:
        return f"{cache.check()} 条与校验和一致"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"
