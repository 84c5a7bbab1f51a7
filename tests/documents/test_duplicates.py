from __future__ import annotations

from dataclasses import replace

from qa.documents.duplicates import duplicate_groups, find_duplicates
from qa.records import DocumentCard, Passage
from tests.index.samples import make_document

SENTENCES = [f"第{numeral}项工作由区科技局牵头负责落实到位，年底前全部完成。" for numeral in "一二三四五六七八九十"]


def duplicates(*texts: list[str], cards: list[DocumentCard] | None = None) -> list[tuple[int, ...]]:
    documents = [make_document(str(number), text) for number, text in enumerate(texts)]
    return find_duplicates(cards or [document.card for document, _ in documents], [pieces for _, pieces in documents])


def titled(*titles: str) -> list[DocumentCard]:
    return [DocumentCard(title, title, title) for title in titles]


def test_the_same_text_in_other_paragraphs_and_signs() -> None:
    assert duplicates(SENTENCES, ["".join(SENTENCES).replace("，", ","), "下载"], ["别的内容。"]) == [(1,), (0,), ()]


def test_likeness_counts_characters_of_shared_sentences() -> None:
    # Of ten sentences of equal length nine are shared: 9 of 11 that either has; of eight 8 of 12.
    other = [
        "另有一项工作由区财政局牵头负责落实到位，年底前全部完成。",
        "还有一项工作由区教育局牵头负责落实到位，年底前全部完成。",
    ]
    assert duplicates(SENTENCES, [*SENTENCES[1:], other[0]]) == [(1,), (0,)]
    assert duplicates(SENTENCES, [*SENTENCES[2:], *other]) == [(), ()]


def test_short_texts_are_not_compared() -> None:
    assert duplicates(SENTENCES[:2], SENTENCES[:2]) == [(), ()]


def test_what_calls_itself_another_document_is_one() -> None:
    same = (SENTENCES, SENTENCES)
    assert duplicates(*same, cards=titled("2023年申报通知", "2024年申报通知")) == [(), ()]
    assert duplicates(*same, cards=titled("管理条例", "管理条例（2012年修正）")) == [(), ()]
    assert duplicates(*same, cards=titled("申报通知", "某局2024年申报通知")) == [(1,), (0,)]
    numbered = [replace(card, number=f"镇科〔2024〕{n}号") for n, card in enumerate(titled("甲", "乙"))]
    assert duplicates(*same, cards=numbered) == [(), ()]


def test_headings_and_metadata_do_not_count() -> None:
    def headings(document: str) -> list[Passage]:
        return [replace(passage, kind="heading") for passage in make_document(document, SENTENCES)[1]]

    assert find_duplicates(titled("甲", "乙"), [headings("甲"), headings("乙")]) == [(), ()]


def test_groups_join_what_is_alike_through_a_third() -> None:
    alike = {"甲": ("乙",), "乙": ("丙", "甲"), "丙": ("乙",), "丁": (), "戊": ("己",), "己": ("戊",)}
    cards = [replace(card, duplicates=alike[card.id]) for card in titled(*alike)]
    assert duplicate_groups(cards) == (("丙", "乙", "甲"), ("己", "戊"))
