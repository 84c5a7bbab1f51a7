from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.aliases import Alias, alias_groups, find_aliases, find_everyday, spell_out
from qa.text.folding import fold


def names(text: str) -> list[str]:
    return [alias.name for alias in find_aliases(text)]


def test_alias_gives_the_usual_name_first() -> None:
    (alias,) = find_aliases("镇海2024年高企目标是多少")
    assert alias.name == "高企"
    assert alias.others[0] == "高新技术企业"
    assert "高企" not in alias.others


def test_usual_name_gives_its_aliases() -> None:
    (alias,) = find_aliases("科技型中小企业数量")
    assert alias == Alias("科技型中小企业", ("科小", "科技中小企业"))


def test_longest_name_wins() -> None:
    assert names("国高企有多少") == ["国高企"]
    assert names("规模以上工业增加值") == ["规模以上工业增加值"]


def test_several_names_come_from_left_to_right() -> None:
    assert names("规上高企GDP") == ["规上", "高企", "gdp"]


def test_width_case_and_script_do_not_matter() -> None:
    assert names("ｇｄｐ") == names("GDP") == ["gdp"]
    assert names("居民醫保") == ["居民医保"]


def test_latin_names_are_not_parts_of_longer_words() -> None:
    assert names("FAIR RAIN") == []
    assert names("AI产业") == ["ai"]


def test_names_are_spelled_out_by_the_usual_one() -> None:
    assert spell_out("镇海2024年高企和GDP") == "镇海2024年高新技术企业和地区生产总值"


def test_text_without_aliases_gives_none() -> None:
    assert find_aliases("镇海区图书馆几点开门") == []


def test_every_name_belongs_to_one_thing() -> None:
    every = [fold(name) for group in alias_groups() for name in group]
    assert len(every) == len(set(every))


def test_what_citizens_say_and_what_documents_write() -> None:
    said = "租客的驾龄满几年，公租房门槛费多少，坐牢期间医保怎么算"
    usual = [alias.others[0] for alias in find_aliases(said)]
    assert usual == ["承租人", "驾驶经历", "公共租赁住房", "起付标准", "服刑", "医疗保险"]


@pytest.mark.parametrize("text", ["本科以上学历", "开展集中考核", "全国企业信用", "2024年检测结果"])
def test_names_are_not_found_across_other_words(text: str) -> None:
    assert find_aliases(text) == []


@given(st.text(alphabet="高企新技术业国规上GDP科小 镇", max_size=25))
def test_every_name_found_stands_in_the_text(text: str) -> None:
    assert all(alias.name in fold(text) and alias.name not in map(fold, alias.others) for alias in find_aliases(text))


def test_everyday_words_lead_to_what_documents_write_and_not_back() -> None:
    assert find_everyday("小厂造假要罚多少钱") == [
        Alias("小厂", ("中小企业", "小微企业")),
        Alias("造假", ("弄虚作假", "虚假")),
        Alias("罚多少钱", ("罚款",)),
    ]
    assert find_everyday("中小企业弄虚作假的罚款") == []


@pytest.mark.parametrize("text", ["农民工工资", "六大工程是哪六个", "拨打车管所电话", "出租地下室", "紧缺电子人才"])
def test_everyday_words_are_not_found_inside_or_across_words(text: str) -> None:
    assert find_everyday(text) == []


def test_an_everyday_word_stands_once_and_is_no_name_that_documents_use() -> None:
    lines = files("qa.text").joinpath("everyday.txt").read_text(encoding="utf-8").splitlines()
    said = [line.partition("→")[0].strip() for line in lines if line and not line.startswith("#")]
    names = {fold(name) for group in alias_groups() for name in group}
    assert [word for word, count in Counter(said).items() if count > 1] == []
    assert {fold(word) for word in said} & names == set()
