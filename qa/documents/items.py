"""Lists in running text: a sentence that leads to items (应当提交下列材料：), and the items after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from qa.documents.headings import Numbering, read_item_number
from qa.documents.wordlists import duties
from qa.records import BlockKind, Document
from qa.text.sentences import split_sentences

FEWEST = 2  # items
LONGEST_LEAD = 60  # characters of a lead that is said of its items
_WHAT_FOLLOWS = "(?:下列|(?<![岁元米人年月日天级个层套户次倍度分克吨里万亿%％])以下|如下)"  # not the 以下 of 18岁以下
_LEADS = re.compile(rf"[：:]$|{_WHAT_FOLLOWS}[^，,。；;]*[。，,]?$")
_ANNOUNCES = re.compile(_WHAT_FOLLOWS)  # also in the midst of a paragraph, where numbered items follow it at once
_MORE_FOLLOW = ("；", ";")
_DASH = re.compile("[—–-]{1,4}|[•●◆■□▲√]")


@dataclass(frozen=True, slots=True)
class LedList:
    """A list by offsets in the text of its document, without outer white space."""

    lead: tuple[int, int]  # the paragraph or heading that leads to it
    items: tuple[tuple[int, int], ...]  # their first paragraphs, in the order of the text; none heads a section


@dataclass(frozen=True)
class _Entry:
    """A block as it may lead to a list or be an item of one."""

    kind: BlockKind
    span: tuple[int, int]  # without outer white space
    text: str

    @property
    def leads(self) -> bool:
        return _LEADS.search(self.text) is not None

    @cached_property
    def number(self) -> Numbering | None:  # most blocks are never asked
        return read_item_number(self.text)


def led_lists(document: Document) -> tuple[LedList, ...]:
    """The lists of a document in the order of their leads; one inside an item of another stands by itself too."""
    return tuple(_led_lists(list(_entries(document))))


def _led_lists(entries: Sequence[_Entry]) -> Iterator[LedList]:
    for place, entry in enumerate(entries):
        below = entries[place + 1 :]
        if entry.leads or (entry.kind == "paragraph" and _ANNOUNCES.search(entry.text)):
            items = _numbered(below) or (_dashed(below) or _unnumbered(below) if entry.leads else [])
            if len(items) >= FEWEST:
                yield LedList(entry.span, tuple(item.span for item in items))


def leading_sentence(lead: str) -> str:
    """The sentence of a paragraph that leads to a list: the last one that says 下列 or 以下, or else the last."""
    sentences = [lead[start:end] for start, end in split_sentences(lead)]
    return next((each for each in reversed(sentences) if _ANNOUNCES.search(each)), sentences[-1])


def lead_ins(document: Document) -> Mapping[int, tuple[str, ...]]:
    """What leads to each item, by where that begins: the last sentences of the leads above it, outermost first.

    Without long ones, which tell why and on what grounds a whole document was made (为了…，根据…，提出如下意见：).
    """
    found: dict[int, tuple[str, ...]] = {}
    for each in led_lists(document):
        sentence = leading_sentence(document.text[slice(*each.lead)])
        above = (*found.get(each.lead[0], ()), *[sentence] * (len(sentence) <= LONGEST_LEAD))
        found |= dict.fromkeys((start for start, _ in each.items), above)
    return found


def _entries(document: Document) -> Iterator[_Entry]:
    for block in document.blocks:
        if block.kind in ("paragraph", "heading"):
            piece = document.text[block.start : block.end]
            text = piece.strip()
            start = block.end - len(piece.lstrip())
            yield _Entry(block.kind, (start, start + len(text)), text)


def _numbered(entries: Sequence[_Entry]) -> list[_Entry]:
    """The run 1, 2, 3 … of one style that they begin with; what stands between belongs to the item before."""
    items: list[_Entry] = []
    first = entries[0].number if entries else None
    if first is None:
        return items
    for entry in entries:
        if entry.number is None or entry.number.rank > first.rank:
            continue
        heads_a_section = entry.kind == "heading" and not entry.leads
        if heads_a_section or entry.number.rank < first.rank or entry.number.value != len(items) + 1:
            break
        items.append(entry)
    return items


def _dashed(entries: Sequence[_Entry]) -> list[_Entry]:
    """The paragraphs that they begin with as far as these begin with a dash or a bullet."""
    return list(takewhile(lambda entry: entry.kind == "paragraph" and is_dashed(entry.text), entries))


def says_more(text: str) -> bool:
    """Whether a paragraph only says by whom or until when what stands above it is done: 牵头单位：市商务局."""
    return duties().match(text) is not None


def is_dashed(text: str) -> bool:
    """Whether the text begins with a dash or a bullet."""
    return _DASH.match(text) is not None


def _unnumbered(entries: Sequence[_Entry]) -> list[_Entry]:
    """The paragraphs that they begin with as far as one ends in a semicolon, and the one after them."""
    items: list[_Entry] = []
    for entry in entries:
        if entry.kind != "paragraph" or entry.number:
            return []
        items.append(entry)
        if not entry.text.endswith(_MORE_FOLLOW):
            break
    return items
