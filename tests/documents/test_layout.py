from __future__ import annotations

import pytest

from qa.documents.layout import read_layout
from qa.documents.lines import Kind, is_agency
from qa.documents.titles import ends_as_title

LETTER = """首页 > 政务公开 > 通知公告
某某市科学技术局关于印发《科技工作要点》的通知
索引号：A-1/2024-1
某科〔2024〕6号
各区科技局：
现将《科技工作要点》印发给你们，请认真贯彻执行，并将执行情况及时报送市局办公室汇总。
某某市科学技术局
2024年4月12日
科技工作要点
一、总体思路
坚持创新。
二、主要目标
1.企业达到110家；
2.人才达到50人。
三、保障措施
加强领导。
政策解读：
打印本页】 【关闭窗口
Produced By 大汉网络
以下也不是正文
"""


def kinds(text: str, titled: bool = True) -> dict[str, Kind | None]:
    return {line.text: line.kind for line in read_layout(text, titled)}


def test_every_kind_of_line_in_a_letter() -> None:
    assert kinds(LETTER) == {
        "首页 > 政务公开 > 通知公告": Kind.FURNITURE,
        "某某市科学技术局关于印发《科技工作要点》的通知": Kind.TITLE,
        "索引号：A-1/2024-1": Kind.METADATA,
        "某科〔2024〕6号": Kind.METADATA,
        "各区科技局：": Kind.PARAGRAPH,
        "现将《科技工作要点》印发给你们，请认真贯彻执行，并将执行情况及时报送市局办公室汇总。": Kind.PARAGRAPH,
        "某某市科学技术局": Kind.METADATA,
        "2024年4月12日": Kind.METADATA,
        "科技工作要点": Kind.HEADING,
        "一、总体思路": Kind.HEADING,
        "坚持创新。": Kind.PARAGRAPH,
        "二、主要目标": Kind.HEADING,
        "1.企业达到110家；": Kind.PARAGRAPH,
        "2.人才达到50人。": Kind.PARAGRAPH,
        "三、保障措施": Kind.HEADING,
        "加强领导。": Kind.PARAGRAPH,
        "政策解读：": Kind.FURNITURE,
        "打印本页】 【关闭窗口": Kind.FURNITURE,
        "Produced By 大汉网络": Kind.FURNITURE,
        "以下也不是正文": Kind.FURNITURE,
    }


def test_offsets_are_those_of_the_text() -> None:
    text = "  • 第一行\n\n　<?xml:namespace?>第二行  \n"
    lines = read_layout(text)
    assert [line.text for line in lines] == ["第一行", "第二行"]
    assert [text[line.start : line.end] for line in lines] == ["• 第一行", "第二行"]
    assert [text[line.markup : line.start].strip() for line in lines] == ["", "<?xml:namespace?>"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["某市人民政府", "关于加快发展的意见"], ["某市人民政府", "关于加快发展的意见"]),
        (["某市财政局", "某市教育局关于经费的通知"], ["某市财政局", "某市教育局关于经费的通知"]),
        (["某市政府办公厅关于印发", "《居住证细则》的通知"], ["某市政府办公厅关于印发", "《居住证细则》的通知"]),
        (["关于印发《某区义务教育", "工作实施意见》的通知"], ["关于印发《某区义务教育", "工作实施意见》的通知"]),
        (["关于充分发挥职能作用", "助力发展若干措施的通知"], ["关于充分发挥职能作用", "助力发展若干措施的通知"]),
        (["政务公开", "关于加快发展的意见"], ["关于加快发展的意见"]),
        (["某地多举措促就业", "记者近日了解到"], ["某地多举措促就业"]),
        (["某省人民政府", "关于深化改革的", "实　施　意　见"], ["某省人民政府", "关于深化改革的", "实　施　意　见"]),
        (["应用软件预置", "和分发管理暂行规定"], ["应用软件预置", "和分发管理暂行规定"]),
        (["高举旗帜 接续奋斗", "——在代表大会上的报告"], ["高举旗帜 接续奋斗", "——在代表大会上的报告"]),
        (["某市保障性住房轮候办法", "（征求意见稿）"], ["某市保障性住房轮候办法", "（征求意见稿）"]),
        (["A-206-2015-1113", "附件", "小学招生工作安排"], ["小学招生工作安排"]),
        (["Notice on Standards, Tests and " + "Roads " * 30], ["Notice on Standards, Tests and" + " Roads" * 30]),
    ],
)
def test_title_may_run_over_lines(head: list[str], title: list[str]) -> None:
    lines = read_layout("\n".join([*head, "各单位：", "请认真执行。"]))
    assert [line.text for line in lines if line.kind is Kind.TITLE] == title


@pytest.mark.parametrize("again", ["关于加快发展的通知", "关于加快\n发展的通知"])
def test_title_that_stands_twice_counts_once(again: str) -> None:
    lines = read_layout(f"关于加快发展的通知\n{again}\n各单位：\n请认真执行。")
    assert [line.text for line in lines if line.kind is Kind.TITLE] == ["关于加快发展的通知"]
    assert {line.kind for line in lines[1:-2]} == {Kind.FURNITURE}


def test_attachment_is_known_by_the_name_it_was_given_before() -> None:
    letter = "某市关于印发《扶持资金管理办法》和《发展〈纲要〉工作方案》的通知\n各单位：\n现印发给你们，请执行。\n"
    lines = read_layout(letter + "扶持资金管理办法\n一、为了发展。\n发展《纲要》\n工作方案\n二、为了管理。\n")
    assert [line.text for line in lines if line.is_attachment_title] == ["扶持资金管理办法", "发展《纲要》工作方案"]


@pytest.mark.parametrize(
    ("below", "is_title"),
    [
        ("重点任务部门分工表", True),
        ("公租房保障申请程序", True),
        ("1.重点任务分工表", False),
        ("市发展改革局", False),
        ("土 地 等 别", False),
        ("申请人月收入、", False),
    ],
)
def test_what_stands_below_the_word_attachment_is_its_title(below: str, is_title: bool) -> None:
    lines = read_layout(f"某局关于分工的通知\n各单位：\n请执行。\n某局\n2024年1月2日\n附件1\n{below}\n序号\n工作任务\n")
    (line,) = [line for line in lines if line.text == below]
    assert (line.kind is Kind.HEADING and line.is_attachment_title) == is_title


def test_short_line_between_paragraphs_is_a_heading() -> None:
    paragraph = (
        "小学毕业生应当在规定的时间内登录网络应用平台，填写本人和监护人的有关信息，并按照要求提交材料，逾期不再受理。"
        * 2
    )
    news = ["某市招生政策出台", paragraph, "网上信息采集", f"{paragraph}再说。", "（记者 某某）", f"{paragraph}又说。"]
    found = kinds("\n".join([*news, "政府工作报告", "。会议"]))
    assert (found["网上信息采集"], found["（记者 某某）"]) == (Kind.HEADING, Kind.PARAGRAPH)
    assert found["政府工作报告"] is Kind.PARAGRAPH


def test_menu_is_furniture_to_its_last_line_where_the_title_stands_below_it() -> None:
    menu = "请注册 | 登录 | 无障碍浏览 | 设为首页 | 收藏本站 | 关注微信 | 手机版\n局长在年度会议上的讲话\n"
    page = f"{menu}当前位置：首页 > 正文\n某局关于招生的通知\n各区教育局：\n请认真贯彻执行。\n"
    found = kinds(page)
    assert found["某局关于招生的通知"] is Kind.TITLE
    assert {found[line] for line in menu.splitlines()} == {Kind.FURNITURE}


def test_list_of_dated_links_is_furniture() -> None:
    links = ("02-03市长在记者会讲话", "10-19在灯光节发布会讲话", "09-28通报地下管线普查方案")
    page = "\n".join([*links, "某局关于招生的通知", "各区教育局：", "10-20人的班级给予补助", "请认真贯彻执行。"])
    found = kinds(page)
    assert {found[link] for link in links} == {Kind.FURNITURE}
    assert found["某局关于招生的通知"] is Kind.TITLE
    assert found["10-20人的班级给予补助"] is Kind.PARAGRAPH


def test_menu_above_the_place_on_the_site_is_furniture() -> None:
    page = "手机版\n政策法规\n关于印发方案的通知\n发布日期：2026-02-09\n当前位置：首页 > 正文\n传播条例\n"
    found = kinds(page + "第一条 为了保护权利。\n" * 20)
    assert (found["手机版"], found["政策法规"], found["传播条例"]) == (Kind.FURNITURE, Kind.FURNITURE, Kind.PARAGRAPH)
    assert (found["关于印发方案的通知"], found["发布日期：2026-02-09"]) == (Kind.TITLE, Kind.METADATA)


def test_licence_of_a_public_library_is_furniture_to_the_end() -> None:
    text = (
        "某某报告\n"
        + "今年要发展。\n" * 20
        + "本作品来自中华人民共和国的决议。依据《\n著作权法\n》，所以属于\n公有领域\n。\n"
    )
    assert [line.kind for line in read_layout(text)[-5:]] == [Kind.FURNITURE] * 5


def test_text_without_title_has_none() -> None:
    assert Kind.TITLE not in kinds("一、准入审批类\n应用一：形式审查\n").values()
    assert Kind.TITLE not in kinds("某某工作要点\n一、思路\n坚持创新。\n", titled=False).values()


def test_titles_of_other_articles_between_dates_are_furniture() -> None:
    found = kinds("2023-03-05\n别的文章计划6篇\n2023-03-12\n今年以来，我们坚持稳中求进，认真落实任务，取得了成效。\n")
    assert found["别的文章计划6篇"] is Kind.FURNITURE
    assert found["2023-03-05"] is Kind.FURNITURE


@pytest.mark.parametrize(
    "line",
    [
        "索引号: | A | 主题分类: | B |",
        "索 引 号： A",
        "文号",
        "成文日期:2015-02-27",
        "发布机构：市科技局",
        "咨询电话: 5588",
    ],
)
def test_labelled_lines_are_metadata(line: str) -> None:
    assert kinds(f"某某通知\n{line}\n各单位：\n请认真执行。\n")[line] is Kind.METADATA


@pytest.mark.parametrize(
    "line",
    [
        "浏览次数: 打印",
        "字号：大 中 小",
        "附件.docx",
        "上一篇：别的",
        "验证码:",
        "责任编辑：某人",
        "首页",
        "【",
        "。",
        "浙ICP备1号",
    ],
)
def test_page_furniture(line: str) -> None:
    assert kinds(f"某某通知\n{line}\n各单位：\n请认真执行。\n")[line] is Kind.FURNITURE


def test_list_items_are_no_headings() -> None:
    found = kinds("某某通知\n一、目标\n1.企业110家\n2.人才50人\n二、措施\n加强领导。\n")
    assert (found["1.企业110家"], found["2.人才50人"]) == (Kind.PARAGRAPH, Kind.PARAGRAPH)
    assert (found["一、目标"], found["二、措施"]) == (Kind.HEADING, Kind.HEADING)


def test_topic_between_numbered_paragraphs_heads_what_follows() -> None:
    text = "某某通知\n（一）指导思想。坚持创新。\n（二）基本原则。\n——坚持自愿。\n（三）目标。\n1.企业。增加。\n"
    assert [line.text for line in read_layout(text) if line.kind is Kind.HEADING] == [
        "（二）基本原则。",
        "（三）目标。",
    ]
    items = "某某通知\n（一）身份证。\n（二）其他材料。\n前款所称材料应当真实。\n"
    assert Kind.HEADING not in kinds(items).values()


def test_agencies_and_titles_by_how_they_end() -> None:
    assert is_agency("宁波市镇海区科学技术局")
    assert is_agency("某某市财政局 某某市教育局")
    assert not is_agency("我们要加强与科技局、财政局的协作，用好市科技局")
    assert not is_agency("国家税务总局关于优化服务的公告 财政部")
    assert not is_agency("局")
    assert ends_as_title("科技工作要点")
    assert ends_as_title("管理办法（试行）")
    assert ends_as_title("关于印发的通知（国办发〔2020〕1号）")
    assert ends_as_title("《税收优惠政策指引》")
    assert not ends_as_title("加快发展新质生产力")
