from __future__ import annotations

import pytest

from qa.errors import UnusableQuestionError
from qa.records import Passage, Scope, Told
from qa.retrieval.comparisons import MOST_CROSSED
from qa.retrieval.everywhere import places_told, sides_everywhere
from qa.retrieval.questions import read_question
from qa.text.regions import gazetteer

PLACES = ["福建省", "江西省", "福建省厦门市", "福建省厦门市同安区", "福建省厦门市海沧区", "北京市", "北京市海淀区"]


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        (
            "各省2025年GDP增长目标是多少",
            ["北京市2025年GDP增长目标是多少", "江西省2025年GDP增长目标是多少", "福建省2025年GDP增长目标是多少"],
        ),
        (
            "2025年GDP目标最高的是哪个省？",
            ["北京市2025年GDP目标是多少", "江西省2025年GDP目标是多少", "福建省2025年GDP目标是多少"],
        ),
        (
            "哪些省2025年GDP目标超过5.5%",
            ["北京市2025年GDP目标是多少", "江西省2025年GDP目标是多少", "福建省2025年GDP目标是多少"],
        ),
        (
            "2025年GDP目标最高的两个省是哪些",
            ["北京市2025年GDP目标是多少", "江西省2025年GDP目标是多少", "福建省2025年GDP目标是多少"],
        ),
        ("厦门哪个区高企产值最高，多少", ["同安区高企产值", "海沧区高企产值"]),
        ("厦门高企目标定得全市最高的是哪个区", ["同安区高企目标是多少", "海沧区高企目标是多少"]),
        ("厦门各区中高企目标最低的是哪个区", ["同安区高企目标是多少", "海沧区高企目标是多少"]),
        ("厦门高企目标最低的区是哪个", ["同安区高企目标是多少", "海沧区高企目标是多少"]),
        ("福建、江西2个省2025年GDP目标", []),
        ("在3个区新建多少个充电桩", []),
        ("新增高企超过100家是哪个区哪一年的目标", []),
        ("哪个城市2025年GDP最高", ["北京市2025年GDP是多少", "厦门市2025年GDP是多少"]),
        ("厦门各区高企目标", ["同安区高企目标是多少", "海沧区高企目标是多少"]),
        ("厦门哪个区高企目标最低", ["同安区高企目标是多少", "海沧区高企目标是多少"]),
        (
            "2024年各区新增高企多少家",
            ["海淀区2024年新增高企多少家", "同安区2024年新增高企多少家", "海沧区2024年新增高企多少家"],
        ),
        ("福建各市2025年GDP", ["厦门市2025年GDP是多少"]),
        ("福建各市2025年一般公共预算收入是多少", ["厦门市2025年一般公共预算收入是多少"]),
        ("国家如何要求各地落实减税", []),
        ("要求各省2025年新增就业多少万人", []),
        ("在哪些地方设置了采集点", []),
        ("哪个区最多可以补贴多少", []),
        ("各区有哪些措施", []),
        ("各区一共新建了多少个充电桩", []),
        ("各市场主体有多少", []),
        ("各区级机关有多少", []),
    ],
)
def test_what_is_asked_of_every_place_of_a_rank(asked: str, texts: list[str]) -> None:
    assert [side.text for side in sides_everywhere(read_question(asked), PLACES) or ()] == texts


def test_each_side_keeps_to_its_place_and_to_what_was_limited() -> None:
    sides = sides_everywhere(read_question("各省2025年GDP增长目标是多少"), PLACES) or ()
    assert [(side.regions, side.years, side.aim, side.wants) for side in sides] == [
        ((place,), (2025,), "target", "amount") for place in ("北京市", "江西省", "福建省")
    ]


def test_limits_set_beside_the_question_hold_for_each_side() -> None:
    scope = Scope(regions=("福建省",), years=(2023,), documents=("a.txt",), aim="any", literal=("gdp",))
    [side] = sides_everywhere(read_question("各市2025年GDP目标", scope=scope), PLACES) or ()
    assert (side.regions, side.years, side.documents) == (("福建省厦门市",), (2023,), ("a.txt",))
    assert (side.aim, side.aliases) == (None, ())


def test_too_many_places_are_refused_with_the_way_out() -> None:
    districts = {region.full_name for regions in gazetteer().values() for region in regions if len(region.path) > 2}
    with pytest.raises(
        UnusableQuestionError, match=f"最多比较 {MOST_CROSSED} 个地方，现在是 .*请说明是哪个省或哪个市的"
    ):
        sides_everywhere(read_question("各县2025年GDP是多少"), districts)


def test_the_places_that_a_table_tells() -> None:
    told = tuple(Told("海沧区 2025年目标 7家", "2025年目标", place, place) for place in ("海沧区", "合计", ""))
    row = Passage(
        id="d@0",
        document_id="d",
        kind="row",
        text="海沧区 | 7",
        start=0,
        end=7,
        section=(),
        context="",
        paragraph=1,
        told=told,
    )
    assert places_told([row], "福建省厦门市") == {"福建省厦门市海沧区", "福建省厦门市"}
