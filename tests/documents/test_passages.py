from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.documents.passages import split_passages
from qa.records import Document, Passage
from tests.documents.laws import obeys_the_laws
from tests.documents.reading import read_documents

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

PIECES = """一、总体要求|二、2024年工作计划|（一）创新平台|1.编制。按照要求编制。
第一章 总则|第一条 为了发展。|附件：|工作要点
镇海区科技局|2024年4月3日|索引号: A|首页 > 通知|打印本页
2023-03-05|<p>|• 要点
企业110家；人才50人。|　||\t|各单位：
关于整理的文章2篇|以下是关于工作的文章2篇""".replace("\n", "|").split("|")
PIECES += ["很长" * 900, "序号\n项目\n1\n甲\n2\n乙", "指标\t目标\n高企\t100\n人才\t50", "【享受条件】", "一是落实。"]


def read(text: str) -> list[Document]:
    return read_documents("a.txt", text.encode())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_seeds_obey_the_laws(path: Path) -> None:
    for document in read_documents(path.name, path.read_bytes()):
        obeys_the_laws(document)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("shuffle", range(3))
def test_shuffled_seeds_obey_the_laws(path: Path, shuffle: int) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(shuffle).shuffle(lines)
    for document in read("".join(lines)):
        obeys_the_laws(document)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).filter(lambda lines: "".join(lines).strip() != ""))
def test_any_text_obeys_the_laws(lines: list[str]) -> None:
    for document in read("\n".join(lines)):
        obeys_the_laws(document)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="一二（）1.、。；\n <>p第章镇海区局日年2024\u3000", min_size=1, max_size=120).filter(str.strip))
def test_any_characters_obey_the_laws(text: str) -> None:
    for document in read(text):
        obeys_the_laws(document)


def test_passages_of_a_notice_that_is_attached_stand_under_its_title() -> None:
    letter = "某市局关于转发的通知\n各单位：\n请认真执行。\n附件：关于申报项目的通知\n某市局\n2019年4月17日\n"
    (document,) = read(
        letter + "附件\n关于申报项目的通知\n各市局：\n一、支持方向\n企业应当申报。\n某省厅\n2019年4月11日"
    )
    trails = {passage.text: passage.section for passage in split_passages(document)}
    assert trails["请认真执行。"] == ()
    assert trails["企业应当申报。"] == ("关于申报项目的通知", "一、支持方向")


def test_reading_is_deterministic() -> None:
    content = SEEDS[3].read_bytes()
    first, second = (read_documents("a.txt", content) for _ in range(2))
    assert first == second
    assert [split_passages(document) for document in first] == [split_passages(document) for document in second]


TEXT = """某区工作总结和计划
一、2023年工作总结
取得成绩。
主要有：
二、2024年工作计划
一、推进平台建设
（一）建平台。新建平台3家。
二、培育企业
培育企业。
"""


@pytest.fixture
def passages() -> list[Passage]:
    (document,) = read(TEXT)
    return split_passages(document)


def test_passages_know_the_headings_above_them(passages: list[Passage]) -> None:
    assert [(passage.kind, passage.text, passage.section) for passage in passages] == [
        ("heading", "某区工作总结和计划", ()),
        ("heading", "一、2023年工作总结", ("一、2023年工作总结",)),
        ("paragraph", "取得成绩。", ("一、2023年工作总结",)),
        ("paragraph", "主要有：", ("一、2023年工作总结",)),
        ("heading", "二、2024年工作计划", ("二、2024年工作计划",)),
        ("heading", "一、推进平台建设", ("二、2024年工作计划", "一、推进平台建设")),
        ("paragraph", "（一）建平台。新建平台3家。", ("二、2024年工作计划", "一、推进平台建设", "（一）建平台")),
        ("heading", "二、培育企业", ("二、2024年工作计划", "二、培育企业")),
        ("paragraph", "培育企业。", ("二、2024年工作计划", "二、培育企业")),
    ]


def test_paragraphs_are_counted_under_their_heading(passages: list[Passage]) -> None:
    assert [passage.paragraph for passage in passages] == [0, 0, 1, 2, 0, 0, 1, 0, 1]


def test_context_is_title_and_headings_and_not_the_passage_itself(passages: list[Passage]) -> None:
    assert passages[3].context == "某区工作总结和计划 一、2023年工作总结"
    assert passages[6].context == "某区工作总结和计划 二、2024年工作计划 一、推进平台建设"


def test_context_names_the_region_that_the_title_leaves_out() -> None:
    (document,) = read("2019年工作要点\n一、桐乡目标\n桐乡市创新。\n桐乡发展，全市努力。\n")
    assert {passage.context.split()[0] for passage in split_passages(document)} == {"浙江省嘉兴市桐乡市"}


def test_long_paragraph_is_cut_between_sentences() -> None:
    (document,) = read("某通知\n各单位：\n" + "".join("甲" * 199 + "。" for _ in range(10)))
    lengths = [len(passage.text) for passage in split_passages(document) if passage.text.startswith("甲")]
    assert lengths == [1400, 600]


def test_sections_end_where_the_next_of_their_level_begins() -> None:
    (document,) = read(TEXT)
    ends = {section.title: document.text[section.start : section.end].splitlines()[-1] for section in document.sections}
    assert ends["一、2023年工作总结"] == "主要有："
    assert ends["二、2024年工作计划"] == "培育企业。"
    assert ends["一、推进平台建设"] == "（一）建平台。新建平台3家。"


def test_a_short_line_above_a_numbering_of_its_own_heads_it() -> None:
    (document,) = read(
        "办理须知\n一、居住二十四小时以上的，应当申报登记。\n所需资料\n一、身份证；\n二、住址证明。\n\n申报方式：\n一、现场。"
    )
    assert [section.title for section in document.sections] == ["所需资料"]


def test_items_have_their_lead_as_context_and_not_in_their_text() -> None:
    body = "第一条 为了发展。\n第二条 应当提交：\n身份证；\n户口簿。\n第三条 另行通知。"
    (document,) = read(f"某区管理办法\n{body}")
    found = {passage.text: passage.context for passage in split_passages(document)}
    assert found["身份证；"] == found["户口簿。"] == "某区管理办法 第二条 第二条 应当提交："
    assert found["第三条 另行通知。"] == "某区管理办法"


LONG = "全市坚持创新驱动发展战略，" * 5 + "完成全年目标。"


def test_who_does_it_stands_under_what_is_done() -> None:
    body = "行动一：技术攻关。\n每年发布项目不少于12个。\n行动二：人才集聚。三年引进30名。\n牵头单位：市人社局。"
    (document,) = read(f"某市行动方案\n{body}")
    found = {passage.text: passage for passage in split_passages(document)}
    assert found["每年发布项目不少于12个。"].section == ("行动一：技术攻关。",)
    assert found["牵头单位：市人社局。"].context == "某市行动方案 行动二：人才集聚"
    (document,) = read("某市工作方案\n建设港口。年内开工。\n责任单位：市交通局。\n完成时限：6月底。")
    found = {passage.text: passage for passage in split_passages(document)}
    assert found["责任单位：市交通局。"].context == found["完成时限：6月底。"].context == "某市工作方案 建设港口。"


def test_headings_above_one_another_nest_and_single_ones_are_the_inner() -> None:
    parts = ["规划目标", "总体目标", LONG, "基本原则", LONG, "保障措施", "组织保障", LONG]
    (document,) = read("\n".join(["某市住房规划", "各单位：", LONG, *parts]))
    assert [(section.level, section.title) for section in document.sections] == [
        (1, "规划目标"),
        (2, "总体目标"),
        (2, "基本原则"),
        (1, "保障措施"),
        (2, "组织保障"),
    ]


def test_labels_in_brackets_head_their_part_of_a_section() -> None:
    lines = [
        "一、免征增值税",
        "【享受主体】",
        "企业。",
        "【政策依据】",
        "某公告。",
        "二、免征所得税",
        "【享受主体】",
        "个人。",
    ]
    (document,) = read("\n".join(["某市政策指引", LONG, *lines]))
    trails = {passage.text: passage.section for passage in split_passages(document)}
    assert trails["企业。"] == ("一、免征增值税", "【享受主体】")
    assert trails["某公告。"] == ("一、免征增值税", "【政策依据】")
    assert trails["个人。"] == ("二、免征所得税", "【享受主体】")


def test_a_numbered_paragraph_closes_the_section_that_it_goes_on_from() -> None:
    lines = [
        "一、工作重点",
        "（一）项目方面",
        "重点看开工。",
        f"二、对不落实的单位，{LONG}",
        "另行通报。",
        "三、工作要求",
        "要落实。",
    ]
    (document,) = read("\n".join(["某市通知", "各单位：", *lines]))
    trails = {passage.text: passage.section for passage in split_passages(document)}
    assert trails["重点看开工。"] == ("一、工作重点", "（一）项目方面")
    assert trails["另行通报。"] == ()
    assert trails["要落实。"] == ("三、工作要求",)
    assert document.sections[0].end == document.text.index("二、")
