from __future__ import annotations

from datetime import date

import pytest

from qa.errors import UnusableQuestionError
from qa.records import Question, Scope
from qa.retrieval.comparisons import MOST_CROSSED, MOST_SIDES, cross_sides, sets_apart, split_comparison
from qa.retrieval.questions import read_question


def sides(asked: str) -> tuple[Question, ...]:
    question = read_question(asked)
    assert sets_apart(question)
    return split_comparison(question)


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("浙江和江苏2025年的GDP增长目标哪个高", ["浙江2025年的GDP增长目标", "江苏2025年的GDP增长目标"]),
        (
            "2024年广州、深圳、东莞三市的地区生产总值目标分别是多少",
            ["广州2024年的地区生产总值目标", "深圳2024年的地区生产总值目标", "东莞2024年的地区生产总值目标"],
        ),
        (
            "对比一下成都和重庆2026年的固定资产投资增速目标",
            ["成都2026年的固定资产投资增速目标", "重庆2026年的固定资产投资增速目标"],
        ),
        (
            "安徽省2025年社会消费品零售总额增速目标比江西省高几个百分点",
            ["安徽省2025年社会消费品零售总额增速目标", "江西省2025年社会消费品零售总额增速目标"],
        ),
        (
            "南宁积分入户，2014年和2016年的办法各要求攒够多少分",
            ["2014年南宁积分入户的办法各要求攒够多少分", "2016年南宁积分入户的办法各要求攒够多少分"],
        ),
        ("居住证办理，天津和重庆分别最长要多久", ["天津居住证办理最长要多久", "重庆居住证办理最长要多久"]),
        (
            "诸暨2024年高新技术产业投资，目标增速和实际增速各是多少",
            ["诸暨2024年高新技术产业投资,目标增速", "诸暨2024年高新技术产业投资,增速实际增速"],
        ),
        ("吴江网络零售额从2022年到2023年怎么变的", ["吴江2022年网络零售额", "吴江2023年网络零售额"]),
        ("天津2024年外资目标和结果", ["天津2024年外资目标", "天津2024年外资结果"]),
        ("贵州和云南谁的旅游收入更多", ["贵州旅游收入", "云南旅游收入"]),
        ("贵州教育支出2023年、2024年执行数各多少", ["2023年贵州教育支出执行数", "2024年贵州教育支出执行数"]),
        ("杭州的公交线路数量与宁波相比谁多", ["杭州的公交线路数量", "宁波的公交线路数量"]),
        ("2025年福建的研发投入强度与广东的相比哪个大", ["福建2025年的研发投入强度", "广东2025年的研发投入强度"]),
        ("哪个市的绿化面积更大，南宁还是柳州", ["南宁市的绿化面积", "柳州市的绿化面积"]),
        ("江苏2025年GDP目标定在多少，浙江呢", ["江苏2025年GDP目标定在多少", "浙江2025年GDP目标定在多少"]),
        ("湖南人口增长目标2024 vs 2025", ["湖南2024人口增长目标", "湖南2025人口增长目标"]),
        ("安徽2026年出口目标比2025年降了吗？各是多少", ["安徽2026年出口目标", "安徽2025年出口目标"]),
        ("北京、上海2026年CPI目标一样吗", ["北京2026年CPI目标", "上海2026年CPI目标"]),
        (
            "河北、山西、内蒙古三省区2025年GDP目标从高到低怎么排",
            ["河北2025年GDP目标", "山西2025年GDP目标", "内蒙古2025年GDP目标"],
        ),
        (
            "青岛和济南两市2025年新增养老床位各多少张",
            ["青岛2025年新增养老床位各多少张", "济南2025年新增养老床位各多少张"],
        ),
        (
            "陕西的规上工业增加值增速目标和甘肃的固定资产投资增速目标哪个更高",
            ["陕西的规上工业增加值增速目标", "甘肃的固定资产投资增速目标"],
        ),
        (
            "天津市和重庆市2024年新增专精特新企业目标，谁更多，多多少家？",
            ["天津市2024年新增专精特新企业目标", "重庆市2024年新增专精特新企业目标"],
        ),
    ],
)
def test_a_side_for_each_region(asked: str, texts: list[str]) -> None:
    assert [side.text for side in sides(asked)] == texts


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("湖南2023年与2024年粮食总产量相差多少", ["湖南2023年粮食总产量", "湖南2024年粮食总产量"]),
        (
            "2023年实际新增就业和2024年的目标各是多少万人",
            ["2023年实际新增就业", "2024年新增就业的目标多少万人"],
        ),
        (
            "山东2020年传感器收入多少，到2023年想做到多少",
            ["山东2020年传感器收入多少", "山东2023年传感器收入想做到多少"],
        ),
        (
            "广东和深圳的公示期各是多少天",
            ["广东的公示期多少天", "深圳的公示期多少天"],
        ),
        ("山东2025年一般公共预算收入比2024年高多少", ["山东2025年一般公共预算收入", "山东2024年一般公共预算收入"]),
        (
            "四川2024年新建高速公路里程比2023年增加了多少公里",
            ["四川2024年新建高速公路里程", "四川2023年新建高速公路里程"],
        ),
        ("新疆2025年棉花产量同2024年相比增加多少万吨", ["新疆2025年棉花产量", "新疆2024年棉花产量"]),
        ("内蒙古2024年和2025年的煤炭产量，哪年更高？", ["内蒙古2024年的煤炭产量", "内蒙古2025年的煤炭产量"]),
        ("从2022年到2024年，安徽省的森林覆盖率提高了多少", ["安徽省2022年的森林覆盖率", "安徽省2024年的森林覆盖率"]),
        ("2024年至2025年福建的就业人数分别是多少", ["福建2024年的就业人数", "福建2025年的就业人数"]),
        (
            "2024年底和2025年底的高标准农田面积各是多少万亩",
            ["2024年底的高标准农田面积多少万亩", "2025年底的高标准农田面积多少万亩"],
        ),
        ("郑州市2019年的大棚补贴标准和2020年一样吗", ["郑州市2019年的大棚补贴标准", "郑州市2020年的大棚补贴标准"]),
        ("十四五期间镇海和鄞州新增就业多少", ["镇海十四五期间新增就业多少", "鄞州十四五期间新增就业多少"]),
        ("十四五期间和十三五期间新增就业各多少", ["十四五期间新增就业", "十三五期间新增就业"]),
    ],
)
def test_a_side_for_each_year(asked: str, texts: list[str]) -> None:
    assert [side.text for side in sides(asked)] == texts


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        (
            "石家庄2025年的学前教育毛入园率和义务教育巩固率分别是多少",
            ["石家庄2025年学前教育毛入园率", "石家庄2025年义务教育巩固率"],
        ),
        (
            "职工养老保险和城乡居民养老保险的缴费比例分别是多少",
            ["职工养老保险的缴费比例", "城乡居民养老保险的缴费比例"],
        ),
        ("城镇和农村居民人均可支配收入分别是多少", ["城镇人均可支配收入", "农村居民人均可支配收入"]),
        (
            "买房落户，中心城区和远城区对房屋面积的要求有什么不同",
            ["买房落户中心城区对房屋面积的要求", "买房落户远城区对房屋面积的要求"],
        ),
        ("一级医院住院起付线，在职的和退休的各是多少", ["一级医院住院起付线在职的", "一级医院住院起付线退休的"]),
    ],
)
def test_a_side_for_each_of_two_things(asked: str, texts: list[str]) -> None:
    assert [side.text for side in sides(asked)] == texts


def test_sides_carry_their_own_region_year_and_aim() -> None:
    first, second = sides("江西2024年的就业目标和广东2025年实际就业人数哪个多")
    assert (first.regions, first.years, first.aim, first.wants) == (("江西省",), (2024,), "target", "amount")
    assert (second.regions, second.years, second.aim, second.wants) == (("广东省",), (2025,), "result", "amount")


def test_an_aim_against_what_was_achieved() -> None:
    found = sides("湖北2025年的城镇新增就业目标和实际完成情况各是多少")
    assert [(side.text, side.aim) for side in found] == [
        ("湖北2025年的城镇新增就业目标", "target"),
        ("湖北2025年的城镇新增就业实际完成情况", "result"),
    ]


def test_the_aim_that_one_side_says_is_not_said_of_the_other() -> None:
    found = sides("江西2024年高速公路里程目标和广东2025年铁路里程各是多少")
    assert [side.aim for side in found] == ["target", None]
    assert [side.aim for side in sides("江西2024年和广东2025年的铁路里程目标各是多少")] == ["target", "target"]


def test_an_aim_without_a_name_takes_it_from_the_achievement() -> None:
    achieved, aimed = sides("慈溪的粮食产量今年完成多少，下一年目标定到多少")
    assert (achieved.aim, aimed.aim) == ("result", "target")
    assert "粮食产量" in aimed.text


def test_two_amounts_of_two_aims() -> None:
    found = sides("2024年物价涨幅打算控制在多少以内，最后实际涨了多少")
    assert [side.aim for side in found] == ["target", "result"]


@pytest.mark.parametrize(
    ("asked", "thing"),
    [
        ("山西2024年粮食产量目标完成了吗", "山西2024年粮食产量"),
        ("宁夏的GDP增速目标达到了没有", "宁夏的GDP增速"),
        ("天津2024年是否完成外资目标", "天津2024年外资"),
        ("天津2024年外资完成目标没有", "天津2024年外资"),
        ("海南2025年新增就业多少人，目标完成了吗", "海南2025年新增就业多少人"),
    ],
)
def test_whether_an_aim_was_reached_sets_it_beside_the_result(asked: str, thing: str) -> None:
    assert [(side.text, side.aim, side.wants) for side in sides(asked)] == [
        (thing, "target", "amount"),
        (thing, "result", "amount"),
    ]


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("上海进出口总额2025年比2024年是升是降", ["上海2025年进出口总额", "上海2024年进出口总额"]),
        ("江西PM2.5浓度2025年较2024年是变好还是变差了", ["江西2025年PM2.5浓度", "江西2024年PM2.5浓度"]),
        ("吉林新增就业2025年比上年多了还是少了", ["吉林2025年新增就业", "吉林2024年新增就业"]),
        ("陕西2025年粮食产量跟2024年比涨了没", ["陕西2025年粮食产量", "陕西2024年粮食产量"]),
        ("2025年接待游客广东多还是四川多", ["广东2025年接待游客", "四川2025年接待游客"]),
        ("云南优良天数比率，2024、2025两年分别是多少", ["2024云南优良天数比率", "2025云南优良天数比率"]),
    ],
)
def test_which_way_something_went_or_who_has_more_of_it(asked: str, texts: list[str]) -> None:
    assert read_question(asked).wants == "comparison"
    assert [side.text for side in sides(asked)] == texts


@pytest.mark.parametrize(
    "against", ["和目标差多少", "比目标高多少", "离年初目标还差多少", "超目标多少", "和计划比怎么样"]
)
def test_how_far_from_the_aim_something_is_sets_the_aim_beside_it(against: str) -> None:
    thing = "山西2024年粮食产量"
    assert [(side.text, side.aim) for side in sides(thing + against)] == [(thing, "target"), (thing, "result")]


def test_the_years_that_a_plan_is_called_by_are_not_set_side_by_side() -> None:
    found = read_question("青岛行动计划2024-2026，算力规模到2026年要多少")
    assert (found.years, split_comparison(found)) == ((2026,), ())
    assert split_comparison(read_question("养老产业2021-2025计划里要培育多少家企业")) == ()
    assert len(split_comparison(read_question("从2022年到2024年招生计划怎么变"))) == 2


def test_fields_of_two_documents() -> None:
    found = sides("西安市2025年和2026年政府工作报告的发布日期哪个更早")
    assert [(side.text, side.wants) for side in found] == [
        ("西安市2025年政府工作报告的发布日期", "metadata"),
        ("西安市2026年政府工作报告的发布日期", "metadata"),
    ]


def test_every_side_keeps_to_the_documents_of_the_question() -> None:
    question = read_question("浙江和江苏2025年的GDP目标哪个高", scope=Scope(documents=("a.txt",)))
    assert [side.documents for side in split_comparison(question)] == [("a.txt",), ("a.txt",)]


def test_no_more_sides_than_can_be_read() -> None:
    years = "、".join(f"{year}年" for year in range(2001, 2001 + MOST_SIDES + 3))
    assert len(sides(f"{years}山东省的粮食产量分别是多少")) == MOST_SIDES


def test_the_same_side_is_asked_once() -> None:
    texts = [side.text for side in sides("北京2024年、天津2024年、北京2024年的GDP增速分别是多少")]
    assert texts == ["北京2024年的GDP增速", "天津2024年的GDP增速"]


@pytest.mark.parametrize(
    "asked",
    [
        "2025年GDP目标是多少",
        "1993年政府工作报告提出1997年原煤年产量要达到多少",
        "1988年的发展规划里，到1992年生产总值力争达到多少亿元",
        "海南2025年比上年增长多少",
        "2025年工业产值同比增长多少",
        "养老保险和医疗保险的缴费比例是多少",
        "广东省2025年和谐社区建设数量是多少",
        "甘肃到2025年高标准农田面积达到多少万亩",
        "上海市浦东新区的学位数量是多少",
        "长三角和珠三角",
        "怎样申请农机购置补贴",
    ],
)
def test_what_names_one_thing_is_no_comparison(asked: str) -> None:
    assert split_comparison(read_question(asked, today=date(2026, 3, 1))) == ()


def test_a_place_is_not_set_beside_one_inside_it() -> None:
    assert split_comparison(read_question("深圳福田自然保护区管理规定是第几号令")) == ()


def test_things_that_are_asked_for_severally() -> None:
    texts = [side.text for side in sides("租金补贴，低保户和其他低收入家庭分别按百分之几算")]
    assert texts == ["租金补贴低保户按百分之几算", "租金补贴其他低收入家庭按百分之几算"]


def test_an_indicator_is_crossed_with_regions_and_years_region_by_region() -> None:
    crossed = cross_sides("高企", Scope(regions=("浙江省宁波市镇海区", "慈溪"), years=(2023, 2024), aim="target"))
    assert [(side.text, side.regions, side.years) for side in crossed] == [
        ("镇海区2023年高企目标是多少", ("浙江省宁波市镇海区",), (2023,)),
        ("镇海区2024年高企目标是多少", ("浙江省宁波市镇海区",), (2024,)),
        ("慈溪2023年高企目标是多少", ("浙江省宁波市慈溪市",), (2023,)),
        ("慈溪2024年高企目标是多少", ("浙江省宁波市慈溪市",), (2024,)),
    ]
    assert {(side.wants, side.aim) for side in crossed} == {("amount", "target")}
    assert all(side.aliases for side in crossed)


def test_what_the_indicator_says_counts_only_where_it_is_left_open() -> None:
    [side] = cross_sides("镇海2022年高企目标", Scope(regions=("慈溪",), years=(2024,), aim="result"))
    assert (side.text.replace(" ", ""), side.aim) == ("慈溪2024年高企实际是多少", "result")
    sides = cross_sides("镇海高企目标", Scope(years=(2023, 2024)))
    assert [(side.regions, side.years, side.aim) for side in sides] == [
        (("浙江省宁波市镇海区",), (2023,), "target"),
        (("浙江省宁波市镇海区",), (2024,), "target"),
    ]


@pytest.mark.parametrize(
    ("indicator", "scope", "told"),
    [
        ("2024年的", Scope(years=(2024,)), "请写出要比较的指标"),
        ("高企", Scope(regions=("桃花源",)), "不认识地区“桃花源”"),
        ("高企", Scope(years=tuple(range(1900, 1901 + MOST_CROSSED))), "一次最多比较 64 项，现在是 65 项"),
    ],
)
def test_what_cannot_be_crossed_says_why(indicator: str, scope: Scope, told: str) -> None:
    with pytest.raises(UnusableQuestionError, match=told):
        cross_sides(indicator, scope)
