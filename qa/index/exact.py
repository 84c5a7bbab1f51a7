"""The unit vectors of a collection that is small enough to compare a question with every one of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.index.faiss_library import load_faiss, selecting

EXACT_UNITS = 50_000  # 77 MB of vectors, which a core reads from memory in a few milliseconds


class ExactUnits:
    """A FAISS flat index; may be searched from several threads at once."""

    def __init__(self, file: Path) -> None:
        """Maps the file into memory without reading it; raises RuntimeError if it is no FAISS index."""
        faiss = load_faiss()
        self._index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
        self.count: int = self._index.ntotal

    def search(
        self, vector: NDArray[np.float32], limit: int, members: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `limit` units (of the members) with the greatest inner products, and these, best first."""
        faiss = load_faiss()
        parameters = faiss.SearchParameters(**selecting(members))
        products, units = self._index.search(vector[np.newaxis], limit, params=parameters)
        return units[0], products[0]

    def products(self, vector: NDArray[np.float32], units: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner products with the given units, in their order."""
        faiss = load_faiss()
        query, products = np.ascontiguousarray(vector, np.float32), np.empty(len(units), np.float32)
        if len(units):
            pointers = faiss.swig_ptr(products), faiss.swig_ptr(units)
            self._index.compute_distance_subset(1, faiss.swig_ptr(query), len(units), *pointers)
        return products


def write_exact(file: Path, dimension: int, batches: Iterable[NDArray[np.float32]]) -> None:
    """Writes the unit vectors, batches of (n, dimension) in the order of the units, as a FAISS flat index."""
    index = load_faiss().IndexFlatIP(dimension)
    for batch in batches:
        index.add(batch)
    load_faiss().write_index(index, str(file))
