"""The list that was asked for, read from the headings, the paragraphs or the enumeration that hold it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.answers.enumerations import Listing, enumerated, enumerations, named_runs, quoted_runs, trimmed
from qa.documents.headings import ALWAYS_HEADINGS, LABEL, read_numbering
from qa.documents.items import FEWEST, LedList, leading_sentence
from qa.records import Document, Hit, Question, Section
from qa.retrieval.intents import asks_outline, without_asking, without_leading
from qa.retrieval.need import Need, read_need, terms_in
from qa.retrieval.support import rarity
from qa.text.numerals import numeral_value
from qa.text.sentences import split_sentences
from qa.text.words import cut_bigrams
from qa.text.years import find_years

# What counts beside the share of the question's wording in the words that lead to a list and the headings above them.
_OWN, _NARROW, _YEARS, _RANK = 0.3, 0.3, 0.3, 0.5
LEAST_NARROW, LEAST_NARROW_SENTENCE = 0.3, 0.15  # of the heading or sentence that leads to it, what the question has
LEAST_COVERED = 0.5  # or of the question's wording, what that sentence and the headings above it have
MUCH_MORE = 2  # times as many of the question's terms
MOST = 20  # items
LOOKED_AT = 3  # documents

_EXPECTED = re.compile(r"([二两三四五六七八九十]+|\d+)(?:大|个|项|类|种|条|方面|点|部分|家|所|件|步)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    listing: Listing
    above: str  # the headings above it and the title
    rank: int  # of the best hit in it, from 1
    by_sentence: bool = False  # a paragraph of its own leads to it

    def has_item(self, hit: Hit) -> bool:
        """Whether a paragraph leads to it and the hit is one of its items."""
        return self.by_sentence and any(first == hit.passage.start for first, _ in self.listing.spans)


def find_listing(
    question: Question,
    hits: Sequence[Hit],
    document_of: Callable[[str], Document],
    lists_of: Callable[[str], tuple[LedList, ...]],
) -> Listing | None:
    """The list that the question asks for, among the best documents; None where a sentence says it better.

    Where the question says how many there are (六大工程), only lists of that length count.
    """
    expected = expected_count(question.text)
    outlined = expected is not None or asks_outline(question.text)
    fitting = [hit for hit in hits if all(hit.parts[part] >= hits[0].parts[part] for part in ("region", "year"))]
    names = list(dict.fromkeys(hit.document.id for hit in fitting))[:LOOKED_AT]
    candidates = [
        each
        for name in names
        for each in _candidates(document_of(name), lists_of(name), fitting, outlined, expected)
        if len(each.listing.spans) == expected or (expected is None and FEWEST <= len(each.listing.spans) <= MOST)
    ]
    need = read_need(replace(question, text=without_asking(question.text)))
    found = [terms_in(f"{each.above} {each.listing.lead}", need) for each in candidates]
    share = _weighing(found)

    def merit(place: int) -> tuple[float, int]:
        lead, rank = candidates[place].listing.lead, candidates[place].rank
        told = {mention.year for mention in find_years(lead)}
        own = _OWN * share(terms_in(lead, need)) + _NARROW * _narrow(lead, need)
        return share(found[place]) + own + _YEARS * (told == set(question.years)) + _RANK / rank, -place

    items_say_it = question.wants == "list"
    leads = [_leads_to(hits[0], each, items_say_it, led, need) for each, led in zip(candidates, found, strict=True)]
    asked_for = [
        place for place, each in enumerate(candidates) if expected or leads[place] or _is_asked_for(each, need)
    ]
    best = max(asked_for, key=merit, default=None)
    if best is None:
        return None
    counted = expected is not None and expected > FEWEST  # a list of just that length is hardly one by chance
    sure = question.wants == "section" or counted or leads[best]
    if not sure and _said_by_a_sentence(candidates[best], hits[0], need):
        return None
    return candidates[best].listing


def _leads_to(hit: Hit, candidate: _Candidate, items_say_it: bool, led: frozenset[str], need: Need) -> bool:
    """Whether the hit's sentence leads to the list; or, where what is said best is said in its items, is one of them.

    Not where that item has much more of the question's wording than what leads to the list (`led`).
    """
    sentence = hit.text[slice(*hit.sentence)].strip()
    is_item = items_say_it and candidate.has_item(hit) and len(terms_in(sentence, need)) < MUCH_MORE * len(led)
    return sentence in candidate.listing.lead or is_item


def _weighing(found: Sequence[frozenset[str]]) -> Callable[[frozenset[str]], float]:
    """What share of the terms is found, rare ones among `found` weighing more; terms that none has do not count."""
    weight = rarity(found, frozenset().union(*found))
    total = sum(weight.values()) or 1.0
    return lambda terms: sum(weight[term] for term in sorted(terms)) / total


def _is_asked_for(candidate: _Candidate, need: Need) -> bool:
    """Whether the lead is in the question's wording; or, of a sentence with what stands above it, the other way round.

    A sentence says more than a heading, and what it leads to is said above it (第九条　申领时应当提交下列材料：).
    """
    lead = candidate.listing.lead
    if not candidate.by_sentence:
        return _narrow(lead, need) >= LEAST_NARROW
    covered = len(terms_in(f"{candidate.above} {lead}", need)) / max(1, len(need.terms))
    return _narrow(lead, need) >= LEAST_NARROW_SENTENCE or covered >= LEAST_COVERED


def _narrow(lead: str, need: Need) -> float:
    """The share of the lead's wording that the question has."""
    terms = set(cut_bigrams(without_leading(lead)))
    return len(terms & terms_in(lead, need)) / max(1, len(terms))


def _said_by_a_sentence(candidate: _Candidate, hit: Hit, need: Need) -> bool:
    """Whether the sentence of the best hit has more of the question's wording than the words that lead to the list.

    Not where it is a numbered item of the list and no more, or where the lead is all in the question's wording.
    """
    listing = candidate.listing
    item = read_numbering(hit.text) is not None and len(list(split_sentences(hit.text))) == 1
    if (item and any(first == hit.passage.start for first, _ in listing.spans)) or (
        len(cut_bigrams(listing.lead)) > 1 and _narrow(listing.lead, need) == 1
    ):
        return False
    start, end = hit.sentence
    return len(terms_in(hit.text[start:end], need)) > len(terms_in(candidate.listing.lead, need))


def expected_count(question: str) -> int | None:
    """How many the question says there are."""
    match = _EXPECTED.search(question)
    value = None if match is None else float(match[1]) if match[1].isdigit() else numeral_value(match[1])
    return int(value) if value else None


def _candidates(
    document: Document, led: Sequence[LedList], hits: Sequence[Hit], outlined: bool, expected: int | None
) -> Iterator[_Candidate]:
    """The lists of a document that hold a hit, and its outline where that may be asked for."""
    own = [(rank, hit) for rank, hit in enumerate(hits, 1) if hit.document.id == document.card.id]
    title = document.card.title
    if outlined:
        yield _Candidate(Listing(document, title, _outermost(document, document.sections)), title, own[0][0])
    for each in led:
        inside = [rank for rank, hit in own if each.lead[0] <= hit.passage.start < each.items[-1][1]]
        if inside:
            yield _led(document, each, min(inside))
    for place, section in enumerate(document.sections):
        inside = [rank for rank, hit in own if section.start <= hit.passage.start < section.end]
        if inside:
            above = " ".join([title, *_trail(document.sections[:place], section)])
            below = [each for each in document.sections[place + 1 :] if each.start < section.end]
            for spans in (_outermost(document, below, outlined), _paragraphs(document, section, led)):
                yield _Candidate(Listing(document, section.title, spans), above, min(inside))
    for rank, hit in own:
        above = " ".join([hit.passage.context, hit.passage.text])
        named = named_runs(document, hit, expected) if expected and expected > FEWEST else ()
        for listing in (*quoted_runs(document, hit), *enumerations(document, hit), *named):
            yield _Candidate(listing, above, rank, by_sentence=listing.lead.rstrip().endswith(("：", ":")))


def _led(document: Document, led: LedList, rank: int) -> _Candidate:
    """A list after a paragraph: the last sentence of that leads to it, after the heading's own words."""
    paragraph = document.text[slice(*led.lead)]
    trail = [section.title for section in document.sections if section.start <= led.lead[0] < section.end]
    heading = "".join(trail[-1:])
    numbering = read_numbering(heading)
    lead = f"{heading[numbering.width :] if numbering else heading} {leading_sentence(paragraph)}"
    above = " ".join([document.card.title, *trail, paragraph])
    return _Candidate(Listing(document, lead, led.items), above, rank, by_sentence=True)


def _trail(before: Sequence[Section], section: Section) -> list[str]:
    return [each.title for each in before if each.end >= section.end and each.level < section.level]


def _outermost(document: Document, sections: Sequence[Section], outlined: bool = True) -> tuple[tuple[int, int], ...]:
    """The headings of those of the sections that lie in none of the others.

    None where they are mere numbers (第三条) or labels (【政策依据】), or chapters and no outline is asked for.
    """
    level = min((each.level for each in sections), default=0)
    outermost = [each for each in sections if each.level == level]
    numberings = [(each.title, read_numbering(each.title)) for each in outermost]
    if any(n and (n.width == len(title) or (n.style in ALWAYS_HEADINGS and not outlined)) for title, n in numberings):
        return ()
    if any(title.startswith(LABEL[0]) for title, _ in numberings):
        return ()
    starts = [(document.text.find(each.title, each.start, each.end), each) for each in outermost]
    return tuple((start, start + len(each.title)) for start, each in starts if start >= 0)


def _paragraphs(document: Document, section: Section, led: Sequence[LedList]) -> tuple[tuple[int, int], ...]:
    """The paragraphs of a section without headings of its own; of a single one what it enumerates, or its sentences.

    None where one of them leads to the others.
    """
    if any(section.start <= each.lead[0] and each.items[-1][1] <= section.end for each in led):
        return ()
    blocks = [
        trimmed(document.text, block.start, block.end)
        for block in document.blocks
        if section.start <= block.start < section.end and block.kind in ("paragraph", "row")
    ]
    if len(blocks) != 1:
        return tuple(blocks)
    [(start, end)] = blocks
    if items := enumerated(document.text[start:end], start):
        return items
    sentences = (trimmed(document.text, start + s, start + e) for s, e in split_sentences(document.text[start:end]))
    return tuple(span for span in sentences if document.text[slice(*span)].rstrip("。") != section.title)
