"""Documents whose text is held twice: published on two pages, with another header, other furniture, a word changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

from qa.documents.repeals import number_key
from qa.records import DocumentCard, Passage
from qa.text.folding import CJK, simplify
from qa.text.years import find_years

NEARLY_ALL = 0.8  # of the characters of both texts together, in sentences that both have
_SHORTEST_SENTENCE = 10  # characters; shorter ones (特此通知) are anyone's
_SHORTEST_TEXT = 60  # characters in such sentences; with less there is too little to compare
_COMMONPLACE = 50  # documents; a sentence that more of them have tells none of them apart

_SENTENCE_END = re.compile(r"[。!?;\n]")
_VERSION = re.compile(r"\([^()]*(?:修正|修订|修改)[^()]*\)")
_MEANINGLESS = re.compile(rf"[^0-9a-z{CJK}]")


def find_duplicates(cards: Sequence[DocumentCard], passages: Iterable[Sequence[Passage]]) -> list[tuple[int, ...]]:
    """For each document the places of those with nearly the same text, in order; `passages` are drawn one by one.

    The likeness of two texts is the length of the sentences that both have over that of the sentences that either has
    (Jaccard's index, weighed by length). Two with different numbers, or of other years or another revision by their
    titles, are different documents however alike they are.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    lengths: dict[int, int] = {}
    for place, document in enumerate(passages):
        for sentence in _sentences(document):
            key = _key(sentence)
            holders[key].append(place)
            lengths[key] = len(sentence)
    telling = {key: places for key, places in holders.items() if len(places) <= _COMMONPLACE}
    whole: dict[int, int] = defaultdict(int)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for key, places in telling.items():
        for place in places:
            whole[place] += lengths[key]
        for pair in combinations(places, 2):
            shared[pair] += lengths[key]
    same: list[list[int]] = [[] for _ in cards]
    for (first, second), common in shared.items():
        either = whole[first] + whole[second] - common
        if common >= max(NEARLY_ALL * either, _SHORTEST_TEXT) and not _differ(cards[first], cards[second]):
            same[first].append(second)
            same[second].append(first)
    return [tuple(sorted(others)) for others in same]


def duplicate_groups(cards: Sequence[DocumentCard]) -> tuple[tuple[str, ...], ...]:
    """The ids of documents with nearly the same text, those that are alike through a third one together."""
    alike = {card.id: card.duplicates for card in cards}
    grouped: set[str] = set()
    groups: list[tuple[str, ...]] = []
    for card in cards:
        group: list[str] = []
        waiting = [card.id] if card.duplicates else []
        while waiting:
            if (id_ := waiting.pop()) not in grouped:
                grouped.add(id_)
                group.append(id_)
                waiting += alike[id_]
        if group:
            groups.append(tuple(sorted(group)))
    return tuple(groups)


def _sentences(passages: Iterable[Passage]) -> Iterator[str]:
    """The sentences of the text without headings and metadata, each once, letters and figures only."""
    text = "\n".join(passage.text for passage in passages if passage.kind in ("paragraph", "row"))
    bare = (_MEANINGLESS.sub("", sentence) for sentence in _SENTENCE_END.split(simplify(text).lower()))
    return (sentence for sentence in dict.fromkeys(bare) if len(sentence) >= _SHORTEST_SENTENCE)


def _key(sentence: str) -> int:
    return int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest())


def _differ(first: DocumentCard, second: DocumentCard) -> bool:
    """Whether two documents of nearly the same text call themselves different ones."""
    numbers = [number_key(card.number) for card in (first, second) if card.number]
    years = [{mention.year for mention in find_years(card.title)} for card in (first, second)]
    versions = [_VERSION.findall(simplify(card.title)) for card in (first, second)]
    return len(set(numbers)) > 1 or (all(years) and years[0].isdisjoint(years[1])) or versions[0] != versions[1]
