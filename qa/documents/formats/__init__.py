"""Files of every format read into text: one reader a format, chosen by what the file is, whatever it is called."""

from __future__ import annotations

import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from qa.documents.formats.extracts import Extract, Mark
from qa.documents.formats.sniffing import FORMATS, Format, sniff
from qa.errors import DocumentError

__all__ = ["LARGEST_FILE", "SUFFIXES", "Extract", "Mark", "extract"]

SUFFIXES = frozenset(FORMATS)

LARGEST_FILE = 200 << 20  # bytes
_READERS: dict[Format, str] = {  # module and function; each is imported, with its library, when it is first needed
    "text": "text.read_text",
    "markdown": "text.read_markdown",
    "html": "html.read_html",
    "csv": "spreadsheet.read_csv",
    "xlsx": "spreadsheet.read_xlsx",
    "docx": "word.read_docx",
    "pptx": "slides.read_pptx",
    "pdf": "pdf.read_pdf",
    "ofd": "ofd.read_ofd",
    "image": "scanned.read_image",
    "writer": "converted.read_writer",
    "calc": "converted.read_calc",
    "impress": "converted.read_impress",
}


def extract(path: Path) -> Extract:
    """The text of a file, with what its format says of it; the format is told by the content before the suffix.

    Raises DocumentError, with the reason and the way out, for whatever cannot be read.
    """
    try:
        _check_size(path)
        format_ = sniff(path)
        module, _, function = _READERS[format_].partition(".")
        reader: Callable[[Path], Extract] = getattr(import_module(f"{__name__}.{module}"), function)
        found = reader(path)
    except OSError as error:
        raise DocumentError(f"无法读取：{error.strerror or error}。请检查文件权限和磁盘。") from error
    if not found.text.strip():
        raise DocumentError("文件里没有文字。")
    return found


def _check_size(path: Path) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError("不是普通文件，已跳过。")
    if not status.st_size:
        raise DocumentError("文件是空的。")
    if status.st_size > LARGEST_FILE:
        size, limit = status.st_size >> 20, LARGEST_FILE >> 20
        raise DocumentError(f"文件有 {size} MB，超过 {limit} MB 的上限。请拆成较小的文件。")
