"""What the documents of a generation have to do with each other: which repeal which, which are the same twice."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from qa.documents.duplicates import find_duplicates
from qa.documents.repeals import mark_repealed
from qa.index.store import Store, rewrite_cards
from qa.records import DocumentCard


def relate_documents(file: Path) -> list[DocumentCard]:
    """Sets on the cards in a store what only all of them together tell, and gives them back."""
    with closing(Store(file)) as store:
        cards = mark_repealed(store.cards())
        same = find_duplicates(cards, (store.passages_of(number) for number in range(len(cards))))
    ids = [tuple(cards[other].id for other in others) for others in same]
    related = [replace(card, duplicates=others) for card, others in zip(cards, ids, strict=True)]
    rewrite_cards(file, related)
    return related
