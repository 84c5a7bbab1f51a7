"""Sentences of Chinese official prose, where a semicolon ends a statement as a full stop does."""

from __future__ import annotations

import re

LONGEST_SENTENCE = 300  # characters; the longest stretch that is quoted

_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)】》\"']*|\n+|$)\s*")
_CLAUSE = re.compile(r"[^，,、：:]*(?:[，,、：:]+|$)")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences; they cover the text from end to end and none is longer than LONGEST_SENTENCE."""
    spans: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > LONGEST_SENTENCE:
            cut = _last_clause_end(text, start, start + LONGEST_SENTENCE)
            spans.append((start, cut))
            start = cut
        if end > start:
            spans.append((start, end))
    return tuple(spans)


def _last_clause_end(text: str, start: int, limit: int) -> int:
    ends = [match.end() for match in _CLAUSE.finditer(text, start, limit) if start < match.end() < limit]
    return ends[-1] if ends else limit
