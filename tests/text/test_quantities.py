from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from qa.text.quantities import Quantity, find_quantities, in_unit, qualifiers

Ends = tuple[float | None, float | None]


def only(text: str) -> Quantity:
    [quantity] = find_quantities(text)
    return quantity


def units() -> dict[str, tuple[float, str]]:
    """Each unit that counts something, read from the file as a user reads it."""
    lines = files("qa.text").joinpath("units.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" = ") for line in lines if line and not line.startswith("#"))
    sizes = {unit: (float(size.split()[0]), size.split()[1]) for unit, size in entries}
    return {unit: entry for unit, entry in sizes.items() if entry[0]}


@pytest.mark.parametrize(
    ("text", "stands", "amount", "unit", "base"),
    [
        ("新增养老床位110家。", "110家", 110, "家", "家"),
        ("新增示范社区一百一十家。", "一百一十家", 110, "家", "家"),
        ("占比百分之三点四二", "百分之三点四二", 3.42, "%", "%"),
        ("实现百分之百覆盖", "百分之百", 100, "%", "%"),
        ("千分之三的违约金", "千分之三", 0.3, "%", "%"),
        ("按日加收万分之五的滞纳金", "万分之五", 0.05, "%", "%"),
        ("须经全体代表三分之二通过", "三分之二", 200 / 3, "%", "%"),
        ("收入328.6亿元", "328.6亿元", 32860000000, "亿元", "元"),
        ("投入4847.8385万元", "4847.8385万元", 48478385, "万元", "元"),
        ("安排3,000万元", "3,000万元", 3e7, "万元", "元"),
        ("安排3，000万元", "3，000万元", 3e7, "万元", "元"),
        ("预算1,234,567.8元", "1,234,567.8元", 1234567.8, "元", "元"),
        ("预算1.2 万亿元", "1.2 万亿元", 1.2e12, "万亿元", "元"),
        ("预算三千八百万元", "三千八百万元", 3.8e7, "万元", "元"),
        ("补助3千万元", "3千万元", 3e7, "千万元", "元"),
        ("一点五万亿元", "一点五万亿元", 1.5e12, "万亿元", "元"),
        ("存款3.5亿，", "3.5亿", 3.5e8, "亿", ""),
        ("投资1亿2000万元", "1亿2000万元", 1.2e8, "万元", "元"),
        ("投资完成了一百二十三亿七千万元", "一百二十三亿七千万元", 1.237e10, "万元", "元"),
        ("拟定为六百二十四万八千吨", "六百二十四万八千吨", 6.248e9, "吨", "公斤"),
        ("一万零五百人", "一万零五百人", 10500, "人", "人"),
        ("有效期满前30天内", "30天", 30, "天", "天"),
        ("应提前３个月通知", "３个月", 3, "个月", "个月"),
        ("增长６．５％", "６．５％", 6.5, "％", "%"),
        ("死亡率0.5‰", "0.5‰", 0.05, "‰", "%"),
        ("提高2.5个百分点", "2.5个百分点", 2.5, "个百分点", "个百分点"),
        ("提高5百分点", "5百分点", 5, "百分点", "个百分点"),
        ("接待游客1.2亿人次", "1.2亿人次", 1.2e8, "亿人次", "人次"),
        ("发电量3500亿千瓦时", "3500亿千瓦时", 3.5e11, "亿千瓦时", "千瓦时"),
        ("装机500千瓦", "500千瓦", 500, "千瓦", "千瓦"),
        ("装机2兆瓦", "2兆瓦", 2000, "兆瓦", "千瓦"),
        ("里程5800公里", "5800公里", 5.8e6, "公里", "米"),
        ("里程3千米", "3千米", 3000, "千米", "米"),
        ("面积1.5万平方公里", "1.5万平方公里", 1.5e10, "万平方公里", "平方米"),
        ("粮食1000斤", "1000斤", 500, "斤", "公斤"),
        ("浓度32微克/立方米", "32微克/立方米", 0.032, "微克/立方米", "毫克/立方米"),
        ("低保每人300元/月", "300元/月", 300, "元/月", "元/月"),
        ("补贴500元/人·年", "500元/人·年", 500, "元/人·年", "元/人·年"),
        ("日处理5万吨/日", "5万吨/日", 5e7, "万吨/日", "公斤/日"),
        ("增长1.5倍", "1.5倍", 1.5, "倍", "倍"),
        ("两小时交通圈", "两小时", 120, "小时", "分钟"),
        ("户数100户", "100户", 100, "户", "户"),
    ],
)
def test_a_quantity_with_its_value_in_base_units(text: str, stands: str, amount: float, unit: str, base: str) -> None:
    quantity = only(text)
    assert text[quantity.start : quantity.end] == stands
    assert (quantity.low, quantity.high) == pytest.approx((amount, amount), rel=1e-11)
    assert (quantity.unit, quantity.base, quantity.limit) == (unit, base, "")


@pytest.mark.parametrize(
    ("text", "stands", "ends"),
    [
        ("5万5千至6万元", "5万5千至6万元", (55000, 60000)),
        ("增长5%—5.5%", "5%—5.5%", (5, 5.5)),
        ("增长6%～7%", "6%～7%", (6, 7)),
        ("增长百分之五至百分之七", "百分之五至百分之七", (5, 7)),
        ("增长百分之五到七", "百分之五到七", (5, 7)),
        ("10万吨至1亿吨", "10万吨至1亿吨", (1e8, 1e11)),
        ("奖励100—200万元", "100—200万元", (1e6, 2e6)),
        ("奖励1万-2万元", "1万-2万元", (1e4, 2e4)),
        ("奖励8000元至1万元", "8000元至1万元", (8000, 1e4)),
        ("奖励8000—1万元", "8000—1万元", (8000, 1e4)),
        ("距离500米至2公里", "500米至2公里", (500, 2000)),
        ("用时30分钟到1小时", "30分钟到1小时", (30, 60)),
        ("建设3至5家", "3至5家", (3, 5)),
        ("处二百元以上两千元以下罚款", "二百元以上两千元以下", (200, 2000)),
        ("能耗下降3%-5%", "下降3%-5%", (-5, -3)),
    ],
)
def test_ranges(text: str, stands: str, ends: Ends) -> None:
    quantity = only(text)
    assert text[quantity.start : quantity.end] == stands
    assert (quantity.low, quantity.high) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("text", "stands", "limit", "amount"),
    [
        ("全年力争110家", "力争110家", "力争", 110),
        ("原煤七亿七千多万吨", "七亿七千多万吨", "多", 7.7e11),
        ("年收入10万元（含）以下", "10万元（含）以下", "（含）以下", 1e5),
        ("总价330（含）万元以下", "330（含）万元以下", "以下", 3.3e6),
        ("力争达到110家左右", "力争达到110家左右", "力争达到左右", 110),
        ("增速不低于6%", "不低于6%", "不低于", 6),
        ("比例不得超过30%", "不得超过30%", "不得超过", 30),
        ("最高不超过30万元", "最高不超过30万元", "最高不超过", 3e5),
        ("产值突破200亿元", "突破200亿元", "突破", 2e10),
        ("产值200亿元以上", "200亿元以上", "以上", 2e10),
        ("产值超过了5亿元", "超过了5亿元", "超过了", 5e8),
        ("失业率控制在5.5%以内", "控制在5.5%以内", "控制在以内", 5.5),
        ("合格率≥95%", "≥95%", "≥", 95),
        ("培训近100人", "近100人", "近", 100),
        ("培训1000余人", "1000余人", "余", 1000),
        ("培训1.5万余人", "1.5万余人", "余", 15000),
        ("面积2万多平方米", "2万多平方米", "多", 20000),
        ("资金500万以上", "500万以上", "以上", 5e6),
        ("由5.2%降至4.8%以下", "4.8%以下", "以下", 4.8),
    ],
)
def test_what_limits_a_quantity_belongs_to_it(text: str, stands: str, limit: str, amount: float) -> None:
    quantity = find_quantities(text)[-1]
    assert text[quantity.start : quantity.end] == stands
    assert (quantity.limit, quantity.low) == (limit, amount)


@pytest.mark.parametrize("text", ["新增了110家", "目标为110家", "增加到110家", "达成110家"])
def test_words_that_limit_nothing_stay_outside(text: str) -> None:
    quantity = only(text)
    assert (text[quantity.start : quantity.end], quantity.limit) == ("110家", "")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("同比下降5.4%", -5.4),
        ("下降了5.4个百分点", -5.4),
        ("降低约0.5个百分点", -0.5),
        ("负增长2.3%", -2.3),
        ("增速为-2.3%", -2.3),
        ("下降到5.4%", 5.4),
        ("下降至5.4%", 5.4),
        ("减少120户", 120),
    ],
)
def test_the_fall_of_a_share_is_below_zero(text: str, amount: float) -> None:
    assert only(text).low == amount


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("规模翻番", "翻番"),
        ("规模翻一番", "翻一番"),
        ("收入翻了两番", "翻了两番"),
        ("位居全省前三", "前三"),
        ("进入全国前十行列", "前十"),
        ("跻身全国前10强", "前10强"),
        ("排在全市前10名", "前10名"),
        ("保持在全国前10%", "前10%"),
        ("总量居第3位", "第3位"),
        ("增速居全省第二，", "第二"),
    ],
)
def test_ranks_and_doublings_have_no_amount(text: str, stands: str) -> None:
    quantity = only(text)
    assert text[quantity.start : quantity.end] == stands
    assert (quantity.low, quantity.high, quantity.unit) == (None, None, "")


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月5日印发",
        "２０２４年",
        "二〇二四年三月五日",
        "二○二四年",
        "2023—2025年",
        "2024年1月 1日",
        "3月5日至8日",
        "1—11月",
        "上午9时30分",
        "20世纪80年代",
        "第3条",
        "第十四个五年规划",
        "第三十五次会议",
        "第一，加强领导。",
        "前三季度",
        "前10个月",
        "国办发〔2023〕5号",
        "电话0571-87654321",
        "12345热线",
        "5A级景区",
        "500强企业",
        "数十家",
        "几十个",
        "上千名",
        "每100户配备",
        "三年级学生",
        "一次性奖励",
        "两位数增长",
        "五部门联合",
        "四方协议",
        "一对一帮扶",
        "统一组织",
        "1 000万元",
        "排在前3个",
        "前30天",
    ],
)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


def test_quantities_come_in_the_order_of_the_text() -> None:
    text = "2023年改造老旧小区12个、惠及居民3.4万户，投资突破5亿元，总量居全省第二。"
    stand = [text[each.start : each.end] for each in find_quantities(text)]
    assert stand == ["12个", "3.4万户", "突破5亿元", "第二"]


@given(
    whole=st.integers(0, 10**6),
    decimals=st.integers(0, 99),
    scale=st.sampled_from(["", "万", "亿", "万亿"]),
    unit=st.sampled_from(sorted(units())),
    around=st.sampled_from([("", ""), ("共计", "。"), ("完成", "，同比提高"), ("（", "）")]),
)
def test_a_number_with_any_unit_is_found_with_its_value(
    whole: int, decimals: int, scale: str, unit: str, around: tuple[str, str]
) -> None:
    written = f"{whole}.{decimals:02}"
    text = f"{around[0]}{written}{scale}{unit}{around[1]}"
    quantity = only(text)
    size, base = units()[unit]
    sizes = {"": 1, "万": 1e4, "亿": 1e8, "万亿": 1e12}
    assert text[quantity.start : quantity.end] == f"{written}{scale}{unit}"
    assert quantity.low == quantity.high == pytest.approx(float(written) * sizes[scale] * size)
    assert (quantity.unit, quantity.base) == (scale + unit, base)


@example("十十二元")  # no numeral, but long taken for one
@given(st.text("第前约下降到至达0123456789.,，一二十百千万亿%个家元年月日/-～余多以上 分之\n", max_size=30))
def test_offsets_lie_in_the_text_and_never_overlap(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(each.low is None or each.high is None or each.low <= each.high for each in found)


@pytest.mark.parametrize(
    ("amount", "unit", "written"),
    [
        (4e9, "亿元", "40亿元"),
        (48478385, "万元", "4847.8385万元"),
        (0.5, "%", "0.5个百分点"),
        (-0.5, "％", "-0.5个百分点"),
        (2.5, "百分点", "2.5百分点"),
        (500, "千瓦", "500千瓦"),
        (3000, "公里", "3公里"),
        (3000, "千米", "3千米"),
        (5e7, "万吨/日", "5万吨/日"),
        (1.2e12, "万亿元", "1.2万亿元"),
        (3.5e8, "亿", "3.5亿"),
        (10, "家", "10家"),
        (100, "", "100"),
        (0.1 + 0.2, "倍", "0.3倍"),
    ],
)
def test_an_amount_written_in_a_unit(amount: float, unit: str, written: str) -> None:
    assert in_unit(amount, unit) == written


@given(st.integers(1, 10**6), st.sampled_from(["", "万", "亿"]), st.sampled_from(sorted(units())))
def test_what_is_found_is_written_as_it_stood(number: int, scale: str, unit: str) -> None:
    assume(not (unit == "年" and not scale and 1900 <= number < 2100))  # a year of the calendar is no amount
    quantity = only(f"{number}{scale}{unit}")
    assert quantity.low is not None
    share = "个百分点" if (scale + unit) in ("%", "％") else scale + unit
    assert in_unit(quantity.low, quantity.unit) == f"{number}{share}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("人均公园绿地面积", {"人均"}),
        ("规模以上工业增加值", {"规上"}),
        ("规上工业增加值", {"规上"}),
        ("新认定瞪羚企业", {"新增"}),
        ("城镇居民人均可支配收入", {"人均", "城镇"}),
        ("工业增加值", set()),
        ("协议注册外资2亿美元", {"协议注册"}),
    ],
)
def test_qualifiers_have_one_name_each(text: str, found: set[str]) -> None:
    assert qualifiers(text) == found
