"""A collection of any size out of a real one: its documents first, then copies with their sentences recombined.

A copy has the shape of the original: as many documents, and as many passages under the same headings. Its sentences
are the first clause of one and the last of another, its regions are drawn from the gazetteer. The vector of a text that
the encoder never saw is that of a unit drawn by the hash of the text, moved by the difference of two others: noise with
the spread of real vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qa.index.generation import Index
from qa.index.units import split_units
from qa.records import Block, Document, DocumentCard, Passage
from qa.text.regions import gazetteer

NOISE = 0.42  # a moved vector has a cosine of about .98 to its original, as real nearest neighbours have
_BATCH = 50_000  # units
_ENDS = "。；;！？!?"

Vectors = NDArray[np.float32]


class Collection:
    """Documents with their passages; the same each time they are drawn."""

    def __init__(self, original: Index) -> None:
        self._cards = original.store.cards()
        self._passages = [original.store.passages_of(number) for number in range(len(self._cards))]
        self._sentences = [text for passages in self._passages for passage in passages for text in _pieces(passage)]
        self._regions = sorted({region.full_name for same in gazetteer().values() for region in same})

    def documents(self, passages: int) -> Iterator[tuple[Document, list[Passage]]]:
        """Documents of that many passages together; the last one may be cut short."""
        copy = 0
        while passages:
            for card, own in self._copy(copy) if copy else zip(self._cards, self._passages, strict=True):
                yield _document(card, own[:passages])
                passages -= len(own[:passages])
                if not passages:
                    break
            copy += 1

    def _copy(self, number: int) -> Iterator[tuple[DocumentCard, list[Passage]]]:
        random = np.random.default_rng(number)
        order = np.stack([random.permutation(len(self._sentences)) for _ in range(2)])
        used = 0
        for card, passages in zip(self._cards, self._passages, strict=True):
            own = replace(
                card,
                id=f"{number}/{card.id}",
                source=f"{number}/{card.source}",
                title=f"{card.title}（{number}）",
                region=card.region and self._regions[int(random.integers(len(self._regions)))],
                named=(),
                duplicates=(),
            )
            texts = []
            for passage in passages:
                pairs = order[:, used : used + len(_pieces(passage))].T.tolist()
                texts.append("".join(_joined(self._sentences[first], self._sentences[last]) for first, last in pairs))
                used += len(pairs)
            yield own, _placed(own.id, passages, texts)


class ResampledEmbeddings:
    """Stands in for the cache of embeddings, and knows every text."""

    def __init__(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Of the n texts that were encoded: their keys in the cache, and their vectors (n, dimension)."""
        self._places = {key: place for place, key in enumerate(keys)}
        self._vectors = vectors

    def known(self, keys: Sequence[str]) -> set[str]:
        return set(keys)

    def vectors(self, keys: Sequence[str]) -> Iterator[Vectors]:
        """The vectors of the keys, in batches (n, dimension)."""
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            hashes = np.frombuffer(bytes.fromhex("".join(key[:24] for key in batch)), ">u4").reshape(-1, 3)
            source, plus, minus = (hashes % len(self._vectors)).T
            moved = self._vectors[source] + NOISE * (self._vectors[plus] - self._vectors[minus])
            moved /= np.linalg.norm(moved, axis=1, keepdims=True)
            encoded = [(row, self._places[key]) for row, key in enumerate(batch) if key in self._places]
            if encoded:
                rows, places = np.array(encoded).T
                moved[rows] = self._vectors[places]
            yield moved

    def close(self) -> None:
        """Nothing is held open."""


def _pieces(passage: Passage) -> list[str]:
    """The sentences of a passage; all of it where it has only one."""
    units = split_units(passage)
    return [passage.text[unit.start : unit.end] for unit in units[1:] or units]


def _joined(first: str, last: str) -> str:
    begin, comma, _ = first.rstrip(_ENDS).partition("，")
    return f"{begin}{comma}{last.rstrip(_ENDS).rpartition('，')[2] if comma else ''}。"


def _placed(document: str, passages: Sequence[Passage], texts: Sequence[str]) -> list[Passage]:
    """The passages with these texts in their place, one a line."""
    placed, start = [], 0
    for number, (passage, text) in enumerate(zip(passages, texts, strict=True)):
        end = start + len(text)
        placed.append(
            replace(passage, id=f"{document}@{number}", document_id=document, text=text, start=start, end=end)
        )
        start = end + 1
    return placed


def _document(card: DocumentCard, passages: list[Passage]) -> tuple[Document, list[Passage]]:
    """A document of nothing but these passages; only what is read when it is shown differs from a real one."""
    text = "\n".join(passage.text for passage in passages)
    return Document(card, text, (Block("paragraph", 0, len(text)),), ()), passages
