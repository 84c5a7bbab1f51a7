"""What holds for every file: the laws of an extract, wrong suffixes, and files that cannot be read."""

from __future__ import annotations

import os
import random
import shutil
import zipfile
from pathlib import Path

import pytest

import qa.documents.formats as formats
from qa.documents.formats import SUFFIXES, extract
from qa.errors import DocumentError

from .samples import NOTICE, SAMPLES, SEEDS

READABLE = [
    *sorted(SEEDS.glob("*.txt")),
    *(SAMPLES / name for name in ("page.html", "notice.docx", "notice.pdf", "two_columns.pdf", "notice.ofd")),
    *(SAMPLES / name for name in ("indicators.xlsx", "indicators.csv", "slides.pptx")),
]


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_marks_are_whole_lines_in_order_and_pages_rise(path: Path) -> None:
    found = extract(path)
    ends = 0
    for mark in found.marks:
        assert ends <= mark.start < mark.end <= len(found.text)
        assert mark.start == 0 or found.text[mark.start - 1] == "\n"
        assert mark.end == len(found.text) or found.text[mark.end] == "\n"
        ends = mark.end
    assert list(found.pages) == sorted(found.pages)
    assert not found.pages or found.pages[0] == 0
    assert found.dropped >= 0


@pytest.mark.parametrize("name", ["notice.docx", "notice.pdf", "page.html", "notice.ofd", "slides.pptx"])
@pytest.mark.parametrize("suffix", [".doc", ".docx", ".pdf", ".xls"])
def test_a_file_is_read_as_what_it_is(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    shutil.copy(SAMPLES / name, path)
    assert extract(path) == extract(SAMPLES / name)


def test_text_called_docx_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("\n".join(NOTICE), "gb18030")
    assert extract(path).text.split("\n") == NOTICE


def test_a_page_saved_as_text_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    shutil.copy(SAMPLES / "page.html", path)
    assert extract(path) == extract(SAMPLES / "page.html")


@pytest.mark.parametrize("name", ["a\nb.txt", "-rf.txt", "名 字.txt", "a'\"$(x).txt"])
def test_names_of_every_kind(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("全年新增高新技术企业一百家。")
    assert extract(path).text == "全年新增高新技术企业一百家。"


def test_a_line_of_150_000_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("全年新增高新技术企业，" * 14_000)
    assert len(extract(path).text) == 154_000


def refused(path: Path, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        extract(path)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_empty_files_and_files_of_zeros(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    refused(path, "文件是空的")
    path.write_bytes(b"\x00" * 5000)
    refused(path, "不是可以识别的文字|可能已损坏")


@pytest.mark.parametrize("name", ["notice.docx", "indicators.xlsx", "slides.pptx", "notice.ofd", "notice.pdf"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_truncated_files(tmp_path: Path, name: str, share: float) -> None:
    path = tmp_path / name
    content = (SAMPLES / name).read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refused(path, "损坏")


@pytest.mark.parametrize("name", ["notice.docx", "indicators.xlsx", "slides.pptx", "notice.ofd", "notice.pdf"])
def test_damaged_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    content = (SAMPLES / name).read_bytes()
    for _ in range(15):
        damaged = bytearray(content)
        for _ in range(8):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path = tmp_path / name
        path.write_bytes(damaged)
        try:
            assert extract(path).text.strip()
        except DocumentError as error:
            assert str(error)


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(300 << 20)
    refused(path, "300 MB，超过 200 MB")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as member:
        for _ in range(120):
            member.write(b" " * (1 << 20))
    assert path.stat().st_size < 1 << 20
    refused(path, "解压后有 120 MB")


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_an_entity_bomb_does_not_go_off(tmp_path: Path, part: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "炸弹">{entities}]>'
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(SAMPLES / "notice.docx") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "ignore") if name == part else ""
            body = content.partition("?>")[2].replace("<w:body>", "<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p>")
            new.writestr(name, bomb + body if name == part else old.read(name))
    try:
        assert "炸弹" not in extract(path).text
    except DocumentError as error:
        assert "损坏" in str(error)


def test_archives_and_unknown_suffixes(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "文字")
    refused(path, "压缩包")
    other = tmp_path / "a.exe"
    other.write_bytes(b"MZ")
    refused(other, "不支持的文件格式“.exe”")


def test_an_encrypted_office_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le"))
    refused(path, "密码保护")


def test_folders_pipes_and_missing_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    refused(pipe, "不是普通文件")
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    refused(folder, "不是普通文件")
    refused(tmp_path / "missing.txt", "无法读取")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(formats, "sniff", forbidden)  # root may read everything
    path = tmp_path / "a.txt"
    path.write_text("文字")
    refused(path, "无法读取：Permission denied。请检查文件权限")
