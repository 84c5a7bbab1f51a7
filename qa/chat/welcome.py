"""The empty page: what is held, by region and year, and what can be asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

from qa.chat.examples import example_questions
from qa.chat.markup import Html, element, join
from qa.chat.source_view import written_day
from qa.knowledge_base import KnowledgeBase
from qa.records import DocumentCard

MOST_REGIONS = 12  # rows of the table; the others are folded
MOST_YEARS = 6  # columns, the latest
NO_REGION = "未注明地区"


def show_welcome(knowledge: KnowledgeBase) -> Html:
    """Example questions, then the table of what is held."""
    examples = (
        element("li", element("button.example", question, type="button")) for question in example_questions(knowledge)
    )
    return join(element("h2", "可以这样问"), element("ul.examples", *examples), _holdings(knowledge))


def _holdings(knowledge: KnowledgeBase) -> Html:
    cards, described = knowledge.documents(), knowledge.describe()
    built = datetime.fromisoformat(str(described["created"])).astimezone()
    facts = (
        f"{len(cards)} 份文件",
        f"{described['passages']} 个段落",
        f"{written_day(built)} {built:%H:%M} 建立",
        f"版本 {version('qa')}",
    )
    heading = element("h2", "已收录")
    return element("section.holdings", heading, element("p.counts", " · ".join(facts)), *_tables(cards))


def _tables(cards: Sequence[DocumentCard]) -> list[Html]:
    """How many documents there are of each region and year; regions beyond the first few in a table that is folded."""
    counts = Counter((card.region or NO_REGION, year) for card in cards for year in card.years)
    undated = Counter(card.region or NO_REGION for card in cards if not card.years)
    totals = Counter(card.region or NO_REGION for card in cards)
    regions = sorted(totals, key=lambda region: (region == NO_REGION, -totals[region], region))
    years = sorted({year for _, year in counts})[-MOST_YEARS:]

    def table(rows: Sequence[str]) -> Html:
        head = [element("th", name, scope="col") for name in ("地区", *(f"{year}年" for year in years), "未注明年份")]
        body = (
            element(
                "tr",
                element("th", region, scope="row"),
                *(_count(counts[region, year]) for year in years),
                _count(undated[region]),
            )
            for region in rows
        )
        counted = element("table.counted", element("thead", element("tr", *head)), element("tbody", *body))
        return element("div.wide", counted, role="region", aria_label="各地区各年份的文件数", tabindex=0)

    more = regions[MOST_REGIONS:]
    folded = [element("details.more", element("summary", f"其余 {len(more)} 个地区"), table(more))] if more else []
    return [table(regions[:MOST_REGIONS]), *folded] if regions else []


def _count(count: int) -> Html:
    return element("td", str(count)) if count else element("td.none", "–", aria_label="没有文件")
