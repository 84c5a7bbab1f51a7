"""The passages of a document that can be cited, each with what stands above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from qa.documents.items import LONGEST_LEAD, is_dashed, lead_ins, says_more
from qa.documents.telling import Period, read_aim, read_years, reviewed_part
from qa.records import Block, Document, Passage, Section
from qa.text.regions import region_named, short_name
from qa.text.sentences import split_sentences

LONGEST_PASSAGE = 1500  # characters; a longer paragraph is cited as runs of its sentences


@dataclass(frozen=True, slots=True)
class _Above:
    """What the blocks above one leave to be said of it; "" for nothing."""

    announced: str = ""  # a colon leads to it
    item: str = ""  # what the paragraph above is about, of which it may say by whom that is done
    led: str = ""  # items that begin with a dash stand under it

    def then(self, text: str) -> _Above:
        """What is left to be said below a block of this text."""
        item = self.item if says_more(text) else _opening(text)
        return _Above(_announcement(text), item, self.led if is_dashed(text) else text)


def split_passages(document: Document) -> list[Passage]:
    """The passages of a document in the order of its text: every block but furniture, long ones in parts."""
    passages: list[Passage] = []
    leads, title = lead_ins(document), _heading_line(document)
    reviewed, review = reviewed_part(document)
    above, period, paragraph = _Above(), Period(), 0
    for block, trail, opens in _in_sections(document):
        if opens:
            above, paragraph = _Above(above.announced, above.item), 0
        if block.kind == "furniture":
            continue
        section = () if block.kind == "metadata" else trail
        headings = section[:-1] if opens else section
        text, parts = document.text[block.start : block.end].strip(), _parts(document.text, block)
        of_item = says_more(text) and not above.item.startswith(headings)
        led_by = leads.get(parts[0][0] if parts else -1, (above.item if of_item else above.announced,))
        context = " ".join(dict.fromkeys(filter(None, [title, *headings, *led_by, block.context])))
        above, period = above.then(text), period.then(document.card, section, text)
        counts = block.kind in ("paragraph", "row")
        told_under = (reviewed, *section) if block.start in review else section
        for span in parts:
            paragraph += counts
            place = (section, paragraph if counts else 0, context)
            passages.append(_passage(document, block, span, *place, told_under, above.led, period.years))
    return passages


def _in_sections(document: Document) -> Iterator[tuple[Block, tuple[str, ...], bool]]:
    """Each block, the titles of the sections around it, outermost first, and whether it opens the last of them."""
    opening = {section.start: section for section in document.sections}
    trail: list[Section] = []
    for block in document.blocks:
        opened = opening.get(block.start)
        trail = [section for section in trail if section.end > block.start]
        trail += [opened] if opened else []
        yield block, tuple(section.title for section in trail), opened is not None


def _passage(
    document: Document,
    block: Block,
    span: tuple[int, int],
    section: tuple[str, ...],
    paragraph: int,
    context: str,
    told_under: tuple[str, ...],
    led: str,
    period: tuple[int, ...],
) -> Passage:
    """The passage; `told_under` are the headings that say of which year it tells, and whether of aims."""
    assert block.kind != "furniture"
    start, end = span
    text = document.text[start:end]
    years = read_years(document.card, told_under, text, led, period)
    return Passage(
        id=f"{document.card.id}@{start}",
        document_id=document.card.id,
        kind=block.kind,
        text=text,
        start=start,
        end=end,
        section=section,
        paragraph=paragraph,
        context=context,
        page=bisect_right(document.pages, start) or None,
        years=years,
        aim=read_aim(document.card, told_under, text, years),
        told=block.told,
    )


def _opening(text: str) -> str:
    """The sentence that a text opens with, where it is as short as a lead."""
    opening = text[slice(*split_sentences(text)[0])].strip() if text else ""
    return opening if len(opening) <= LONGEST_LEAD else ""


def _announcement(text: str) -> str:
    """A short paragraph that ends in a colon, and so says what the next one is."""
    return text if text.endswith(("：", ":")) and len(text) <= LONGEST_LEAD else ""


def _heading_line(document: Document) -> str:
    """The title, with the region before it where the title does not name it."""
    card = document.card
    region = region_named(card.region) if card.region else None
    if region and short_name(region.name) not in card.title:
        return f"{region.full_name} {card.title}"
    return card.title


def _parts(text: str, block: Block) -> list[tuple[int, int]]:
    """The block without outer white space, or runs of its sentences, none longer than LONGEST_PASSAGE."""
    piece = text[block.start : block.end]
    start = block.start + len(piece) - len(piece.lstrip())
    end = block.start + len(piece.rstrip())
    if end - start <= LONGEST_PASSAGE:
        return [(start, end)] if end > start else []
    parts: list[tuple[int, int]] = []
    part_start = part_end = start
    for _, sentence_end in split_sentences(text[start:end]):
        if start + sentence_end - part_start > LONGEST_PASSAGE:
            parts.append((part_start, part_end))
            part_start = part_end
        part_end = start + sentence_end
    return [*parts, (part_start, end)]
