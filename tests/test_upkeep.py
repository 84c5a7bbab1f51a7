from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.documents.corrections import Corrections, read_corrections
from qa.documents.reading import find_files
from qa.errors import DocumentError, NameTakenError
from qa.records import DocumentCard
from qa.upkeep import LONGEST_NAME, check_size, delete_file, find_corrections, receive_file, safe_name


def add(folder: Path, name: str, text: str, replacing: bool = False) -> None:
    with receive_file(folder, name, replacing) as file:
        file.write(text.encode())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("通知.pdf", "通知.pdf"),
        ("../../etc/通知.pdf", "通知.pdf"),
        ("C:\\文件\\通知.pdf", "通知.pdf"),
        (".ssh.txt", "ssh.txt"),
        ("通\u202e知\n\x00 二.txt", "通知 二.txt"),
        ("长" * 300 + ".txt", "长" * 65 + ".txt"),
    ],
)
def test_a_name_is_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize("name", ["", "..", "/", "\u200b", "a.txt.qa.toml"])
def test_a_name_that_cannot_be_kept_is_refused(name: str) -> None:
    with pytest.raises(DocumentError):
        safe_name(name)


@given(st.text())
def test_whatever_the_name_the_file_is_a_shown_one_of_the_folder(name: str) -> None:
    try:
        kept = safe_name(name)
    except DocumentError:
        return
    assert Path("folder", kept).parent == Path("folder")
    assert kept.isprintable()
    assert not kept.startswith(".")
    assert len(kept.encode()) <= LONGEST_NAME


def test_a_file_takes_another_ones_place_only_when_that_was_said(tmp_path: Path) -> None:
    add(tmp_path, "a.txt", "一")
    with pytest.raises(NameTakenError, match=r"已有文件“a\.txt”"):
        add(tmp_path, "a.txt", "二")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "一"
    add(tmp_path, "a.txt", "二", replacing=True)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "二"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_that_comes_half_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), receive_file(tmp_path, "a.txt", False) as file:
        file.write(b"half")
        assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_file_larger_than_a_build_reads_is_refused_while_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.upkeep.LARGEST_FILE", 4 << 20)
    with pytest.raises(DocumentError, match="超过 4 MB 的上限"), receive_file(tmp_path, "a.txt", False) as file:
        for _ in range(5):
            file.write(b" " * (1 << 20))
    assert list(tmp_path.iterdir()) == []
    check_size(4 << 20)


def test_a_file_goes_with_its_corrections_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for path in (folder / "a.txt", folder / "b.txt", tmp_path / "c.txt"):
        path.write_text("文", encoding="utf-8")
    (folder / "a.txt.qa.toml").write_text("years = [2024]", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "c.txt")
    for named in ("../c.txt", str(tmp_path / "c.txt"), "a.txt.qa.toml", "没有.txt"):
        with pytest.raises(DocumentError, match="没有文件"):
            delete_file(folder, named)
    delete_file(folder, "a.txt")
    delete_file(folder, "link.txt")
    assert [file.source for file in find_files(folder)] == ["b.txt"]
    assert not (folder / "a.txt.qa.toml").exists()
    assert (tmp_path / "c.txt").exists()
    delete_file(folder, "b.txt")
    with pytest.raises(DocumentError):
        delete_file(folder, "b.txt")


def test_one_of_several_documents_of_a_file_is_corrected(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("文", encoding="utf-8")
    cards = [DocumentCard(f"a.txt#{number}", "a.txt", "题") for number in (1, 2, 3)]
    second, first = Corrections(title='二"\\', years=(2023, 2024)), Corrections(repealed=False)
    find_corrections(tmp_path, cards, cards[1]).save(second)
    assert read_corrections(path) == (Corrections(), second)
    find_corrections(tmp_path, cards, cards[0]).save(first)
    assert read_corrections(path) == (first, second)
    find_corrections(tmp_path, cards, cards[1]).save(Corrections())
    assert read_corrections(path) == (first,)
    find_corrections(tmp_path, cards, cards[0]).save(Corrections())
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]
