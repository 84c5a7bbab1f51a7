from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from qa.chat.downloads import original_file
from qa.knowledge_base import KnowledgeBase
from qa.records import DocumentCard


class _Held:
    """Stands for a knowledge base with documents of these sources."""

    def __init__(self, *sources: str) -> None:
        self._cards = tuple(DocumentCard(f"{source}#1", source, "标题") for source in sources)

    def documents(self) -> tuple[DocumentCard, ...]:
        return self._cards


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "通知.txt").write_text("原文", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("别的", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


def test_the_file_of_a_document_is_found_by_the_documents_id(folder: Path) -> None:
    held = cast(KnowledgeBase, _Held("通知.txt"))
    assert original_file(held, folder, "通知.txt#1") == folder / "通知.txt"


@pytest.mark.parametrize("document", ["通知.txt", "../secret.txt", "../secret.txt#1", "/etc/passwd", "", "link.txt"])
def test_nothing_is_found_by_a_path(folder: Path, document: str) -> None:
    assert original_file(cast(KnowledgeBase, _Held("通知.txt")), folder, document) is None


@pytest.mark.parametrize("source", ["../secret.txt", "link.txt", "gone.txt"])
def test_nothing_outside_the_folder_is_given_whatever_the_index_says(folder: Path, source: str) -> None:
    assert original_file(cast(KnowledgeBase, _Held(source)), folder, f"{source}#1") is None
