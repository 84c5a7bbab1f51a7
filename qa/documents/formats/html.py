"""Web pages: the article, without the site around it."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree
from lxml import html as markup

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
from qa.documents.formats.text import decode
from qa.errors import DocumentError

_LARGEST_PAGE = 20 << 20  # bytes
_NO_MARKUP = re.compile(r"^\s*<\?xml[^>]*\?>|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));?")
_NEVER_TEXT = (
    "script", "style", "noscript", "template", "iframe", "object", "select", "button", "textarea", "svg", "canvas",
    "nav", "footer", "head",
)  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_SITE_PARTS = re.compile(  # as the classes and ids of Chinese government sites have them, pinyin included
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|top(?:bar|nav)?|bread\w*|crumb\w*|foot\w*|copyright|side(?:bar)?|aside|share\w*|"
    r"pag(?:er|ing|ination)|relat\w+|recommend\w*|tool(?:bar|s)?|login|search\w*|banner|qrcode|ewm|dqwz|weizhi|"
    r"mbx\w*|fenxiang|links?|yqlj|hidden|print|fontsize)(?=$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SITE_FOOT = re.compile(r"版权所有|ICP备|公网安备|网站标识码|Copyright|技术支持|建议使用.{0,20}(?:浏览|分辨率)", re.I)
_TRAIL = re.compile(r"[您你]?(?:当前|现在)?的?(?:所在)?的?(?:位置|栏目)是?\s*[:：].{0,200}")
_LIST_DATE = re.compile(r"[\[(（]?(?:\d{4}-)?\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2})?[\])）]?")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|pptx?|txt|jpe?g)(?:$|[?#])", re.I)
_MOST_LINKED = 0.6  # share of a block's characters that may be links
_LONGEST_FOOT = 400
_SHORTEST_TITLE = 4
_LARGEST_GRID = 200_000  # places that the cells of a table may claim
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000\u200b\ufeff]+")


def read_html(path: Path) -> Extract:
    """The article of a web page: headings marked, table rows as lines, navigation and the like dropped and counted.

    Raises DocumentError for a page that is too long, or has nothing but links.
    """
    if path.stat().st_size > _LARGEST_PAGE:
        raise DocumentError(f"网页文件超过 {_LARGEST_PAGE >> 20} MB 的上限。请只保存正文部分。")
    text, damaged = decode(path.read_bytes())
    try:
        page = markup.document_fromstring(_REFERENCE.sub(_keep_legal, _NO_MARKUP.sub("", text)))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise DocumentError("网页里没有内容，或已损坏。请重新保存该网页。") from error
    everything = count_characters("".join(page.itertext(with_tail=True)))
    title = _SPACE.sub("", _declared_title(page))
    _drop_site_parts(page)
    draft = Draft()
    _Article(draft, title).read(page)
    if not draft.lines:
        raise DocumentError("网页里没有正文，只有导航和链接。请打开其中的文章页面，分别保存。")
    kept = sum(count_characters(line.replace(" | ", "")) for line in draft.lines)
    draft.dropped = damaged + max(0, everything - kept)
    return draft.finish()


def _keep_legal(reference: re.Match[str]) -> str:
    """A character reference, or nothing where it stands for a control character, which lxml reads but cannot move."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    legal = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return reference[0] if legal else ""


def _declared_title(page: markup.HtmlElement) -> str:
    """What the page says its article is called, in the META tags that government sites must carry or in its title."""
    for meta in page.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and meta.get("content"):
            return str(meta.get("content"))
    return str(page.findtext(".//title") or "")


def _drop_site_parts(page: markup.HtmlElement) -> None:
    for element in list(page.iter(*_NEVER_TEXT, etree.Comment, etree.ProcessingInstruction)):
        if element.getparent() is not None:
            element.drop_tree()
    whole = count_characters(page.text_content())
    for element in list(page.iter(*_BLOCKS, "span", "a")):
        if element.getparent() is not None and _is_site_part(element, whole):
            element.drop_tree()


def _is_site_part(element: markup.HtmlElement, whole: int) -> bool:
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    text = element.text_content().strip()
    size = count_characters(text)
    if not size or size * 2 > whole or element.tag in ("a", "span", "h1"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _SITE_PARTS.search(names) and element.find(".//h1") is None:
        return True
    if size <= _LONGEST_FOOT and _SITE_FOOT.search(text):
        return True
    links = [link for link in element.iter("a") if link.get("href") and not _is_attachment(link)]
    linked = sum(count_characters(link.text_content()) for link in links)
    words = count_characters(_LIST_DATE.sub("", text))
    return bool(links) and (linked > words * _MOST_LINKED or _TRAIL.fullmatch(_SPACE.sub(" ", text)) is not None)


def _is_attachment(link: markup.HtmlElement) -> bool:
    return bool(_FILE.search(link.get("href") or "")) or "附件" in link.text_content()


class _Article:
    """Turns elements into lines: inline text gathers until a block begins or ends."""

    def __init__(self, draft: Draft, title: str) -> None:
        self._draft = draft
        self._title = title  # what of it has not been met yet; it may stand in several lines
        self._titled = False
        self._words: list[str] = []

    def read(self, element: markup.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS or tag == "br":
            self._end_line()
        if tag == "table" and (table := _read_table(element)):
            self._draft.add(table.name)
            self._draft.add_table(table)
            return
        if tag == "td" or tag == "th":
            self._words.append(" ")
        self._words.append(_keep_lines(element.text, tag))
        for child in element:
            self.read(child)
            self._words.append(_keep_lines(child.tail, tag))
        if tag in _BLOCKS:
            self._end_line(tag)

    def _end_line(self, tag: str = "") -> None:
        for line in "".join(self._words).split("\v"):
            text = _SPACE.sub(" ", line).strip()
            kind, level = self._kind(text, tag)
            self._draft.add(text, kind, level)
        self._words = []

    def _kind(self, text: str, tag: str) -> tuple[MarkKind | None, int]:
        bare = _SPACE.sub("", text)
        if self._title.startswith(bare) and len(bare) >= _SHORTEST_TITLE:
            self._title, self._titled = self._title[len(bare) :], True
            return "title", 0
        if tag == "h1" and not self._titled and bare:
            self._title, self._titled = "", True
            return "title", 0
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            return "heading", int(tag[1])
        return None, 0


def _keep_lines(text: str | None, tag: str) -> str:
    return (text or "").replace("\n", "\v") if tag == "pre" else text or ""


def _read_table(element: markup.HtmlElement) -> Table | None:
    """The table, or None where it only lays out the page."""
    if element.find(".//table") is not None:
        return None
    lines = list(element.iter("tr"))
    cells = [[cell for cell in line if cell.tag in ("td", "th")] for line in lines]
    if sum(_span(cell, "rowspan") * _span(cell, "colspan") for row in cells for cell in row) > _LARGEST_GRID:
        return None
    rows, merges = _lay_out(cells)
    if not holds_data(rows):
        return None
    declared = sum(bool(row) and all(cell.tag == "th" for cell in row) for row in cells)
    declared = max(declared, len(element.findall("./thead/tr")))
    heads = declared or (max(_depth(cells[0]), count_heads(rows)) if count_heads(rows) else 0)
    fill_merged(rows, merges, heads)
    caption = element.find("caption")
    return Table(rows, heads, _text(caption) if caption is not None else "")


def _lay_out(cells: list[list[markup.HtmlElement]]) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """The cells on their grid, and which of them span others."""
    taken: dict[tuple[int, int], str] = {}
    merges = []
    for row, line in enumerate(cells):
        column = 0
        for cell in line:
            while (row, column) in taken:
                column += 1
            bottom = min(row + _span(cell, "rowspan"), len(cells)) - 1
            right = column + _span(cell, "colspan") - 1
            covered = [(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)]
            taken |= dict.fromkeys(covered, "") | {(row, column): _text(cell)}
            if len(covered) > 1:
                merges.append((row, column, bottom, right))
    width = max((column for _, column in taken), default=-1) + 1
    return [[taken.get((row, column), "") for column in range(width)] for row in range(len(cells))], merges


def _depth(row: list[markup.HtmlElement]) -> int:
    """How many rows a head has: as many as its tallest cell, where another of its cells spans columns."""
    spread = any(_span(cell, "colspan") > 1 for cell in row)
    return max(_span(cell, "rowspan") for cell in row) if spread else 1


def _span(cell: markup.HtmlElement, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), 100) if value.isdecimal() else 1


def _text(element: markup.HtmlElement) -> str:
    for block in element.iter("br", "p", "div"):
        block.tail = " " + (block.tail or "")
    return _SPACE.sub(" ", element.text_content()).strip()
