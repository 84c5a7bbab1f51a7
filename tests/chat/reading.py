"""HTML as a browser reads it: its words, and the words inside each kind of element."""

from __future__ import annotations

from html.parser import HTMLParser

OWN_TAGS = {
    *("article", "div", "h2", "h3", "p", "span", "strong", "cite"),
    *("ol", "ul", "li", "blockquote", "mark", "details", "summary", "button", "a"),
    *("section", "header", "dl", "dt", "dd", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("form", "fieldset", "legend", "label", "input", "textarea"),
    *("svg", "title", "desc", "g", "text", "rect"),
}
OWN_ATTRIBUTES = {
    *("class", "id", "type", "title", "role", "tabindex", "href", "download", "scope", "colspan", "name"),
    *("aria-label", "aria-hidden", "aria-current", "data-goto"),
    *("data-document", "data-start", "data-end", "data-copy", "data-save", "data-name"),
    *("value", "required", "rows", "maxlength", "placeholder"),
    *("x", "y", "width", "height", "text-anchor"),
    *("data-turn", "data-off", "data-value", "data-asked", "data-conversation", "data-correct", "data-delete"),
    "data-ask",
}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.words: list[tuple[tuple[tuple[str, str], ...], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OWN_TAGS, tag
        assert {name for name, _ in attrs} <= OWN_ATTRIBUTES, attrs
        self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(self.open), data))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def text_of(html: str, inside: str = "", without: str = "summary") -> str:
    """The words of the page's HTML inside elements with this tag or class; fails on a tag or attribute not our own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, reader.open
    kept = []
    for elements, words in reader.words:
        names = {name for tag, classes in elements for name in (tag, *classes.split())}
        if (not inside or inside in names) and without not in names:
            kept.append(words)
    return "".join(kept)
