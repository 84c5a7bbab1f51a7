"""jieba's dictionary in a file that is mapped into memory: it opens at once, where jieba takes a second for its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_REMEMBERED = 1 << 15  # words: a question is cut several times, and questions resemble each other


def dictionary_rows(frequencies: Mapping[str, int]) -> NDArray[np.uint64]:
    """Words and beginnings of words (frequency 0) as they are saved: a row of sorted keys over one of figures."""
    keys = np.array([_key(word) for word in frequencies], dtype=np.uint64)
    order = np.argsort(keys)
    figures = np.fromiter(frequencies.values(), dtype=np.uint64, count=len(frequencies))
    if len(np.unique(keys)) != len(keys):
        raise ValueError("two words have the same key")
    return np.stack([keys[order], figures[order]])


class MappedDictionary:
    """What of a dict jieba uses to cut text: membership and `get`."""

    def __init__(self, file: Path) -> None:
        """Maps an .npy file of `dictionary_rows`. Raises OSError or ValueError where it is no such file."""
        self._keys, self._frequencies = np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))
        self.total = int(self._frequencies.sum())
        self._frequency = lru_cache(_REMEMBERED)(self._find)

    def get(self, word: str, default: int | None = None) -> int | None:
        frequency = self._frequency(word)
        return default if frequency is None else frequency

    def __contains__(self, word: str) -> bool:
        return self._frequency(word) is not None

    def __getitem__(self, word: str) -> int:
        if (frequency := self._frequency(word)) is None:
            raise KeyError(word)
        return frequency

    def _find(self, word: str) -> int | None:
        key = np.uint64(_key(word))
        place = int(self._keys.searchsorted(key))
        return int(self._frequencies[place]) if place < len(self._keys) and self._keys[place] == key else None


def _key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
