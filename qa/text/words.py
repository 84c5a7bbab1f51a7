"""Text cut into what the lexical index holds: jieba's words, and character bigrams."""

from __future__ import annotations

import hashlib
import logging
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.text.dictionary import MappedDictionary, dictionary_rows
from qa.text.folding import CJK, fold

_TERM = re.compile(rf"[{CJK}]+|[a-z0-9][a-z0-9.&+/-]*", re.IGNORECASE)
_WORD_CHARACTER = re.compile(rf"[{CJK}a-z0-9]")


_in_use: list[Any] = []  # the segmenter of this process, once there is one


def load_dictionary() -> Any:
    """Cuts words by jieba's dictionary with our words from now on; a second to read, the fastest for long texts."""
    _in_use[:] = [_whole_dictionary()]
    return _in_use[0]


@cache
def _whole_dictionary() -> Any:
    segmenter = _new_segmenter()
    # Not jieba's own way, which keeps the dictionary as executable data in the folder for temporary files.
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    for word in _own_words():
        segmenter.add_word(word)
    return segmenter


def open_dictionary(file: Path) -> None:
    """Cuts words by the dictionary in the file, unless one is in use already: all of one version cut alike.

    Raises OSError or ValueError where it is no such file.
    """
    dictionary = MappedDictionary(file)
    if not _in_use:
        segmenter = _new_segmenter()
        segmenter.FREQ, segmenter.total = dictionary, dictionary.total
        _in_use[:] = [segmenter]


def save_dictionary(file: Path) -> None:
    """Writes the whole dictionary for `open_dictionary`."""
    np.save(file, _rows())


@cache
def _rows() -> NDArray[np.uint64]:
    return dictionary_rows(_whole_dictionary().FREQ)


def _segmenter() -> Any:
    return _in_use[0] if _in_use else load_dictionary()


def _new_segmenter() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.initialized = True
    return segmenter


@cache
def _own_words() -> tuple[str, ...]:
    lines = files("qa.text").joinpath("words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(fold(line) for line in lines if line and not line.startswith("#"))


def cut_words(text: str) -> list[str]:
    """The words of the folded text, and the shorter words inside long ones; punctuation is left out."""
    return [word for word in _segmenter().cut_for_search(fold(text)) if _WORD_CHARACTER.search(word)]


def word_bounds(text: str) -> frozenset[int]:
    """The offsets between the dictionary words of the text, with both its ends."""
    return frozenset(accumulate((len(word) for word in _segmenter().cut(text, HMM=False)), initial=0))


def cut_bigrams(text: str) -> list[str]:
    """Neighbouring pairs of Chinese characters of the folded text; figures and Latin words stay whole."""
    bigrams: list[str] = []
    for match in _TERM.finditer(fold(text)):
        term = match.group()
        if len(term) > 1 and re.match(rf"[{CJK}]", term):
            bigrams.extend(first + second for first, second in pairwise(term))
        else:
            bigrams.append(term)
    return bigrams


def word_list_version() -> str:
    """Names the way words are cut: an index made with another one gives wrong scores."""
    words = hashlib.sha256("\n".join(_own_words()).encode()).hexdigest()[:12]
    return f"jieba-{version('jieba')}+{words}"
