"""What holds of every document however its file looks."""

from __future__ import annotations

from itertools import pairwise

from qa.documents.passages import LONGEST_PASSAGE, split_passages
from qa.records import Document


def obeys_the_laws(document: Document) -> None:
    """Raises AssertionError unless each character is in exactly one block, and all but furniture can be cited."""
    text, blocks, passages = document.text, document.blocks, split_passages(document)
    assert (blocks[0].start, blocks[-1].end) == (0, len(text))
    assert all(first.end == second.start and first.start < first.end for first, second in pairwise(blocks))
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(0 < len(passage.text) <= LONGEST_PASSAGE for passage in passages)
    assert all(passage.text == passage.text.strip() for passage in passages if passage.kind != "paragraph")
    assert all(first.end <= second.start for first, second in pairwise(passages))
    assert len({passage.id for passage in passages}) == len(passages)
    cited = {position for passage in passages for position in range(passage.start, passage.end)}
    body = {i for block in blocks if block.kind != "furniture" for i in range(block.start, block.end)}
    assert {position for position in body if text[position].strip()} <= cited
    assert all(section.start < section.end <= len(text) and section.level >= 1 for section in document.sections)
