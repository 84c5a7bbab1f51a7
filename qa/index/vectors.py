"""The vectors of all units in a FAISS index: exact inner products, read from disk as they are needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.index.layout import Layout


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


def write_vectors(file: Path, dimension: int, batches: Iterable[NDArray[np.float32]]) -> None:
    """Writes the unit vectors, batches of (n, dimension) in the order of the units, as a FAISS flat index."""
    faiss = _faiss()
    index = faiss.IndexFlatIP(dimension)
    for batch in batches:
        index.add(batch)
    faiss.write_index(index, str(file))


class Vectors:
    """The unit vectors of a generation; may be searched from several threads at once."""

    def __init__(self, file: Path, layout: Layout) -> None:
        """Maps the file into memory without reading it; raises RuntimeError if it is no FAISS index."""
        faiss = _faiss()
        self._index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
        self._layout = layout
        if self._index.ntotal != len(layout.spans):
            raise ValueError(f"{file}: {self._index.ntotal} vectors for {len(layout.spans)} units")

    def nearest(self, vector: NDArray[np.float32], k: int, documents: NDArray[np.bool_] | None = None) -> Similarities:
        """The k passages whose best unit is nearest to a unit vector (dimension,), ordered by (-best, row).

        `documents` says which documents, by number, may be found; fewer than k come back where these hold fewer.
        """
        units, selection = self._selection(documents)
        limit = min(4 * k, units)  # a passage has a few units; when one of many fills the list, a longer one is got
        rows: NDArray[np.int64] = np.empty(0, np.int64)
        while limit:
            found, figures = self._search(vector, limit, selection)
            rows, places = np.unique(self._layout.passages_of(found), return_index=True)
            # Passages as good as the k-th may stand beyond the list: it must reach a unit that is worse.
            if limit == units or (len(rows) >= k and figures[-1] < figures[np.sort(places)[k - 1]]):
                break
            limit = min(4 * limit, units)
        similar = self.similarities(vector, rows)
        order = np.lexsort((rows, -similar.best))[:k]
        return Similarities(rows[order], similar.paragraph[order], similar.sentence[order], similar.spans[order])

    def similarities(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> Similarities:
        """The similarities of the given passages, in their order."""
        first, end = self._layout.first_unit[rows], self._layout.first_unit[rows + 1]
        sentences = np.minimum(first + 1, end - 1)  # a passage of one unit is its own sentence
        counts = end - sentences
        begins = np.cumsum(counts) - counts
        units = np.arange(counts.sum()) + np.repeat(sentences - begins, counts)
        figures = self._products(vector, units)
        best = np.maximum.reduceat(figures, begins) if len(rows) else figures
        tops = np.flatnonzero(figures == np.repeat(best, counts))
        chosen = units[tops[np.searchsorted(tops, begins)]]
        return Similarities(rows, self._products(vector, first), best, self._layout.spans[chosen])

    def _selection(self, documents: NDArray[np.bool_] | None) -> tuple[int, NDArray[np.uint8] | None]:
        if documents is None:
            return self._index.ntotal, None
        units = self._layout.units_in(documents)
        return int(units.sum()), np.packbits(units, bitorder="little")

    def _search(
        self, vector: NDArray[np.float32], limit: int, selection: NDArray[np.uint8] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        faiss = _faiss()
        selector = None if selection is None else faiss.SearchParameters(sel=faiss.IDSelectorBitmap(selection))
        figures, units = self._index.search(vector[np.newaxis], limit, params=selector)
        return units[0], figures[0]

    def _products(self, vector: NDArray[np.float32], units: NDArray[np.int64]) -> NDArray[np.float32]:
        faiss = _faiss()
        query, products = np.ascontiguousarray(vector, np.float32), np.empty(len(units), np.float32)
        if len(units):
            pointers = faiss.swig_ptr(products), faiss.swig_ptr(units)
            self._index.compute_distance_subset(1, faiss.swig_ptr(query), len(units), *pointers)
        return products


def _faiss() -> Any:
    """FAISS, untyped: its stubs know only a part of it."""
    import faiss

    faiss.omp_set_num_threads(1)  # a search is short: waking the other core takes longer where that core is busy
    return faiss
