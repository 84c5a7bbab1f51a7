from __future__ import annotations

from qa.chat.documents_tab import MOST_SHOWN, show_documents, show_unread
from qa.chat.markup import visible
from qa.records import SkippedFile, SuspiciousFile
from tests.chat.reading import text_of
from tests.chat.samples import document_card

HOSTILE = "<img src=x onerror=alert(1)>\u202e.txt"
CARDS = [
    document_card(id="a", title="高企认定通知", issuer="区科技局", years=(2024,), number="镇科〔2024〕6号"),
    document_card(id="b", title=HOSTILE, region="浙江省宁波市慈溪市"),
]


def found(words: str) -> str:
    return text_of(show_documents(CARDS, words), inside="open")


def test_documents_are_found_by_any_words_of_their_card() -> None:
    assert found("") == "高企认定通知" + visible(HOSTILE)
    assert found("2024年 科技局") == "高企认定通知"
    assert found("〔2024〕6号") == "高企认定通知"
    assert found("慈溪") == visible(HOSTILE)
    assert found("慈溪 高企") == ""
    assert "0 份文件" in text_of(show_documents(CARDS, "没有"), inside="count")


def test_a_long_list_says_that_it_is_cut() -> None:
    html = show_documents([document_card()] * (MOST_SHOWN + 1), "")
    assert html.count("<li") == MOST_SHOWN
    assert f"{MOST_SHOWN + 1} 份文件，先列出 {MOST_SHOWN} 份" in text_of(html, inside="count")


def test_what_was_not_read_is_listed_with_the_reason() -> None:
    skipped, suspicious = (SkippedFile(HOSTILE, "加密的文件。"),), (SuspiciousFile("b.pdf", "没有正文段落"),)
    html = show_unread({"skipped": skipped, "suspicious": suspicious})
    assert text_of(html, inside="h3") == "没有读入的文件（1）读入了、但可能有问题的文件（1）"
    assert text_of(html, inside="ul") == f"{visible(HOSTILE)}：加密的文件。删除b.pdf：没有正文段落删除"
    assert show_unread({"skipped": (), "suspicious": ()}) == ""
