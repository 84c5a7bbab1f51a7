from __future__ import annotations

import pytest

from qa.answers.subplaces import asked_subplace, tells_of_subplace, tells_of_unasked_subplace
from qa.retrieval.questions import read_question
from tests.answers.samples import hit


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("海盐县花桥镇2024年新认定高企几家", "花桥镇"),
        ("海盐经开区2024年新认定高企几家", "经开区"),
        ("汾湖高新区2024年技术合同成交额", "汾湖高新区"),
        ("百里荒景区2024年接待游客多少人", "百里荒景区"),
        ("2024年城镇新增就业多少人", None),
        ("海盐2024年各镇新增多少家", None),
        ("省级开发区有多少家", None),
        ("一个镇补助多少", None),
        ("桐乡2019年新增多少家", None),
        ("市里和镇里各摊多少", None),
    ],
)
def test_the_part_of_a_region_that_is_asked_of(asked: str, named: str | None) -> None:
    found = asked_subplace(read_question(asked))
    assert (found and found.group()) == named


def test_only_what_names_the_part_tells_of_it() -> None:
    asked = read_question("海盐县花桥镇2024年新增高企几家")
    assert not tells_of_subplace(asked, hit("全县新增高企47家。", (0, 9)))
    assert tells_of_subplace(asked, hit("其中花桥镇6家。", (0, 8)))
    assert tells_of_subplace(read_question("海盐经开区新增高企几家"), hit("经济技术开发区新增30家。", (0, 12)))


@pytest.mark.parametrize(
    ("clause", "unasked"),
    [
        ("西塘桥街道新认定高企19家", True),
        ("，其中百步经济开发区（筹）新认定高企11家", True),
        ("望海镇新认定高企9家", True),
        ("乡镇卫生院9家", False),
        ("街道办事处应当于30日内", False),
        ("全年新认定高企52家", False),
    ],
)
def test_a_town_or_zone_that_the_question_does_not_name(clause: str, unasked: bool) -> None:
    assert tells_of_unasked_subplace(read_question("海盐县新认定高企几家"), clause) is unasked
    assert not tells_of_unasked_subplace(read_question(f"海盐县{clause}几家"), clause)
