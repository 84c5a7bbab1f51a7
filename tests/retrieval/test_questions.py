from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UnusableQuestionError
from qa.records import Scope
from qa.retrieval.questions import LONGEST_QUESTION, read_question

ZHENHAI = "浙江省宁波市镇海区"


def test_scope_is_read_from_the_wording() -> None:
    question = read_question("镇海2024年高企目标是多少")
    assert question.regions == (ZHENHAI,)
    assert question.years == (2024,)
    assert question.aim == "target"
    assert question.wants == "amount"
    assert [(name, others[0]) for name, others in question.aliases] == [("高企", "高新技术企业")]


@pytest.mark.parametrize(
    "asked",
    [
        "镇海2024年高企目标是多少",
        "镇海２０２４年高企目标是多少？",
        "镇 海 2024 年 高 企 目 标 是 多 少",
        "鎮海2024年高企目標是多少",
        "镇 海2024年 高企 目标是多少",
        "镇 海 2 0 2 4 年 高企目标是多少",
        "镇海\u200b2024年高企目标是多少",
        "镇海２４年高企目标多少",
        "浙江省宁波市的镇海区二〇二四年高企目标是多少",
        "您好,我想请问一下镇海2024年高企目标是多少?谢谢!",
        "麻烦帮我查一下镇海2024年高企目标是多少，谢谢您",
    ],
)
def test_width_script_spaces_and_punctuation_change_nothing(asked: str) -> None:
    question = read_question(asked)
    assert (question.regions, question.years, question.aim, question.wants) == ((ZHENHAI,), (2024,), "target", "amount")


@pytest.mark.parametrize(
    ("asked", "wants"),
    [
        ("镇海2024年高企目标", "amount"),
        ("镇海2024年高企培育目标", "amount"),
        ("镇海2024年GDP", "amount"),
        ("镇海2024年社零", "amount"),
        ("镇海和鄞州2024年GDP", "comparison"),
        ("镇海2024年高企", "statement"),
        ("镇海2024年工作目标", "statement"),
    ],
)
def test_a_figure_that_is_only_named_is_asked_for(asked: str, wants: str) -> None:
    assert read_question(asked).wants == wants


@given(st.sampled_from(["", "？", "?", "。", "！！", "  "]), st.sampled_from(["", " ", "，"]))
def test_punctuation_does_not_change_the_scope(end: str, start: str) -> None:
    question = read_question(f"{start}桐乡2019年R&D占比要做到多少{end}")
    assert question.regions == ("浙江省嘉兴市桐乡市",)
    assert question.years == (2019,)


@pytest.mark.parametrize(
    ("asked", "aim"),
    [
        ("天津2025年新增就业的目标是多少万人", "target"),
        ("天津2025年实际实现城镇新增就业多少人", "result"),
        ("2022年的研发经费占GDP有多高", None),
    ],
)
def test_aim(asked: str, aim: str | None) -> None:
    assert read_question(asked).aim == aim


@given(st.sets(st.integers(1, 17)))
def test_spaces_between_characters_do_not_change_the_scope(places: set[int]) -> None:
    asked = "浙江省宁波市鎮海區高新企業佔比是多少"
    spaced = "".join(" " * (place in places) + character for place, character in enumerate(asked))
    assert read_question(spaced).regions == (ZHENHAI,)


@pytest.mark.parametrize(
    ("asked", "regions"),
    [
        ("浙江省的镇海区", (ZHENHAI,)),
        ("宁波 镇海", (ZHENHAI,)),
        ("宁波和镇海", ("浙江省宁波市", ZHENHAI)),
        ("宁波、慈溪谁高", ("浙江省宁波市", "浙江省宁波市慈溪市")),
    ],
)
def test_of_a_place_and_the_place_in_it_the_smaller_is_meant(asked: str, regions: tuple[str, ...]) -> None:
    assert read_question(asked).regions == regions


@pytest.mark.parametrize(
    ("asked", "wants"),
    [
        ("各市新增多少家高企", "comparison"),
        ("镇海近三年新增多少家高企", "comparison"),
        ("镇海2022到2024年新增多少家高企", "comparison"),
        ("郑州和桐乡各自计划新增多少家高企", "comparison"),
        ("海南2025年和2026年的社零增长目标各是多少", "comparison"),
        ("宁波市镇海区新增多少家高企", "amount"),
    ],
)
def test_several_places_or_years_are_compared(asked: str, wants: str) -> None:
    assert read_question(asked, today=date(2026, 3, 1)).wants == wants


@pytest.mark.parametrize(
    ("history", "asked", "completed"),
    [
        (["镇海2024年要新增多少家高企？"], "2023年呢", "镇海2023年要新增多少家高企?"),
        (["福建2026年城镇新增就业目标是多少？"], "浙江呢？", "浙江2026年城镇新增就业目标是多少?"),
        (["新疆2024年粮食总产量是多少？"], "棉花呢？", "新疆2024年棉花总产量是多少"),
        (["郑州2015年高新技术产业产值目标是多少？"], "是哪个部门发的", "郑州2015年是哪个部门发的"),
        (["镇海2024年高企目标是多少"], "上一年呢", "镇海2023年高企目标是多少"),
        (["镇海2024年高企目标是多少", "那慈溪呢"], "2020年呢", "慈溪2020年高企目标是多少"),
        (["镇海2024年高企目标是多少"], "桐乡2019年技术交易额是多少", "桐乡2019年技术交易额是多少"),
        (["广东2014年耕地保有量是多少万亩？"], "那基本农田呢？", "广东2014年基本农田保有量是多少万亩"),
        (["1956年计划里粮食产量要达到多少"], "棉花呢", "1956年棉花产量要达到多少"),
        (["镇海2024年有多少家高企"], "科小呢", "镇海2024年有多少家科小"),
        (["？？"], "镇海高企目标", "镇海高企目标"),
        (["鄞州2024年科技工作要点有哪些任务"], "它的文号", "鄞州2024年科技工作要点文号"),
        (["鄞州2024年科技工作要点有哪些任务"], "这份文件什么时候发布的", "鄞州2024年科技工作要点什么时候发布的"),
        (["独角兽岛面积多大"], "是谁发的", "独角兽岛面积多大 是谁发的"),
        (["余杭2024年高企目标是多少"], "上一年实际完成了多少", "余杭2023年高企是多少 实际完成了多少"),
        (["余杭2024年高企是多少"], "次年的目标定的是多少", "余杭2025年高企是多少 目标定的是多少"),
        (["晋江2024年更新电梯多少台"], "最后完成了几台", "晋江2024年更新电梯多少台 最后完成了几台"),
        (["寿光2024年建多少亩高标准农田"], "实际建成了多少", "寿光2024年建多少亩高标准农田 实际建成了多少"),
        (["余杭2024年高企是多少"], "那第二年呢", "余杭2025年高企是多少"),
        (["余杭2024年高企目标是多少"], "为什么", "余杭2024年高企目标是多少 为什么"),
        (["余杭2024年高企目标是多少"], "和萧山比呢", "余杭2024年高企目标是多少 和萧山比呢"),
        (["海曙对研发有哪些补助"], "怎么申请", "海曙对研发有哪些补助 怎么申请"),
        (["海曙对研发有哪些补助"], "还有呢", "海曙对研发有哪些补助"),
        (["海曙对研发有哪些补助"], "谢谢", "谢谢"),
        (["浙江2025年GDP增长目标是多少"], "那里的失业率呢", "浙江2025年失业率呢"),
        (["浙江2025年GDP增长目标是多少"], "全国呢", "全国2025年GDP增长目标是多少"),
        (["浙江和江苏2025年谁的GDP高"], "那山东呢", "山东2025年谁的GDP高"),
        (["温州2022到2024年新建多少绿道"], "台州呢", "台州2022到2024年新建多少绿道"),
        (["苏州2019年公积金最高能贷多少", "后一年呢"], "无锡呢", "无锡2020年公积金最高能贷多少"),
        (["厦门有博士学位的人才补贴多少钱"], "那只有硕士学位的呢", "厦门有硕士学位的人才补贴多少钱"),
        (["武汉在一类医院住院起付标准是多少"], "那三类的呢", "武汉在三类医院住院起付标准是多少"),
        (["武汉买第二套房首付几成"], "那第一套超过90平的呢", "武汉买第一套房首付几成 超过90平"),
        (["武汉买第二套房首付几成"], "首套呢", "武汉买首套房首付几成"),
        (["武汉一级医院起付标准是多少"], "那三级医院呢", "武汉三级医院起付标准是多少"),
        (["住宅用地最高年限是多少"], "商业和旅游的呢", "住宅用地最高年限是多少 商业和旅游的"),
        (["每年要接受多少学时的培训"], "其中必修课占多少", "每年要接受多少学时的培训 其中必修课占多少"),
        (["兰考2024年消费投诉多少件"], "其中预付式消费的呢", "兰考2024年预付式消费投诉多少件"),
        (["佛山职工医保个人交多少"], "单位呢", "佛山职工医保单位交多少"),
        (["四川2025年GDP是多少"], "那本月呢", "四川2025年本月是多少"),
        (["广州在职的住三级医院报多少"], "退休的呢？", "广州退休的住三级医院报多少"),
        (["东莞职工医保顺产能拿多少钱"], "剖腹产呢", "东莞职工医保剖腹产能拿多少钱"),
        (["武汉在路灯上贴广告，个人要罚多少钱？"], "那如果是单位干的呢？", "武汉在路灯上贴广告,单位要罚多少钱?"),
        (["武汉第一次办居住证要交钱吗"], "那一张能用多久", "武汉第一次办居住证要交钱吗 那一张能用多久"),
        (["河南2025年粮食产量"], "2025年哪个省GDP增速最高", "2025年哪个省GDP增速最高"),
        (["2025年哪个省GDP增速最高"], "河南呢", "河南2025年GDP增速"),
        (["四川2025年GDP是多少"], "那人均呢", "四川2025年人均GDP是多少"),
        (["云南2025年城镇新增就业多少人"], "十四五一共呢", "云南十四五一共城镇新增就业多少人"),
        (["郑州2015年要建多少家市级研发中心"], "省级的呢", "郑州2015年要建多少家省级研发中心"),
        (["重庆公租房三口人能选多大的房子"], "我家四个人呢？", "重庆公租房四口人能选多大的房子"),
        (["佛山大病保险超过2万那部分报多少"], "要是自付过了10万呢", "佛山大病保险超过10万那部分报多少"),
        (["佛山大病保险能报多少"], "要是去外地看病的话", "佛山大病保险能报多少 去外地看病"),
        (["兰考2024年受理投诉举报多少件"], "那其中网络购物的呢", "兰考2024年网络购物多少件"),
        (["2024年进出口总额是多少"], "其中出口呢", "2024年出口总额是多少"),
        (["赤壁2022年网络零售额是多少"], "湄府办发〔2022〕18号是谁发的", "湄府办发〔2022〕18号是谁发的"),
        (["湄府办发〔2022〕18号是谁发的"], "那是什么时候发的", "湄府办发〔2022〕18号是什么时候发的"),
        (["鉴定费由谁出"], "不是危房的话这钱谁掏", "鉴定费由谁出 不是危房的话这钱谁掏"),
        (["肥西2024年规上工业净增多少户"], "那上半年呢", "肥西2024年上半年规上工业净增多少户"),
        (["肥西2024年上半年规上工业净增多少户"], "全年呢", "肥西2024年全年规上工业净增多少户"),
        (["肥西2024年上半年规上工业净增多少户"], "2023年呢", "肥西2023年上半年规上工业净增多少户"),
        (["肥西规上工业净增多少户"], "2024年上半年呢", "2024年上半年肥西规上工业净增多少户"),
    ],
)
def test_a_turn_is_completed_from_the_turns_before(history: list[str], asked: str, completed: str) -> None:
    question = read_question(asked, history)
    assert question.text == completed
    assert question.completed is (completed != asked)


def test_actual_figures_after_a_target_ask_for_the_result() -> None:
    question = read_question("实际完成了多少？", ["河北2025年固定资产投资增长目标是多少？"])
    assert (question.regions, question.years, question.aim) == (("河北省",), (2025,), "result")
    assert "固定资产投资" in question.text


def test_this_year_needs_today() -> None:
    assert read_question("镇海今年高企目标").years == ()
    assert read_question("镇海今年高企目标", today=date(2026, 3, 1)).years == (2026,)
    assert read_question("镇海去年高企目标", today=date(2026, 3, 1)).years == (2025,)


def test_last_year_is_counted_from_today_the_year_before_from_the_year_told() -> None:
    history = ["镇海2020年高企目标是多少"]
    assert read_question("去年呢", history, today=date(2026, 3, 1)).years == (2025,)
    assert read_question("去年呢", history).years == (2019,)
    assert read_question("上一年呢", history, today=date(2026, 3, 1)).years == (2019,)
    assert read_question("镇海上一年高企", today=date(2026, 3, 1)).years == (2025,)


def test_what_is_named_after_an_amount_is_asked_for_its_amount() -> None:
    assert read_question("棉花呢", ["新疆2024年粮食总产量是多少"]).wants == "amount"
    assert read_question("从什么时候开始", ["北京小区封闭管理有哪些规定"]).wants == "date"


@pytest.mark.parametrize(
    "asked", ["你好", "好的，谢谢！", "今天天气怎么样", "帮我写一首诗", "3+5等于几", "您好，您是谁？"]
)
def test_small_talk_asks_for_no_document(asked: str) -> None:
    assert read_question(asked, ["镇海2024年高企目标是多少"]).small_talk


@pytest.mark.parametrize(
    "asked", ["你好，镇海高企目标", "极端天气停工怎么规定", "写字楼租金补贴", "2021-2023", "计算机补贴"]
)
def test_questions_are_no_small_talk(asked: str) -> None:
    assert not read_question(asked).small_talk


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("镇海2024年科技工作要点有哪些任务", ("工作要点",)),
        ("2025年政府工作报告和十四五规划怎么说", ("政府工作报告", "规划")),
        ("规划建设多少公里绿道", ()),
    ],
)
def test_kinds_of_documents_that_are_named(asked: str, kinds: tuple[str, ...]) -> None:
    assert read_question(asked).kinds == kinds


def test_a_given_scope_counts_instead_of_what_is_named() -> None:
    question = read_question("镇海2024年高企目标", scope=Scope(regions=("慈溪",), years=(2020,), documents=("a.txt",)))
    assert question.regions == ("浙江省宁波市慈溪市",)
    assert question.years == (2020,)
    assert question.documents == ("a.txt",)


@pytest.mark.parametrize("asked", ["", "  \n", "？？！！", "…", "甲" * (LONGEST_QUESTION + 1)])
def test_what_cannot_be_asked_is_said(asked: str) -> None:
    with pytest.raises(UnusableQuestionError):
        read_question(asked)


def test_numerals_are_searched_as_figures_too() -> None:
    assert ("一百一十家", ("110家",)) in read_question("新增一百一十家高新技术企业").aliases


def test_an_empty_limit_takes_off_what_the_question_names() -> None:
    question = read_question("镇海2024年高企目标", scope=Scope(regions=(), years=(), aim="any", literal=("高企",)))
    assert (question.regions, question.years, question.aim, question.aliases) == ((), (), None, ())
    assert read_question("镇海2024年高企", scope=Scope(aim="result")).aim == "result"
