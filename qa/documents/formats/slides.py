"""Presentations (.pptx): a slide a page, its title a heading."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.shapes.group import GroupShape

from qa.documents.formats.extracts import Draft, Extract, MarkKind, Table, count_heads
from qa.documents.formats.packages import broken_package

_BROKEN = (  # python-pptx checks little of what it is given
    PythonPptxError, etree.LxmlError, BadZipFile, zlib.error, EOFError, NotImplementedError,
    KeyError, ValueError, TypeError, AttributeError,
)  # fmt: skip


def read_pptx(path: Path) -> Extract:
    """The slides in order, each from the top down, with the speaker's notes. Raises DocumentError when damaged."""
    draft = Draft()
    try:
        for number, slide in enumerate(Presentation(str(path)).slides, 1):
            draft.begin_pages(number)
            title = slide.shapes.title
            if title is not None and title.has_text_frame:
                kind: MarkKind = "heading" if draft.lines else "title"
                draft.add(" ".join(title.text_frame.text.split()), kind, 1)
            shapes = [shape for shape in _flatten(slide.shapes) if title is None or shape.shape_id != title.shape_id]
            for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
                _read_shape(shape, draft)
            if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
                draft.add(notes.text)
    except _BROKEN as error:
        raise broken_package() from error
    return draft.finish()


def _flatten(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _flatten(shape.shapes)
        else:
            yield shape


def _read_shape(shape: Any, draft: Draft) -> None:
    if shape.has_text_frame:
        draft.add(shape.text_frame.text)
    elif getattr(shape, "has_table", False):
        rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
        draft.add_table(Table(rows, count_heads(rows)))
