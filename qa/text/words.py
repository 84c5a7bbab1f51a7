"""Text cut into what the lexical index holds: jieba's words, and character bigrams."""

from __future__ import annotations

import hashlib
import logging
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from typing import Any

from qa.text.folding import CJK, fold

_TERM = re.compile(rf"[{CJK}]+|[a-z0-9][a-z0-9.&+/-]*", re.IGNORECASE)
_WORD_CHARACTER = re.compile(rf"[{CJK}a-z0-9]")


@cache
def _segmenter() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    for word in _own_words():
        segmenter.add_word(word)
    return segmenter


@cache
def _own_words() -> tuple[str, ...]:
    lines = files("qa.text").joinpath("words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(fold(line) for line in lines if line and not line.startswith("#"))


def cut_words(text: str) -> list[str]:
    """The words of the folded text, and the shorter words inside long ones; punctuation is left out."""
    return [word for word in _segmenter().cut_for_search(fold(text)) if _WORD_CHARACTER.search(word)]


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
