"""Lines made into blocks, and the tree of headings."""

from __future__ import annotations

from collections.abc import Sequence

from qa.documents.headings import HeadingTree, run_in_heading
from qa.documents.lines import Kind, Line
from qa.records import Block, BlockKind, Section

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
        blocks.append(Block(_BLOCK_KINDS[line.kind], start, end, level, line.context, line.told))
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
