"""HTML that text cannot break out of: every word of a document or a question goes through `element`."""

from __future__ import annotations

import re
from html import escape

# Characters that would hide, or turn around what stands beside them: controls, bidi marks, zero-width, lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


class Html(str):
    """A string that is markup already; only `element` and `join` make it."""

    __slots__ = ()


def visible(text: str) -> str:
    """The text with its unseen characters spelled out, U+202E as [U+202E]."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def join(*parts: str) -> Html:
    """The parts in a row; what is not `Html` is text and gets escaped."""
    return Html("".join(part if isinstance(part, Html) else escape(visible(part)) for part in parts))


def element(tag: str, *parts: str, **attributes: str | int) -> Html:
    """An element such as "p" or, with its class, "p.reason"; what is not `Html` among the parts is text.

    Attributes are named as in Python: `aria_label` is aria-label.
    """
    name, _, css_class = tag.partition(".")
    named = {"class": css_class, **attributes} if css_class else attributes
    written = "".join(f' {key.replace("_", "-")}="{escape(visible(str(value)))}"' for key, value in named.items())
    return Html(f"<{name}{written}>{join(*parts)}</{name}>")
