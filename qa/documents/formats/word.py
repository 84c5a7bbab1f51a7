"""Word documents (.docx): headings by style and outline level, numbering written out, tables, notes, text boxes."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from lxml import etree

from qa.documents.formats.extracts import (
    Draft,
    Extract,
    MarkKind,
    Table,
    count_characters,
    count_heads,
    fill_merged,
    holds_data,
)
from qa.documents.formats.numbering import Numbering
from qa.documents.formats.packages import broken_package

_BROKEN = (OpcError, etree.LxmlError, BadZipFile, KeyError, ValueError, EOFError, OSError, zlib.error, struct.error)
_LONGEST_HEADING = 100  # characters; people give whole paragraphs the style of a heading
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_TITLE_NAMES = frozenset({"title", "标题", "文档标题"})


def read_docx(path: Path) -> Extract:
    """A Word document in document order; running heads and feet are dropped and counted.

    Raises DocumentError when the file is damaged.
    """
    try:
        reader = _Reader(docx.Document(str(path)))
    except (*_BROKEN, AttributeError, TypeError, NotImplementedError) as error:  # python-docx checks little
        raise broken_package() from error
    try:
        return reader.read()
    except _BROKEN as error:
        raise broken_package() from error


class _Reader:
    """Walks the body of a document, counting its numbered paragraphs."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._styles = {style.style_id: style for style in document.styles if isinstance(style, ParagraphStyle)}
        self._numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING))
        self._draft = Draft()

    def read(self) -> Extract:
        self._read_blocks(self._document.element.body)
        for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            for note in _children(_part(self._document, kind)):
                if note.get(qn("w:type")) is None:  # the others are the lines that set notes apart
                    self._read_blocks(note)
        for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            for relation in self._document.part.rels.values():
                if relation.reltype == kind:
                    root = etree.fromstring(relation.target_part.blob, _parser())
                    self._draft.dropped += sum(count_characters(text.text or "") for text in root.iter(qn("w:t")))
        return self._draft.finish()

    def _read_blocks(self, parent: etree._Element) -> None:
        for element in parent:
            if element.tag == qn("w:p"):
                self._read_paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._read_table(element)
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                self._read_blocks(element)

    def _read_paragraph(self, paragraph: etree._Element) -> None:
        text = _text(paragraph).strip()
        if text:
            text = self._label(paragraph) + text
            kind, level = self._kind(paragraph) if len(text) <= _LONGEST_HEADING else (None, 0)
            self._draft.add(text, kind, level)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(etree.QName(parent).localname == "Fallback" for parent in box.iterancestors()):
                self._read_blocks(box)

    def _read_table(self, table: etree._Element) -> None:
        lines = list(table.iterchildren(qn("w:tr")))
        rows, merges = _lay_out(lines)
        if not holds_data(rows):
            for cell in table.iterfind(f"{qn('w:tr')}/{qn('w:tc')}"):
                self._read_blocks(cell)
            return
        repeated = sum(line.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for line in lines)
        spread = max((bottom - top for top, _, bottom, _ in merges if top == 0), default=0) + 1
        heads = repeated or (count_heads(rows) and (spread if any(m[0] == 0 and m[3] > m[1] for m in merges) else 1))
        fill_merged(rows, merges, heads)
        self._draft.add_table(Table(rows, heads))

    def _label(self, paragraph: etree._Element) -> str:
        for properties in self._properties(paragraph):
            number = properties.find(qn("w:numPr"))
            if number is not None and number.find(qn("w:numId")) is not None:
                label = self._numbering.next_label(_value(number, "w:numId"), int(_value(number, "w:ilvl") or 0))
                return label + " " if label[-1:].isalnum() else label
        return ""

    def _kind(self, paragraph: etree._Element) -> tuple[MarkKind | None, int]:
        for properties in self._properties(paragraph):
            level = _value(properties, "w:outlineLvl")
            if level and int(level) < 9:
                return "heading", int(level) + 1
        style = self._style(paragraph)
        name = (style.name or "").lower() if style else ""
        if name in _TITLE_NAMES:
            return "title", 0
        heading = _HEADING_NAME.fullmatch(name)
        return ("heading", int(heading[1])) if heading else (None, 0)

    def _properties(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The paragraph's own properties, then those of its style and of the styles that one is based on."""
        own = paragraph.find(qn("w:pPr"))
        if own is not None:
            yield own
        style, depth = self._style(paragraph), 0
        while style is not None and depth < 20:
            if (of_style := style.element.find(qn("w:pPr"))) is not None:
                yield of_style
            base = style.element.find(qn("w:basedOn"))
            style = self._styles.get(base.get(qn("w:val"))) if base is not None else None
            depth += 1

    def _style(self, paragraph: etree._Element) -> ParagraphStyle | None:
        own = paragraph.find(qn("w:pPr"))
        return self._styles.get(_value(own, "w:pStyle")) if own is not None else None


def _text(element: etree._Element) -> str:
    """The text of a paragraph or cell; what stands apart from it, and what was struck out, is left to others."""
    words: list[str] = []
    for child in element:
        match etree.QName(child).localname:
            case "t":
                words.append(child.text or "")
            case "tab" | "noBreakHyphen":
                words.append("-" if child.tag == qn("w:noBreakHyphen") else " ")
            case "br" | "cr":
                words.append("\n" if child.get(qn("w:type")) in (None, "textWrapping") else "")
            case "p":
                words.append(" " + _text(child))
            case "pPr" | "rPr" | "del" | "moveFrom" | "txbxContent" | "Fallback":
                continue
            case _:
                words.append(_text(child))
    return "".join(words)


def _lay_out(lines: list[etree._Element]) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """The cells of a table on its grid, and those that span others."""
    rows: list[list[str]] = []
    merges: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    above: dict[int, tuple[int, int]] = {}  # the cell that a column's merge began with
    for number, line in enumerate(lines):
        row: list[str] = []
        for cell in line.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is not line:
                continue  # of a table inside the table, read as part of its cell
            column, properties = len(row), cell.find(qn("w:tcPr"))
            span = int(_value(properties, "w:gridSpan") or 1) if properties is not None else 1
            merge = properties.find(qn("w:vMerge")) if properties is not None else None
            begins = merge is None or merge.get(qn("w:val")) == "restart" or column not in above
            if begins:
                above[column] = (number, column)
            top, left = above[column]
            if span > 1 or not begins:
                merges[top, left] = (top, left, number, column + min(span, 200) - 1)
            row += ["" if not begins else _text(cell).strip()] + [""] * (min(span, 200) - 1)
        rows.append(row)
    return rows, list(merges.values())


def _part(document: WordDocument, kind: str) -> etree._Element | None:
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return etree.fromstring(relation.target_part.blob, _parser())
    return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _children(element: etree._Element | None) -> list[etree._Element]:
    return list(element) if element is not None else []


def _value(element: etree._Element, name: str) -> str:
    child = element.find(qn(name))
    return str(child.get(qn("w:val")) or "") if child is not None else ""
