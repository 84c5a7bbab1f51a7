"""A folder of files read into documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import qa.text
from qa.documents.collections import read_announcement, split_articles
from qa.documents.layout import Line, read_layout, read_title
from qa.documents.metadata import (
    full_issuer,
    read_date,
    read_issuer,
    read_labels,
    read_number,
    read_region,
    read_signature,
)
from qa.documents.outline import read_outline
from qa.errors import DocumentError, NoDocumentsError
from qa.records import Document, DocumentCard
from qa.text.folding import simplify
from qa.text.regions import find_regions, speaks_of_its_place
from qa.text.years import find_years

SUFFIXES = frozenset({".txt", ".md"})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the documents folder; `source` is its path below the folder, with forward slashes."""

    source: str
    path: Path


def find_files(folder: Path) -> list[SourceFile]:
    """The files below the folder in the order of their names; hidden ones are left out.

    Raises NoDocumentsError when the folder is missing or holds no file.
    """
    if not folder.is_dir():
        raise NoDocumentsError(f"找不到文档目录“{folder}”。请建立该目录并放入文档，或用 QA_DOCUMENTS 指定另一个目录。")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [SourceFile(path.relative_to(folder).as_posix(), path) for path in paths]
    files = [file for file in files if not any(part.startswith(".") for part in file.source.split("/"))]
    if not files:
        raise NoDocumentsError(f"文档目录“{folder}”里没有文件。请放入 .txt 或 .md 文档后重新建立索引。")
    return files


def read_bytes(file: SourceFile) -> bytes:
    """The content of a file. Raises DocumentError when it cannot be read."""
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise DocumentError(f"无法读取：{error.strerror or error}。请检查文件权限。") from error


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def reading_version() -> str:
    """Names the way files are read: a digest of the rules and lists of this room and of `qa.text`."""
    rooms = [Path(__file__).parent, Path(qa.text.__file__).parent]
    rules = sorted(path for room in rooms for path in room.rglob("*") if path.suffix in {".py", ".txt"})
    return content_hash(b"\0".join(path.read_bytes() for path in rules))[:12]


def read_documents(source: str, content: bytes) -> list[Document]:
    """The documents in a file: one, or several where the page is a collection.

    Raises DocumentError when the file is of an unknown format, no text, or empty.
    """
    suffix = Path(source).suffix.lower()
    if suffix not in SUFFIXES:
        raise DocumentError(f"不支持的文件格式“{suffix or '无后缀'}”。目前支持：{'、'.join(sorted(SUFFIXES))}。")
    text = _decode(content).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError("文件里没有文字。")
    lines = read_layout(text)
    announced = read_announcement(lines)
    if announced:
        topic, count, index = announced
        body = lines[index + 1 :]
        starts = split_articles(body, count)
        if len(starts) == count:
            return list(_read_articles(source, text, topic, [body[start].start for start in starts]))
    return [_read_document(source, source, text, lines)]


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: Sequence[str] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise DocumentError("不是可以识别的文本（UTF-8、UTF-16 或 GB18030）。请另存为 UTF-8 编码的文本文件。")


def _read_articles(source: str, text: str, topic: str, starts: Sequence[int]) -> Iterator[Document]:
    bounds = [0, *starts[1:], len(text)]
    for number, (start, end) in enumerate(pairwise(bounds), 1):
        article = text[start:end]
        lines = read_layout(article, titled=False)
        yield _read_document(f"{source}#{number}", source, article, lines, title=f"{topic}（第{number}篇）")


def _read_document(id_: str, source: str, text: str, lines: Sequence[Line], title: str | None = None) -> Document:
    title = title or read_title(lines) or Path(source).stem
    labels = read_labels(lines)
    signed_by, signed = read_signature(lines)
    issuer = read_issuer(title, lines, labels, signed_by)
    region = read_region(title, issuer, lines)
    blocks, sections = read_outline(lines, len(text))
    published, dated = read_date(labels.get("published", "")), read_date(labels.get("signed", "")) or signed
    years = tuple(sorted({mention.year for mention in find_years(simplify(title))}))
    card = DocumentCard(
        id=id_,
        source=source,
        title=title,
        issuer=full_issuer(issuer, region, title),
        region=region.full_name if region else None,
        published=published,
        signed=dated,
        number=read_number(title, lines, labels),
        index_number=labels.get("index_number"),
        contact=labels.get("contact"),
        years=years or tuple(day.year for day in (dated or published,) if day),
        of_unnamed_place=region is None and speaks_of_its_place(text),
        named=tuple(sorted({region.full_name for mention in find_regions(text) for region in mention.regions})),
    )
    return Document(card, text, blocks, sections)
