"""Lists in running text: a sentence that leads to items (应当提交下列材料：), and the items after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.documents.headings import read_numbering
from qa.records import Block, Document

FEWEST = 2  # items
_LEADS = re.compile(r"[：:]$|(?:下列|以下|如下)[^，,。；;]*[。，,]?$")
_MORE_FOLLOW = ("；", ";")


@dataclass(frozen=True, slots=True)
class LedList:
    """A list by offsets in the text of its document, without outer white space."""

    lead: tuple[int, int]  # the paragraph or heading that leads to it
    items: tuple[tuple[int, int], ...]  # their first paragraphs, in the order of the text; none heads a section


def led_lists(document: Document) -> Iterator[LedList]:
    """The lists of a document in the order of their leads; one inside an item of another stands by itself too."""
    blocks = [block for block in document.blocks if block.kind in ("paragraph", "heading")]
    for place, block in enumerate(blocks):
        if _LEADS.search(_text(document, block)):
            items = _numbered(document, blocks[place + 1 :]) or _unnumbered(document, blocks[place + 1 :])
            if len(items) >= FEWEST:
                yield LedList(_span(document, block), tuple(_span(document, item) for item in items))


def _numbered(document: Document, blocks: Sequence[Block]) -> list[Block]:
    """The run 1, 2, 3 … of one style that the blocks begin with; what stands between belongs to the item before."""
    items: list[Block] = []
    first = read_numbering(_text(document, blocks[0])) if blocks else None
    if first is None:
        return items
    for block in blocks:
        text = _text(document, block)
        numbering = read_numbering(text)
        if numbering is None or numbering.rank > first.rank:
            continue
        heads_a_section = block.kind == "heading" and not _LEADS.search(text)
        if heads_a_section or numbering.rank < first.rank or numbering.value != len(items) + 1:
            break
        items.append(block)
    return items


def _unnumbered(document: Document, blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs that the blocks begin with as far as one ends in a semicolon, and the one after them."""
    items: list[Block] = []
    for block in blocks:
        if block.kind != "paragraph" or read_numbering(_text(document, block)):
            return []
        items.append(block)
        if not _text(document, block).endswith(_MORE_FOLLOW):
            break
    return items


def _text(document: Document, block: Block) -> str:
    return document.text[slice(*_span(document, block))]


def _span(document: Document, block: Block) -> tuple[int, int]:
    piece = document.text[block.start : block.end]
    return block.end - len(piece.lstrip()), block.start + len(piece.rstrip())
