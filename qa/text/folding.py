"""One spelling for what is written in several: width, script, case, stray spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

CJK = r"㐀-䶿一-鿿"
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_SIMPLIFIED_ONLY = re.compile(rf"[^{CJK}]*")


@cache
def _to_simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """The text in half-width forms (NFKC) and simplified script; letter case is kept."""
    text = unicodedata.normalize("NFKC", text)
    if _SIMPLIFIED_ONLY.fullmatch(text):
        return text
    simplified: str = _to_simplified().convert(text)
    return simplified


def fold(text: str) -> str:
    """The text as it is compared: simplified, lower case, no white space between Chinese characters."""
    return _SPACE_IN_CHINESE.sub("", simplify(text).lower())
