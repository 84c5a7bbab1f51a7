from __future__ import annotations

from pathlib import Path

import numpy as np

from qa.index.layout import lay_out, read_layout, write_layout
from qa.index.units import Unit

ONE = (Unit("一", 0, 9),)
THREE = (Unit("一二", 0, 20), Unit("一", 0, 10), Unit("二", 10, 20))
LAYOUT = lay_out([[ONE, THREE], [], [THREE]])


def test_runs_lie_one_after_another() -> None:
    assert LAYOUT.first_passage.tolist() == [0, 2, 2, 3]
    assert LAYOUT.first_unit.tolist() == [0, 1, 4, 7]
    assert LAYOUT.spans.tolist() == [[0, 9], [0, 20], [0, 10], [10, 20], [0, 20], [0, 10], [10, 20]]


def test_who_belongs_to_whom() -> None:
    assert [LAYOUT.passage_rows(document) for document in range(3)] == [range(0, 2), range(2, 2), range(2, 3)]
    assert LAYOUT.documents_of(np.array([2, 0, 1])).tolist() == [2, 0, 0]
    assert LAYOUT.passages_of(np.arange(7)).tolist() == [0, 1, 1, 1, 2, 2, 2]
    assert LAYOUT.units_in(np.array([True, True, False])).tolist() == [True] * 4 + [False] * 3


def test_written_and_read_it_is_the_same(tmp_path: Path) -> None:
    write_layout(tmp_path / "layout", LAYOUT)
    layout = read_layout(tmp_path / "layout")
    for name in ("first_passage", "first_unit", "spans"):
        np.testing.assert_array_equal(getattr(layout, name), getattr(LAYOUT, name))
