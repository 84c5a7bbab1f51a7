from __future__ import annotations

import pytest

from qa.documents.items import lead_ins, leading_sentence, led_lists
from tests.documents.reading import read_documents


def lists(body: str) -> list[tuple[str, list[str]]]:
    (document,) = read_documents("a.txt", f"某办法\n\n第一条 为了规范管理工作，制定本办法。\n{body}".encode())
    return [
        (document.text[slice(*each.lead)], [document.text[slice(*item)] for item in each.items])
        for each in led_lists(document)
    ]


@pytest.mark.parametrize("lead", ["第二条 申请时提交：", "应当符合下列条件之一", "材料如下。"])
def test_numbered_items_after_a_lead(lead: str) -> None:
    assert lists(f"{lead}\n（一）申请表；\n（二）证明。\n另行通知。") == [(lead, ["（一）申请表；", "（二）证明。"])]


def test_what_stands_below_an_item_belongs_to_it_and_may_be_a_list_itself() -> None:
    body = "提交下列材料：\n1.身份证明，即：\n（1）身份证；\n（2）户口簿。\n2.申请表。\n1.另一表。"
    assert lists(body) == [
        ("提交下列材料：", ["1.身份证明，即：", "2.申请表。"]),
        ("1.身份证明，即：", ["（1）身份证；", "（2）户口簿。"]),
    ]


def test_items_without_numbers_end_in_semicolons() -> None:
    assert lists("优先照顾：\n孤老；\n优抚对象；\n残疾人。\n其他人轮候。") == [
        ("优先照顾：", ["孤老；", "优抚对象；", "残疾人。"])
    ]


@pytest.mark.parametrize(
    "body", ["条件是：\n有住所。\n有收入。", "提交：\n（二）表；\n（三）证。", "条件：\n1.有住所。\n说明。"]
)
def test_no_list(body: str) -> None:
    assert lists(body) == []


def test_items_counted_in_words_with_what_stands_between() -> None:
    body = "做好以下工作。\n一是抓项目。开工9个。\n其中两个延期。\n二是抓招商。签约3个。\n各地要落实。"
    assert lists(body) == [("做好以下工作。", ["一是抓项目。开工9个。", "二是抓招商。签约3个。"])]


def test_items_that_begin_with_dashes() -> None:
    body = "主要目标是：\n——经济增长5%。\n——就业稳定。\n为此要努力。\n——没有引语。"
    assert lists(body) == [("主要目标是：", ["——经济增长5%。", "——就业稳定。"])]


def test_what_is_said_of_an_item_are_the_last_sentences_of_all_leads_above_it() -> None:
    body = "第二条 应当申请。提交下列材料：\n1.证明，即：\n（1）身份证；\n（2）户口簿。\n2.申请表。\n1.另一表。"
    (document,) = read_documents("a.txt", f"某办法\n第一条 为了规范。\n{body}".encode())
    said = {document.text[start:].splitlines()[0]: leads for start, leads in lead_ins(document).items()}
    assert said == {
        "1.证明，即：": ("提交下列材料：",),
        "2.申请表。": ("提交下列材料：",),
        "（1）身份证；": ("提交下列材料：", "1.证明，即："),
        "（2）户口簿。": ("提交下列材料：", "1.证明，即："),
    }


def test_a_long_lead_is_not_said_of_its_items() -> None:
    why = "为" + "更好地" * 20 + "发展，提出如下意见："
    (document,) = read_documents("a.txt", f"某意见\n各单位：\n{why}\n1.抓项目；\n2.抓招商。".encode())
    assert list(lead_ins(document).values()) == [(), ()]


def test_numbered_items_right_below_a_paragraph_that_announces_them() -> None:
    lead = "围绕以下方向，开展试点。周期为2年。"
    items = ["（一）新模式类。围绕定制。", "（二）新技术类。围绕软件。"]
    assert lists("\n".join([lead, *items, "三是总结。"])) == [(lead, items)]
    assert lists("\n".join([lead, "另行通知。", *items])) == []
    assert lists("\n".join(["18岁以下免费。", *items])) == []
    assert leading_sentence(lead) == "围绕以下方向，开展试点。"
    assert leading_sentence("应当申请。提交材料：") == "提交材料："
