"""Only what changed costs work; what went wrong is listed; a running knowledge base moves on."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

import qa
from qa.documents.reading import FileReading, SourceFile, read_file
from qa.errors import ReadingStoppedError, StorageError
from qa.knowledge_base import plan_rebuild
from qa.records import Changes, SkippedFile
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

Folders = tuple[Path, Path]
TARGET = "2024年新增高新技术企业110家。"
SAMPLES = Path(__file__).parent / "documents" / "formats" / "samples"


@pytest.fixture
def folders(tmp_path: Path, stub: StubEncoder) -> Folders:
    documents = tmp_path / "文档"
    write_notice(documents, "科技计划", TARGET)
    write_notice(documents, "粮食生产", "粮食播种面积稳定在20万亩以上。")
    return documents, tmp_path / "vectors"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that builds read, in order."""
    sources: list[str] = []

    def noting(file: SourceFile) -> FileReading:
        sources.append(file.source)
        return read_file(file)

    monkeypatch.setattr("qa.rebuilding.reading_process", lambda: nullcontext(noting))
    return sources


def test_only_new_and_changed_files_are_read(folders: Folders, read: list[str]) -> None:
    first = qa.rebuild(*folders)
    assert (first.read, first.reused, first.changes.new) == (2, 0, ("科技计划.txt", "粮食生产.txt"))
    read.clear()
    write_notice(folders[0], "粮食生产", "粮食播种面积稳定在21万亩以上。")
    write_notice(folders[0], "人才引进", "引进人才50人。")
    report = qa.rebuild(*folders)
    assert read == ["人才引进.txt", "粮食生产.txt"]
    assert (report.read, report.reused) == (2, 1)
    assert report.changes == Changes(new=("人才引进.txt",), changed=("粮食生产.txt",), unchanged=1)


def test_what_is_taken_over_is_what_was_read(folders: Folders) -> None:
    shutil.copy(SAMPLES / "notice.pdf", folders[0])
    shutil.copy(SAMPLES / "indicators.xlsx", folders[0])
    qa.rebuild(*folders)
    before = qa.KnowledgeBase.open(folders[1])
    write_notice(folders[0], "人才引进", "引进人才50人。")
    assert qa.rebuild(*folders).reused == 4
    after = qa.KnowledgeBase.open(folders[1])
    for card in before.documents():
        assert after.document(card.id) == before.document(card.id)
    question = "镇海区高新技术企业目标"
    found = {hit.passage for hit in before.retrieve(question, 100)}
    assert found <= {hit.passage for hit in after.retrieve(question, 100)}


def test_renamed_file_is_neither_read_nor_encoded(folders: Folders, stub: StubEncoder, read: list[str]) -> None:
    qa.rebuild(*folders)
    read.clear()
    stub.encoded.clear()
    (folders[0] / "甲").mkdir()
    (folders[0] / "粮食生产.txt").rename(folders[0] / "甲" / "丰收.txt")
    report = qa.rebuild(*folders)
    assert report.changes.renamed == (("粮食生产.txt", "甲/丰收.txt"),)
    assert (report.read, report.reused, read, stub.encoded) == (0, 2, [], [])
    knowledge_base = qa.KnowledgeBase.open(folders[1])
    hit = knowledge_base.retrieve("粮食播种面积", 1)[0]
    assert (hit.source, hit.passage.document_id) == ("甲/丰收.txt", "甲/丰收.txt")
    assert hit.passage.id == f"甲/丰收.txt@{hit.passage.start}"
    assert knowledge_base.document(hit.passage.document_id).card.source == "甲/丰收.txt"


def test_renamed_file_is_read_again_where_its_name_is_its_title(folders: Folders, read: list[str]) -> None:
    (folders[0] / "春播.txt").write_text(
        f"一、任务\n{'各单位要认真做好有关工作，确保完成目标。' * 3}", encoding="utf-8"
    )
    qa.rebuild(*folders)
    read.clear()
    (folders[0] / "春播.txt").rename(folders[0] / "秋收.txt")
    qa.rebuild(*folders)
    assert read == ["秋收.txt"]
    assert "秋收" in [card.title for card in qa.KnowledgeBase.open(folders[1]).documents()]


def test_two_files_of_the_same_content_are_both_held(folders: Folders) -> None:
    shutil.copy(folders[0] / "粮食生产.txt", folders[0] / "副本.txt")
    assert qa.rebuild(*folders).documents == 3
    shutil.copy(folders[0] / "粮食生产.txt", folders[0] / "又一份.txt")
    report = qa.rebuild(*folders)
    assert (report.documents, report.changes.new) == (4, ("又一份.txt",))
    assert qa.rebuild(*folders).unchanged


def test_files_are_read_again_when_they_are_read_in_another_way(
    folders: Folders, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    qa.rebuild(*folders)
    read.clear()
    for module in ("qa.rebuilding", "qa.index.building"):
        monkeypatch.setattr(f"{module}.reading_version", lambda: "another")
    assert plan_rebuild(*folders).changes == Changes(unchanged=2, reread=True)
    report = qa.rebuild(*folders)
    assert (report.changes.reread, report.reused, len(read)) == (True, 0, 2)


def test_plan_says_what_a_build_would_do_and_writes_nothing(folders: Folders) -> None:
    assert plan_rebuild(*folders).changes == Changes(new=("科技计划.txt", "粮食生产.txt"))
    assert not folders[1].exists()
    qa.rebuild(*folders)
    write_notice(folders[0], "科技计划", "另一个目标。")
    (folders[0] / "粮食生产.txt").rename(folders[0] / "丰收.txt")
    (folders[0] / "链接.txt").symlink_to("/etc/passwd")
    before = sorted(folders[1].rglob("*"))
    plan = plan_rebuild(*folders)
    assert plan.changes == Changes(changed=("科技计划.txt",), renamed=(("粮食生产.txt", "丰收.txt"),))
    assert [file.source for file in plan.skipped] == ["链接.txt"]
    assert sorted(folders[1].rglob("*")) == before
    assert qa.rebuild(*folders).changes == plan.changes


def files_of(generation: Path) -> list[Path]:
    """Ordered by suffix first: the lexical index gives its files other names in every build."""
    files = (path for path in generation.rglob("*") if path.is_file())
    return sorted(files, key=lambda path: (path.suffix, path.name))


def test_a_flipped_bit_in_any_file_is_mended_by_a_build(folders: Folders) -> None:
    generation = qa.rebuild(*folders).generation
    count = len(files_of(folders[1] / generation))
    assert count > 8
    for number in range(count):
        file = files_of(folders[1] / generation)[number]
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 4
        file.write_bytes(content)
        report = qa.rebuild(*folders)
        assert (report.unchanged, report.read, report.documents) == (False, 2, 2), file
        generation = report.generation
    assert qa.rebuild(*folders).unchanged


def test_links_and_odd_names_are_listed_and_everything_else_is_built(folders: Folders) -> None:
    documents = folders[0]
    (documents / "外.txt").symlink_to("/etc/passwd")
    (documents / "断.txt").symlink_to(documents / "没有.txt")
    (documents / "目录").symlink_to("/etc")
    (documents / "里.txt").symlink_to(documents / "粮食生产.txt")
    (documents / "换\n行.txt").write_text("内容", encoding="utf-8")
    (documents / ".藏.txt").write_text("内容", encoding="utf-8")
    report = qa.rebuild(*folders)
    reasons = {file.source: file.reason for file in report.skipped}
    assert sorted(reasons) == sorted(["外.txt", "断.txt", "目录", "换\n行.txt"])
    assert "文档目录之外" in reasons["外.txt"]
    assert "不存在" in reasons["断.txt"]
    assert report.documents == 3
    assert qa.rebuild(*folders).unchanged


def test_file_that_can_be_read_now_is_taken_in_although_nothing_changed(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(SAMPLES / "locked.pdf", folders[0])
    first = qa.rebuild(*folders)
    assert [file.source for file in first.skipped] == ["locked.pdf"]
    assert qa.rebuild(*folders).unchanged

    def unlocked(file: SourceFile) -> FileReading:
        return read_file(SourceFile(file.source, folders[0] / "粮食生产.txt"))

    monkeypatch.setattr("qa.rebuilding.reading_process", lambda: nullcontext(unlocked))
    report = qa.rebuild(*folders)
    assert (report.unchanged, report.documents, report.skipped, report.read) == (False, 3, (), 1)


def test_suspicious_files_and_dropped_characters_are_reported_and_remembered(folders: Folders) -> None:
    shutil.copy(SAMPLES / "page.html", folders[0])
    (folders[0] / "春播.txt").write_text(
        f"一、任务\n{'各单位要认真做好有关工作，确保完成目标。' * 3}", encoding="utf-8"
    )
    first = qa.rebuild(*folders)
    assert [(file.source, file.reason) for file in first.suspicious] == [
        ("春播.txt", "没有找到标题，以文件名或首句代替")
    ]
    assert list(first.dropped) == ["page.html"]
    assert first.dropped["page.html"] > 0
    write_notice(folders[0], "人才引进", "引进人才50人。")
    second, third = qa.rebuild(*folders), qa.rebuild(*folders)
    assert second.suspicious == third.suspicious == first.suspicious
    assert second.dropped == third.dropped == first.dropped
    assert qa.KnowledgeBase.open(folders[1]).describe()["suspicious"] == first.suspicious


def test_progress_counts_the_files(folders: Folders) -> None:
    told: list[tuple[str, int, int]] = []
    qa.rebuild(*folders, progress=lambda stage, done, total: told.append((stage, done, total)))
    assert [step for step in told if step[0] == "读取文件"] == [("读取文件", done, 2) for done in range(3)]


def test_stopped_build_encodes_nothing_twice(
    folders: Folders, stub: StubEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.index.building.ENCODED_AT_ONCE", 2)

    def stop(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("计算向量", 4):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        qa.rebuild(*folders, progress=stop)
    done = len(stub.encoded)
    assert done == 4
    report = qa.rebuild(*folders)
    assert len(stub.encoded) == len(set(stub.encoded)) == done + report.encoded


def test_folder_that_cannot_be_written_is_named(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "一个文件").touch()
    with pytest.raises(StorageError, match="一个文件"):
        qa.rebuild(folders[0], tmp_path / "一个文件" / "vectors")


def test_full_disk_is_named(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    generation = qa.rebuild(*folders).generation
    write_notice(folders[0], "人才引进", "引进人才50人。")
    monkeypatch.setattr("qa.index.building.write_vectors", fail)
    with pytest.raises(StorageError, match="No space left"):
        qa.rebuild(*folders)
    assert qa.KnowledgeBase.open(folders[1]).describe()["generation"] == generation


@pytest.fixture
def rebuilt(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Changes a figure, builds, and gives the name of the new generation."""
    monkeypatch.setattr("qa.knowledge_base.LOOK_EVERY", 0)

    def change() -> str:
        write_notice(folders[0], "粮食生产", "粮食播种面积稳定在21万亩以上。")
        return qa.rebuild(*folders).generation

    return change


def test_knowledge_base_moves_to_the_newer_generation(folders: Folders, rebuilt: Callable[[], str]) -> None:
    qa.rebuild(*folders)
    knowledge_base = qa.KnowledgeBase.open(folders[1])
    assert "20万亩" in knowledge_base.retrieve("粮食播种面积", 1)[0].text
    generation = rebuilt()
    assert knowledge_base.describe()["generation"] == generation
    assert "21万亩" in knowledge_base.ask("粮食播种面积").citations[0].text


def test_question_under_way_ends_on_the_generation_it_began_with(
    folders: Folders, rebuilt: Callable[[], str], stub: StubEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    qa.rebuild(*folders)
    knowledge_base = qa.KnowledgeBase.open(folders[1])
    plain = stub.encode_queries

    def encode_while_building(texts: list[str]) -> object:
        monkeypatch.setattr(stub, "encode_queries", plain)
        rebuilt()
        rebuilt()
        return plain(texts)

    monkeypatch.setattr(stub, "encode_queries", encode_while_building)
    assert "20万亩" in knowledge_base.retrieve("粮食播种面积", 1)[0].text
    assert "21万亩" in knowledge_base.retrieve("粮食播种面积", 1)[0].text


def test_old_generation_serves_on_where_the_newer_one_does_not_open(
    folders: Folders, rebuilt: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    first = qa.rebuild(*folders).generation
    knowledge_base = qa.KnowledgeBase.open(folders[1])
    store = folders[1] / rebuilt() / "passages.sqlite"
    content = store.read_bytes()
    store.unlink()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert "20万亩" in knowledge_base.retrieve("粮食播种面积", 1)[0].text
    assert [record.name for record in caplog.records] == ["qa.knowledge_base"]
    described = knowledge_base.describe()
    assert described["generation"] == first
    assert "passages.sqlite" in str(described["problem"])
    store.write_bytes(content)
    assert "21万亩" in knowledge_base.retrieve("粮食播种面积", 1)[0].text
    assert knowledge_base.describe()["problem"] is None


def test_looking_for_a_newer_generation_is_done_once_a_second(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    qa.rebuild(*folders)
    clock, looked = [100.0], []
    monkeypatch.setattr("qa.knowledge_base.time.monotonic", lambda: clock[0])
    knowledge_base = qa.KnowledgeBase.open(folders[1])
    monkeypatch.setattr(knowledge_base, "_move_on", lambda: looked.append(clock[0]))
    for moment in (100.5, 100.9, 101.0, 101.5, 102.1):
        clock[0] = moment
        knowledge_base.documents()
    assert looked == [101.0, 102.1]


def test_skipped_files_are_in_the_order_of_their_names(folders: Folders) -> None:
    (folders[0] / "丙.exe").write_bytes(b"MZ")
    (folders[0] / "丁.txt").symlink_to("/etc/passwd")
    (folders[0] / "乙.txt").write_bytes(b"")
    skipped = qa.rebuild(*folders).skipped
    assert [file.source for file in skipped] == sorted(file.source for file in skipped)
    assert all(isinstance(file, SkippedFile) for file in skipped)
    assert len(skipped) == 3


def test_documents_are_related_anew_by_every_build(folders: Folders) -> None:
    text = (
        "镇海区项目管理办法\n第一条 为规范项目管理，提高资金使用效益，结合本区实际，制定本办法，请各单位认真遵照执行。"
    )
    old, new = folders[0] / "旧.txt", folders[0] / "新.txt"
    old.write_text(f"{text}\n镇海区科技局\n2019年5月1日", encoding="utf-8")
    new.write_text(f"{text}\n本办法自2024年4月1日起施行，《镇海区项目管理办法》同时废止。", encoding="utf-8")
    write_notice(
        folders[0],
        "粮食生产",
        "".join(f"{crop}播种面积稳定在20万亩以上。" for crop in ("水稻", "小麦", "大豆", "油菜")),
    )
    shutil.copy(folders[0] / "粮食生产.txt", folders[0] / "副本.txt")
    report = qa.rebuild(*folders)
    assert report.duplicates == qa.rebuild(*folders).duplicates == (("副本.txt", "粮食生产.txt"),)
    cards = {card.id: card for card in qa.KnowledgeBase.open(folders[1]).documents()}
    assert (cards["旧.txt"].validity.repealed_by, cards["副本.txt"].duplicates) == (("新.txt",), ("粮食生产.txt",))
    new.unlink()
    (folders[0] / "副本.txt").unlink()
    qa.rebuild(*folders)
    cards = {card.id: card for card in qa.KnowledgeBase.open(folders[1]).documents()}
    assert (cards["旧.txt"].validity.repealed_by, cards["粮食生产.txt"].duplicates) == ((), ())


def test_a_file_whose_reading_was_stopped_is_not_tried_again_until_it_changes(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def stopping(file: SourceFile) -> FileReading:
        tried.append(file.source)
        if "炸弹" in file.source:
            raise ReadingStoppedError("读取超时")
        return read_file(file)

    monkeypatch.setattr("qa.rebuilding.reading_process", lambda: nullcontext(stopping))
    write_notice(folders[0], "炸弹", "内容。")
    skipped = SkippedFile("炸弹.txt", "读取超时", stopped=True)
    assert qa.rebuild(*folders).skipped == (skipped,)
    tried.clear()
    assert qa.rebuild(*folders).unchanged
    (folders[0] / "炸弹.txt").rename(folders[0] / "旧炸弹.txt")
    write_notice(folders[0], "人才引进", "引进人才50人。")
    assert qa.rebuild(*folders).skipped == (SkippedFile("旧炸弹.txt", "读取超时", stopped=True),)
    assert tried == ["人才引进.txt"]
    write_notice(folders[0], "旧炸弹", "改了。")
    qa.rebuild(*folders)
    assert tried == ["人才引进.txt", "旧炸弹.txt"]
