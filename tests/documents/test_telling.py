from __future__ import annotations

import pytest

from qa.documents.passages import split_passages
from qa.documents.telling import read_aim, read_years, sets_rules, stated_aim, tells_period
from qa.records import Aim, DocumentCard
from tests.documents.reading import read_documents

REPORT = DocumentCard("r", "r", "2026年某省政府工作报告", years=(2026,))
BOTH = DocumentCard("b", "b", "2023年工作总结及2024年工作计划", years=(2023, 2024))
NOTICE = DocumentCard("n", "n", "某局通知", years=(2024,))
PLAN = DocumentCard("p", "p", "2024年工作要点", years=(2024,))


@pytest.mark.parametrize(
    ("card", "section", "text", "years"),
    [
        (NOTICE, (), "新增110家。", (2024,)),
        (NOTICE, ("二、2023年主要工作", "(一)平台"), "新增110家。", (2023,)),
        (NOTICE, ("去年工作",), "新增110家。", (2023,)),
        (NOTICE, ("2023年工作",), "（一）到2025年，新增110家。", (2025,)),
        (NOTICE, ("2023年工作",), "2021—2023年新增110家。", (2021, 2023)),
        (NOTICE, ("2023年工作",), "新增110家，比2022年增长5%。", (2023,)),
        (BOTH, ("三、工作计划",), "新增110家。", (2024,)),
        (BOTH, ("完成情况",), "新增110家。", (2023,)),
        (BOTH, (), "新增110家。", (2023, 2024)),
        (REPORT, ("一、工作回顾",), "增长5%。", (2025,)),
        (REPORT, ("三、主要任务",), "增长5%。", (2026,)),
        (REPORT, (), "增长5%。", (2025, 2026)),
        (REPORT, (), "刚刚过去的2025年，增长5%。", (2025,)),
        (REPORT, ("一、形势和任务",), "在过去一年里，增长5%。", (2025,)),
        (NOTICE, (), "在过去一年里，增长5%。", (2024,)),
    ],
)
def test_years_that_a_passage_speaks_of(
    card: DocumentCard, section: tuple[str, ...], text: str, years: tuple[int, ...]
) -> None:
    assert read_years(card, section, text) == years


@pytest.mark.parametrize(
    ("card", "section", "text", "aim"),
    [
        (NOTICE, ("一、工作回顾", "（一）目标完成情况"), "力争新增110家。", "result"),
        (NOTICE, ("一、工作回顾", "（二）工作计划"), "新增110家。", "target"),
        (PLAN, (), "新增110家。", "target"),
        (BOTH, ("一、2023年主要工作",), "新增110家。", "result"),
        (BOTH, ("二、2024年主要工作",), "完成110家。", "target"),
        (REPORT, ("三、2026年主要工作", "（六）增进百姓福祉"), "完成500所中小学改造。", "target"),
        (REPORT, ("三、2026年主要工作", "（七）加快释放改革成效"), "甲乙丙。", "target"),
        (REPORT, ("一、2025年工作回顾", "（七）改革取得成效"), "甲乙丙。", "result"),
        (NOTICE, ("二、改革不断取得新成效",), "甲乙丙。", "result"),
        (REPORT, ("一、持续取得新成效", "（六）办好民生实事，生活品质稳步提高"), "甲乙丙。", "result"),
        (REPORT, ("一、2025年工作回顾", "（一）千方百计稳就业稳预期"), "甲乙丙。", "result"),
        (NOTICE, ("三、民生实事项目",), "甲乙丙。", "target"),
        (REPORT, ("一、2025年工作回顾", "（一）锚定目标攻坚"), "甲乙丙。", "result"),
        (NOTICE, ("一、围绕目标任务抓落实",), "甲乙丙。", None),
        (NOTICE, ("一、目标任务",), "甲乙丙。", "target"),
        (NOTICE, (), "限额以上单位12家。", None),
        (REPORT, ("三、2026年主要工作", "1.2018年启动的工程"), "甲乙丙。", "target"),
        (REPORT, ("一、形势和任务",), "在过去一年里，甲乙丙。", "result"),
        (NOTICE, ("2023年主要工作",), "甲乙丙。", None),
        (PLAN, ("第一部分 2023年工作",), "甲乙丙。", "result"),
        (PLAN, ("第一部分 2023年目标",), "甲乙丙。", "target"),
        (NOTICE, ("一、重点工作落实情况",), "甲乙丙。", "result"),
        (NOTICE, (), "力争新增110家。", "target"),
        (NOTICE, (), "新增110家，同比增长5%。力争再增100家。", None),
        (NOTICE, (), "新增110家，同比增长5%。面向企业。面向高校。", None),
    ],
)
def test_whether_a_passage_tells_aims_or_achievements(
    card: DocumentCard, section: tuple[str, ...], text: str, aim: Aim | None
) -> None:
    assert read_aim(card, section, text) == aim


def test_what_a_plan_tells_of_the_years_before_its_own_was_achieved() -> None:
    assert read_aim(PLAN, (), "2023年，工作取得新进展：新登记5.32万户。", (2023,)) == "result"
    assert read_aim(PLAN, ("2024年工作要点",), "2023年，工作取得新进展：新登记5.32万户。", (2023,)) == "result"
    assert read_aim(PLAN, (), "2024年，新登记5.5万户。", (2024,)) == "target"
    assert read_aim(PLAN, ("一、目标任务",), "2023年底前登记5.5万户。", (2023,)) == "target"


def test_the_passages_of_a_document_are_told_apart() -> None:
    lines = ["某局2023年工作总结和2024年工作计划", "一、2023年工作总结", "新增企业100家。", "二、2024年工作计划"]
    (document,) = read_documents("a.txt", "\n".join([*lines, "新增企业110家。"]).encode())
    told = {passage.text: (passage.years, passage.aim) for passage in split_passages(document)}
    assert told["新增企业100家。"] == ((2023,), "result")
    assert told["新增企业110家。"] == ((2024,), "target")


def test_items_with_a_dash_are_told_of_the_years_with_which_the_paragraph_above_them_opens() -> None:
    lines = ["某局2018年行动计划", "一、目标", "到2020年，形成体系。", "——应用。装配率60%。", "——标准。"]
    (document,) = read_documents("a.txt", "\n".join([*lines, "二、保障", "——经费。"]).encode())
    told = {passage.text: passage.years for passage in split_passages(document)}
    assert told["——应用。装配率60%。"] == told["——标准。"] == (2020,)
    assert told["——经费。"] == (2018,)


def test_all_parts_of_a_long_paragraph_are_told_of_the_year_with_which_it_opens() -> None:
    paragraph = "到2020年，" + "形成体系并且健全标准。" * 200
    (document,) = read_documents("a.txt", f"某局2018年行动计划\n一、目标\n{paragraph}\n健全机制。".encode())
    parts = [passage.years for passage in split_passages(document) if "形成" in passage.text]
    assert len(parts) > 1
    assert set(parts) == {(2020,)}


FIVE_YEARS = (2021, 2022, 2023, 2024, 2025)


@pytest.mark.parametrize(
    ("heading", "texts", "years"),
    [
        (
            "一、“十四五”时期和2025年工作回顾",
            [
                "这五年，实力增强。",
                "民生改善。新增就业260万人。",
                "各位代表！刚刚过去的2025年，增长5%。",
                "新增就业50万人。",
            ],
            [FIVE_YEARS, FIVE_YEARS, (2025,), (2025,)],
        ),
        (
            "一、2025年和“十四五”时期工作回顾",
            ["新增就业50万人。", "五年来，实力增强。", "2025年四大产业占比提高。", "新增就业260万人。"],
            [(2025,), FIVE_YEARS, (2025,), FIVE_YEARS],
        ),
        (
            "一、“十四五”时期工作回顾",
            ["新增就业260万人。", "过去一年，增长5%。", "增长8%。"],
            [FIVE_YEARS, (2025,), (2025,)],
        ),
        ("一、2025年工作回顾", ["这五年，实力增强。", "新增就业50万人。"], [FIVE_YEARS, (2025,)]),
    ],
)
def test_a_part_on_a_five_year_plan_tells_of_its_years_together_until_it_turns_to_one(
    heading: str, texts: list[str], years: list[tuple[int, ...]]
) -> None:
    (document,) = read_documents("a.txt", "\n".join(["2026年某省政府工作报告", heading, *texts]).encode())
    told = [passage.years for passage in split_passages(document) if passage.kind == "paragraph"]
    assert told == years


def test_a_period_is_told_as_all_its_years() -> None:
    report = DocumentCard("d", "d.txt", "某省2026年政府工作报告", years=(2026,))
    assert read_years(report, (), "五年来，城镇新增就业522万人。") == (2021, 2022, 2023, 2024, 2025)
    assert read_years(report, (), "今后五年，城镇新增就业500万人。") == (2026, 2027, 2028, 2029, 2030)
    assert read_years(NOTICE, (), "“十四五”时期，新增500家。") == (2021, 2022, 2023, 2024, 2025)
    assert read_years(NOTICE, (), "三年来，新增500家。") == (2020, 2021, 2022, 2023, 2024)
    assert tells_period("固定资产投资年均增长12.8%")
    assert not tells_period("PM2.5年均浓度43.6微克/立方米")
    assert tells_period("“十五”期间新增")
    assert not tells_period("正月十五期间")
    assert not tells_period("学制三年级以上")


@pytest.mark.parametrize(
    ("title", "kind", "rules"),
    [
        ("某市积分管理办法", None, True),
        ("某府关于印发某市积分管理办法的通知", "通知", True),
        ("关于印发《某市积分管理办法（试行）》的通知", "通知", True),
        ("某市工作要点", "办法", True),
        ("关于做好招生工作的通知", "通知", False),
        ("某市工作要点", None, False),
    ],
)
def test_what_sets_rules(title: str, kind: str | None, rules: bool) -> None:
    assert sets_rules(DocumentCard("d", "d.txt", title, kind=kind)) is rules


def test_what_stands_before_the_heading_of_the_plan_is_told_of_the_year_reviewed() -> None:
    lines = ["某局2024年工作总结及2025年工作思路", "一年来，新增企业100家。", "一、监管得到新加强", "培育20家。"]
    (document,) = read_documents("a.txt", "\n".join([*lines, "2025年工作思路：", "1.抓培育。新增企业110家。"]).encode())
    told = {passage.text: (passage.years, passage.aim) for passage in split_passages(document)}
    assert told["一年来，新增企业100家。"] == told["培育20家。"] == ((2024,), "result")
    assert told["1.抓培育。新增企业110家。"] == ((2025,), "target")


def test_a_question_heads_its_answer() -> None:
    lines = [
        "某县补贴申报的通知",
        "一、申报",
        "符合条件的申请人应当在十月底以前向所在乡镇提出申请，并提交下列材料。",
        "附：政策问答",
    ]
    lines += ["问：网店可以领吗？", "答：可以。", "Q1：租金呢？", "A1：按月计算。"]
    (document,) = read_documents("a.txt", "\n".join(lines).encode())
    above = {passage.text: passage.section[-1:] for passage in split_passages(document)}
    assert above["答：可以。"] == ("问：网店可以领吗？",)
    assert above["A1：按月计算。"] == ("Q1：租金呢？",)


def test_a_part_in_brackets_heads_the_numbered_sections_below_it() -> None:
    lines = [
        "某局2023年工作总结及2024年工作计划",
        "【2023年工作总结】",
        "一、工业平稳。新增100家。",
        "二、安全。零事故。",
    ]
    (document,) = read_documents("a.txt", "\n".join([*lines, "【2024年工作计划】", "一、工业。新增110家。"]).encode())
    sections = {passage.text: passage.section for passage in split_passages(document)}
    assert sections["一、工业平稳。新增100家。"] == ("【2023年工作总结】", "一、工业平稳")
    assert sections["一、工业。新增110家。"] == ("【2024年工作计划】", "一、工业")


@pytest.mark.parametrize(
    ("heading", "aim"),
    [
        ("一、年度目标完成情况", "result"),
        ("（1）城镇新增就业1.28万人，完成年度目标的106.7%", None),
        ("一、目标任务推进情况", None),
        ("一、民生实事推进", None),
        ("一、年度目标", "target"),
    ],
)
def test_what_became_of_an_aim_heads_no_aims(heading: str, aim: Aim | None) -> None:
    assert read_aim(NOTICE, (heading,), "新增110家。") == aim


@pytest.mark.parametrize(
    ("section", "aim"),
    [
        (("第一部分 2023年工作总结", "二、重点工作"), "result"),
        (("第二部分 2024年工作计划", "一、重点工作"), "target"),
        (("二、重点工作",), "target"),
        (("2023年工作总结", "三、2024年重点工作"), "target"),
    ],
)
def test_a_heading_that_may_be_of_either_gives_way_to_one_that_says_so(section: tuple[str, ...], aim: Aim) -> None:
    assert read_aim(BOTH, section, "新增110家。") == aim


@pytest.mark.parametrize(
    ("sentence", "aim"),
    [
        ("实际新增学位7110个，超过年初计划。", "result"),
        ("增速低于年度目标4.4个百分点。", "result"),
        ("力争实现年度目标。", "target"),
        ("计划新增学位7000个。", "target"),
    ],
)
def test_what_is_set_against_an_aim_is_a_result(sentence: str, aim: Aim) -> None:
    assert stated_aim(sentence) == aim
