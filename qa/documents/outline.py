"""Lines made into blocks, the tree of headings, and the passages that can be cited."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from qa.documents.headings import HeadingTree, run_in_heading
from qa.documents.items import LONGEST_LEAD, is_dashed, lead_ins, says_more
from qa.documents.lines import Kind, Line
from qa.documents.telling import read_aim, read_years
from qa.records import Block, BlockKind, Document, Passage, Section
from qa.text.regions import region_named, short_name
from qa.text.sentences import split_sentences

LONGEST_PASSAGE = 1500  # characters; a longer paragraph is cited as runs of its sentences

_BLOCK_KINDS: dict[Kind, BlockKind] = {
    Kind.TITLE: "heading",
    Kind.HEADING: "heading",
    Kind.METADATA: "metadata",
    Kind.FURNITURE: "furniture",
    Kind.PARAGRAPH: "paragraph",
    Kind.ROW: "row",
}


def read_outline(lines: Sequence[Line], length: int) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The blocks, which cover the text of this length from end to end, and its sections.

    A numbered paragraph that begins with its own heading (1.编制规划。按照…) stays one block and opens a section.
    """
    tree = HeadingTree()
    blocks: list[Block] = []
    headings: list[tuple[str, int, int]] = []  # each with its level and offset; "" for what only closes those before it
    ends = [*(line.markup for line in lines[1:]), length]
    after_heading = False
    for line, end in zip(lines, ends, strict=True):
        assert line.kind is not None
        start, level = line.start if blocks else 0, 0
        if blocks and line.markup < start:
            blocks.append(Block("furniture", line.markup, start))
        heading = _heading_of(line)
        if heading is not None:
            level = (
                tree.enter(line.numbering, after_heading, line.level)
                if line.numbering
                else tree.enter_unnumbered(line.level or 1)
            )
            headings.append((heading, level, start))
        elif line.kind is Kind.PARAGRAPH and line.numbering and (closed := tree.pass_by(line.numbering)):
            headings.append(("", closed, start))
        blocks.append(Block(_BLOCK_KINDS[line.kind], start, end, level, line.context))
        if line.kind is not Kind.FURNITURE:
            after_heading = line.kind is Kind.HEADING
    if not blocks and length:
        blocks.append(Block("furniture", 0, length))
    return tuple(blocks), _sections(headings, length)


def _heading_of(line: Line) -> str | None:
    if line.kind is Kind.HEADING:
        return line.text
    if line.kind is Kind.PARAGRAPH and line.numbering:
        return run_in_heading(line.text, line.numbering)
    return None


def _sections(headings: Sequence[tuple[str, int, int]], length: int) -> tuple[Section, ...]:
    sections = []
    for index, (title, level, start) in enumerate(headings):
        end = next((later for _, other, later in headings[index + 1 :] if other <= level), length)
        if title:
            sections.append(Section(title, level, start, end))
    return tuple(sections)


def split_passages(document: Document) -> list[Passage]:
    """The passages of a document in the order of its text: every block but furniture, long ones in parts."""
    card = document.card
    passages: list[Passage] = []
    trail: list[Section] = []
    sections = {section.start: section for section in document.sections}
    leads = lead_ins(document)
    title = _heading_line(document)
    paragraph = 0
    announced = led = ""  # what a colon leads to; what the items that begin with a dash stand under
    item = ""  # what the paragraph above is about, of which the next may say by whom it is done
    for block in document.blocks:
        opened = sections.get(block.start)
        trail = [section for section in trail if section.end > block.start]
        if opened:
            trail.append(opened)
            paragraph = 0
            led = ""
        if block.kind == "furniture":
            continue
        trail_here = () if block.kind == "metadata" else tuple(section.title for section in trail)
        above = trail_here[:-1] if opened else trail_here
        parts = _parts(document.text, block)
        text = document.text[block.start : block.end].strip()
        item = item if says_more(text) else _opening(text)
        above_it = item if says_more(text) and not item.startswith(above) else announced
        led_by = leads.get(parts[0][0], (above_it,)) if parts else ()
        led = led if is_dashed(text) else text
        context = " ".join(dict.fromkeys(filter(None, [title, *above, *led_by, block.context])))
        for start, end in parts:
            paragraph += block.kind in ("paragraph", "row")
            passages.append(
                Passage(
                    id=f"{card.id}@{start}",
                    document_id=card.id,
                    kind=block.kind,
                    text=document.text[start:end],
                    start=start,
                    end=end,
                    section=trail_here,
                    paragraph=paragraph if block.kind in ("paragraph", "row") else 0,
                    context=context,
                    page=bisect_right(document.pages, start) or None,
                    years=read_years(card, trail_here, document.text[start:end], led),
                    aim=read_aim(card, trail_here, document.text[start:end]),
                )
            )
        announced = _announcement(text)
    return passages


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
