"""What a passage tells: of which years it speaks, and whether of aims or of achievements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.documents.headings import read_numbering
from qa.documents.wordlists import named_patterns
from qa.records import Aim, Document, DocumentCard
from qa.text.sentences import split_sentences
from qa.text.years import YEARS_OF_PLAN, find_years, named_years, plan_years

_AIMS: tuple[Aim, Aim] = ("target", "result")
_ANNUAL_REPORT = "政府工作报告"  # reviews the year before its own and plans its own, which alone the title names
_REVIEWS = re.compile("过去的?一年|一年来")
_PLAN_BEGINS = re.compile(
    r"[及和暨与、](?=(?:19|20)\d\d年|下半年|[二三四]季度|下一?步|下一?阶段|今后|明年)"
)  # in a title
_LONGEST_LEAD = 6  # characters before a year with which a text opens (到2025年, 刚刚过去的2025年)
_LONGEST_OPENING = 40  # characters
_ADDRESS = re.compile(r"^[—-]*\s*(?:各位代表|同志们|各位领导)[！!，,：:]\s*")
_TURNS_TO_YEAR = re.compile(r"[^，,。；;]{0,6}(?:\d{4}|今)年(?:[，,是很]|[^，,。；;]*$)")  # not 2025年四大产业占比…
_CLAUSE_END = re.compile("[，,。；;：:！？]")
_JOINED = re.compile(r"\s*[-—~至到、和及]?\s*")  # what stands between 2021 and 2025年 where both are meant


@dataclass(frozen=True, slots=True)
class Period:
    """The five years that a part of a document tells of together, below a heading that names their plan."""

    heading: str = ""
    years: tuple[int, ...] = ()  # none where it tells of one year, or there is no such heading

    def then(self, card: DocumentCard, section: tuple[str, ...], text: str) -> Period:
        """What the next block tells of, under its headings.

        That changes where one opens with the period (这五年，…) or with a year (刚刚过去的2025年，…).
        """
        heading = next(filter(plan_years, section), "")
        years = self.years if heading == self.heading else _plan_alone(heading)
        opening = _opening(text.removeprefix(heading))
        if _TURNS_TO_YEAR.match(opening) or _reviews_the_year_before(card, opening):
            years = ()
        elif heading and card.years and _opens_period(opening):
            years = period_told(opening, max(card.years) - (_ANNUAL_REPORT in card.title), max(card.years))
        return Period(heading, years)


def read_years(
    card: DocumentCard, section: tuple[str, ...], text: str, lead: str = "", period: tuple[int, ...] = ()
) -> tuple[int, ...]:
    """The years that a passage under these headings speaks of where a sentence in it names none, in order.

    Five where it opens with a period (五年来，…); or those with which its text opens (到2025年，…), or the paragraph
    that leads to it, or else those of the `period` its part tells of, or of the innermost heading that names any, or
    else the document's; where it reviews one year and plans the next, those of the part that the headings show.
    """
    this_year = card.years[-1] if len(card.years) == 1 else None
    opening = _opening(text)
    if card.years and tells_period(opening) and not find_years(opening, this_year, bare=False):
        return period_told(opening, max(card.years) - (_ANNUAL_REPORT in card.title), max(card.years))
    headings = (_years_named(heading, this_year) for heading in reversed(section))
    headed = next((years for years in headings if years), None)
    if years := _opening_years(text, this_year) or _opening_years(lead, this_year):
        return years
    if _reviews_the_year_before(card, text):
        return (max(card.years) - 1,)
    return period or headed or _years_of_part(card, section)


def reviewed_part(document: Document) -> tuple[str, range]:
    """What a document that reviews one time and plans the next calls the first, by its title, and where it tells of it.

    2024年工作总结 of 2024年工作总结及2025年工作思路: from its first sentence to the heading of the plan.
    """
    halves = _PLAN_BEGINS.split(document.card.title, maxsplit=1)
    if len(halves) != 2 or tuple(map(_promised_aim, halves)) != ("result", "target"):
        return "", range(0)
    outermost = min((section.level for section in document.sections), default=0)
    plans = (
        section.start
        for section in document.sections
        if section.level == outermost and _promised_aim(section.title) == "target"
    )
    sentences = (block.start for block in document.blocks if "。" in document.text[block.start : block.end])
    return halves[0], range(next(sentences, 0), next(plans, 0))


def tells_period(text: str) -> bool:
    """Whether the text speaks of several years together: 五年来, “十四五”时期, 年均增长."""
    return bool(plan_years(text)) or named_patterns("aims.txt")["tells a period"].search(text) is not None


def adds_up_years(figure: str) -> bool:
    """Whether a figure that is told of several years is their sum (五年累计), not what there was at their end."""
    return named_patterns("aims.txt")["adds up years"].search(figure) is not None


def period_told(text: str, past: int, ahead: int) -> tuple[int, ...]:
    """The years of the period that the text speaks of: those of a plan it names, or five, as long as plans last.

    Five that lie behind end with the year `past`, five that lie ahead begin with the year `ahead`.
    """
    if years := plan_years(text):
        return years
    lies_ahead = named_patterns("aims.txt")["lies ahead"].search(text)
    first = ahead if lies_ahead else past - YEARS_OF_PLAN + 1
    return tuple(range(first, first + YEARS_OF_PLAN))


def read_aim(card: DocumentCard, section: tuple[str, ...], text: str, years: tuple[int, ...] = ()) -> Aim | None:
    """Whether a passage under these headings tells aims or achievements, None where nothing says so.

    The innermost heading that says so counts, or the title, unless it is one of a plan and the passage's `years` lie
    before that; or else the wording of its sentences, where most of them say so and all of these the same.
    """
    if _reviews_the_year_before(card, text):
        return "result"
    titled = _promised_aim(card.title)
    inside = tuple(heading for heading in section if not (titled and heading in card.title))  # the title once more
    if aim := _headed_aim(card, inside):
        return aim
    if titled:
        return "result" if _lie_before_plan(card, years) else titled
    stated = [stated_aim(text[start:end]) for start, end in split_sentences(text)]
    return next((aim for aim in _AIMS if set(stated) <= {aim, None} and 2 * stated.count(aim) > len(stated)), None)


def stated_aim(sentence: str) -> Aim | None:
    """What a sentence by its own wording tells, where one kind of wording prevails."""
    against = named_patterns("aims.txt")["tells against an aim"]
    told = against.sub("", sentence)
    target, result = (len(named_patterns("aims.txt")[f"says {aim}"].findall(told)) for aim in _AIMS)
    result += len(against.findall(sentence))
    if target == result:
        return None
    return "target" if target > result else "result"


def column_aim(head: str) -> Aim | None:
    """Whether a table's column tells aims or achievements, by its head: 年度目标, 本年决算."""
    return next((aim for aim in _AIMS if named_patterns("columns.txt")[aim].search(head)), None)


def sets_rules(card: DocumentCard) -> bool:
    """Whether the document says what holds, as a law does, so that its figures are neither aims nor achievements."""
    return any(map(_names_rules, (card.kind or "", card.title)))


@lru_cache(maxsize=4096)  # asked of every passage that is read closely
def _names_rules(name: str) -> bool:
    return named_patterns("aims.txt")["sets rules"].search(name) is not None


def _opening(text: str) -> str:
    """What a text opens with, without its number and whom it addresses (各位代表！)."""
    numbering = read_numbering(text)
    text = text[numbering.width if numbering else 0 :]
    return _ADDRESS.sub("", text)[:_LONGEST_OPENING]


def _opens_period(opening: str) -> bool:
    found = named_patterns("aims.txt")["opens a period"].search(opening)
    return found is not None and found.start() <= _LONGEST_LEAD


def _plan_alone(heading: str) -> tuple[int, ...]:
    """The years of the five-year plan that a heading names without another plan or a year: “十四五”时期工作回顾."""
    plans = {stretch.years for stretch in named_years(heading)}
    return plan_years(heading) if plans == {plan_years(heading)} else ()


def _opening_years(text: str, this_year: int | None) -> tuple[int, ...]:
    opening = _opening(text)
    if "年" not in opening:
        return ()
    mentions = find_years(opening, this_year, bare=False)
    if not mentions or mentions[0].start > _LONGEST_LEAD or _CLAUSE_END.search(opening, 0, mentions[0].start):
        return ()
    years, end = {mentions[0].year}, mentions[0].end
    for mention in mentions[1:]:
        if not _JOINED.fullmatch(opening, end, mention.start):
            break
        years.add(mention.year)
        end = mention.end
    return tuple(sorted(years))


def _reviews_the_year_before(card: DocumentCard, text: str) -> bool:
    """Whether a passage of an annual report opens with the past year: 过去一年里取得的成绩."""
    return bool(card.years) and _ANNUAL_REPORT in card.title and _REVIEWS.search(_opening(text)) is not None


def _years_of_part(card: DocumentCard, section: tuple[str, ...]) -> tuple[int, ...]:
    aim = _headed_aim(card, section)
    if len(card.years) > 1 and aim:  # 2023年工作总结及2024年工作计划
        return (max(card.years) if aim == "target" else min(card.years),)
    if _ANNUAL_REPORT in card.title and aim != "target":  # where nothing says which part it is, it can be either
        before = {year - 1 for year in card.years}
        return tuple(sorted(before if aim else before.union(card.years)))
    return card.years


def _headed_aim(card: DocumentCard, section: tuple[str, ...]) -> Aim | None:
    """What the innermost heading that says so promises, by its wording or by the year it names.

    What may head either (二、重点工作 below 第一部分 2024年工作总结) counts only where no other one says so.
    """
    aims = {heading: _promised_aim(heading) or _aim_of_year(card, heading) for heading in reversed(section)}
    sure = (aim for heading, aim in aims.items() if not named_patterns("aims.txt")["heads either"].search(heading))
    return next(filter(None, (*sure, *aims.values())), None)


@lru_cache(maxsize=4096)  # the passages of a section share its headings
def _promised_aim(heading: str) -> Aim | None:
    target, result = (named_patterns("aims.txt")[f"heads {aim}"].search(heading) is not None for aim in _AIMS)
    if target == result:
        return None
    return "target" if target else "result"


def _aim_of_year(card: DocumentCard, heading: str) -> Aim | None:
    """What a heading promises by its year: 2024年主要工作 in a document of 2024 and 2025, or in a plan of 2025."""
    told = set(card.years)
    if _ANNUAL_REPORT in card.title:
        told.update(year - 1 for year in card.years)
    years = _years_named(heading, None)
    if _lie_before_plan(card, years):
        return "result"
    if len(told) < 2 or not years or not told.issuperset(years):
        return None
    return "target" if years[-1] == card.years[-1] else "result"


def _lie_before_plan(card: DocumentCard, years: tuple[int, ...]) -> bool:
    """Whether the years lie before those of a plan, by its title."""
    return bool(years and card.years) and years[-1] < min(card.years) and _promised_aim(card.title) == "target"


@lru_cache(maxsize=4096)
def _years_named(heading: str, this_year: int | None) -> tuple[int, ...]:
    return tuple(sorted({mention.year for mention in find_years(heading, this_year, bare=False)}))
