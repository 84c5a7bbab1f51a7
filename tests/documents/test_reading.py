from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.documents.reading import content_hash, find_files, fingerprint, reading_version
from qa.errors import DocumentError, NoDocumentsError
from tests.documents.reading import read_documents


def test_files_come_in_the_order_of_their_names_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/丙.txt", ".hidden.txt", ".git/config.txt", "b.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("内容", encoding="utf-8")
    assert [file.source for file in find_files(tmp_path)] == ["b.TXT", "乙.txt", "甲/丙.txt"]


def test_folder_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoDocumentsError, match=r"找不到文档目录.*没有"):
        find_files(tmp_path / "没有")
    with pytest.raises(NoDocumentsError, match="里没有文件"):
        find_files(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_file_without_permission_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)
    (file,) = find_files(tmp_path)
    with pytest.raises(DocumentError, match="无法读取"):
        fingerprint(file)


def test_vanished_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (file,) = find_files(tmp_path)
    file.path.unlink()
    with pytest.raises(DocumentError, match="无法读取"):
        fingerprint(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_usual_encoding(encoding: str) -> None:
    (document,) = read_documents("a.txt", "关于加快发展的通知\n各单位：\n请认真执行。\n".encode(encoding))
    assert document.text == "关于加快发展的通知\n各单位：\n请认真执行。\n"


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_are_made_one(line_end: str) -> None:
    (document,) = read_documents("a.txt", f"关于发展的通知{line_end}请执行。".encode())
    assert document.text == "关于发展的通知\n请执行。"


@pytest.mark.parametrize("content", [b"", b" \n\t\n", "\u3000\n".encode()])
def test_file_without_text_is_an_error(content: bytes) -> None:
    with pytest.raises(DocumentError):
        read_documents("a.txt", content)


def test_bytes_that_are_no_text_are_an_error() -> None:
    with pytest.raises(DocumentError):
        read_documents("a.txt", bytes(range(256)) * 4)


def test_unknown_format_is_named() -> None:
    with pytest.raises(DocumentError, match=r"\.exe"):
        read_documents("a.exe", b"MZ")


def test_name_of_the_file_stands_in_for_a_title() -> None:
    (document,) = read_documents(
        "甲/工作安排.txt", "本文没有标题，只有一段很长的正文，说明有关情况，请各单位知悉并遵照执行。".encode()
    )
    assert document.card.title == "工作安排"


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("《最高法院关于执行的解释》已于2009年4月20日由审判委员会通过，现予公布。", "最高法院关于执行的解释"),
        ("各市财政局：\n根据规定，现就调整存款利率有关事项通知如下：", "关于调整存款利率有关事项的通知"),
        ("各市财政局：\n经同意，现将2014年度考核情况通报如下：", "关于2014年度考核情况的通报"),
        ("各市财政局：\n现就有关问题通知如下：\n请各单位遵照执行；", "请各单位遵照执行"),
        ("一、准入审批类\n应用一，形式审查。", "一、准入审批类"),
    ],
)
def test_text_without_title_is_called_by_what_it_says(opening: str, title: str) -> None:
    text = f"{opening}\n一、有关要求，请各单位知悉并遵照执行，执行中的问题请及时反馈。\n"
    (document,) = read_documents("5c8c131f.txt", text.encode())
    assert document.card.title == title


def test_labelled_name_is_the_title_where_the_page_shows_none() -> None:
    text = "名称：环境信息公开办法\n某某政府网站首页新闻\n第一条 为了公开信息。\n"
    assert read_documents("a.txt", text.encode())[0].card.title == "环境信息公开办法"


def test_title_of_what_is_attached_stands_in_for_a_letters() -> None:
    letter = "各区人民政府：\n《租赁暂行办法》已经同意，现印发给你们。\n二○一一年十月二十五日\n"
    text = letter + "租赁暂行办法\n一、本办法适用于租赁。\n"
    (document,) = read_documents("0a1b.txt", text.encode())
    assert (document.card.title, document.card.years) == ("租赁暂行办法", (2011,))


def test_identity_does_not_depend_on_the_folder_and_content_hash_is_sha256() -> None:
    assert content_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_version_is_a_short_digest() -> None:
    assert len(reading_version()) == 12
