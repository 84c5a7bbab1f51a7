from __future__ import annotations

import pytest

from qa.answers.enumerations import Listing
from qa.answers.listing import expected_count, find_listing
from qa.documents.items import led_lists
from qa.documents.passages import split_passages
from qa.records import Document, Hit
from qa.retrieval.questions import read_question
from tests.documents.reading import read_documents

[DOCUMENT] = read_documents(
    "a.txt",
    """关于促进养老服务发展的实施意见

为加快养老服务发展，提出以下意见。

一、总体要求
坚持政府主导、社会参与。

二、主要任务
（一）完善设施网络
新建社区食堂20个。
（二）壮大服务队伍
培训护理员500人。
（三）推进医养结合
支持医疗机构开展养老服务。

三、重点工程
实施“银龄安康”、“幸福食堂”和“智慧养老、智慧助残”三大工程，提升服务能力。

四、保障措施
一是加强组织领导。建立协调机制。二是强化资金保障。三是严格督查考核。

五、申请材料
1．申请表；
2．身份证复印件；
3．健康证明。

六、办理流程
办理按以下流程进行：（1）提交申请；（2）部门审核；（3）公示结果；（4）发放补贴。

七、现场核验
（一）现场核验内容。一是核对身份。二是查验材料。
""".encode(),
)


[REGULATION] = read_documents(
    "b.txt",
    """养老机构管理办法

第一章 总则
第一条 为规范养老机构，制定本办法。

第二章 设立
第二条 设立养老机构，应当具备下列条件：
（一）有固定的场所；
（二）有专职的护理员；
（三）有管理制度。

第三条 申请人应当向民政部门提交申请。
有下列情形之一的，民政部门不予登记：
（一）材料不全；
（二）选址在危险区域。

第三章 附则
第四条 本办法自发布之日起施行。
""".encode(),
)


[REPORT] = read_documents(
    "c.txt",
    """2025年工作报告

今年的主要预期目标是：产值增长6%左右；新增就业3万人；物价基本稳定。

一是大力支持汽车、钢铁、有色金属、船舶、现代物流等产业，打造检测、研发和交易平台。

二是抓好三大任务，包括推行统一考试、完善评价和改革招生办法。
""".encode(),
)


def listing(asked: str, where: str, document: Document = DOCUMENT) -> Listing | None:
    """The list that is found where the best hit is the passage with these words."""
    passage = next(each for each in split_passages(document) if where in each.text)
    parts = {"around": 0.5, "region": 1.0, "year": 1.0, "aim": 1.0}
    best = Hit(passage, document.card, 0.7, parts, (0, len(passage.text)), 0.9)
    return find_listing(read_question(asked), [best], lambda _: document, lambda _: led_lists(document))


def items(asked: str, where: str, document: Document = DOCUMENT) -> list[str]:
    found = listing(asked, where, document)
    assert found is not None
    return [document.text[start:end] for start, end in found.spans]


@pytest.mark.parametrize("where", ["应当具备下列条件", "护理员"])
def test_the_items_that_a_sentence_leads_to(where: str) -> None:
    conditions = ["（一）有固定的场所；", "（二）有专职的护理员；", "（三）有管理制度。"]
    assert items("设立养老机构要符合哪些条件", where, REGULATION) == conditions


def test_the_items_where_the_best_sentence_is_the_one_that_leads_to_them() -> None:
    found = items("办这个得带上什么材料", "有下列情形之一的", REGULATION)
    assert found == ["（一）材料不全；", "（二）选址在危险区域。"]


def test_the_items_of_a_list_one_of_which_says_best_what_is_asked_for() -> None:
    assert items("哪些情况养老的钱不给", "选址", REGULATION) == ["（一）材料不全；", "（二）选址在危险区域。"]
    assert listing("养老的钱谁给", "选址", REGULATION) is None


def test_of_two_lists_in_a_chapter_the_one_whose_lead_is_asked_for() -> None:
    assert items("养老机构哪些情形不予登记", "选址", REGULATION) == ["（一）材料不全；", "（二）选址在危险区域。"]


def test_chapters_are_a_list_only_where_the_parts_of_the_document_are_asked_for() -> None:
    assert items("养老机构管理办法分几章", "为规范", REGULATION) == ["第一章 总则", "第二章 设立", "第三章 附则"]
    assert listing("养老机构管理办法有哪些补贴", "为规范", REGULATION) is None


@pytest.mark.parametrize("where", ["完善设施网络", "培训护理员", "支持医疗机构"])
def test_the_headings_below_the_one_that_is_asked_for(where: str) -> None:
    headings = ["（一）完善设施网络", "（二）壮大服务队伍", "（三）推进医养结合"]
    assert items("养老服务的主要任务有哪些", where) == headings


def test_the_parts_of_a_document() -> None:
    titles = [
        "一、总体要求",
        "二、主要任务",
        "三、重点工程",
        "四、保障措施",
        "五、申请材料",
        "六、办理流程",
        "七、现场核验",
    ]
    assert items("养老服务实施意见分为哪七个部分", "提出以下意见") == titles


def test_the_quoted_names_of_a_sentence() -> None:
    assert items("三大工程是哪三个", "银龄安康") == ["银龄安康", "幸福食堂", "智慧养老、智慧助残"]
    found = listing("三大工程是哪三个", "银龄安康")
    assert found is not None
    assert found.run is not None
    assert DOCUMENT.text[slice(*found.run)] == "“银龄安康”、“幸福食堂”和“智慧养老、智慧助残”"


def test_an_enumeration_in_running_text() -> None:
    assert items("保障措施有哪些", "加强组织领导") == [
        "一是加强组织领导。建立协调机制。",
        "二是强化资金保障。",
        "三是严格督查考核。",
    ]


def test_marks_of_one_style_make_an_enumeration() -> None:
    steps = ["一是核对身份。", "二是查验材料。"]
    assert items("现场核验包括什么内容", "核对身份") == steps


def test_the_numbered_paragraphs_of_a_section() -> None:
    assert items("申请材料有哪些", "身份证") == ["1．申请表；", "2．身份证复印件；", "3．健康证明。"]


def test_an_item_that_says_much_of_the_question_is_told_with_its_list() -> None:
    materials = ["1．申请表；", "2．身份证复印件；", "3．健康证明。"]
    assert items("社区食堂助餐申请要带哪些身份证复印件之类的材料", "身份证") == materials


def test_bracketed_numbers_in_running_text() -> None:
    steps = ["（1）提交申请；", "（2）部门审核；", "（3）公示结果；", "（4）发放补贴。"]
    assert items("办理流程包括哪四步", "提交申请") == steps


def test_the_clauses_that_a_colon_leads_to() -> None:
    assert items("今年的主要预期目标有哪些", "主要预期目标", REPORT) == [
        "产值增长6%左右",
        "新增就业3万人",
        "物价基本稳定",
    ]


def test_as_many_plain_names_as_the_question_says() -> None:
    assert items("支持的五个产业是哪五个", "钢铁", REPORT) == ["汽车", "钢铁", "有色金属", "船舶", "现代物流"]
    assert items("要打造哪三个平台", "检测", REPORT) == ["检测", "研发", "交易平台"]
    assert items("三大任务是哪三个", "考试", REPORT) == ["推行统一考试", "完善评价", "改革招生办法"]
    assert listing("支持的四个产业是哪四个", "钢铁", REPORT) is None


def test_no_list_of_another_year_than_the_best_passage() -> None:
    passages = split_passages(REPORT)
    told = next(each for each in passages if "主要预期目标" in each.text)
    parts = {"around": 0.5, "region": 1.0, "aim": 1.0}
    other, best = (
        Hit(p, REPORT.card, 0.7, parts | {"year": y}, (0, 9), 0.9) for p, y in ((told, 0.0), (passages[0], 1.0))
    )
    assert (
        find_listing(
            read_question("2024年主要预期目标有哪些"), [best, other], lambda _: REPORT, lambda _: led_lists(REPORT)
        )
        is None
    )


def test_a_list_of_another_length_than_the_question_says_is_none() -> None:
    assert listing("五大工程是哪五个", "银龄安康") is None


def test_words_that_lead_elsewhere_are_no_list_of_it() -> None:
    assert listing("护理员培训有哪些补贴", "培训护理员") is None


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("六大工程是哪六个", 6),
        ("哪12项指标", 12),
        ("十五条措施包括什么", 15),
        ("办理分几步，哪三步", 3),
        ("主要任务有哪些", None),
        ("2025年的任务有哪些", None),
    ],
)
def test_how_many_the_question_says_there_are(asked: str, count: int | None) -> None:
    assert expected_count(asked) == count


def test_labels_are_no_list_of_what_they_head() -> None:
    lines = ["一、免征增值税", "【享受主体】", "运输企业。", "【政策依据】", "第8号公告。"]
    [document] = read_documents("c.txt", "\n".join(["税收优惠政策指引", *lines]).encode())
    found = listing("免征增值税有哪些", "运输企业", document)
    assert found is None or "【" not in document.text[slice(*found.spans[0])]


def test_a_list_gives_way_to_its_item_that_has_much_more_of_the_wording() -> None:
    lines = ["某县市场监管局2025年工作要点", "重点任务如下：", "• 推行企业迁移登记一件事，覆盖事项增至三十二个。"]
    lines += ["• 开展预付卡专项整治，整治重点为健身、美容、洗车行业。", "• 培育省级质量标杆一家，建成快检室六个。"]
    [document] = read_documents("d.txt", "\n".join(lines).encode())
    assert listing("预付卡专项整治重点是哪些行业", "预付卡专项整治", document) is None
    assert listing("2025年的重点任务有哪些", "预付卡专项整治", document) is not None
