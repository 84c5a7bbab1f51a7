"""How documents, passages and units lie one after another: each is a row number, and those of one parent are a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.index.units import Unit


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where each run begins, with one entry more for the end of the last.

    The passages of document d are the rows first_passage[d] to first_passage[d + 1]; the units of passage p are
    first_unit[p] to first_unit[p + 1], the first of them the whole passage; spans[u] is (start, end) in its text.
    """

    first_passage: NDArray[np.int64]  # (documents + 1,)
    first_unit: NDArray[np.int64]  # (passages + 1,)
    spans: NDArray[np.int32]  # (units, 2)

    @property
    def passages(self) -> int:
        """How many there are."""
        return len(self.first_unit) - 1

    def passage_rows(self, document: int) -> range:
        """The rows of a document's passages, in the order of the text."""
        return range(int(self.first_passage[document]), int(self.first_passage[document + 1]))

    def documents_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The document number of each passage row."""
        return np.searchsorted(self.first_passage, rows, side="right") - 1

    def passages_of(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """The passage row of each unit."""
        return np.searchsorted(self.first_unit, units, side="right") - 1

    def units_in(self, documents: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which units belong to the chosen documents."""
        return np.repeat(documents, np.diff(self.first_unit[self.first_passage]))


def lay_out(documents: Iterable[Sequence[Sequence[Unit]]]) -> Layout:
    """The layout of documents that are given as their passages, and these as their units; each is drawn once."""
    passages: list[int] = []  # how many a document has
    units: list[int] = []  # how many a passage has
    spans: list[tuple[int, int]] = []
    for document in documents:
        passages.append(len(document))
        units += map(len, document)
        spans += ((unit.start, unit.end) for passage in document for unit in passage)
    return Layout(
        first_passage=np.array([0, *accumulate(passages)], dtype=np.int64),
        first_unit=np.array([0, *accumulate(units)], dtype=np.int64),
        spans=np.array(spans, dtype=np.int32).reshape(-1, 2),
    )


def write_layout(folder: Path, layout: Layout) -> None:
    """Writes the layout as a folder of .npy files."""
    folder.mkdir()
    for each in fields(layout):
        np.save(folder / f"{each.name}.npy", getattr(layout, each.name))


def read_layout(folder: Path) -> Layout:
    """Maps what `write_layout` wrote without reading it; raises OSError or ValueError where it is no such folder."""
    maps = (np.load(folder / f"{each.name}.npy", mmap_mode="r", allow_pickle=False) for each in fields(Layout))
    return Layout(*map(np.asarray, maps))
