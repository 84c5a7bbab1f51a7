"""What is embedded: each passage whole and, where it has several, each of its sentences, all after their context."""

from __future__ import annotations

from dataclasses import dataclass

from qa.records import Passage
from qa.text.sentences import LONGEST_SENTENCE, split_sentences

SHORT_SENTENCE = 8  # characters; a shorter one says too little to be found by itself


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to embed, and the stretch of `passage.text` that it stands for."""

    text: str
    start: int
    end: int


def split_units(passage: Passage) -> tuple[Unit, ...]:
    """The units of a passage: first the whole of it, then its sentences where there is more than one.

    A sentence of fewer than SHORT_SENTENCE characters goes with its neighbour. The encoder may cut the whole
    passage short; the sentences, none longer than LONGEST_SENTENCE, stand for the rest of it.
    """
    spans = _sentence_spans(passage.text)
    sentences = spans if len(spans) > 1 else []
    return tuple(_unit(passage, start, end) for start, end in [(0, len(passage.text)), *sentences])


def _unit(passage: Passage, start: int, end: int) -> Unit:
    text = passage.text[start:end]
    return Unit(f"{passage.context}\n{text}" if passage.context else text, start, end)


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        if spans and _is_short(text, *spans[-1]) and end - spans[-1][0] <= LONGEST_SENTENCE:
            start = spans.pop()[0]
        spans.append((start, end))
    if len(spans) > 1 and _is_short(text, *spans[-1]) and spans[-1][1] - spans[-2][0] <= LONGEST_SENTENCE:
        end = spans.pop()[1]
        spans.append((spans.pop()[0], end))
    return [_without_margins(text, start, end) for start, end in spans]


def _is_short(text: str, start: int, end: int) -> bool:
    return len(text[start:end].strip()) < SHORT_SENTENCE


def _without_margins(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())
