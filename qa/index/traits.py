"""What a question can choose documents by without reading them: where they are of, whom they name, their years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from qa.records import DocumentCard
from qa.text.regions import region_named

Trait = Literal[
    "id",
    "source",
    "year",  # it is about
    "region",  # its own
    "inside",  # its own region and every one that this lies in
    "named",  # regions that its text names
    "nowhere",  # "unnamed" for 我市, 全区 … of which nothing says which; "" for what is of no place
]


def traits_of(card: DocumentCard) -> Iterator[tuple[Trait, str]]:
    """The traits of a document with their values, each once."""
    yield "id", card.id
    yield "source", card.source
    yield from (("year", str(year)) for year in card.years)
    yield from (("named", name) for name in card.named)
    if region := region_named(card.region) if card.region else None:
        yield "region", region.full_name
        yield from (("inside", wider.full_name) for wider in region.wider())
    else:
        yield "nowhere", "unnamed" if card.of_unnamed_place else ""
