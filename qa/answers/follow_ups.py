"""Questions that lead on from an answer, each of which was asked and has an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from qa.documents.headings import read_numbering
from qa.records import Aim, Answer, DocumentCard, Figure, Question
from qa.retrieval.intents import asked_aim, without_aims, without_asking
from qa.retrieval.need import read_subject, terms_in
from qa.text.regions import Region, find_regions, region_named
from qa.text.years import find_years

MOST_TRIED = 3  # of a kind, of which the first that has an answer is offered
LEAST_SHARED = 0.75  # of the question's wording beside the first figure, beside the other one
LONGEST_HEADING = 20  # characters; a longer one is a sentence

_AIM_WORDS = {"target": "目标", "result": "实际"}


def find_follow_ups(answer: Answer, cards: Sequence[DocumentCard], ask: Callable[[str], Answer]) -> Iterator[str]:
    """At most one of each kind: another year, the result to a target or the other way round, another place, a list.

    The first three are offered of figures alone, where it can be told whether the other one is of the same thing.
    `cards` are all documents held.
    """
    if answer.status != "answered":
        return
    for kind, fits in (
        (_other_years(answer), _is_alike),
        (_other_aim(answer), _is_alike),
        (_other_regions(answer, cards), _is_alike),
        (_lists(answer), _is_list_of_it),
    ):
        found = (question for question in islice(kind, MOST_TRIED) if fits(ask(question), answer))
        yield from islice(found, 1)


def _other_years(answer: Answer) -> Iterator[str]:
    """The question asked of the year before and the year after."""
    if not answer.figures:
        return
    text, mentions = answer.question.text, find_years(answer.question.text)
    if len(mentions) == 1:
        [mention] = mentions
        start, end, year = mention.start, mention.end, mention.year
    elif not mentions and answer.figures[0].year:
        places = find_regions(text)
        start = end = places[-1].end if places else 0
        year = answer.figures[0].year
    else:
        return
    told = {figure.year for figure in answer.also}
    yield from (f"{text[:start]}{other}年{text[end:]}" for other in (year - 1, year + 1) if other not in told)


def _other_aim(answer: Answer) -> Iterator[str]:
    """The target to a result, the result to a target."""
    if answer.comparison or not answer.figures:
        return
    told = answer.figures[0].aim or answer.question.aim
    other: Aim = "result" if told == "target" else "target"
    if told is None or other in {figure.aim for figure in answer.also}:
        return
    asked = without_asking(without_aims(answer.question.text)).strip(" 的是,，。?？")
    if " " not in asked:  # else what is left is in pieces
        yield f"{asked}{_AIM_WORDS[other]}是多少"


def _other_regions(answer: Answer, cards: Sequence[DocumentCard]) -> Iterator[str]:
    """The question asked of other places of the same rank that documents are held of, those nearby first.

    Among those equally near the next one by name comes first, so that not all places lead to the same one.
    """
    text, mentions = answer.question.text, find_regions(answer.question.text)
    if not answer.figures or len(mentions) != 1 or len(mentions[0].regions) != 1:
        return
    [mention] = mentions
    [own] = mention.regions
    years = set(answer.question.years)
    of_the_year = [card for card in cards if not years or years & set(card.years)]
    held = {region for card in of_the_year if card.region and (region := region_named(card.region))}

    def distance(region: Region) -> tuple[int, bool, Region]:
        shared = sum(one == other for one, other in zip(region.path, own.path, strict=True))
        return -shared, region < own, region

    for region in sorted((each for each in held if len(each.path) == len(own.path) and each != own), key=distance):
        yield f"{text[: mention.start]}{_plain_name(region)}{text[mention.end :]}"


def _plain_name(region: Region) -> str:
    """The name alone where no other place bears it."""
    mentions = find_regions(region.name)
    return region.name if [each.regions for each in mentions] == [(region,)] else region.full_name


def _lists(answer: Answer) -> Iterator[str]:
    """What the section holds that the answer stands in."""
    best = answer.citations[0]
    if answer.items or answer.comparison or not best.section:
        return
    heading = best.section[-1]
    numbering = read_numbering(heading)
    name = heading[numbering.width if numbering else 0 :].strip(" 。:：")
    region = region_named(best.region) if best.region and not find_regions(name) else None
    years = answer.question.years if not find_years(name) else ()
    of = f"{_plain_name(region) if region else ''}{f'{years[0]}年' if len(years) == 1 else ''}"
    if name and len(name) <= LONGEST_HEADING:
        yield f"{of}{name}包括哪些内容"


def _is_alike(found: Answer, answer: Answer) -> bool:
    """Whether it answers with a figure where the first answer did, with a full comparison where that was one."""
    if found.comparison and answer.comparison:
        return all(cell.figure for cell in found.comparison.cells)
    if found.comparison or answer.comparison or not found.figures:
        return False
    return _is_asked(found.figures[0], found.question) and _is_same_thing(found.figures[0], answer.figures[0], found)


def _is_asked(figure: Figure, question: Question) -> bool:
    """Whether the figure is of the place, year and aim that the question names."""
    return (
        (not question.regions or figure.region in question.regions)
        and (not question.years or figure.year in question.years)
        and (not asked_aim(question.text) or figure.aim == question.aim)
    )


def _is_same_thing(figure: Figure, first: Figure, found: Answer) -> bool:
    """Whether it is of the unit and the wording of the first figure, and not that figure told once more."""
    need = read_subject(found.question)
    wanted = terms_in(first.wording, need)
    return (
        figure.base == first.base
        and (figure.region, figure.wording) != (first.region, first.wording)
        and len(terms_in(figure.wording, need) & wanted) >= LEAST_SHARED * len(wanted)
    )


def _is_list_of_it(found: Answer, answer: Answer) -> bool:
    """Whether it lists what stands in the document that the answer stands in."""
    held = answer.citations[0].document_id
    return found.status == "answered" and bool(found.items) and found.items[0].document_id == held
