from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.regions import Mention, Region, find_regions, gazetteer, prevailing_region, region_named, short_name


def found(text: str) -> list[list[str]]:
    return [[region.full_name for region in mention.regions] for mention in find_regions(text)]


def test_gazetteer_has_every_province() -> None:
    provinces = {region.path[0] for regions in gazetteer().values() for region in regions}
    assert len(provinces) == 34
    assert {"台湾省", "香港特别行政区", "澳门特别行政区", "北京市", "新疆维吾尔自治区"} <= provinces


def test_name_after_its_parents_is_one_mention() -> None:
    zhenhai = Region(("浙江省", "宁波市", "镇海区"))
    assert find_regions("在宁波市镇海区") == [Mention(1, 7, (zhenhai,))]
    assert find_regions("浙江宁波镇海") == [Mention(0, 6, (zhenhai,))]


@pytest.mark.parametrize(
    ("text", "full_names"),
    [
        ("海曙和镇海", [["浙江省宁波市海曙区"], ["浙江省宁波市镇海区"]]),
        ("桐乡2019年研发投入", [["浙江省嘉兴市桐乡市"]]),
        ("宁波市江北区", [["浙江省宁波市江北区"]]),
        ("江苏南通通州区", [["江苏省南通市通州区"]]),
        ("吉林省吉林市", [["吉林省吉林市"]]),
        ("吉林长春进行", [["吉林省长春市"]]),
        ("上海浦东新区", [["上海市浦东新区"]]),
        ("深圳经济特区条例", [["广东省深圳市"]]),
        ("晋城市城区", [["山西省晋城市城区"]]),
        ("青岛港", [["山东省青岛市"]]),
        ("恩施州", [["湖北省恩施土家族苗族自治州", "湖北省恩施土家族苗族自治州恩施市"]]),
        ("朝阳区", [["北京市朝阳区", "吉林省长春市朝阳区"]]),
        ("北京朝阳", [["北京市朝阳区"]]),
        ("深圳前海合作区", [["广东省深圳市前海深港现代服务业合作区"]]),
        ("苏州工业园区管委会", [["江苏省苏州市苏州工业园区"]]),
        ("曲江新区和韶关市曲江区", [["陕西省西安市曲江新区"], ["广东省韶关市曲江区"]]),
        ("长安区和中山市", [["河北省石家庄市长安区", "陕西省西安市长安区"], ["广东省中山市"]]),
    ],
)
def test_regions_in_running_text(text: str, full_names: list[list[str]]) -> None:
    assert found(text) == full_names


@pytest.mark.parametrize(
    "text",
    [
        "公安部",
        "资源",
        "和平发展",
        "金山山阳镇",
        "长安街",
        "港口至青龙段",
        "南京路",
        "江北",
        "多党合作和政治协商",
        "财政和政府性基金",
        "创新平台",
        "新市民积分",
        "科技创新和产业创新",
        "国家长治久安",
        "算法库",
        "提高安全水平",
        "居世界首位",
        "同心同德",
        "大城市",
        "中心城区",
        "城市和县城",
        "太平洋",
        "向前海洋进发",
        "大鹏展翅",
    ],
)
def test_ordinary_words_are_no_regions(text: str) -> None:
    assert found(text) == []


def test_name_of_a_province_is_the_province() -> None:
    assert found("河南和海南") == [["河南省"], ["海南省"]]
    assert found("青海省海南州") == [["青海省海南藏族自治州"]]


def test_names_that_begin_inside_a_word_do_not_hide_the_next() -> None:
    assert found("结合山东实际") == [["山东省"]]
    assert found("建设美丽新宁夏") == [["宁夏回族自治区"]]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("内蒙古自治区", "内蒙古"),
        ("西藏自治区", "西藏"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("宁夏回族自治区", "宁夏"),
        ("恩施土家族苗族自治州", "恩施"),
        ("香港特别行政区", "香港"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("浦东新区", "浦东"),
        ("镇海区", "镇海"),
        ("易县", "易县"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
    assert gazetteer()[name][0] in {region for mention in find_regions(short) for region in mention.regions}


def test_region_named_by_its_full_name() -> None:
    assert region_named("浙江省宁波市镇海区") == Region(("浙江省", "宁波市", "镇海区"))
    assert region_named("河北省石家庄市长安区") == Region(("河北省", "石家庄市", "长安区"))
    assert region_named("镇海区") is None
    assert region_named("") is None


def test_every_region_is_found_by_its_full_name() -> None:
    regions = {region for regions in gazetteer().values() for region in regions}
    assert [region.full_name for region in sorted(regions) if region_named(region.full_name) != region] == []


def test_a_region_contains_itself_and_its_parts() -> None:
    ningbo, zhenhai = Region(("浙江省", "宁波市")), Region(("浙江省", "宁波市", "镇海区"))
    assert ningbo.contains(zhenhai)
    assert ningbo.contains(ningbo)
    assert not zhenhai.contains(ningbo)


def test_prevailing_region_is_the_one_named_most() -> None:
    assert prevailing_region(["桐乡市科技局", "乌镇在桐乡", "桐乡与上海合作"]) == Region(("浙江省", "嘉兴市", "桐乡市"))
    assert prevailing_region(["桐乡一次，上海一次"]) is None
    assert prevailing_region([]) is None


def test_a_place_is_named_with_its_special_zone() -> None:
    assert [each.regions for each in find_regions("在深圳特区拿地")] == [(Region(("广东省", "深圳市")),)]


def test_a_text_that_says_our_province_is_about_it_whatever_cities_it_names() -> None:
    cities = ["济南、青岛先行先试。"] * 4
    assert prevailing_region([*cities, "山东省委", "全省推广，我省率先。"]) == Region(("山东省",))
    assert prevailing_region([*cities, "山东省委", "我市率先。"]) == Region(("山东省", "济南市"))


def test_the_address_of_an_office_is_not_what_its_text_is_about() -> None:
    office = [
        "武汉市卫健委",
        "地址：武汉市江岸区江汉北路20号",
        "武汉市的标准",
        "办公地址：武汉市江岸区江汉北路20号513室",
    ]
    assert prevailing_region(["武汉市", *office]) == Region(("湖北省", "武汉市"))
    assert prevailing_region(["武汉市", *office, *["江岸区"] * 3]) == Region(("湖北省", "武汉市", "江岸区"))


def test_text_about_the_whole_country_has_no_region() -> None:
    assert (
        prevailing_region(
            ["我国坚持统一。全国人民和台湾人民。", "台湾和台湾同胞。", "我国、全国、我国、全国、我国、全国。"]
        )
        is None
    )
    assert prevailing_region(["全国第一的桐乡。", "桐乡和桐乡。"]) == Region(("浙江省", "嘉兴市", "桐乡市"))


def test_prevailing_region_goes_by_what_the_text_calls_its_own() -> None:
    text = ["我区与宁波合作", "全区在宁波", "宁波的镇海，镇海区，镇海"]
    assert prevailing_region(text) == Region(("浙江省", "宁波市", "镇海区"))


@given(st.text(alphabet="宁波市镇海区浙江省和政府创新平台，", max_size=24))
def test_mentions_stand_in_the_text_apart_from_each_other(text: str) -> None:
    mentions = find_regions(text)
    assert all(0 <= mention.start < mention.end <= len(text) and mention.regions for mention in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))
