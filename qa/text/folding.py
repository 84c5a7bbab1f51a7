"""One spelling for what is written in several: width, script, case, stray spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

CJK = r"㐀-䶿一-鿿"
_SUBSCRIPT = re.compile(r"(?<=[a-z])_(?=\d)")
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_CHANGED_IN_WORDS = "沈坏覆藉哩衹瞭甦"  # by themselves OpenCC leaves them; 沈默 becomes 沉默


@cache
def _to_simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _traditional() -> frozenset[str]:
    """Every character that may change: most texts hold none, and asking OpenCC about each takes as long as a search."""
    every = [chr(code) for code in range(0x3400, 0xA000)]
    simplified = _to_simplified().convert("\n".join(every)).split("\n")
    return frozenset(written for written, simple in zip(every, simplified, strict=True) if written != simple).union(
        _CHANGED_IN_WORDS
    )


def simplify(text: str) -> str:
    """The text in half-width forms (NFKC) and simplified script; letter case is kept."""
    text = unicodedata.normalize("NFKC", text)
    if _traditional().isdisjoint(text):
        return text
    simplified: str = _to_simplified().convert(text)
    return simplified


@lru_cache(maxsize=8192)  # the same titles, headings and clauses are compared with question after question
def fold(text: str) -> str:
    """The text as it is compared: simplified, lower case, no space between Chinese characters, PM2.5 for PM_2.5."""
    return _SUBSCRIPT.sub("", _SPACE_IN_CHINESE.sub("", simplify(text).lower()))
