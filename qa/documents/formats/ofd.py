"""OFD, the national format for fixed pages (GB/T 33190): the text objects of each page by their place."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from qa.documents.formats.extracts import Extract
from qa.documents.formats.packages import broken_package, open_package
from qa.documents.formats.pieces import Piece, write_pages
from qa.errors import DocumentError

_BROKEN = (etree.LxmlError, BadZipFile, KeyError, ValueError, EOFError, zlib.error, NotImplementedError)
_HANZI = "\u2e80"


def read_ofd(path: Path) -> Extract:
    """The text of an OFD file with the offsets of its pages; running heads and page numbers are dropped and counted.

    Raises DocumentError when the file is damaged or holds no text, as where its pages are pictures.
    """
    try:
        with open_package(path) as package:
            pages = [list(_read_page(package, page)) for page in _list_pages(package)]
    except _BROKEN as error:
        raise broken_package() from error
    if not any(pages):
        raise DocumentError("OFD 里没有文字，可能是扫描件。请用 OFD 阅读器导出为 PDF 或图片后放入。")
    return write_pages(pages)


def _list_pages(package: ZipFile) -> Iterator[list[str]]:
    """For each page, the files whose objects are drawn on it: its templates and its own content."""
    for root in _find(_parse(package, "OFD.xml"), "DocRoot"):
        home = (root.text or "").strip().lstrip("/")
        document = _parse(package, home)
        templates = {item.get("ID"): _beside(home, item.get("BaseLoc")) for item in _find(document, "TemplatePage")}
        for page in _find(document, "Page"):
            place = _beside(home, page.get("BaseLoc"))
            used = [templates.get(item.get("TemplateID")) for item in _find(_parse(package, place), "Template")]
            yield [*filter(None, used), place]


def _read_page(package: ZipFile, files: list[str]) -> Iterator[Piece]:
    for file in files:
        for item in _find(_parse(package, file), "TextObject"):
            yield from _read_object(item)


def _read_object(item: etree._Element) -> Iterator[Piece]:
    """The lines of a text object, each a TextCode that starts at X, Y of the object and moves on by its deltas."""
    left, top, width, tall = (float(number) for number in (item.get("Boundary") or "0 0 0 0").split())
    a, b, c, d, e, f = (float(number) for number in (item.get("CTM") or "1 0 0 1 0 0").split())
    size = float(item.get("Size") or tall)
    x = y = 0.0
    for code in _find(item, "TextCode"):
        x, y = float(code.get("X") or x), float(code.get("Y") or y)
        text = (code.text or "").replace("\n", " ")
        if not text.strip():
            continue
        deltas = _expand(code.get("DeltaX") or "")
        letters = [size if letter >= _HANZI else size / 2 for letter in text]
        steps = [*deltas, *letters[len(deltas) :]][: len(text) - 1]
        length = sum(steps) + letters[-1] if deltas else sum(letters)
        start, base = left + a * x + c * y + e, top + b * x + d * y + f
        height = size * abs(d)
        end = min(start + length * abs(a), left + width + height) if width else start + length * abs(a)
        yield Piece(start, base - height, end, base + 0.2 * height, text.strip(), height)


def _expand(deltas: str) -> list[float]:
    """The distances between characters; "g 3 2.5" stands for three times 2.5."""
    values: list[float] = []
    words = iter(deltas.split())
    for word in words:
        if word == "g":
            count = min(int(next(words, "0")), 100_000)
            values += [float(next(words, "0"))] * count
        else:
            values.append(float(word))
    return values


def _parse(package: ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(name), parser)


def _find(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of that name at any depth; writers of OFD differ in the namespaces they use."""
    return (item for item in element.iter(etree.Element) if etree.QName(item).localname == name)


def _beside(home: str, place: str | None) -> str:
    return normpath((place or "").lstrip("/") if (place or "").startswith("/") else join(dirname(home), place or ""))
