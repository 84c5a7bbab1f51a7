"""The figure that was asked for, found in the sentences that support the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answers.clauses import CLAUSE, Candidate, clause_of, end_of_turns
from qa.answers.found import FoundFigure, is_of_same_thing
from qa.answers.naming import asked_names, tells_name, tells_of_place, whole_told
from qa.answers.subplaces import tells_of_subplace
from qa.answers.weighing import Weighed, weigh
from qa.documents.telling import sets_rules
from qa.records import Figure, Hit, Question
from qa.retrieval.intents import says_aim
from qa.retrieval.measures import asked_bases
from qa.retrieval.need import Need, read_subject, terms_in
from qa.retrieval.part_of_year import told_part
from qa.retrieval.rows import place_of
from qa.retrieval.scope import mentioned_years, told_aim, years_told
from qa.text.years import YEARS_OF_PLAN

LOOKED_AT = 3  # hits
LONGEST_WORDING = 80  # characters
_SCORE = 3.0  # what the hit's score counts, among figures of several hits


def find_figure(question: Question, hits: Sequence[Hit], base: str | None = None) -> FoundFigure | None:
    """The figure of the best hits that is of what the question names; None where there is none of the kind asked for.

    Hits that fit the question's scope less than the best one have none; nor have those behind it whose figure shares no
    word with the question, stands without the name asked for where the best one's stands with it, or is of a wider
    place. `base` is the unit it is to be brought to.
    """
    scope = ("region", "year", "aim") if question.aim else ("region", "year")  # an aim that is presumed excludes none
    best = find_figures(question, hits[:LOOKED_AT], base)
    fitting = [
        found
        for found in _named(question, best) or best or _farther(question, hits, base)
        if (found.place == 0 or found.named)
        and _is_of_place(question, hits[found.place])
        and all(hits[found.place].parts[part] >= hits[0].parts[part] for part in scope)
    ]
    first = max(fitting, key=lambda found: (found.merit + _SCORE * hits[found.place].score, -found.place), default=None)
    return _achieved(question, hits, first, base) if first else None


def _is_of_place(question: Question, hit: Hit) -> bool:
    return tells_of_place(question, hit) and tells_of_subplace(question, hit)


def _achieved(question: Question, hits: Sequence[Hit], best: FoundFigure, base: str | None) -> FoundFigure:
    """What was achieved, where the best tells the aim of the same and the question of a year does not say which.

    One that goes on from another (那2015年呢 after 2013年GDP目标是多少) says it, though an achievement answers it too.
    """
    if question.aim or says_aim(question.text) or not question.years or best.figure.aim != "target":
        return best
    results = (
        found
        for found in find_figures(question, hits, base)
        if found.figure.aim == "result"
        and (found.figure.year, found.figure.part) == (best.figure.year, "")
        and is_of_same_thing(found, best, question)
        and _is_of_place(question, hits[found.place])
    )
    return next(results, best)


def _named(question: Question, found: Sequence[FoundFigure]) -> list[FoundFigure]:
    """Those that stand with the name asked for, where that has others (GDP) and the best hit's figure does."""
    names = asked_names(question)
    named = [each for each in found if names and all(tells_name(each.figure.wording, group) for group in names)]
    return named if named and named[0].place == 0 else []


def _farther(question: Question, hits: Sequence[Hit], base: str | None) -> list[FoundFigure]:
    """The first figure farther down, where the question names the kind: it says more than a sentence without one."""
    return find_figures(question, hits, base)[:1] if asked_bases(question) else []


def find_figures(question: Question, hits: Sequence[Hit], base: str | None = None) -> list[FoundFigure]:
    """Of each hit the figure that is most likely what the question names; its citation is the hit's place."""
    asked = read_subject(question)
    found = []
    for place, hit in enumerate(hits):
        left = asked.terms - terms_in(hit.document.title, asked)  # 新市民积分办法 names a document, no figure of it
        need = replace(asked, terms=left) if left else asked
        weighed = [each for each in weigh(question, hit, need) if base in (None, each.candidate.quantity.base)]
        if weighed:
            best = max(weighed, key=lambda each: each.merit)  # the first of them
            figure = _figure(question, best, place, need)
            clause = clause_of(best.hit.said, best.candidate)
            of = figure.wording.replace(figure.text, " ", 1)  # the 亿元 of 多少亿元 says nothing of what it is of
            named = bool(terms_in(f"{hit.passage.context} {of}", asked))
            cell = next(iter(best.hit.passage.told), None)
            found.append(FoundFigure(figure, place, best.merit, clause, named, cell))
    return found


def _figure(question: Question, best: Weighed, place: int, need: Need) -> Figure:
    hit, quantity, passage, own = best.hit, best.candidate.quantity, best.hit.passage, best.hit.document.region
    sentence, (start, end) = hit.said, hit.sentence
    first, last = _wording(sentence, best.candidate, need)
    may_have_aim = bool(passage.aim or passage.told or question.aim or question.years) and not sets_rules(hit.document)
    return Figure(
        wording=sentence[first:last],
        text=sentence[quantity.start : quantity.end],
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        base=quantity.base,
        limit=quantity.limit,
        region=place_of(passage.told[0], own) if passage.told else whole_told(question, hit) or own,
        year=told_year(question, hit),
        aim=told_aim(passage, hit.document, hit.sentence) if may_have_aim else None,
        document_id=hit.document.id,
        start=passage.start + (start if passage.told else start + first),
        end=passage.start + (end if passage.told else start + last),
        citation=place,
        part=told_part(passage, hit.document, hit.sentence)[0],
    )


def _share(text: str, need: Need) -> float:
    return len(terms_in(text, need)) / max(1, len(need.terms))


def _wording(sentence: str, candidate: Candidate, need: Need) -> tuple[int, int]:
    """Offsets of the figure with what it is of: its clause, and those before it that name more of what was asked.

    Figures told in turn (分别增长3.9%和5.7%) stay together.
    """
    quantity = candidate.quantity
    starts = [0, *(match.end() for match in CLAUSE.finditer(sentence, 0, quantity.start))]
    end = candidate.end if _share(sentence[quantity.end : candidate.end], need) else quantity.end
    end = max(end, end_of_turns(sentence, candidate))
    within = [start for start in starts if end - start <= LONGEST_WORDING] or starts[-1:]
    start = max(within, key=lambda start: (_share(sentence[start:end], need), start))
    return start + len(sentence[start:end]) - len(sentence[start:end].lstrip()), end


def told_year(question: Question, hit: Hit) -> int | None:
    """The year that the hit's sentence speaks of, where only one can be meant: none of a period."""
    told = years_told(hit.passage, mentioned_years(hit.passage, hit.document), hit.sentence)
    meant = told if len(told) >= YEARS_OF_PLAN else told.intersection(question.years) or told
    return next(iter(meant)) if len(meant) == 1 else None
