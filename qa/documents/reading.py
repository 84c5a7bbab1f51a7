"""A folder of files read into documents."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import qa.text
from qa.documents.adoption import read_adoption
from qa.documents.collections import read_announcement, split_articles
from qa.documents.corrections import SUFFIX, Corrections, corrections_file, read_corrections
from qa.documents.formats import Extract, extract
from qa.documents.labels import read_labels
from qa.documents.layout import read_layout
from qa.documents.lines import Line
from qa.documents.metadata import (
    full_issuer,
    read_date,
    read_delivery,
    read_issuer,
    read_number,
    read_region,
    read_signature,
)
from qa.documents.outline import read_outline
from qa.documents.titles import ends_as_title, read_title, title_kind
from qa.documents.validity import read_validity
from qa.errors import DocumentError, NoDocumentsError
from qa.records import Block, Document, DocumentCard, Validity
from qa.text.folding import simplify
from qa.text.regions import Region, find_regions, region_named, speaks_of_its_place
from qa.text.years import find_years

_MOSTLY_FURNITURE = 0.9  # share of a document's characters
_CODE = re.compile(r"[0-9A-Za-z]*(?:[0-9][A-Za-z]|[A-Za-z][0-9])[0-9A-Za-z]*")  # 1914eb3f in a file's name is no year
_WORDS = re.compile(r"[一-鿿]{2}|[A-Za-z]{3,}[^A-Za-z]+[A-Za-z]{3,}")  # in the name of a file that says something
_SENTENCE = re.compile(r"[^。；：\n]{1,60}")
_MANY_DAMAGED = 0.0005  # share of a document's characters that stand there as U+FFFD


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the documents folder; `source` is its path below the folder, with forward slashes."""

    source: str
    path: Path
    problem: str | None = None  # why it is not to be read


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a file was read as: its documents, the characters left out of them, and what looks wrong about them."""

    documents: tuple[Document, ...]
    dropped: int
    doubts: tuple[str, ...]


def find_files(folder: Path) -> list[SourceFile]:
    """The files below the folder in the order of their names; hidden ones and corrections are left out.

    Links that lead out of the folder, and folders that may not be looked into, are among them with their problem.
    Raises NoDocumentsError when the folder is missing or holds no file.
    """
    if not folder.is_dir():
        raise NoDocumentsError(f"找不到文档目录“{folder}”。请建立该目录并放入文档，或用 QA_DOCUMENTS 指定另一个目录。")
    files: list[SourceFile] = []

    def refuse(error: OSError) -> None:
        files.append(_source_file(folder, Path(error.filename), f"无法打开目录：{error.strerror}。请检查权限。"))

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        shown = [name for name in names if not name.startswith(".") and not name.endswith(SUFFIX)]
        files += [_source_file(folder, Path(parent, name)) for name in [*links, *shown]]
    if not files:
        raise NoDocumentsError(f"文档目录“{folder}”里没有文件。请放入文档后重新建立索引。")
    return sorted(files, key=lambda file: file.path)


def _source_file(folder: Path, path: Path, problem: str | None = None) -> SourceFile:
    source = path.relative_to(folder).as_posix()
    if any(character < " " for character in source):
        problem = "文件名里有换行等控制字符。请改名。"
    elif source != (readable := source.encode("utf-8", "backslashreplace").decode()):
        source, problem = readable, "文件名不是 UTF-8 编码。请改名。"
    elif path.is_symlink():
        problem = _problem_of_link(folder, path)
    elif problem is None and not path.is_file():
        problem = "不是普通文件，已跳过。"
    return SourceFile(source, path, problem)


def _problem_of_link(folder: Path, link: Path) -> str | None:
    if link.is_dir():
        return "是指向目录的链接，已跳过。请把文件放进文档目录。"
    if not link.is_file():
        return "链接指向的文件不存在。"
    if not link.resolve().is_relative_to(folder.resolve()):
        return "链接指向文档目录之外，已跳过。请把文件放进文档目录。"
    return None


def fingerprint(file: SourceFile) -> str:
    """Names what is in a file: its SHA-256, together with that of the corrections beside it where there are any.

    Raises DocumentError when the file cannot be read.
    """
    if file.problem:
        raise DocumentError(file.problem)
    try:
        content = _sha256(file.path)
    except OSError as error:
        raise DocumentError(f"无法读取：{error.strerror or error}。请检查文件权限。") from error
    try:
        return content_hash(f"{content} {_sha256(corrections_file(file.path))}".encode())
    except FileNotFoundError:
        return content
    except OSError:  # the document is built without them, and reading says why
        return content_hash(f"{content} -".encode())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def reading_version() -> str:
    """Names the way files are read: a digest of the rules and lists of this room and of `qa.text`."""
    rooms = [Path(__file__).parent, Path(qa.text.__file__).parent]
    rules = sorted(path for room in rooms for path in room.rglob("*") if path.suffix in {".py", ".txt"})
    return content_hash(b"\0".join(path.read_bytes() for path in rules))[:12]


def read_file(file: SourceFile) -> FileReading:
    """The documents in a file, with the corrections beside it: one, or several where the page is a collection.

    Corrections that cannot be used are a doubt. Raises DocumentError when the file cannot be read.
    """
    if file.problem:
        raise DocumentError(file.problem)
    found = extract(file.path)
    doubts: list[str] = []
    corrections: tuple[Corrections, ...] = ()
    try:
        corrections = read_corrections(file.path)
    except DocumentError as error:
        doubts.append(str(error))
    documents = list(_read_documents(file.source, found, corrections))
    if len(corrections) > len(documents):
        name = corrections_file(file.path).name
        doubts.append(f"更正文件“{name}”有 {len(corrections)} 项，文件里只有 {len(documents)} 份文档。")
    doubts += [doubt for document in documents for doubt in _doubts(document, Path(file.source).stem)]
    return FileReading(tuple(documents), found.dropped, tuple(doubts))


def _doubts(document: Document, stem: str) -> list[str]:
    """What looks wrong about a document as it was read."""
    length = max(len(document.text.strip()), 1)
    furniture = sum(len(document.text[b.start : b.end].strip()) for b in document.blocks if b.kind == "furniture")
    damaged = document.text.count("\ufffd")
    said = any(block.kind in ("paragraph", "row") for block in document.blocks)
    doubts = {
        "没有找到标题，以文件名或首句代替": document.card.title == _stand_in(stem, document.text, document.blocks)
        and not any(block.kind == "heading" and not block.level for block in document.blocks),
        f"{furniture / length:.0%} 的文字被当作页面装饰": furniture > length * _MOSTLY_FURNITURE,
        "没有正文段落": not said,
        f"有 {damaged} 个无法辨认的字符": damaged > length * _MANY_DAMAGED,
    }
    return [doubt for doubt, holds in doubts.items() if holds]


def _read_documents(source: str, found: Extract, corrections: Sequence[Corrections]) -> Iterator[Document]:
    lines = read_layout(found.text, marks=found.marks)
    announced = read_announcement(lines)
    if announced:
        topic, count, index = announced
        body = lines[index + 1 :]
        starts = split_articles(body, count)
        if len(starts) == count:
            yield from _read_articles(source, found, topic, [body[start].start for start in starts], corrections)
            return
    given = corrections[0] if corrections else Corrections()
    yield _read_document(source, source, found, lines, given)


def _read_articles(
    source: str, found: Extract, topic: str, starts: Sequence[int], corrections: Sequence[Corrections]
) -> Iterator[Document]:
    bounds = pairwise([0, *starts[1:], len(found.text)])
    given = [*corrections, *[Corrections()] * len(starts)]
    for number, ((start, end), correction) in enumerate(zip(bounds, given, strict=False), 1):
        article = _cut(found, start, end)
        lines = read_layout(article.text, titled=False, marks=article.marks)
        title = f"{topic}（第{number}篇）"
        yield _read_document(f"{source}#{number}", source, article, lines, correction, title)


def _cut(found: Extract, start: int, end: int) -> Extract:
    """A stretch of an extract; pages that begin before it begin with it, those after it at its end."""
    pages = tuple(min(max(page, start), end) - start for page in found.pages)
    marks = [mark for mark in found.marks if start <= mark.start < end]
    moved = (replace(mark, start=mark.start - start, end=min(mark.end, end) - start) for mark in marks)
    return Extract(found.text[start:end], pages, tuple(moved))


def _title(lines: Sequence[Line], labels: Mapping[str, str]) -> str:
    title = read_title(lines)
    return title if ends_as_title(title) else labels.get("title") or title or labels.get("original_title", "")


def _stand_in(source: str, text: str, blocks: Sequence[Block]) -> str:
    """What a document without title is called: its file's name where that has words, or else its first sentence."""
    stem = Path(source).stem
    said = (text[block.start : block.end].strip() for block in blocks if block.kind in ("heading", "paragraph"))
    sentence = next((_SENTENCE.match(words) for words in said if not words.endswith(("：", ":"))), None)
    return sentence.group() if sentence and not _WORDS.search(stem) else stem


def _read_document(
    id_: str, source: str, found: Extract, lines: Sequence[Line], given: Corrections, title: str | None = None
) -> Document:
    labels = read_labels(lines)
    blocks, sections = read_outline(lines, len(found.text))
    own_title = given.title or title or _title(lines, labels)
    title = own_title or _stand_in(source, found.text, blocks)
    signed_by, signed = read_signature(lines)
    issuer = read_issuer(own_title, lines, labels, signed_by)
    unplaced = speaks_of_its_place(found.text)
    region = region_named(given.region) if given.region else read_region(title, issuer, lines)
    region = region or (_only_region(Path(source).stem) if unplaced else None)
    published = given.published or read_date(labels.get("published", ""))
    dated = given.signed or read_date(labels.get("signed", "")) or signed or read_delivery(lines)[1]
    dated = dated or read_date(read_adoption(lines)[1])
    validity = _corrected(read_validity(title, lines, labels, dated or published), given)
    years = given.years or _years(title) or _years_by_dates(source, dated or published, validity.effective)
    card = DocumentCard(
        id=id_,
        source=source,
        title=title,
        kind=given.kind or title_kind(title),
        issuer=given.issuer or full_issuer(issuer, region, title),
        region=region.full_name if region else None,
        published=published,
        signed=dated,
        number=given.number or read_number(own_title, lines, labels),
        index_number=given.index_number or labels.get("index_number"),
        contact=labels.get("contact"),
        years=years,
        of_unnamed_place=region is None and unplaced,
        validity=validity,
        named=tuple(sorted({region.full_name for mention in find_regions(found.text) for region in mention.regions})),
    )
    return Document(card, found.text, blocks, sections, found.pages)


def _only_region(name: str) -> Region | None:
    """The one region that a name names; None where it names none or several."""
    named = {region for mention in find_regions(name) for region in mention.regions}
    return named.pop() if len(named) == 1 else None


def _years_by_dates(source: str, issued: date | None, effective: date | None) -> tuple[int, ...]:
    """The year it was issued in, or else those in which it comes into force and that its file is named by."""
    if issued:
        return (issued.year,)
    named = _years(_CODE.sub(" ", Path(source).stem))
    return tuple(sorted({*named, effective.year})) if effective else named


def _years(name: str) -> tuple[int, ...]:
    return tuple(sorted({mention.year for mention in find_years(simplify(name))}))


def _corrected(validity: Validity, given: Corrections) -> Validity:
    return replace(
        validity,
        effective=given.effective or validity.effective,
        expires=given.expires or validity.expires,
        repealed=validity.repealed if given.repealed is None else given.repealed,
    )
