from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.errors import IndexMissingError, IndexUnusableError
from qa.index import building
from qa.index.building import BuildResult, Findings, Progress, build_generation
from qa.index.generation import open_generation
from qa.index.integrity import read_sealed, write_sealed
from qa.index.manifest import FORMAT
from qa.records import SkippedFile
from tests.index.samples import Documents, listing, make_document, policy_documents
from tests.stub_encoder import StubEncoder

SOURCES = {"甲.txt": "a1", "乙.txt": "b1", "丙.txt": "c1"}
SKIPPED = [SkippedFile("丁.pdf", "加密的 PDF，没有文字")]
FILES = ["passages.sqlite", "units.faiss", "layout/spans.npy", "words/meta.json"]
FIT = {"encoder": "stub", "weights": {}, "least": 0.0}


def build(
    vectors: Path,
    documents: Documents | None = None,
    encoder: StubEncoder | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    return build_generation(
        vectors,
        documents or policy_documents(),
        encoder or StubEncoder(),
        SOURCES,
        Findings(list(SKIPPED)),
        FIT,
        progress,
    )


def query(text: str) -> NDArray[np.float32]:
    return np.asarray(StubEncoder().encode_queries([text])[0])


def test_what_was_built_can_be_opened_and_searched(tmp_path: Path) -> None:
    result = build(tmp_path)
    index = open_generation(tmp_path)
    assert (result.documents, result.passages, result.units, result.encoded) == (3, 6, 10, 10)
    assert index.manifest.generation == result.generation
    assert (index.manifest.documents, index.manifest.passages, index.manifest.units) == (3, 6, 10)
    assert (index.manifest.encoder, index.manifest.dimension) == ("stub", 64)
    assert (index.manifest.sources, list(index.manifest.skipped)) == (SOURCES, SKIPPED)
    assert index.store.passages(range(6)) == [p for _, passages in policy_documents() for p in passages]
    assert index.layout.first_passage.tolist() == [0, 2, 3, 6]
    assert index.layout.first_unit.tolist() == [0, 3, 4, 7, 8, 9, 10]
    assert index.lexical.search(["食堂"], "words", 5)[0].tolist() == [4]
    asked = query("北仑区｜农业\n推进高标准农田建设，新建1万亩。")
    found = index.vectors.similarities(asked, index.vectors.nearest(asked, 1))
    assert (found.rows.tolist(), found.spans.tolist()) == ([2], [[16, 32]])
    np.testing.assert_allclose(found.best, [1.0], rtol=1e-6)


def test_passages_take_the_order_of_the_text(tmp_path: Path) -> None:
    document, passages = make_document("甲", ["加快人才引进。", "新建幼儿园5所。", "改造老旧小区12个。"])
    build(tmp_path, [(document, [passages[2], passages[0], passages[1]])])
    assert open_generation(tmp_path).store.passages(range(3)) == passages


def test_opening_and_searching_change_no_file(tmp_path: Path) -> None:
    build(tmp_path)
    before = listing(tmp_path)
    index = open_generation(tmp_path)
    index.vectors.nearest(query("人才"), 3, np.array([True, False, True]))
    index.lexical.search(["人才"], "words", 3)
    index.store.document("甲")
    index.close()
    assert listing(tmp_path) == before


def test_the_folder_answers_where_it_is_copied_to(tmp_path: Path) -> None:
    build(tmp_path / "vectors")
    shutil.copytree(tmp_path / "vectors", tmp_path / "elsewhere")
    shutil.rmtree(tmp_path / "vectors")
    assert open_generation(tmp_path / "elsewhere").lexical.search(["食堂"], "words", 5)[0].tolist() == [4]


def test_a_second_build_encodes_only_what_is_new(tmp_path: Path) -> None:
    build(tmp_path)
    encoder = StubEncoder()
    assert build(tmp_path, encoder=encoder).encoded == 0
    documents = [*policy_documents(), make_document("戊", ["新建幼儿园5所。", "加快人才引进。"], "镇海区｜民生")]
    assert build(tmp_path, documents, encoder).encoded == 1  # 丙 has the other, after the same context
    assert encoder.encoded == ["镇海区｜民生\n加快人才引进。"]
    assert build(tmp_path, encoder=StubEncoder("another")).encoded == 10


def test_vectors_are_the_same_whether_encoded_or_known(tmp_path: Path) -> None:
    build(tmp_path)
    first = open_generation(tmp_path).vectors.similarities(query("镇海区"), np.arange(6))
    build(tmp_path)
    second = open_generation(tmp_path).vectors.similarities(query("镇海区"), np.arange(6))
    for name in ("rows", "paragraph", "sentence", "spans"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_a_build_that_is_killed_loses_nothing_it_encoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying(StubEncoder):
        def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if len(self.encoded) >= 8:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    monkeypatch.setattr(building, "ENCODED_AT_ONCE", 4)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, encoder=Dying())
    with pytest.raises(IndexMissingError):
        open_generation(tmp_path)
    assert build(tmp_path).encoded == 2


def test_long_texts_are_encoded_first_and_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "ENCODED_AT_ONCE", 4)
    encoder, told = StubEncoder(), list[tuple[str, int, int]]()
    build(tmp_path, encoder=encoder, progress=lambda *stage: told.append(stage))
    assert [len(text) for text in encoder.encoded] == sorted(map(len, encoder.encoded), reverse=True)
    assert told == [("计算向量", done, 10) for done in (4, 8, 10)] + [("建立词索引", done, 6) for done in (0, 4, 6)]


def test_a_reader_keeps_its_generation(tmp_path: Path) -> None:
    build(tmp_path)
    reader = open_generation(tmp_path)
    for _ in range(2):  # the second removes what the reader has open
        build(tmp_path, [make_document("新", ["另一份文件。"])])
    assert not (tmp_path / reader.manifest.generation).exists()
    assert reader.store.document("甲").card.title == "甲的通知"
    assert reader.store.passages([4])[0].text == "社区食堂覆盖率达到80%。"
    assert reader.vectors.nearest(query("镇海区｜民生\n新建幼儿园5所。"), 1).tolist() == [3]
    assert reader.lexical.search(["食堂"], "words", 5)[0].tolist() == [4]
    assert [card.id for card in open_generation(tmp_path).store.cards()] == ["新"]


def open_folder(vectors: Path) -> Path:
    return vectors / (vectors / "current").read_text(encoding="utf-8").strip()


def refusal(vectors: Path) -> str:
    with pytest.raises(IndexUnusableError) as caught:
        open_generation(vectors)
    assert "python -m qa build" in str(caught.value)
    return str(caught.value)


def test_the_manifest_seals_every_other_file(tmp_path: Path) -> None:
    build(tmp_path)
    folder = open_folder(tmp_path)
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    sealed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"].keys()
    assert files - sealed == {"manifest.json"}
    assert sealed - files == set()
    assert set(FILES) <= sealed


@pytest.mark.parametrize("name", ["manifest.json", *FILES])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    (open_folder(tmp_path) / name).unlink()
    assert f"缺少文件 {open_folder(tmp_path) / name}" in refusal(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_is_named_with_both_sizes(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    file = open_folder(tmp_path) / name
    content = file.read_bytes()
    file.write_bytes(content[:-5])
    assert f"{file} 已损坏：应有 {len(content)} 字节，实有 {len(content) - 5} 字节" in refusal(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_overwritten_with_rubbish_is_named(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    file = open_folder(tmp_path) / name
    file.write_bytes(b"\xff" * file.stat().st_size)
    assert f"内容与清单不符的文件：{name}。" in refusal(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"format": FORMAT}), "\xff{"])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str) -> None:
    build(tmp_path)
    (open_folder(tmp_path) / "manifest.json").write_text(content, encoding="latin-1")
    assert "manifest.json" in refusal(tmp_path)


def change_manifest(**changes: object) -> Callable[[Path], None]:
    def change(vectors: Path) -> None:
        file = open_folder(vectors) / "manifest.json"
        write_sealed(file, read_sealed(file) | changes)

    return change


@pytest.mark.parametrize("other", [1, FORMAT - 1, FORMAT + 1, 99])
def test_another_format_is_refused_whatever_else_it_says(tmp_path: Path, other: int) -> None:
    build(tmp_path)
    file = open_folder(tmp_path) / "manifest.json"
    file.write_text(json.dumps({"format": other, "novelty": "?"}), encoding="utf-8")
    assert f"{file} 的格式是 {other}，本程序使用格式 {FORMAT}" in refusal(tmp_path)


def test_another_word_list_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    change_manifest(word_list="jieba-0.1+abc")(tmp_path)
    assert "按词表 jieba-0.1+abc 建立" in refusal(tmp_path)


def test_a_half_built_folder_is_not_looked_at(tmp_path: Path) -> None:
    build(tmp_path)
    generation = open_generation(tmp_path).manifest.generation
    (tmp_path / ".building-20991231T000000Z-00000000").mkdir()
    (tmp_path / "20991231T000000Z-00000000").mkdir()
    assert open_generation(tmp_path).manifest.generation == generation
