from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answers.figures import find_figure
from qa.answers.found import FoundFigure
from qa.documents.formats.rows import tell_rows
from qa.records import Aim, Hit, Told
from qa.retrieval.questions import read_question
from tests.answers.samples import hit, with_parts

BUDGET = "2025年，全市一般公共预算收入完成328.6亿元，增长4.5%；一般公共预算支出612.3亿元，增长3.1%。"
SCHOOLS = "全年新建、改扩建幼儿园12所、中小学8所，新增学位1.6万个。"
HEALTH = "每千人口床位数达到6.5张，执业医师3.2人，人均预期寿命79.5岁。"
FARMING = "粮食播种面积稳定在520万亩以上，总产量200万吨左右，新建高标准农田15万亩。"
HOUSING = "开工改造老旧小区35个、惠及居民1.2万户，加装电梯120台。"
INCOME = "农民人均纯收入增加321元，达到784元。"
HOMES = "计划竣工21万套，竣工约10.2万套。"


def whole(text: str, **card: object) -> Hit:
    return hit(text, (0, len(text)), **card)  # type: ignore[arg-type]


def found(asked: str, *hits: Hit) -> FoundFigure:
    figure = find_figure(read_question(asked), hits)
    assert figure is not None
    return figure


TARGETS = "镇海区 | 610 | 700"
PLACE = ("镇海区", "镇海区")  # the name of the row, and its place
TOLD = (
    Told("镇海区高新技术企业2024年实际610家", "高新技术企业 2024年实际", *PLACE),
    Told("镇海区高新技术企业2025年目标700家", "高新技术企业 2025年目标", *PLACE),
)


@pytest.mark.parametrize(
    ("asked", "wording", "year", "aim"),
    [
        ("镇海2025年高企目标是多少", TOLD[1].text, 2025, "target"),
        ("镇海2024年有多少家高企", TOLD[0].text, 2024, "result"),
    ],
)
def test_the_figure_of_a_table_row_is_told_in_words_and_of_its_own_place_year_and_aim(
    asked: str, wording: str, year: int, aim: str
) -> None:
    row = whole(TARGETS, region="浙江省宁波市", named=("浙江省宁波市镇海区",), years=(2025,))
    figure = found(asked, replace(row, passage=replace(row.passage, kind="row", aim=None, told=TOLD))).figure
    assert (figure.wording, figure.region, figure.year, figure.aim) == (wording, "浙江省宁波市镇海区", year, aim)
    assert (figure.start, figure.end) == (row.passage.start, row.passage.end)


def cells(heads: str, *values: str) -> Hit:
    """A hit of a table's row as it is read."""
    (told,) = tell_rows(heads.split("|"), [values], "单位：万元")
    row = whole(" | ".join(values), region="浙江省宁波市镇海区", years=(2024,))
    return replace(row, passage=replace(row.passage, kind="row", aim=None, years=(2024,), told=told))


@pytest.mark.parametrize(
    ("asked", "heads", "row", "wording"),
    [
        ("教育支出", "项目|上年决算数|本年决算数", "教育支出|28|30", "教育支出本年决算数30万元"),
        ("教育支出", "项目|基本支出|项目支出|合计", "教育支出|1|2|3", "教育支出合计3万元"),
        ("收入", "项目|一季度|上半年|全年", "财政收入|1|2|3", "财政收入全年3万元"),
        ("收入一季度", "项目|一季度|全年", "财政收入|1|3", "财政收入一季度1万元"),
        ("投资", "项目|增速（%）|总量", "投资|5|300", "投资总量300万元"),
        ("投资增速", "项目|总量|增速（%）", "投资|300|5", "投资增速5%"),
        ("产值", "项目|全市|镇海区", "产值|300|5", "产值镇海区5万元"),
        ("教育支出", "项目|预算数|执行数", "教育支出|8|7", "教育支出执行数7万元"),
    ],
)
def test_of_the_cells_of_a_row_the_one_that_is_asked_for(asked: str, heads: str, row: str, wording: str) -> None:
    figure = found(f"镇海2024年{asked}是多少", cells(heads, *row.split("|"))).figure
    assert (figure.wording, figure.year, figure.region) == (wording, 2024, "浙江省宁波市镇海区")


def test_a_figure_of_a_thing_with_another_name_counts_less() -> None:
    names = "科技型中小企业300家，高新技术企业110家。"
    assert found("高企有多少家", whole(names)).figure.text == "110家"
    assert found("科小有多少家", whole(names)).figure.text == "300家"
    share = "地区生产总值6万亿元，制造业占GDP比重33.5%。"
    assert found("江苏GDP是多少", whole(share, region="江苏省")).figure.text == "6万亿元"


@pytest.mark.parametrize(
    ("asked", "sentence", "text", "wording"),
    [
        ("一般公共预算收入是多少", BUDGET, "328.6亿元", "全市一般公共预算收入完成328.6亿元"),
        ("一般公共预算支出增长了百分之几", BUDGET, "3.1%", "一般公共预算支出612.3亿元，增长3.1%"),
        ("新建多少所幼儿园", SCHOOLS, "12所", "全年新建、改扩建幼儿园12所"),
        ("新增多少个学位", SCHOOLS, "1.6万个", "新增学位1.6万个"),
        ("农民人均纯收入是多少", INCOME, "达到784元", "农民人均纯收入增加321元，达到784元"),
        ("农民人均纯收入增加多少", INCOME, "321元", "农民人均纯收入增加321元"),
        ("实际竣工多少万套", HOMES, "约10.2万套", "竣工约10.2万套"),
        ("计划竣工多少万套", HOMES, "21万套", "计划竣工21万套"),
        ("每千人口床位数达到多少", HEALTH, "达到6.5张", "每千人口床位数达到6.5张"),
        ("人均预期寿命是多少岁", HEALTH, "79.5岁", "人均预期寿命79.5岁"),
        (
            "粮食总产量目标是多少",
            FARMING,
            "200万吨左右",
            "粮食播种面积稳定在520万亩以上，总产量200万吨左右",
        ),
        ("建设高标准农田多少万亩", FARMING, "15万亩", "新建高标准农田15万亩"),
        ("加装电梯多少台", HOUSING, "120台", "加装电梯120台"),
        ("惠及多少户居民", HOUSING, "1.2万户", "惠及居民1.2万户"),
        ("失业率要降到多少", "失业率从5.5%下降到5%以内。", "5%以内", "失业率从5.5%下降到5%以内"),
        (
            "传感器产业2020年收入多少",
            "传感器产业基础良好，拥有传感器企业70余家，2020年实现主营业务收入109.1亿元。",
            "109.1亿元",
            "传感器产业基础良好，拥有传感器企业70余家，2020年实现主营业务收入109.1亿元",
        ),
        ("查封最长多久", "应在二十四小时内作出决定，查封不得超过一个月。", "不得超过一个月", "查封不得超过一个月"),
        (
            "公告至少多少天",
            "二十个工作日内公布，公告的时间不得少于三十日。",
            "不得少于三十日",
            "公告的时间不得少于三十日",
        ),
        ("能炼多少钢", "国营工业一年年壮大，比重达到71%，钢产量达到217万吨。", "达到217万吨", "钢产量达到217万吨"),
        (
            "一级医院住院起付线",
            "起付标准：三级医院1300元，二级医院800元，一级及以下医院500元。",
            "500元",
            "起付标准：三级医院1300元，二级医院800元，一级及以下医院500元",
        ),
        (
            "一级医院起付标准一次多少",
            "三级医院1000元，一级医院（含社区医院，下同）400元。",
            "400元",
            "一级医院（含社区医院，下同）400元",
        ),
        ("医疗旅游接待了多少人次", "39家机构，医疗旅游人次86.5万、收入84亿元。", "86.5万", "医疗旅游人次86.5万"),
        ("招多少人", "限额20个工作日前报送，共招30人。", "30人", "共招30人"),
        ("原油产量是多少", "原煤产量达到7亿吨，原油达到1.1亿吨。", "达到1.1亿吨", "原煤产量达到7亿吨，原油达到1.1亿吨"),
        (
            "转让价低多少以上可优先购买",
            "两个以上用地者，转让价低20%以上可优先购买。",
            "20%以上",
            "转让价低20%以上可优先购买",
        ),
        ("营商环境排名第几", "营商环境评价居全省第二，入选全国示范区。", "第二", "营商环境评价居全省第二"),
        (
            "2024年企业总数是多少",
            "企业总数：2023年620家，2024年700家，2025年780家。",
            "700家",
            "企业总数：2023年620家，2024年700家",
        ),
        (
            "产权交易成交额有多少",
            "产权交易平台全年成交1425宗，成交额3.27亿元。",
            "3.27亿元",
            "产权交易平台全年成交1425宗，成交额3.27亿元",
        ),
        ("老年人口有多少", "65岁及以上老年人口8万人，占12%。", "8万人", "65岁及以上老年人口8万人"),
        (
            "GDP增速目标是多少",
            "地区生产总值增长5.5%左右，居民收入增速高于经济增速，单位GDP能耗下降2%左右。",
            "5.5%左右",
            "地区生产总值增长5.5%左右",
        ),
        (
            "投资增速是多少",
            "投资增速未达到10%的预期，全年投资增长4.7%。",
            "4.7%",
            "全年投资增长4.7%",
        ),
        (
            "2024年零售总额增长多少",
            "工业增加值增长8%，零售总额较2023年增长5.5%。",
            "5.5%",
            "零售总额较2023年增长5.5%",
        ),
        ("零售总额是多少", "永阳街道零售总额138.2亿元，全区零售总额321.7亿元。", "321.7亿元", "全区零售总额321.7亿元"),
        ("单位GDP能耗下降多少", "单位GDP能耗下降3.2%左右。", "下降3.2%左右", "单位GDP能耗下降3.2%左右"),
        ("GDP是多少", "生产总值5.3万亿元、增长5.5%。", "5.3万亿元", "生产总值5.3万亿元"),
        ("GDP是多少", "生产总值增长5.5%、达到10.3万亿元。", "达到10.3万亿元", "生产总值增长5.5%、达到10.3万亿元"),
        (
            "GDP增速",
            "生产总值5.3万亿元、稳居全国第5位、增长5.5%。",
            "5.5%",
            "生产总值5.3万亿元、稳居全国第5位、增长5.5%",
        ),
        ("GDP是多少", "生产总值跨3个千亿级台阶，人均生产总值7.6万元，生产总值增长4%。", "4%", "生产总值增长4%"),
        (
            "进出口总额增速是多少",
            "对共建“一带一路”国家进出口增长14.7%，进出口总额增长19.9%。",
            "19.9%",
            "进出口总额增长19.9%",
        ),
        ("新建省级研发中心多少家", "新建市级研发中心100家、省级20家。", "20家", "新建市级研发中心100家、省级20家"),
        (
            "未经检查开业罚多少钱",
            "处三万元以上十万元以下罚款；情节严重的，处二十万元罚款。",
            "三万元以上十万元以下",
            "处三万元以上十万元以下罚款",
        ),
        (
            "未经检查开业情节严重罚多少钱",
            "处三万元以上十万元以下罚款；情节严重的，处二十万元罚款。",
            "二十万元",
            "情节严重的，处二十万元罚款",
        ),
        (
            "未经检查开业，不算情节严重，罚多少钱",
            "处三万元罚款；情节严重的，处二十万元罚款。",
            "三万元",
            "处三万元罚款",
        ),
        ("GDP是多少", "海洋生产总值增长6%，生产总值增长3.7%。", "3.7%", "生产总值增长3.7%"),
        (
            "GDP是多少亿元",
            "全省生产总值突破2万亿元、达到23562亿元。",
            "达到23562亿元",
            "全省生产总值突破2万亿元、达到23562亿元",
        ),
        (
            "粮食总产量是多少",
            "粮食总产量又增产291亿斤，达到9680亿斤。",
            "达到9680亿斤",
            "粮食总产量又增产291亿斤，达到9680亿斤",
        ),
    ],
)
def test_the_figure_of_what_was_asked(asked: str, sentence: str, text: str, wording: str) -> None:
    figure = found(asked, whole(sentence)).figure
    assert (figure.text, figure.wording) == (text, wording)


def test_only_an_aim_that_is_asked_for_outright_leaves_out_figures_of_the_other() -> None:
    silent, told = with_parts(whole("原油产量平稳。"), aim=0.5), with_parts(whole("原油产量达到1.1亿吨。"), aim=0.25)
    assert found("2024年原油产量是多少", silent, told).figure.text == "达到1.1亿吨"
    assert find_figure(read_question("2024年原油产量目标是多少"), [silent, told]) is None


def test_words_of_the_documents_title_do_not_say_what_a_figure_is_of() -> None:
    points = whole("高中为50分，大专为60分。", title="新市民积分办法")
    listed = whole("积分累计达到30分的新市民可以申请。", title="新市民积分办法")
    assert found("新市民积分办法里高中能拿多少分", listed, points).figure.text == "50分"
    assert found("新市民积分办法里要攒够几分", listed).named  # they do say that it is no figure of something else


def test_a_figure_says_its_value_and_where_it_stands() -> None:
    text = "坚持稳中求进。力争新增高新技术企业110家以上。"
    best = whole(text, region="浙江省宁波市镇海区")
    passage = replace(best.passage, years=(2024,), aim="target")
    asked = replace(best, passage=passage, sentence=(text.index("力争"), len(text)))
    figure = found("镇海2024年新增高新技术企业目标是多少家", asked).figure
    assert (figure.low, figure.high, figure.unit, figure.base, figure.limit) == (110, 110, "家", "家", "以上")
    assert (figure.region, figure.year, figure.aim) == ("浙江省宁波市镇海区", 2024, "target")
    assert text[figure.start - 5 : figure.end - 5] == figure.wording == "力争新增高新技术企业110家以上"
    assert (figure.document_id, figure.citation) == ("d", 0)


@pytest.mark.parametrize(
    "sentence", ["研发经费投入强度提高0.2个百分点，达到2.8%。", "研发经费投入强度2.8%，提高0.2个百分点。"]
)
def test_points_are_the_change_of_a_share(sentence: str) -> None:
    assert found("研发经费投入强度是多少", whole(sentence)).figure.low == 2.8
    assert found("研发经费投入强度提高多少", whole(sentence)).figure.low == 0.2


def test_another_indicator_by_its_qualifier_is_not_taken() -> None:
    text = "人均生产总值12万元，生产总值8000亿元。"
    assert found("生产总值是多少", whole(text)).figure.text == "8000亿元"
    assert found("人均生产总值是多少", whole(text)).figure.text == "12万元"


def test_the_figure_of_the_year_asked_for() -> None:
    text = "2023年接待游客300万人次，2024年接待游客450万人次。"
    for year, stands in ((2023, "300万人次"), (2024, "450万人次")):
        figure = found(f"{year}年接待游客多少人次", whole(text)).figure
        assert (figure.text, figure.year) == (stands, year)


def test_a_figure_that_the_question_names_is_not_the_answer() -> None:
    assert found("500元补贴之外还发多少元", whole("补贴500元，另发交通费200元。")).figure.text == "200元"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("新增多少家企业", "实施一批项目，健全工作机制。"),
        ("补贴多少元", "对符合条件的120人给予补贴。"),
        ("覆盖率是多少", "建成站点35个。"),
    ],
)
def test_no_figure_of_the_kind_asked_for(asked: str, text: str) -> None:
    assert find_figure(read_question(asked), [whole(text)]) is None


def test_the_better_fitting_of_several_hits() -> None:
    near = replace(whole("新增养老床位500张。"), score=0.6)
    best = replace(whole("养老服务设施40处。"), score=0.7)
    figure = found("新增养老床位多少张", best, near)
    assert (figure.place, figure.figure.citation, figure.figure.text) == (1, 1, "500张")


def test_a_figure_behind_the_best_hit_shares_a_word_with_the_question_or_is_none() -> None:
    asked = read_question("技术合同成交额是多少亿元")
    best, other = whole("技术合同成交额年均增长5%。"), whole("计算产业产值突破8500亿元。")
    assert find_figure(asked, [best, other]) is None
    assert find_figure(asked, [best, whole("成交额突破8500亿元。")]) is not None


def test_where_the_best_figure_stands_with_the_name_asked_for_others_have_none() -> None:
    named, other = whole("地区生产总值35538亿元、增长5.3%。"), whole("银行贷款增速达7.9%。")
    figure = find_figure(read_question("2024年GDP增速"), [named, other])
    assert figure is not None and (figure.place, figure.figure.text) == (0, "5.3%")


def test_hits_that_fit_the_scope_less_than_the_best_give_none() -> None:
    best = whole("推进养老服务。")
    elsewhere = whole("新增养老床位500张。")
    elsewhere = replace(elsewhere, parts={**elsewhere.parts, "region": 0.5})
    assert find_figure(read_question("新增养老床位多少张"), [best, elsewhere]) is None


@pytest.mark.parametrize(
    ("region", "text", "told"),
    [
        ("浙江省嘉兴市海盐县", "全市高新技术企业净增1620家，我县净增152家。", "152家"),
        ("浙江省宁波市慈溪市", "全市高新技术企业净增152家，其中两镇30家。", "152家"),
        ("浙江省嘉兴市海盐县", "高新技术企业净增152家，增速高于全市平均。", "152家"),
    ],
)
def test_a_figure_of_the_whole_city_is_none_of_its_county(region: str, text: str, told: str) -> None:
    assert found("高企净增多少家", whole(text, region=region)).figure.text == told


def test_a_bare_measure_is_of_what_the_clause_before_it_names() -> None:
    grain, meat = whole("粮食播种面积182.8万亩，总产87.1万吨。"), whole("肉类总产量28.2万吨。")
    assert found("粮食总产量是多少", grain, meat).figure.wording == "粮食播种面积182.8万亩，总产87.1万吨"


def test_a_figure_of_the_whole_city_answers_what_is_asked_of_the_whole_city() -> None:
    told = whole("全市高新技术企业净增1620家，我县净增152家。", region="浙江省嘉兴市海盐县")
    assert found("全市高企净增多少家", told).figure.text == "1620家"


def test_a_figure_of_half_a_year_is_called_that() -> None:
    figure = found("2024年净增多少户企业", whole("2024年上半年净增企业23户。", years=(2024,))).figure
    assert (figure.part, figure.when) == ("上半年", "2024年上半年")


def test_what_was_achieved_comes_before_the_aim_where_a_question_of_a_year_names_neither() -> None:
    planned = told_as("target", "新增高新技术企业50家。", "plan")
    achieved = told_as("result", "新增高新技术企业47家。", "summary")
    assert found("2024年新增高企多少家", planned, achieved).figure.text == "47家"
    assert found("2024年新增高企目标多少家", planned, achieved).figure.text == "50家"
    of_another = told_as("result", "新增科技型中小企业47家。", "summary")
    assert found("2024年新增高企多少家", planned, of_another).figure.text == "50家"


def told_as(aim: Aim, text: str, document: str) -> Hit:
    told = whole(text, id=document, years=(2024,))
    return replace(told, passage=replace(told.passage, id=document, document_id=document, aim=aim, years=(2024,)))


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("低保标准每月多少元", "城乡低保标准由每人每月775元提高到805元。", "805元"),
        ("新增高技能人才多少人", "新增高技能人才：1648人，其中技师271人。", "1648人"),
        ("固定资产投资增速是多少", "固定资产投资320亿元、下降3.3%。", "下降3.3%"),
    ],
)
def test_what_stands_alone_is_of_what_stands_before_it(asked: str, text: str, told: str) -> None:
    figure = found(asked, whole(text))
    assert figure.figure.text.endswith(told)
    assert figure.clause.startswith(text[:4])


def test_a_rise_told_behind_an_amount_is_that_of_the_same_thing() -> None:
    planned = told_as("target", "地区生产总值增长5.5%以上。", "plan")
    achieved = told_as("result", "实现地区生产总值67665亿元，增长5.5%，固定资产投资下降3%。", "summary")
    growth = found("2024年GDP增速", planned, achieved).figure
    assert (growth.wording, growth.aim) == ("实现地区生产总值67665亿元，增长5.5%", "result")
    assert found("2024年GDP是多少", planned, achieved).figure.wording == "实现地区生产总值67665亿元"


def test_an_aim_that_a_question_goes_on_asking_for_comes_before_what_was_achieved() -> None:
    planned = told_as("target", "地区生产总值增长7%左右。", "plan")
    achieved = told_as("result", "地区生产总值增长6.9%。", "summary")
    asked = read_question("那2024年呢", ["2023年GDP增长目标是多少"])
    figure = find_figure(asked, [planned, achieved])
    assert figure is not None
    assert figure.figure.aim == "target"


@pytest.mark.parametrize(
    ("case", "told"), [("两口人", "40平方米以下"), ("四口人", "80平方米以下"), ("3口", "60平方米以下")]
)
def test_the_figure_of_the_tier_that_the_case_falls_under(case: str, told: str) -> None:
    tiers = "2人以下（含2人）选择40平方米以下住房，3人选择60平方米以下住房，4人以上（含4人）选择80平方米以下住房。"
    assert found(f"公租房{case}能选多大面积", whole(tiers)).figure.text == told


def test_in_the_report_of_a_county_the_figure_of_the_whole_city_is_told_as_the_citys() -> None:
    county = {"region": "浙江省嘉兴市海盐县", "title": "嘉兴市海盐县工作总结"}
    asked = "嘉兴2024年接待游客多少万人次"
    figure = found(asked, whole("同期全市接待游客6120万人次。", **county)).figure
    assert (figure.text, figure.region) == ("6120万人次", "浙江省嘉兴市")
    assert find_figure(read_question(asked), [whole("接待游客1238万人次。", **county)]) is None
