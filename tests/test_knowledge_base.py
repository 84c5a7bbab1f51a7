from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import qa
from qa.errors import IndexMissingError, IndexUnusableError, NoDocumentsError, UnusableQuestionError
from tests.notices import write_notice
from tests.stub_encoder import StubEncoder

FIRST = "一、目标"
TARGET = "2024年新增高新技术企业110家。研发投入强度达到3.42%。"


@pytest.fixture
def folders(tmp_path: Path, stub: StubEncoder) -> tuple[Path, Path]:
    documents = tmp_path / "文档"
    write_notice(documents, "科技计划", FIRST, TARGET)
    write_notice(documents, "粮食生产", FIRST, "粮食播种面积稳定在20万亩以上。")
    return documents, tmp_path / "vectors"


def sources(vectors: Path) -> list[str]:
    return [card.source for card in qa.KnowledgeBase.open(vectors).documents()]


def test_first_build_encodes_everything_and_reports_it(folders: tuple[Path, Path], stub: StubEncoder) -> None:
    report = qa.rebuild(*folders)
    assert (report.documents, report.unchanged, report.skipped) == (2, False, ())
    assert report.passages == 8
    assert report.encoded == len(stub.encoded) == len(set(stub.encoded)) <= report.units
    assert report.seconds > 0
    assert sources(folders[1]) == ["科技计划.txt", "粮食生产.txt"]


def test_unchanged_folder_keeps_its_generation_and_encodes_nothing(
    folders: tuple[Path, Path], stub: StubEncoder
) -> None:
    first = qa.rebuild(*folders)
    stub.encoded.clear()
    second = qa.rebuild(*folders)
    assert second.unchanged
    assert (second.encoded, stub.encoded) == (0, [])
    assert (second.generation, second.documents, second.passages, second.units) == (
        first.generation,
        first.documents,
        first.passages,
        first.units,
    )


def test_changed_file_is_encoded_again_and_nothing_else(folders: tuple[Path, Path], stub: StubEncoder) -> None:
    first = qa.rebuild(*folders)
    stub.encoded.clear()
    write_notice(folders[0], "粮食生产", FIRST, "粮食播种面积稳定在21万亩以上。")
    second = qa.rebuild(*folders)
    assert second.generation != first.generation
    assert second.encoded == len(stub.encoded) > 0
    assert all("21万亩" in text for text in stub.encoded)


def test_new_and_deleted_files(folders: tuple[Path, Path], stub: StubEncoder) -> None:
    qa.rebuild(*folders)
    write_notice(folders[0], "人才引进", "引进人才50人。")
    (folders[0] / "粮食生产.txt").unlink()
    stub.encoded.clear()
    report = qa.rebuild(*folders)
    assert report.documents == 2
    assert sources(folders[1]) == ["人才引进.txt", "科技计划.txt"]
    assert all("人才引进" in text for text in stub.encoded)


def test_renamed_file_has_its_new_name_and_encodes_nothing(folders: tuple[Path, Path], stub: StubEncoder) -> None:
    qa.rebuild(*folders)
    (folders[0] / "粮食生产.txt").rename(folders[0] / "甲.txt")
    stub.encoded.clear()
    report = qa.rebuild(*folders)
    assert (report.unchanged, stub.encoded) == (False, [])
    assert sources(folders[1]) == ["甲.txt", "科技计划.txt"]


def test_unreadable_files_are_skipped_and_listed_with_the_reason(folders: tuple[Path, Path]) -> None:
    (folders[0] / "程序.exe").write_bytes(b"MZ\x00\x01")
    (folders[0] / "空.txt").write_bytes(b"")
    report = qa.rebuild(*folders)
    assert report.documents == 2
    assert {file.source for file in report.skipped} == {"程序.exe", "空.txt"}
    assert all(file.reason for file in report.skipped)
    assert qa.KnowledgeBase.open(folders[1]).describe()["skipped"] == report.skipped
    assert qa.rebuild(*folders).skipped == report.skipped


def test_missing_and_empty_folders_are_errors_and_leave_the_live_index(folders: tuple[Path, Path]) -> None:
    documents, vectors = folders
    generation = qa.rebuild(documents, vectors).generation
    empty = documents.parent / "空目录"
    empty.mkdir()
    with pytest.raises(NoDocumentsError, match="空目录"):
        qa.rebuild(empty, vectors)
    with pytest.raises(NoDocumentsError, match="不存在"):
        qa.rebuild(documents.parent / "不存在", vectors)
    assert qa.KnowledgeBase.open(vectors).describe()["generation"] == generation


def test_folder_with_nothing_readable_is_an_error_and_leaves_the_live_index(folders: tuple[Path, Path]) -> None:
    documents, vectors = folders
    generation = qa.rebuild(documents, vectors).generation
    for file in documents.iterdir():
        file.write_bytes(b"")
    with pytest.raises(NoDocumentsError, match=r"科技计划\.txt"):
        qa.rebuild(documents, vectors)
    assert qa.KnowledgeBase.open(vectors).describe()["generation"] == generation


def test_opening_where_there_is_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"python -m qa build"):
        qa.KnowledgeBase.open(tmp_path / "vectors")
    assert not (tmp_path / "vectors").exists()


def test_an_open_index_moves_to_the_newer_generation(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.knowledge_base.LOOK_EVERY", 0)
    qa.rebuild(*folders)
    opened = qa.KnowledgeBase.open(folders[1])
    assert "20万亩" in opened.retrieve("粮食播种面积")[0].text
    write_notice(folders[0], "粮食生产", FIRST, "粮食播种面积稳定在21万亩以上。")
    qa.rebuild(*folders)
    assert "21万亩" in opened.retrieve("粮食播种面积")[0].text


def test_index_answers_after_it_was_moved(folders: tuple[Path, Path], tmp_path: Path) -> None:
    qa.rebuild(*folders)
    shutil.copytree(folders[1], tmp_path / "别处")
    shutil.rmtree(folders[1])
    assert qa.KnowledgeBase.open(tmp_path / "别处").retrieve("高企目标")[0].source == "科技计划.txt"


def test_retrieve_gives_hits_best_first(folders: tuple[Path, Path]) -> None:
    qa.rebuild(*folders)
    hits = qa.KnowledgeBase.open(folders[1]).retrieve("镇海2024年高企目标是多少", k=3)
    assert len(hits) == 3
    assert (hits[0].text, hits[0].source) == (TARGET, "科技计划.txt")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_answer_cites_what_stands_in_the_document(folders: tuple[Path, Path]) -> None:
    qa.rebuild(*folders)
    knowledge_base = qa.KnowledgeBase.open(folders[1])
    answer = knowledge_base.ask("镇海2024年高企目标是多少", k=2)
    assert answer.status == "answered"
    assert len(answer.citations) <= 2
    for citation in answer.citations:
        assert knowledge_base.document(citation.document_id).text[citation.start : citation.end] == citation.text
        assert citation.quote in citation.text
    assert "110家" in answer.citations[0].text


def test_follow_up_is_completed_from_the_turn_before(folders: tuple[Path, Path]) -> None:
    qa.rebuild(*folders)
    answer = qa.KnowledgeBase.open(folders[1]).ask("研发投入强度呢", history=["镇海2024年高企目标是多少"])
    assert (answer.question.asked, answer.question.years) == ("研发投入强度呢", (2024,))
    assert answer.question.regions == ("浙江省宁波市镇海区",)


@pytest.mark.parametrize("question", ["", "   ", "？！，。", "\n\t", "……"])
def test_question_without_words_is_refused(folders: tuple[Path, Path], question: str) -> None:
    qa.rebuild(*folders)
    knowledge_base = qa.KnowledgeBase.open(folders[1])
    with pytest.raises(UnusableQuestionError, match="没有读到问题"):
        knowledge_base.ask(question)
    with pytest.raises(UnusableQuestionError, match="没有读到问题"):
        knowledge_base.retrieve(question)


def test_question_far_too_long_is_refused_with_its_length(folders: tuple[Path, Path]) -> None:
    qa.rebuild(*folders)
    with pytest.raises(UnusableQuestionError, match="100000 字"):
        qa.KnowledgeBase.open(folders[1]).ask("高" * 100_000)


def test_unknown_document_is_a_key_error(folders: tuple[Path, Path]) -> None:
    qa.rebuild(*folders)
    with pytest.raises(KeyError):
        qa.KnowledgeBase.open(folders[1]).document("没有.txt")


def test_default_index_is_that_of_the_settings(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    qa.rebuild(*folders)
    monkeypatch.setenv("QA_VECTORS", str(folders[1]))
    qa._default.cache_clear()
    assert qa.retrieve("高企目标", k=1)[0].source == "科技计划.txt"
    assert qa.ask("高企目标").status == "answered"
    qa._default.cache_clear()


def test_an_index_of_another_model_is_refused_when_it_is_opened(
    tmp_path: Path, stub: StubEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notice(tmp_path / "docs", "科技工作", "新增高新技术企业110家。")
    qa.rebuild(tmp_path / "docs", tmp_path / "vectors")
    monkeypatch.setenv("QA_MODEL", "another-model")
    with pytest.raises(IndexUnusableError, match="QA_MODEL"):
        qa.KnowledgeBase.open(tmp_path / "vectors")
