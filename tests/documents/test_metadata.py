from __future__ import annotations

from datetime import date

import pytest

from qa.documents.metadata import read_date
from qa.documents.titles import title_kind
from qa.records import DocumentCard
from tests.documents.reading import read_documents


def card(*lines: str) -> DocumentCard:
    (document,) = read_documents("a.txt", "\n".join(lines).encode())
    return document.card


BODY = ("各单位：", "请认真贯彻执行，并将执行情况及时报送办公室汇总，不得延误，特此通知，以上要求从速办理。")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-04-03", date(2024, 4, 3)),
        ("2024/4/3", date(2024, 4, 3)),
        ("2024年4月3日", date(2024, 4, 3)),
        ("2024 年 4 月 3 日", date(2024, 4, 3)),
        ("二〇二四年四月三日", date(2024, 4, 3)),
        ("二○一五年十二月三十一日", date(2015, 12, 31)),
        ("二〇二〇年十月二十日", date(2020, 10, 20)),
        ("发布于2019-08-21 11:22", date(2019, 8, 21)),
        ("19940226", date(1994, 2, 26)),
        ("编号120160301", None),
        ("20161301", None),
        ("2024年2月30日", None),
        ("2024年4月", None),
        ("", None),
    ],
)
def test_dates_as_they_are_written(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "lines",
    [
        (
            "索引号: | 002/2024-1 | 主题分类: | 科技,其他 |",
            "成文日期: | 2024-04-03 | 体裁: | 通知 |",
            "发布机构: | 镇海区科技局 | 公开方式: | 主动 |",
        ),
        ("  • 索引号:002/2024-1", "  • 发布机构:镇海区科技局", "  • 文号", "  • 成文日期:2024-04-03"),
        ("索引号: 002/2024-1 发布机构: 镇海区科技局", "公开方式: 主动公开 成文日期: 2024-04-03"),
        ("索 引 号： \t002/2024-1 \t主题分类： \t科技", "发文机关： \t镇海区科技局 \t成文日期： \t2024年4月3日"),
        (
            "索引号 002/2024-1   公开形式 主动公开   发布机构 镇海区科技局",
            "成文日期 2024-04-03   文   号 某发〔2024〕3号",
        ),
        ("索引号 ： 002/2024-1   发布机构 ： 镇海区科技局", "成文日期 ： 2024-04-03   公开方式 ： 主动公开"),
    ],
)
def test_labels_in_every_spelling(lines: tuple[str, ...]) -> None:
    found = card("关于加快发展的通知", *lines, *BODY)
    assert (found.index_number, found.issuer, found.signed) == ("002/2024-1", "镇海区科技局", date(2024, 4, 3))
    assert found.region == "浙江省宁波市镇海区"


def test_labels_that_run_into_each_other() -> None:
    found = card("镇海区关于加快发展的通知", "发布日期:2017-04-17信息来源: 区科技局 浏览次数:字号:[ ]", *BODY)
    assert (found.published, found.issuer) == (date(2017, 4, 17), "镇海区科技局")


PAGE = (
    "发 文 机 构：",
    "镇海区教育局",
    "发布日期：",
    "2015年11月13日",
    "发文字号：",
    "镇教发〔2015〕7号",
    "索引号：",
    "A-2015-7",
)


def test_values_on_the_line_below_their_labels() -> None:
    found = card(*PAGE, "关  键  字：", "随迁子女接受义务教育", "关于做好招生工作的意见", *BODY)
    assert (found.title, found.issuer, found.published) == (
        "关于做好招生工作的意见",
        "镇海区教育局",
        date(2015, 11, 13),
    )
    assert (found.number, found.index_number) == ("镇教发〔2015〕7号", "A-2015-7")


def test_titles_on_the_line_below_their_label() -> None:
    assert card("标题：", "关于做好招生工作的通知", *PAGE, *BODY).title == "关于做好招生工作的通知"
    assert card("两江新区全链条复工", "原标题：", "生产不中断", *BODY).title == "两江新区全链条复工"


def test_values_that_show_what_they_are_need_no_colon() -> None:
    found = card("关于招生的通知", "发布机构", "镇海区教育局", "发布日期", "2016-01-01", "施行日期20160301", *BODY)
    assert (found.issuer, found.published, found.validity.effective) == (
        "镇海区教育局",
        date(2016, 1, 1),
        date(2016, 3, 1),
    )


@pytest.mark.parametrize("label", ["主题词：", "发文字号：", "发布日期：", "发布机构：", "来源："])
def test_title_below_a_label_without_value_stays_the_title(label: str) -> None:
    assert card(label, "镇海区教育局关于做好招生工作的通知", *BODY).title == "镇海区教育局关于做好招生工作的通知"


def test_label_without_value_gives_nothing() -> None:
    found = card("关于加快发展的通知", "文号", "索引号：", "咨询电话:", *BODY)
    assert (found.number, found.index_number, found.contact) == (None, None, None)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("某通知", "海科〔2017〕6号"), "海科〔2017〕6号"),
        (("某通知", "国办发[2012]46号"), "国办发[2012]46号"),
        (("某通知", "文号：镇科〔2023〕18号"), "镇科〔2023〕18号"),
        (("关于放假的通知（国办发明电〔2020〕1号）",), "国办发明电〔2020〕1号"),
        (("筑府办发电〔2020〕5号市政府办公厅关于复工的通知",), "筑府办发电〔2020〕5号"),
        (("关于贯彻镇科〔2023〕18号文件的通知",), None),
        (("某通知", "第6号"), None),
        (("甘肃省人民政府令", "第123号", "居住证办法"), "甘肃省人民政府令第123号"),
        (("河北省人民政府令", "（〔2011〕第20号）", "居住证办法"), "河北省人民政府令〔2011〕第20号"),
        (("深圳市人民代表大会常务委员会公告", "第一五〇号"), "深圳市人民代表大会常务委员会公告第一五〇号"),
        (("关于服从命令", "第5号"), None),
    ],
)
def test_document_numbers(lines: tuple[str, ...], number: str | None) -> None:
    assert card(*lines, *BODY).number == number


def test_signature_on_two_lines() -> None:
    found = card("关于加快发展的通知", *BODY, "桐乡市科学技术局", "2019年8月21日")
    assert (found.issuer, found.signed, found.years) == ("桐乡市科学技术局", date(2019, 8, 21), (2019,))


def test_signature_on_one_line() -> None:
    found = card("关于加快发展的通知", *BODY, "北京市水务局 二〇二〇年二月十日")
    assert (found.issuer, found.signed) == ("北京市水务局", date(2020, 2, 10))


def test_bodies_that_sign_together_stand_side_by_side() -> None:
    assert card("关于发展的通知", *BODY, "财政部 国家税务总局", "2015年2月2日").issuer == "财政部、国家税务总局"
    assert card("关于发展的通知", *BODY, "财政部", "建设部", "2015年2月2日").issuer == "财政部、建设部"


def test_what_a_page_puts_behind_a_signature_does_not_hide_it() -> None:
    found = card("关于发展的措施", *BODY, "北京市人民政府办公厅 2020年2月5日 分享：")
    assert (found.issuer, found.signed) == ("北京市人民政府办公厅", date(2020, 2, 5))
    assert card("关于发展的措施", *BODY, "会议定于 2020年2月5日 召开").signed is None


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("重庆市人民政府令第306号", "居住证实施办法", *BODY), "重庆市人民政府"),
        (("中山市人民政府办公室文件", "居住证实施办法", *BODY), "中山市人民政府办公室"),
        (("居住证实施办法", *BODY, "山东省人民政府办公厅2020年12月10日印发"), "山东省人民政府办公厅"),
        (("居住证实施办法", "【发布部门】 山东省财政厅", *BODY), "山东省财政厅"),
        (("居住证实施办法", *BODY, "抄送：山东省财政厅"), None),
    ],
)
def test_orders_letterheads_and_printing_lines_name_the_issuer(lines: tuple[str, ...], issuer: str | None) -> None:
    found = card(*lines)
    assert (found.title, found.issuer) == ("居住证实施办法", issuer)


def test_order_is_numbered() -> None:
    assert card("重庆市人民政府令第306号", "居住证实施办法", *BODY).number == "重庆市人民政府令第306号"


def test_day_of_coming_into_force_gives_the_year_where_no_other_day_does() -> None:
    last = "第九条 本办法自2007年12月1日起施行。2003年发布的办法同时废止。"
    assert card("居住证实施办法", *BODY, last).years == (2007,)
    assert card("居住证实施办法", *BODY, last, "某某市财政局", "2006年5月1日").years == (2006,)


def test_a_date_in_running_text_is_no_signature() -> None:
    assert card("关于加快发展的通知", "各单位：", "本办法自2024年1月1日起施行。").signed is None


def test_issuer_stands_before_what_the_title_is_about() -> None:
    found = card("宁波市镇海区科学技术局关于印发计划的通知", *BODY, "某某局", "2024年4月3日")
    assert found.issuer == "宁波市镇海区科学技术局"


def test_issuer_and_number_never_come_from_the_name_of_a_file() -> None:
    (document,) = read_documents("镇科〔2024〕6号镇海区科技局关于加快发展.txt", "第一条 加强领导。".encode())
    assert (document.card.issuer, document.card.number) == (None, None)
    assert document.card.title == "镇科〔2024〕6号镇海区科技局关于加快发展"


def test_fuller_name_under_the_letter_wins_over_a_short_one_in_the_title() -> None:
    found = card("省发展改革委印发《若干措施》的通知", *BODY, "贵州省发展和改革委员会", "2020年2月10日")
    assert (found.issuer, found.region) == ("贵州省发展和改革委员会", "贵州省")


def test_issuers_side_by_side() -> None:
    found = card("北京市财政局", "北京市审计局关于资金的通知", *BODY)
    assert (found.title, found.issuer) == ("北京市财政局 北京市审计局关于资金的通知", "北京市财政局、北京市审计局")


def test_who_reports_to_a_congress_issues_the_report() -> None:
    found = card("2025年政府工作报告", "各位代表：", "现在，我代表云南省人民政府，向大会报告工作，请予审议。")
    assert (found.issuer, found.region, found.years) == ("云南省人民政府", "云南省", (2025,))


def test_work_report_that_names_nobody_is_its_governments() -> None:
    assert card("2026年湖南省政府工作报告", "各位代表：", "过去一年，成绩很大。").issuer == "湖南省人民政府"


def test_central_bodies_issue_for_no_region() -> None:
    found = card("商务部办公厅关于保供的通知", *BODY, "武汉、武汉、武汉和武汉市的供应。", "武汉市要保供，武汉也要。")
    assert (found.issuer, found.region) == ("商务部办公厅", None)


def test_region_is_the_one_the_text_is_about_where_nobody_is_named() -> None:
    found = card("2019年科技创新工作要点", "一、桐乡目标", "桐乡市要创新。", "桐乡要发展，全市要努力。")
    assert (found.region, found.issuer) == ("浙江省嘉兴市桐乡市", None)


@pytest.mark.parametrize(
    ("title", "text", "region"),
    [
        ("武汉养老金并轨方案", "湖北省、湖北省和湖北省。我省要并轨，全省要并轨。", "湖北省"),
        ("武汉养老金并轨方案", "湖北省、湖北省和湖北省。武汉、武汉。我省要并轨，全省要并轨。", "湖北省武汉市"),
        ("南京市公安局实施《江苏省户口登记规定》细则", "南京、南京和南京市。", "江苏省南京市"),
        ("深圳市宝安、龙岗区规划办法", "深圳市、深圳市和深圳市。", "广东省深圳市"),
        ("西安市生态环境局鄠邑分局工作总结", "西安市、西安市和西安市。", "陕西省西安市鄠邑区"),
    ],
)
def test_a_title_is_of_the_place_that_its_text_bears_out(title: str, text: str, region: str) -> None:
    assert card(title, "各单位：", text).region == region


@pytest.mark.parametrize(
    ("source", "text", "years"),
    [
        ("深圳_计生条例2016.txt", "计划生育条例\n各单位：\n请认真贯彻执行。", (2016,)),
        ("条例2016.txt", "2014年计划生育工作要点\n各单位：\n请认真贯彻执行。", (2014,)),
        ("暂行办法-2014.txt", "积分暂行办法\n各单位：\n请认真贯彻执行。本办法自2015年1月1日起施行。", (2014, 2015)),
        ("a2016b.txt", "计划生育条例\n各单位：\n请认真贯彻执行。", ()),
    ],
)
def test_the_year_is_that_in_the_name_of_the_file_where_the_text_has_none(
    source: str, text: str, years: tuple[int, ...]
) -> None:
    (document,) = read_documents(source, text.encode())
    assert document.card.years == years


def test_the_place_of_a_text_that_never_names_its_own_is_the_one_in_the_name_of_the_file() -> None:
    text = "医保补缴政策解读\n各单位：\n我市和全市、我市的政策。我市居民可以补缴。"
    assert read_documents("厦门_医保补缴.txt", text.encode())[0].card.region == "福建省厦门市"
    assert read_documents("厦门和泉州_医保补缴.txt", text.encode())[0].card.region is None
    assert read_documents("厦门_医保补缴.txt", text.replace("我市", "各地").encode())[0].card.region is None


def test_regions_named_are_listed_in_full() -> None:
    found = card("某通知", "各单位：", "镇海区和慈溪市、上海的合作。")
    assert found.named == ("上海市", "浙江省宁波市慈溪市", "浙江省宁波市镇海区")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某局关于印发《2024年工作要点》的通知", "通知"),
        ("某局2023年工作总结及2024年工作计划", "工作计划"),
        ("某市政府工作报告——2024年1月15日在某市人民代表大会上", "政府工作报告"),
        ("某项目管理实施细则（试行）", "实施细则"),
        ("某市科技创新条例2023", "条例"),
        ("区长到企业调研", None),
    ],
)
def test_kind_of_document(title: str, kind: str | None) -> None:
    assert title_kind(title) == kind


@pytest.mark.parametrize(
    "line",
    [
        "——2025年1月16日在赣州市南康区第六届人民代表大会第五次会议上",
        "（2025年1月16日在赣州市南康区第六届人民代表大会第五次会议上）",
        "2025年1月16日在赣州市南康区第六届人民代表大会第五次会议上 区长 张三",
    ],
)
def test_a_report_is_of_the_place_and_the_year_in_which_it_was_delivered(line: str) -> None:
    found = card("政府工作报告（节选）", line, "各位代表：", "现在，我代表区人民政府向大会报告工作，请予审议。")
    assert (found.region, found.years, found.signed) == ("江西省赣州市南康区", (2025,), date(2025, 1, 16))
    assert found.issuer == "南康区人民政府"
