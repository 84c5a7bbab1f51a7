"""The sentence of a passage that answers."""

from __future__ import annotations

from qa.records import Hit, Question
from qa.text.sentences import split_sentences
from qa.text.words import cut_bigrams

_NEAREST_BONUS = 0.2  # what the sentence with the nearest vector has over the others, in shares of shared bigrams


def quote_sentence(hit: Hit, question: Question) -> str:
    """The sentence that shares most with the question, as it stands in the passage; the nearest vector counts too."""
    asked = set(cut_bigrams(question.text))
    spans = [(start, end) for start, end in split_sentences(hit.text) if hit.text[start:end].strip()]

    def support(span: tuple[int, int]) -> float:
        start, end = span
        shared = len(asked.intersection(cut_bigrams(hit.text[start:end]))) / len(asked) if asked else 0.0
        nearest = hit.sentence is not None and start < hit.sentence[1] and hit.sentence[0] < end
        return shared + _NEAREST_BONUS * nearest

    start, end = max(spans, key=lambda span: (support(span), -span[0]))
    return hit.text[start:end].strip()
