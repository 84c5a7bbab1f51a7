"""The unit vectors of a large collection: looked for in the lists nearest to the question, then compared exactly.

An inverted file (Jégou, Douze, Schmid 2011) of RaBitQ codes (Gao, Long 2024), a bit a dimension, says which units may
be near; the vectors themselves, in half precision in a file that is mapped, say how near they are.
"""

from __future__ import annotations

import math
import os
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.index.faiss_library import load_faiss, selecting

EXACT_MEMBERS = 5_000  # units; comparing with that many takes as long as looking them up in the lists
LEAST_RECALL = 0.985  # at 10, of the units; what is measured of whole questions lies a little lower or higher
MEASURED_AT = 10
SCOPE = 16  # one document of so many is in the scope that recall is measured with
_STEPS = 64  # the lists a question are chosen in 64ths of them
_REFINED, _LEAST_REFINED = 2, 400  # times the units asked for are compared exactly: codes of a bit a dimension err
_TRAINED_ON = 40  # vectors a list
_ROUNDS = 10  # of k-means
_BATCH = 50_000  # units

Vectors = NDArray[np.float32]
Draw = Callable[[int], Iterable[Vectors]]


@dataclass(frozen=True, slots=True)
class Probing:
    """How many of the lists are looked through, and the share of the truly nearest units that is found so."""

    lists: int
    probes: int  # lists a question; with a scope as many more as keep the number of units compared
    recall: float  # at 10, mean of the sample
    recall_in_scope: float  # the same within one of SCOPE documents
    questions: int  # in the sample


class ProbedUnits:
    """An inverted file and the vectors behind it; may be searched from several threads at once."""

    def __init__(self, file: Path, probing: Probing) -> None:
        """Maps the files into memory without reading them; raises RuntimeError or ValueError where they are none."""
        faiss = load_faiss()
        self._index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
        self._vectors = np.asarray(np.load(_vectors_file(file), mmap_mode="r", allow_pickle=False))
        self._probing = probing
        self.count = len(self._vectors)

    def search(
        self, vector: Vectors, limit: int, members: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], Vectors]:
        """At most `limit` units (of the members) with their inner products, ordered by (-product, unit)."""
        share = 1.0 if members is None else float(members.mean())
        if members is not None and share * self.count <= EXACT_MEMBERS:
            found = np.flatnonzero(members)
        else:
            found = self._probe(vector, max(limit * _REFINED, _LEAST_REFINED), share, members)
        products = self.products(vector, found)
        order = np.lexsort((found, -products))[:limit]
        return found[order], products[order]

    def products(self, vector: Vectors, units: NDArray[np.int64]) -> Vectors:
        """The inner products with the given units, in their order."""
        # Not a matrix product: there what a row gives depends on where it stands, and equal units must be equal.
        products: Vectors = np.einsum("ij,j->i", self._vectors[units].astype(np.float32), vector)
        return products

    def _probe(self, vector: Vectors, limit: int, share: float, members: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        faiss = load_faiss()
        probes = min(self._probing.lists, math.ceil(self._probing.probes / share))
        parameters = faiss.SearchParametersIVF(nprobe=probes, **selecting(members))
        units: NDArray[np.int64] = self._index.search(vector[np.newaxis], min(limit, self.count), params=parameters)[1]
        return units[units >= 0]


def write_probed(file: Path, dimension: int, units: int, draw: Draw) -> int:
    """Writes the vectors as lists and, beside them, in half precision; gives the number of lists.

    `draw(n)` gives every n-th of the vectors, in the order of the units, in batches (n, dimension).
    """
    faiss = load_faiss()
    faiss.omp_set_num_threads(os.cpu_count())
    lists = list_count(units)
    index = faiss.IndexIVFRaBitQ(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter, index.cp.spherical, index.cp.min_points_per_centroid = _ROUNDS, True, 1
    index.train(np.concatenate(list(draw(max(1, units // (_TRAINED_ON * lists))))))
    vectors = np.lib.format.open_memmap(_vectors_file(file), "w+", np.float16, (units, dimension))
    for batch in draw(1):
        vectors[index.ntotal : index.ntotal + len(batch)] = batch
        index.add(batch)
    vectors.flush()
    faiss.write_index(index, str(file))
    return lists


def list_count(units: int) -> int:
    """The power of two nearest to four times the root of the units: lists of some hundred units."""
    return int(2 ** round(math.log2(4 * math.sqrt(units))))


def choose_probes(file: Path, lists: int, questions: Vectors, scope: NDArray[np.bool_]) -> Probing:
    """The fewest lists, in 64ths of all, that find LEAST_RECALL of what comparing with all units finds.

    `questions` (n, dimension) are a sample; `scope` says which units are members of a scope to measure with.
    """
    vectors = np.load(_vectors_file(file), mmap_mode="r", allow_pickle=False)
    nearest, nearest_in_scope = compare_with_all(vectors, questions), compare_with_all(vectors, questions, scope)

    @cache
    def measured(probes: int) -> Probing:
        units = ProbedUnits(file, Probing(lists, probes, 0.0, 0.0, 0))
        everywhere = _recall(units, questions, nearest, None)
        inside = _recall(units, questions, nearest_in_scope, scope)
        return Probing(lists, probes, round(everywhere, 4), round(inside, 4), len(questions))

    def enough(probes: int) -> bool:
        return min(measured(probes).recall, measured(probes).recall_in_scope) >= LEAST_RECALL

    step = max(1, lists // _STEPS)
    choices = range(step, lists + 1, step)
    return measured(choices[bisect_left(choices, True, hi=len(choices) - 1, key=enough)])


def compare_with_all(
    vectors: NDArray[np.floating], questions: Vectors, members: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """(n, MEASURED_AT) the units nearest to each question, best first, found by comparing with every one (member)."""
    best = np.empty((len(questions), 0), np.int64)
    products = np.empty(best.shape, np.float32)
    chosen = np.arange(len(vectors)) if members is None else np.flatnonzero(members)
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        figures = questions @ vectors[batch].astype(np.float32).T
        few = np.argpartition(-figures, min(MEASURED_AT, len(batch) - 1), axis=1)[:, :MEASURED_AT]
        best, products = np.hstack([best, batch[few]]), np.hstack([products, np.take_along_axis(figures, few, 1)])
        first = np.lexsort((best, -products))[:, :MEASURED_AT]
        best, products = np.take_along_axis(best, first, 1), np.take_along_axis(products, first, 1)
    return best


def _recall(
    units: ProbedUnits, questions: Vectors, nearest: NDArray[np.int64], scope: NDArray[np.bool_] | None
) -> float:
    found = (units.search(question, nearest.shape[1], scope)[0] for question in questions)
    return float(np.mean([np.isin(true, got).mean() for true, got in zip(nearest, found, strict=True)]))


def _vectors_file(file: Path) -> Path:
    return file.with_suffix(".npy")
