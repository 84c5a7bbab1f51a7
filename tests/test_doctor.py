"""One flipped bit in any file is found and named, and whatever else is amiss is said with the way out."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from numpy.typing import NDArray

import qa
from qa.cli.commands import main
from qa.doctor import examine
from qa.index.embeddings import cache_file
from qa.records import BuildReport
from tests.conftest import SEEDS
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

Folders = tuple[Path, Path]


@pytest.fixture
def folders(tmp_path: Path, stub: StubEncoder, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setattr("qa.doctor.open_encoder", lambda folder, identity, model: stub)
    documents, vectors = tmp_path / "文档", tmp_path / "vectors"
    write_notice(documents, "科技计划", "2024年新增高新技术企业110家。")
    qa.rebuild(documents, vectors)
    return documents, vectors


def problems(folders: Folders) -> dict[str, str]:
    return {finding.check: finding.text for finding in examine(*folders) if not finding.sound}


def flip(file: Path, chance: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def test_all_is_well(folders: Folders) -> None:
    findings = examine(*folders)
    assert [finding.check for finding in findings] == ["设置", "索引", "磁盘", "文档", "词典", "编码器", "向量缓存"]
    assert [finding.text for finding in findings if not finding.sound] == []


def test_one_flipped_bit_in_any_file_of_the_generation_is_named(folders: Folders) -> None:
    chance = random.Random(9)
    generation = folders[1] / (folders[1] / "current").read_text().strip()
    files = [path for path in generation.rglob("*") if path.is_file()]
    assert len(files) > 8
    for file in files:
        content = file.read_bytes()
        for _ in range(5):
            flip(file, chance)
            found = problems(folders)["索引"]
            assert file.relative_to(generation).as_posix() in found
            assert "python -m qa build" in found
            file.write_bytes(content)
    assert problems(folders) == {}


def test_a_damaged_cache_is_named(folders: Folders) -> None:
    file = cache_file(folders[1], "stub")
    with closing(sqlite3.connect(file)) as cache:
        (vector,) = cache.execute("SELECT vector FROM embeddings").fetchone()
    content = bytearray(file.read_bytes())
    content[content.index(vector) + 7] ^= 16
    file.write_bytes(content)
    found = problems(folders)
    assert list(found) == ["向量缓存"]
    assert str(file) in found["向量缓存"]
    assert "删除该文件" in found["向量缓存"]


def test_documents_that_changed_are_told(folders: Folders) -> None:
    write_notice(folders[0], "人才引进", "引进人才50人。")
    assert "有 1 个文件与索引不一致" in problems(folders)["文档"]
    shutil.rmtree(folders[0])
    assert "找不到文档目录" in problems(folders)["文档"]


def test_a_full_disk_is_told(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(folders[1])
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=1 << 20))
    assert problems(folders)["磁盘"].endswith("请腾出空间。")


def test_no_index(tmp_path: Path) -> None:
    found = problems((tmp_path, tmp_path / "vectors"))
    assert list(found) == ["索引"]
    assert "python -m qa build" in found["索引"]
    assert not (tmp_path / "vectors").exists()


def test_an_encoder_that_gives_other_vectors(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(StubEncoder):
        def _vector(self, text: str) -> NDArray[np.float32]:
            return np.ones(self.dimension, np.float32)

    monkeypatch.setattr("qa.doctor.open_encoder", lambda folder, identity, model: Other())
    assert "给出的向量不对" in problems(folders)["编码器"]
    monkeypatch.setattr("qa.doctor.open_encoder", lambda folder, identity, model: StubEncoder(dimension=8))
    assert "(1, 8)" in problems(folders)["编码器"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments], prog_name="qa")


def test_the_command(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    where = ["--documents", str(folders[0]), "--vectors", str(folders[1])]
    result = run(*where)
    assert (result.exit_code, {line[0] for line in result.stdout.splitlines()}) == (0, {"✓"})
    write_notice(folders[0], "人才引进", "引进人才50人。")
    result = run(*where)
    assert (result.exit_code, [line[:4] for line in result.stdout.splitlines() if line[0] == "✗"]) == (1, ["✗ 文档"])
    shown = json.loads(run(*where, "--json").stdout)
    assert [finding["check"] for finding in shown if not finding["sound"]] == ["文档"]
    monkeypatch.setenv("QA_COLOUR", "red")
    result = run(*where)
    assert (result.exit_code, result.stdout.startswith("✗ 设置：不认识的设置：QA_COLOUR")) == (1, True)


def test_one_flipped_bit_in_any_file_of_the_packaged_encoder_is_named(
    seed_index: tuple[Path, BuildReport], tmp_path: Path
) -> None:
    vectors = tmp_path / "vectors"
    shutil.copytree(seed_index[0], vectors)
    assert problems((SEEDS, vectors)) == {}
    chance = random.Random(9)
    (encoder,) = (vectors / "encoders").iterdir()
    for file in encoder.iterdir():
        content = file.read_bytes()
        flip(file, chance)
        found = problems((SEEDS, vectors))
        assert list(found) == ["编码器"]
        assert file.name in found["编码器"] or file.name == "encoder.json"
        assert "python -m qa build" in found["编码器"]
        file.write_bytes(content)
