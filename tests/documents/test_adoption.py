from __future__ import annotations

from datetime import date

import pytest

from tests.documents.reading import read_documents

ARTICLES = "第一条 为了规范管理，制定本条例。\n第二条 本条例自2031年1月1日起施行。\n"


@pytest.mark.parametrize(
    ("note", "issuer", "day"),
    [
        (
            "（2009年6月27日第十一届全国人民代表大会常务委员会第九次会议通过，自2010年1月1日起施行）",
            "全国人民代表大会常务委员会",
            date(2009, 6, 27),
        ),
        ("（1997年5月9日建设部令第56号发布 2001年8月15日修正）", "建设部", date(2001, 8, 15)),
        ("（2006年9月6日国务院第149次常务会议通过 自2006年12月1日起施行）", "国务院", date(2006, 9, 6)),
        (
            "（1998年7月29日广东省第九届人民代表大会常务委员会第四次会议通过\n2006年7月1日修正\n自公布之日起施行）",
            "广东省人民代表大会常务委员会",
            date(2006, 7, 1),
        ),
        ("2005年7月4日最高人民法院审判委员会第1358次会议通过", "最高人民法院", date(2005, 7, 4)),
    ],
)
def test_note_under_a_title_says_who_made_a_law_and_when(note: str, issuer: str | None, day: date | None) -> None:
    (document,) = read_documents("a.txt", f"某某管理条例\n{note}\n{ARTICLES}".encode())
    assert (document.card.title, document.card.issuer, document.card.signed) == ("某某管理条例", issuer, day)
    assert document.card.years == ((day or date(2031, 1, 1)).year,)


def test_note_is_metadata_on_all_its_lines() -> None:
    text = f"某某管理条例\n（2009年6月27日国务院通过\n自2010年1月1日起施行）\n{ARTICLES}"
    (document,) = read_documents("a.txt", text.encode())
    assert [block.kind for block in document.blocks] == ["heading", "metadata", "metadata", "paragraph", "paragraph"]
