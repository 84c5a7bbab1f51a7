"""Whether words stand in a text; white space, width, letter case and the way dates are written do not count."""

from __future__ import annotations

import re
import unicodedata

_DATE = re.compile(r"(\d{4}) [-./年] (\d{1,2}) [-./月] (\d{1,2}) 日?".replace(" ", r"\s*"))
_SHARED_RUN = 8  # characters


def stands_in(quote: str, text: str) -> bool:
    """Whether the quote stands in the text."""
    return _bare(quote) in _bare(text)


def says(text: str, answer: str) -> bool:
    """Whether the text holds the answer with its numbers whole: 11家 does not hold 1家, nor 12.5% 12."""
    wanted = _bare(answer)
    begin = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
    end = r"(?![\d%])(?!\.\d)" if wanted[-1].isdigit() else ""
    return re.search(begin + r"\s*".join(map(re.escape, wanted)) + end, _unified(text)) is not None


def share_run(quote: str, other: str) -> bool:
    """Whether the quote holds 8 characters on end of the other, or all of it where it is shorter."""
    held, whole = _bare(quote), _bare(other)
    length = min(_SHARED_RUN, len(whole))
    return any(whole[start : start + length] in held for start in range(len(whole) - length + 1))


def _unified(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    return _DATE.sub(lambda date: f"{date[1]}-{date[2]:0>2}-{date[3]:0>2}", text)


def _bare(text: str) -> str:
    return "".join(_unified(text).split())
