from __future__ import annotations

import pytest

from qa.retrieval.measures import (
    asked_bases,
    asked_figure,
    asked_form,
    asked_limit,
    head_noun,
    is_of_another,
    is_of_another_grade,
    measured_thing,
    told_amounts,
)
from qa.retrieval.questions import read_question


@pytest.mark.parametrize(
    ("asked", "bases"),
    [
        ("新增就业多少万人", ("人", "人次")),
        ("补办一张要多少钱", ("元", "美元")),
        ("情节严重的罚款多少", ("元", "美元")),
        ("几个工作日能批下来", ("个工作日",)),
        ("几天能批下来", ("天", "个工作日", "小时", "分钟", "个月", "年")),
        ("申请要等多久", ("天", "个工作日", "小时", "分钟", "个月", "年")),
        ("人均居住面积要小于多少", ("平方米",)),
        ("减了多少所得税", ()),
        ("进驻了多少家企业", ("家", "户", "个")),
        ("住院报销比例是多少", ("%", "个百分点", "倍")),
        ("高铁线到年底有多长", ("公里", "米")),
        ("办理高铁票要多长时间", ("天", "个工作日", "小时", "分钟", "个月", "年")),
        ("采了多少天然气", ()),
        ("吸引了多少年轻人", ()),
        ("返还上年度失业保险费的多少", ("%", "个百分点", "倍")),
        ("线上办理需要多长", ()),
        ("热线受理后多长答复", ()),
        ("有多少台资企业", ()),
        ("登陆了多少台风", ()),
        ("建了多少分馆", ()),
        ("换了多少台电梯", ("台", "部", "套")),
        ("建了多少套住房", ("套",)),
        ("怎么申请补助", ()),
    ],
)
def test_the_units_in_which_an_amount_is_told(asked: str, bases: tuple[str, ...]) -> None:
    assert asked_bases(read_question(asked)) == bases


def test_a_figure_of_the_kind_may_stand_in_another_unit() -> None:
    figure = asked_figure(read_question("有效期是多长时间"))
    assert figure is not None
    assert figure.search("7个工作日内办结")
    assert not figure.search("缴纳200元")


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("失业率控制在多少", "失业率"),
        ("新增就业多少万人", "就业"),
        ("国有建设用地的面积是多少", "面积"),
        ("两年的成交额分别有多少", "成交额"),
        ("森林覆盖率是百分之多少", "覆盖率"),
        ("2021年农村产权交易成交额", "成交额"),
        ("多少人参加", None),
        ("怎么申请", None),
    ],
)
def test_the_noun_that_is_counted(question: str, noun: str | None) -> None:
    assert head_noun(question) == noun


@pytest.mark.parametrize("sentence", ["5月21日登记。", "于每年3月申报。", "九月底前完成。", "自批准之日起执行。"])
def test_what_tells_a_date(sentence: str) -> None:
    form = asked_form(read_question("什么时候登记"))
    assert form
    assert form.search(sentence)
    assert not form.search("到学校登记。")


@pytest.mark.parametrize(
    ("asked", "sentence", "told"),
    [
        ("哪天登记", "5月21日登记。", True),
        ("哪两天登记", "九月上旬登记。", True),
        ("几号登记", "2016年秋季入学的登记。", False),
        ("哪一年登记", "2016年秋季入学的登记。", True),
    ],
)
def test_a_year_tells_no_day(asked: str, sentence: str, told: bool) -> None:
    form = asked_form(read_question(asked))
    assert form
    assert bool(form.search(sentence)) is told


@pytest.mark.parametrize(
    ("asked", "limit", "other"),
    [
        ("最长能封多久", "不得超过一个月", "自查封之日起三日内"),
        ("面积上限是多少", "二十平方米以下", "不少于二十平方米"),
        ("至少公示几天", "不得少于三十日", "二十个工作日内"),
    ],
)
def test_a_limit_is_told_of_the_side_that_is_asked_for(asked: str, limit: str, other: str) -> None:
    told = asked_limit(asked)
    assert told
    assert told.search(limit)
    assert not told.search(other)


def test_no_limit_is_asked_for() -> None:
    assert asked_limit("公示几天") is None


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("茶叶产量是多少万吨", "茶叶"),
        ("茶叶的总产量达到多少", "茶叶"),
        ("全省高铁运营里程", "高铁"),
        ("森林覆盖率是百分之多少", "森林"),
        ("人均产值是多少", ""),
        ("镇上有多少家企业", ""),
        ("汽车产量同比增长多少", "汽车"),
        ("钢产量是多少", "钢"),
        ("有色金属产量是多少", "有色金属"),
        ("公共图书馆面积是多少", "公共图书馆"),
        ("在校学生人数", "在校学生"),
        ("怎么提高农民收入", ""),
        ("办证要多少手续费", ""),
    ],
)
def test_the_thing_whose_measure_is_asked(question: str, thing: str) -> None:
    assert measured_thing(question).strip() == thing


@pytest.mark.parametrize(
    ("clause", "another"),
    [
        ("原煤产量达到七亿吨", True),
        ("原油产量达到一亿吨", False),
        ("原油达到一亿吨", False),
        ("总产量达到一亿吨", False),
    ],
)
def test_a_noun_that_is_told_of_another_thing(clause: str, another: bool) -> None:
    assert is_of_another(clause, "1984年原油产量是多少") is another


def test_what_stands_between_a_thing_and_its_measure_is_no_other_thing() -> None:
    assert is_of_another("高速公路通车里程达6895公里", "高铁运营里程是多少公里")
    assert not is_of_another("高铁通车里程达1000公里", "高铁运营里程是多少公里")


@pytest.mark.parametrize(
    ("clause", "asked", "another"),
    [
        ("三级医院1300元", "一级医院多少钱", True),
        ("一级及以下医院500元", "一级医院多少钱", False),
        ("二类人员", "一类和二类人员", False),
        ("其他人员", "一类人员", False),
        ("二类人员", "其他人员", False),
    ],
)
def test_what_is_told_of_another_grade(clause: str, asked: str, another: bool) -> None:
    assert is_of_another_grade(clause, asked) is another


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("新增一百一十家高企是哪个区哪一年的目标", {(110.0, "家")}),
        ("成交额1.3亿元是哪年的", {(1.3e8, "元")}),
        ("年满60周岁可以去哪里办卡", set()),
        ("投资3亿元的项目哪个区有多少个", set()),
        ("农业税是哪一年取消的", set()),
    ],
)
def test_the_amounts_whose_place_or_year_is_asked(asked: str, told: set[tuple[float, str]]) -> None:
    assert told_amounts(read_question(asked)) == told
