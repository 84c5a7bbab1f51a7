"""What a file is, by its content and then by its suffix."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from qa.documents.formats.packages import open_package
from qa.errors import DocumentError

Format = Literal[
    "text", "markdown", "html", "csv", "xlsx", "docx", "pptx", "pdf", "ofd", "image", "writer", "calc", "impress"
]

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".pptx": "pptx",
    ".pdf": "pdf",
    ".ofd": "ofd",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".doc": "writer",
    ".wps": "writer",
    ".rtf": "writer",
    ".odt": "writer",
    ".xls": "calc",
    ".et": "calc",
    ".ods": "calc",
    ".ppt": "impress",
    ".dps": "impress",
    ".odp": "impress",
}
_TEXTS = frozenset({"text", "markdown", "html", "csv"})

_HEAD = 4096  # bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_PACKAGES: dict[str, Format] = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "ofd.xml": "ofd",
}
_OPEN_DOCUMENTS: dict[bytes, Format] = {
    b"application/vnd.oasis.opendocument.text": "writer",
    b"application/vnd.oasis.opendocument.spreadsheet": "calc",
    b"application/vnd.oasis.opendocument.presentation": "impress",
}
_STREAMS: dict[str, Format] = {
    "WordDocument": "writer",
    "Workbook": "calc",
    "Book": "calc",
    "PowerPoint Document": "impress",
}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)
_OFFICE_XML: dict[bytes, Format] = {b"Word.Document": "writer", b"Excel.Sheet": "calc"}
_HTML_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S)
_HTML_TAG = re.compile(rb"<(?:html|head|body|meta|table|div|p|br|h[1-6]|span)\b[^<>]*>", re.I)


def sniff(path: Path) -> Format:
    """The format of a file. Raises DocumentError when there is no reader for it, or content and suffix disagree."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise DocumentError(f"不支持的文件格式“{suffix or '无后缀'}”。目前支持：{'、'.join(sorted(FORMATS))}。")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _sniff_package(path)
    if head.startswith(_OLE):
        return _sniff_compound(path)
    if head.startswith(_IMAGES):
        return "image"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "writer"
    return _sniff_text(FORMATS[suffix], suffix, head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf"))


def _sniff_text(expected: Format, suffix: str, head: bytes) -> Format:
    for program, format_ in _OFFICE_XML.items():
        if b'progid="' + program in head:
            return format_
    if expected in _TEXTS:
        if _HTML_PAGE.match(head):
            return "html"
        return "text" if expected == "html" and not _HTML_TAG.search(head) else expected
    if _HTML_TAG.search(head):
        return "html"
    if not head or any(byte < 9 or 13 < byte < 27 for byte in head):
        raise DocumentError(f"内容不是“{suffix}”文件，也不是文字，可能已损坏。请重新获取该文件。")
    return "text"


def _sniff_package(path: Path) -> Format:
    with open_package(path) as package:
        names = {name.lower().lstrip("/") for name in package.namelist()}
        for name, format_ in _PACKAGES.items():
            if name in names:
                return format_
        kind = _read_small(package, "mimetype") if "mimetype" in names else b""
    if kind.strip() in _OPEN_DOCUMENTS:
        return _OPEN_DOCUMENTS[kind.strip()]
    raise DocumentError("这是一个压缩包，里面不是可以识别的文档。请解压后把其中的文档放入文档目录。")


def _read_small(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        with package.open(name) as member:
            return member.read(200)
    except _BROKEN as error:
        raise DocumentError("文件已损坏，里面的内容读不出来。请重新获取该文件。") from error


def _sniff_compound(path: Path) -> Format:
    """The format of an OLE file, by the names of its streams: Office 97-2003 and WPS write such files."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise DocumentError("文件有密码保护。请用 Office 或 WPS 打开，取消密码后重新保存。")
    for stream, format_ in _STREAMS.items():
        if stream.encode("utf-16-le") + b"\x00\x00" in content:
            return format_
    raise DocumentError("这是旧版 Office 格式的文件，但里面没有文档、表格或演示文稿，可能已损坏。请重新获取该文件。")
