"""jieba's dictionary in a file that is mapped into memory: it opens at once, where jieba takes a second for its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def write_dictionary(file: Path, frequencies: Mapping[str, int]) -> None:
    """Writes words and beginnings of words (frequency 0) as an .npy file: a row of sorted keys over one of figures."""
    keys = np.array([_key(word) for word in frequencies], dtype=np.uint64)
    order = np.argsort(keys)
    figures = np.fromiter(frequencies.values(), dtype=np.uint64, count=len(frequencies))
    if len(np.unique(keys)) != len(keys):
        raise ValueError("two words have the same key")
    np.save(file, np.stack([keys[order], figures[order]]))


class MappedDictionary:
    """What of a dict jieba uses to cut text: membership and `get`."""

    def __init__(self, file: Path) -> None:
        """Maps the file. Raises OSError or ValueError where it is no such file."""
        rows: NDArray[np.uint64] = np.load(file, mmap_mode="r", allow_pickle=False)
        self._keys, self._frequencies = rows
        self.total = int(self._frequencies.sum())

    def get(self, word: str, default: int | None = None) -> int | None:
        key = np.uint64(_key(word))
        place = int(self._keys.searchsorted(key))
        return int(self._frequencies[place]) if place < len(self._keys) and self._keys[place] == key else default

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def __getitem__(self, word: str) -> int:
        if (frequency := self.get(word)) is None:
            raise KeyError(word)
        return frequency


def _key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
