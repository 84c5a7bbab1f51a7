"""FAISS, loaded when it is first needed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def load_faiss() -> Any:
    """FAISS, untyped: its stubs know only a part of it. Searches of this thread use one core until told otherwise."""
    import faiss

    faiss.omp_set_num_threads(1)  # a search is short: waking the other core takes longer where that core is busy
    return faiss


def selecting(members: NDArray[np.bool_] | None) -> dict[str, Any]:
    """The argument of search parameters that keeps a search to the members; none where all are."""
    return {} if members is None else {"sel": load_faiss().IDSelectorBitmap(np.packbits(members, bitorder="little"))}
