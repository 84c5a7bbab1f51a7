from __future__ import annotations

import pytest

from qa.records import Passage
from qa.retrieval.features import heading_fit
from qa.retrieval.questions import read_question
from qa.retrieval.support import Support


def told(figure: float) -> Support:
    return Support(span=(0, 1), coverage=0.5, around=0.5, year=0.5, aim=0.5, figure=figure)


@pytest.mark.parametrize(
    ("kind", "text", "figure", "fit"),
    [
        ("heading", "二、登记程序", 0.0, 1.0),
        ("heading", "（三）示范期（2024年11月—2025年8月）", 1.0, 1.0),
        ("paragraph", "有下列情形之一的，应当申请登记：", 0.0, 1.0),
        ("paragraph", "有下列情形之一的，应当自生效之日起三十日内申请登记：", 1.0, 0.0),
        ("paragraph", "应当申请登记。", 0.0, 0.0),
    ],
)
def test_a_line_that_leads_to_others_and_tells_the_figure_is_no_heading(
    kind: str, text: str, figure: float, fit: float
) -> None:
    passage = Passage("p", "d", kind, text, 0, len(text), (), 1, "")  # type: ignore[arg-type]
    assert heading_fit(passage, told(figure), read_question("多少天内申请登记")) == fit
