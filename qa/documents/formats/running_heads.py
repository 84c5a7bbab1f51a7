"""Running heads, running feet and page numbers: what stands on the edges of pages and belongs to none of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.documents.formats.pieces import Row

_EDGE = 2  # rows at the top and at the foot of a page
_FEWEST = 2  # pages that bear the same line
_LEAST_SHARE = 0.4  # of the pages, since odd and even ones may differ
_PAGE_NUMBER = re.compile(r"[-—–－·.\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，共of]+\s*\d{1,4}\s*页?)?[-—–－·.\s]*")


def drop_running_heads(pages: Sequence[Sequence[Row]]) -> tuple[list[Row], list[Row]]:
    """The rows of the pages in their order, and those that were dropped as running heads, feet and page numbers."""
    edges = [_edge_rows(page) for page in pages]
    counts = Counter(pattern for edge in edges for pattern in {_pattern(row) for row in edge})
    least = max(_FEWEST, len(pages) * _LEAST_SHARE)
    kept: list[Row] = []
    dropped: list[Row] = []
    for page, edge in zip(pages, edges, strict=True):
        furniture = {id(row) for row in edge if counts[_pattern(row)] >= least}
        for row in (edge[0], edge[-1]) if len(edge) > 1 else ():
            if _PAGE_NUMBER.fullmatch(row.text):
                furniture.add(id(row))
        for row in page:
            (dropped if id(row) in furniture else kept).append(row)
    return kept, dropped


def _edge_rows(page: Sequence[Row]) -> list[Row]:
    by_height = sorted(page, key=lambda row: row.top)
    return by_height[:_EDGE] + by_height[_EDGE:][-_EDGE:]


def _pattern(row: Row) -> str:
    return re.sub(r"\d+", "0", "".join(row.text.split()))
