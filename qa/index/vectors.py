"""The passages whose units are nearest to a question, by inner products of their vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.index.exact import EXACT_UNITS, ExactUnits, write_exact
from qa.index.layout import Layout
from qa.index.probing import SCOPE, Draw, ProbedUnits, Probing, choose_probes, write_probed


@dataclass(frozen=True, slots=True, eq=False)
class Similarities:
    """Passages with their cosine similarity to a query, n of each.

    A passage of one sentence has no sentence units: `sentence` is then its own figure, `spans` all of it.
    """

    rows: NDArray[np.int64]  # (n,) passage rows
    paragraph: NDArray[np.float32]  # (n,) of the whole passage
    sentence: NDArray[np.float32]  # (n,) of its best sentence, the first of equals
    spans: NDArray[np.int32]  # (n, 2) start and end of that sentence in passage.text

    @property
    def best(self) -> NDArray[np.float32]:
        """(n,) the similarity of the best unit."""
        return np.maximum(self.paragraph, self.sentence)


def write_vectors(
    file: Path, dimension: int, layout: Layout, draw: Draw, questions: Callable[[], NDArray[np.float32]]
) -> Probing | None:
    """Writes the unit vectors for `Vectors`; gives how they are to be looked for where there are many.

    `draw(n)` gives every n-th of them, in the order of the units, in batches (n, dimension); `questions` (n, dimension)
    are a sample to measure with.
    """
    if len(layout.spans) <= EXACT_UNITS:
        write_exact(file, dimension, draw(1))
        return None
    lists = write_probed(file, dimension, len(layout.spans), draw)
    scope = np.arange(len(layout.first_passage) - 1) % SCOPE == 0
    return choose_probes(file, lists, questions(), layout.units_in(scope))


class Vectors:
    """The unit vectors of a generation; may be searched from several threads at once."""

    def __init__(self, file: Path, layout: Layout, probing: Probing | None = None) -> None:
        """Maps the file into memory without reading it; raises RuntimeError if it is no FAISS index.

        `probing` says how those of a large collection are looked for; without it all are compared.
        """
        self._units = ProbedUnits(file, probing) if probing else ExactUnits(file)
        self._layout = layout
        if self._units.count != len(layout.spans):
            raise ValueError(f"{file}: {self._units.count} vectors for {len(layout.spans)} units")

    def nearest(
        self, vector: NDArray[np.float32], k: int, documents: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The rows of the k passages whose best unit is nearest to a vector (dimension,), ordered by (-best, row).

        `documents` says which documents, by number, may be found; fewer than k come back where these hold fewer.
        """
        members = None if documents is None else self._layout.units_in(documents)
        units = self._units.count if members is None else int(members.sum())
        limit = min(4 * k, units)  # a passage has a few units; when one of many fills the list, a longer one is got
        while limit:
            found, figures = self._units.search(vector, limit, members)
            rows, places = np.unique(self._layout.passages_of(found), return_index=True)
            best = figures[places]  # of each passage: the first of its units in the list
            order = np.lexsort((rows, -best))[:k]
            # Passages as good as the k-th may stand beyond the list: it must reach a unit that is worse.
            exhausted = limit == units or len(found) < limit
            if exhausted or (len(order) == k and figures[-1] < best[order[-1]]):
                return rows[order]
            limit = min(4 * limit, units)
        return np.empty(0, np.int64)

    def similarities(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> Similarities:
        """The similarities of the given passages, in their order."""
        first, end = self._layout.first_unit[rows], self._layout.first_unit[rows + 1]
        sentences = np.minimum(first + 1, end - 1)  # a passage of one unit is its own sentence
        counts = end - sentences
        begins = np.cumsum(counts) - counts
        units = np.arange(counts.sum()) + np.repeat(sentences - begins, counts)
        figures = self._units.products(vector, units)
        best = np.maximum.reduceat(figures, begins) if len(rows) else figures
        tops = np.flatnonzero(figures == np.repeat(best, counts))
        chosen = units[tops[np.searchsorted(tops, begins)]]
        return Similarities(rows, self._units.products(vector, first), best, self._layout.spans[chosen])
