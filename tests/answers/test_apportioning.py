from __future__ import annotations

import pytest

from qa.answers.apportioning import told_in_turn
from qa.text.quantities import find_quantities

INCOMES = "城镇和农村常住居民人均可支配收入分别增长3.9%和5.7%。"
SECTORS = "工业增长6%，高技术制造业、装备制造业增加值分别增长12.5%、13.1%，占比提高2%。"


@pytest.mark.parametrize(
    ("asked", "sentence", "told"),
    [
        ("农村居民人均可支配收入增长多少", INCOMES, [False, True]),
        ("城镇居民收入增长多少", INCOMES, [True, False]),
        ("居民收入增长多少", INCOMES, [None, None]),
        ("农村居民收入增长多少", "城乡居民人均可支配收入分别增长6%和7.4%。", [False, True]),
        ("装备制造业增加值增长多少", SECTORS, [None, False, True, None]),
        ("高技术制造业增加值增长多少", SECTORS, [None, True, False, None]),
        ("旅游收入增长多少", "旅游人次、旅游收入分别增长17%、18%。", [False, True]),
        ("旅游收入增长多少", "旅游人次、旅游收入分别增长17%。", [None]),
    ],
)
def test_of_figures_told_in_turn_the_one_of_the_thing_that_is_named(
    asked: str, sentence: str, told: list[bool | None]
) -> None:
    quantities = find_quantities(sentence)
    assert [told_in_turn(asked, sentence, quantities, each) for each in quantities] == told
