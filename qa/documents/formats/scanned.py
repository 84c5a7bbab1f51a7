"""Scans and pictures of text, through OCR."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from qa.documents.formats.extracts import Extract
from qa.documents.formats.pieces import Piece, write_pages
from qa.errors import DocumentError

_MOST_PIXELS = 100_000_000
_LONG_LINE = 4  # hanzi


def read_image(path: Path) -> Extract:
    """The text of a picture; of each of its pages where it is a TIFF of several.

    Raises DocumentError when the picture is damaged, or OCR is not installed.
    """
    import numpy
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise DocumentError(f"图片有 {picture.width}×{picture.height} 像素，过大。请缩小后重新保存。")
            pages = [
                read_picture(numpy.asarray(frame.convert("RGB"))[:, :, ::-1], "图片")
                for frame in ImageSequence.Iterator(picture)
            ]
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError, EOFError, OSError) as error:
        raise DocumentError("图片不完整或已损坏，无法打开。请重新扫描或另存该图片。") from error
    return write_pages(pages)


def read_picture(picture: Any, name: str) -> list[Piece]:
    """The lines of text on a picture, an array of height × width × 3 (blue, green, red).

    Raises DocumentError when OCR is not installed.
    """
    found = _recogniser(name)(picture)
    if found.boxes is None:
        return []
    pieces = []
    for box, text in zip(found.boxes.tolist(), found.txts, strict=True):
        xs, ys = [x for x, _ in box], [y for _, y in box]
        if text.strip():
            size = _size_of_text(text, max(xs) - min(xs), max(ys) - min(ys))
            pieces.append(Piece(min(xs), min(ys), max(xs), max(ys), text.strip(), size))
    return pieces


def _size_of_text(text: str, width: float, height: float) -> float:
    """The width of a hanzi: read off the length of a line, since the heights of boxes vary with what is in them."""
    letters = sum(1.0 if letter > "\u2e80" else 0.5 for letter in text)
    return min(width / letters, height) if letters >= _LONG_LINE else height * 0.8


def _recogniser(name: str) -> Callable[[Any], Any]:
    try:
        return _load_recogniser()
    except ImportError as error:
        raise DocumentError(
            f"{name}是扫描件，要经文字识别（OCR）才能读取，但没有安装。请运行 pip install 'qa[ocr]' 后重新建立索引。"
        ) from error


@cache
def _load_recogniser() -> Callable[[Any], Any]:
    import rapidocr

    engine: Callable[[Any], Any] = rapidocr.RapidOCR(params={"Global.log_level": "error"})
    return engine
