"""Which documents a document repeals or replaces, and which of those held are repealed by another that is held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa.documents.headings import read_numbering
from qa.documents.lines import NUMBER_LINE
from qa.documents.wordlists import named_patterns
from qa.records import DocumentCard
from qa.text.folding import fold
from qa.text.words import cut_bigrams

_TITLE = r"《(?:[^《》]|《[^《》]*》)*》"
_PART = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:第|中|附件|有关|的(?!通知|决定|意见|公告|通告))"
)  # 《…》第五条: not all of it
_LISTED = re.compile(r"(?:下列|以下).{0,40}:$")
_CLAUSE_END = re.compile("[,。]|$")
_LEADING = re.compile("^(?:原|和|及|与|以及|对|将)")  # caught with a number that stands in running text
_ISSUED = re.compile("(?:印发|发布|公布|转发)[《〈<](.*)[》〉>]的?(?:通知|公告|通告|决定)?$")


def read_repeals(sentences: Sequence[str]) -> tuple[str, ...]:
    """The documents that these sentences repeal or replace, as they name them: 《title》（number）, or either alone.

    What is repealed in part (《…》第五条) is not among them.
    """
    words = named_patterns("validity.txt")
    found: list[str] = []
    listed = False
    for sentence in sentences:
        if not any(sign in sentence for sign in "《号:"):
            continue
        masked = re.sub(_TITLE, lambda title: f"《{'.' * (len(title.group()) - 2)}》", sentence)
        listed = listed and (sentence.startswith("《") or read_numbering(sentence) is not None)
        if listed:
            found += _references(sentence, 0, len(sentence))
            continue
        repeals = list(words["repeals"].finditer(masked))
        listed = bool(repeals) and _LISTED.search(masked) is not None
        start = 0
        for repeal in repeals:
            begins = [cut.end() for cut in words["others"].finditer(masked, start, repeal.start())]
            found += _references(sentence, max(begins, default=start), repeal.start())
            start = repeal.end()
        for replaces in words["replaces"].finditer(masked):
            end = _CLAUSE_END.search(masked, replaces.end())
            found += _references(sentence, replaces.end(), end.start() if end else len(masked))
    return tuple(dict.fromkeys(found))


def _references(sentence: str, start: int, end: int) -> list[str]:
    papers = named_patterns("validity.txt")["papers"]
    titles = [title for title in re.finditer(_TITLE, sentence) if start <= title.start() < end]
    bounds = [*(title.start() for title in titles), end]
    alone = [_LEADING.sub("", number.group()) for number in NUMBER_LINE.finditer(sentence, start, bounds[0])]
    named = []
    for title, until in zip(titles, bounds[1:], strict=True):
        if not papers.search(title.group()[1:-1]) and not _PART.match(sentence, title.end(), until):
            number = NUMBER_LINE.search(sentence, title.end(), until)
            named.append(title.group() + (f"（{number.group()}）" if number else ""))
    return alone + named


def mark_repealed(cards: Sequence[DocumentCard]) -> list[DocumentCard]:
    """The cards, each with the ids of those among them that repeal it, and the day from which the first of them does.

    A document is known by its number, or by its exact title; by its title only where the one that repeals it is later,
    not of another region, and gives no other number.
    """
    by_number: dict[str, list[int]] = defaultdict(list)
    by_title: dict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        if card.number:
            by_number[number_key(card.number)].append(place)
        for title in _title_keys(card.title):
            by_title[title].append(place)
    repealing: dict[int, list[DocumentCard]] = defaultdict(list)
    for card in cards:
        for reference in card.validity.repeals:
            title, number = _parts(reference)
            titled = (place for key in _title_keys(title) for place in by_title[key])
            found = {place for place in titled if _may_repeal(card, cards[place], number)}
            numbered = by_number[number_key(number)] if number else ()
            found.update(place for place in numbered if _calls_it_so(title, cards[place].title))
            for place in sorted(found):
                if cards[place].id != card.id and card not in repealing[place]:
                    repealing[place].append(card)
    return [_repealed(card, repealing[place]) for place, card in enumerate(cards)]


def _repealed(card: DocumentCard, by: Sequence[DocumentCard]) -> DocumentCard:
    days = [day for other in by if (day := other.validity.effective or _issued(other))]
    validity = replace(
        card.validity, repealed_by=tuple(other.id for other in by), repealed_from=min(days, default=None)
    )
    return replace(card, validity=validity)


def _parts(reference: str) -> tuple[str, str]:
    """Title and number of what `read_repeals` gives, each empty where it is not named."""
    end = reference.rfind("》") + 1
    return reference[:end], reference[end:].strip("（）")


def _may_repeal(card: DocumentCard, older: DocumentCard, number: str) -> bool:
    if number and older.number and number_key(number) != number_key(older.number):
        return False
    if card.region and older.region and card.region != older.region:
        return False
    day, before = _issued(card), _issued(older)
    if day and before:
        return before < day
    return not set(_title_keys(card.title)) & set(_title_keys(older.title))  # which is the older one?


def _calls_it_so(named: str, title: str) -> bool:
    """Whether a document of that title can be what is named with its number: misprinted numbers are another's."""
    terms = set(cut_bigrams(named))
    return len(terms & set(cut_bigrams(title))) * 2 >= len(terms)


def _issued(card: DocumentCard) -> date | None:
    return card.signed or card.published or card.validity.effective


def number_key(number: str) -> str:
    """A document number as it is compared: 甬科〔2024〕6号 and 甬科[2024]第6 号 are the same."""
    return re.sub(r"[^0-9a-z一-鿿]|第", "", fold(number))


def _title_keys(title: str) -> set[str]:
    """The title as it is compared: whole, and that of what it issues (关于印发《…》的通知)."""
    whole = title[1:-1] if re.fullmatch(_TITLE, title) else title
    issued = _ISSUED.search(whole)
    names = [name for name in (whole, issued.group(1) if issued else "") if name]
    return {re.sub(r"[^0-9a-z一-鿿]", "", fold(name)) for name in names}
