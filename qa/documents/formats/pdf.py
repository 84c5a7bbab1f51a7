"""PDF files: their text by its place on the page; pages that are pictures go through OCR."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from qa.documents.formats.extracts import Extract
from qa.documents.formats.pieces import Piece, word_gap, write_pages
from qa.documents.formats.scanned import read_picture
from qa.errors import DocumentError

_FEWEST_CHARACTERS = 10  # of a page that bears text
_LEAST_PICTURE = 0.4  # share of a page that a picture covers where the page is a scan
_SCAN_DPI = 200
_LONGEST_SIDE = 4000  # pixels
_SAMPLE = 300  # characters that show which way a page is turned
_NEW_PIECE = 1.2  # gap, in sizes, that ends a piece
_TYPED_BLANK = 0.2  # gap, in sizes, at which a blank in the file is one on the page
_BLANKS = frozenset(" \t\u00a0\u3000\u2002\u2003")
_SKIPPED = frozenset("\r\n\x00\x02\ufffe\uffff\u00ad")


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool  # a blank stands before it in the file

    @property
    def size(self) -> float:
        height = self.bottom - self.top
        return min(self.x1 - self.x0, height) if self.text > "\u2e80" else height * 0.75


def read_pdf(path: Path) -> Extract:
    """A PDF with the offsets of its pages; running heads and page numbers are dropped and counted.

    Raises DocumentError when it is damaged, has a password, or needs OCR that is not installed.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise DocumentError("PDF 有密码保护。请用密码打开后另存为没有密码的 PDF。") from error
        raise DocumentError("PDF 不完整或已损坏，无法打开。请重新下载该文件。") from error
    try:
        return write_pages([_read_page(document, number) for number in range(len(document))])
    finally:
        document.close()


def _read_page(document: pdfium.PdfDocument, number: int) -> list[Piece]:
    try:
        page = document[number]
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise DocumentError(f"PDF 第 {number + 1} 页已损坏，无法读取。请重新下载该文件。") from error
    glyphs = list(_read_glyphs(text))
    if len(glyphs) < _FEWEST_CHARACTERS and _is_scan(page):
        scale = min(_SCAN_DPI / 72, _LONGEST_SIDE / max(page.get_size()))
        return read_picture(page.render(scale=scale).to_numpy(), f"PDF 第 {number + 1} 页")
    return list(_gather(glyphs))


def _is_scan(page: pdfium.PdfPage) -> bool:
    width, height = page.get_size()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) >= width * height * _LEAST_PICTURE:
            return True
    return False


def _read_glyphs(text: pdfium.PdfTextPage) -> Iterator[_Glyph]:
    turns = _quarter_turns(text)
    box = raw.FS_RECTF()
    spaced = False
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if code < 0x110000 else "\ufffd"
        if character in _BLANKS:
            spaced = spaced or raw.FPDFText_IsGenerated(text, index) != 1
            continue
        if character in _SKIPPED or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            continue
        match turns:
            case 0:
                place = box.left, -box.top, box.right, -box.bottom
            case 1:
                place = -box.top, -box.right, -box.bottom, -box.left
            case 2:
                place = -box.right, box.bottom, -box.left, box.top
            case _:
                place = box.bottom, box.left, box.top, box.right
        yield _Glyph(character, *place, spaced)
        spaced = False


def _quarter_turns(text: pdfium.PdfTextPage) -> int:
    """How far the text is turned against its page, in quarters clockwise: broad tables are often drawn sideways."""
    angles = (raw.FPDFText_GetCharAngle(text, index) for index in range(min(text.count_chars(), _SAMPLE)))
    turns = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return max(turns, key=lambda turn: (turns[turn], -turn), default=0)


def _gather(glyphs: list[_Glyph]) -> Iterator[Piece]:
    """Glyphs that follow each other on a line, as pieces."""
    words: list[str] = []
    first: _Glyph | None = None
    last: _Glyph | None = None
    size = 0.0
    for glyph in glyphs:
        if first and last:
            gap = glyph.x0 - last.x1
            em = max(size, glyph.size)
            level = abs((glyph.top + glyph.bottom) - (last.top + last.bottom)) < em
            if level and -0.6 * em < gap < _NEW_PIECE * em:
                blank = gap > (_TYPED_BLANK if glyph.spaced else word_gap(last.text, glyph.text)) * em
                words.append((" " if blank else "") + glyph.text)
                last, size = glyph, em
                continue
            yield Piece(first.x0, first.top, last.x1, first.bottom, _join_surrogates("".join(words)), size)
        first = last = glyph
        words, size = [glyph.text], glyph.size
    if first and last:
        yield Piece(first.x0, first.top, last.x1, first.bottom, _join_surrogates("".join(words)), size)


def _join_surrogates(text: str) -> str:
    """The text with rare hanzi whole, which PDFium gives as two halves; a half alone is no character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
