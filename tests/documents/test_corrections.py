from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.documents.corrections import Corrections, read_corrections, write_corrections
from qa.documents.passages import split_passages
from qa.documents.reading import SourceFile, find_files, fingerprint, read_file
from qa.errors import DocumentError
from qa.records import Validity
from tests.notices import write_notice

EVERYTHING = """
title = "2024年科技计划"
issuer = "北仑区科技局"
region = "北仑"
published = 2024-05-01
signed = 2024-04-30
number = "仑科〔2024〕1号"
index_number = "X-1"
years = [2024, 2025]
kind = "计划"
effective = 2024-06-01
expires = 2025-12-31
repealed = true
"""
COLLECTION = "\n".join(
    [
        "下面是小编整理的关于科技局工作总结的文章2篇",
        *["第一篇 工作总结", "一、工作回顾", "今年以来，我局认真履行职责，新增企业100家。"],
        *["第二篇 工作总结", "一、工作回顾", "一年来，我局扎实推进工作，引进人才50人。"],
    ]
)


@pytest.fixture
def file(tmp_path: Path) -> SourceFile:
    write_notice(tmp_path, "科技计划", "2024年新增高新技术企业110家。")
    return SourceFile("科技计划.txt", tmp_path / "科技计划.txt")


def correct(file: SourceFile, text: str) -> None:
    Path(f"{file.path}.qa.toml").write_text(text, encoding="utf-8")


def test_everything_can_be_set_right(file: SourceFile) -> None:
    correct(file, EVERYTHING)
    (document,) = read_file(file).documents
    card = document.card
    assert (card.title, card.issuer, card.region) == ("2024年科技计划", "北仑区科技局", "浙江省宁波市北仑区")
    assert (card.published, card.signed) == (date(2024, 5, 1), date(2024, 4, 30))
    assert (card.number, card.index_number, card.years) == ("仑科〔2024〕1号", "X-1", (2024, 2025))
    assert (card.kind, card.validity) == ("计划", Validity(date(2024, 6, 1), date(2025, 12, 31), repealed=True))
    assert split_passages(document)[-1].context.startswith("浙江省宁波市北仑区 2024年科技计划")


def test_what_is_not_set_stays_as_it_was_read(file: SourceFile) -> None:
    (before,) = read_file(file).documents
    correct(file, 'number = "镇科〔2024〕6号"')
    (after,) = read_file(file).documents
    assert after.card.number == "镇科〔2024〕6号"
    assert (after.card.title, after.card.issuer, after.text) == (before.card.title, before.card.issuer, before.text)


def test_title_set_right_says_the_year(file: SourceFile) -> None:
    correct(file, 'title = "2019年科技计划"')
    assert read_file(file).documents[0].card.years == (2019,)


def test_documents_of_a_collection_are_set_right_in_their_order(tmp_path: Path) -> None:
    file = SourceFile("文集.txt", tmp_path / "文集.txt")
    file.path.write_text(COLLECTION, encoding="utf-8")
    correct(file, '[[documents]]\n\n[[documents]]\ntitle = "第二篇的标题"\nregion = "浙江省"')
    first, second = read_file(file).documents
    assert first.card.title == "科技局工作总结（第1篇）"
    assert (second.card.title, second.card.region) == ("第二篇的标题", "浙江省")
    correct(file, "[[documents]]\n" * 3)
    assert read_file(file).doubts == ("更正文件“文集.txt.qa.toml”有 3 项，文件里只有 2 份文档。",)


def test_no_file_sets_nothing(file: SourceFile) -> None:
    assert read_corrections(file.path) == ()
    correct(file, "")
    assert read_corrections(file.path) == (Corrections(),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('titel = "x"', "titel"),
        ("title = 3", "title"),
        ('title = " "', "title"),
        ('published = "2024-05-01"', "published"),
        ("signed = 2024-05-01T10:00:00", "signed"),
        ('expires = "2024-05-01"', "expires"),
        ('repealed = "yes"', "repealed"),
        ("years = 2024", "years"),
        ('years = ["2024"]', "years"),
        ("years = [true]", "years"),
        ('region = "桃花源"', "桃花源"),
        ('region = "鼓楼区"', "几处同名"),
        ('region = "宁波市镇海区科技局"', "地名表"),
        ("title =", "TOML"),
        ('title = "x"\n[[documents]]\n', "documents"),
        ("documents = 3", "documents"),
        ("documents = [3]", "documents"),
        ("[documents]\n", "documents"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_set(file: SourceFile, text: str, says: str) -> None:
    correct(file, text)
    with pytest.raises(DocumentError, match=says) as raised:
        read_corrections(file.path)
    assert "科技计划.txt.qa.toml" in str(raised.value)
    reading = read_file(file)
    assert reading.doubts == (str(raised.value),)
    assert reading.documents[0].card.title == "宁波市镇海区科学技术局关于科技计划的通知"


def test_corrections_are_no_document_but_change_the_fingerprint_of_theirs(file: SourceFile) -> None:
    before = fingerprint(file)
    correct(file, 'title = "甲"')
    first = fingerprint(file)
    correct(file, 'title = "乙"')
    assert len({before, first, fingerprint(file)}) == 3
    assert [found.source for found in find_files(file.path.parent)] == ["科技计划.txt"]


_words = st.text().map(lambda text: "".join(filter(str.isprintable, text)).strip()).filter(bool) | st.none()
_days = st.dates() | st.none()


@given(
    st.lists(
        st.builds(
            Corrections,
            title=_words,
            kind=_words,
            issuer=_words,
            published=_days,
            expires=_days,
            years=st.none() | st.lists(st.integers(1, 9999), min_size=1).map(tuple),
            repealed=st.none() | st.booleans(),
        )
    )
)
def test_what_is_written_is_read_again(corrections: list[Corrections]) -> None:
    while corrections and corrections[-1] == Corrections():
        corrections.pop()
    with TemporaryDirectory() as folder:
        write_corrections(Path(folder, "a.txt"), corrections)
        assert read_corrections(Path(folder, "a.txt")) == tuple(corrections)
