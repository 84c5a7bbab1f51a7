from __future__ import annotations

import pytest

from qa.retrieval.alternatives import put_for_alternative, tells_of_another_case


@pytest.mark.parametrize(
    ("clause", "question", "another"),
    [
        ("新建市级研发中心", "新建省级研发中心多少家", True),
        ("新建省级、市级研发中心", "新建省级研发中心多少家", False),
        ("县级以上政府给予奖励", "市级给多少奖励", False),
        ("剖宫产补助", "剖腹产补多少", False),
        ("高级技师补贴", "技师补多少", True),
        ("学士学位", "本科补多少", False),
        ("子女补助", "男职工补多少", False),
        ("用人单位缴费费率", "职工医保缴费多少", False),
    ],
)
def test_whether_a_clause_tells_of_another_case_of_a_choice(clause: str, question: str, another: bool) -> None:
    assert tells_of_another_case(clause, question) is another


@pytest.mark.parametrize(
    ("case", "before", "put"),
    [
        ("退休", "在职的报多少", "退休的报多少"),
        ("高级技师", "技师补多少", "高级技师补多少"),
        ("退休超过10年", "在职的报多少", "退休的报多少 超过10年"),
        ("在职", "在职的报多少", None),
        ("外地人", "在职的报多少", None),
    ],
)
def test_one_case_is_put_for_another(case: str, before: str, put: str | None) -> None:
    assert put_for_alternative(case, before) == put
