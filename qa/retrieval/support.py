"""The sentence of a passage that supports an answer best, and how well it does."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from qa.documents.telling import sets_rules
from qa.records import DocumentCard, Passage, Question, Told
from qa.retrieval.intents import asked_office, without_aims
from qa.retrieval.measures import amounts_in, asked_form, asked_limit, told_amounts
from qa.retrieval.need import Need, found_terms, is_of_part, read_need, terms_in
from qa.retrieval.part_of_year import part_fits
from qa.retrieval.rows import figures_apart
from qa.retrieval.scope import UNKNOWN, aim_fit, mentioned_years, tells_of_wider, year_fit, years_told
from qa.retrieval.tiers import tier_fit
from qa.text.folding import fold
from qa.text.sentences import split_sentences
from qa.text.words import cut_bigrams

# What counts beside the shared wording when the sentence is chosen, in shares of full coverage.
_NEAREST, _YEAR, _AIM, _FIGURE, _ASKED, _OFFICE, _TIER = 0.1, 0.5, 0.1, 0.3, 0.15, 0.3, 0.3
_LED = 0.8  # a share of what the first sentence has beside it, where that one does not answer itself
_OF_PART = 0.6  # of the wording of a sentence that tells a part of what is asked for
_NO_LIMIT = 0.5  # a figure of the asked kind that is not said to be the limit asked for
_SHARES_OUT = "；;"
_CLAUSE = re.compile("[，,：:。]")
_CLAUSES = re.compile("[^，,；;。（）()]*[，,；;。（）()]?")
_ASKED_WORD = re.compile(r"([一-鿿]{2})(?:[是叫为在由有]|都有|包括|分为?)*(?:哪|什么|谁)")


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of a passage by their offsets in its text, with the terms of the need found in each."""

    spans: tuple[tuple[int, int], ...]
    found: tuple[frozenset[str], ...]
    context: frozenset[str]  # found in the headings above it

    @property
    def held(self) -> frozenset[str]:
        """What is found in the passage."""
        return frozenset().union(*self.found)


@dataclass(frozen=True, slots=True)
class Form:
    """What a sentence that answers has in it, by how the question asks."""

    figure: re.Pattern[str] | None  # of the asked kind, or a date
    limit: re.Pattern[str] | None  # of the side that is asked for
    office: re.Pattern[str] | None  # by which something is done
    word: str | None  # that is asked of: the 重点 of 争夺的重点是哪里
    told: frozenset[tuple[float, str]]  # the amounts that the question tells, where it asks whose they are
    question: str  # whose case falls under one tier of a rule

    def figure_fit(self, sentence: str) -> float:
        """1 for a sentence with the figure that is asked for, or of; _NO_LIMIT where it is no limit as asked for.

        It counts as little where it is of another tier than the case of the question.
        """
        if self.told:
            return float(not self.told.isdisjoint(amounts_in(sentence)))
        if self.figure is None or not self.figure.search(sentence):
            return 0.0
        fits = self.limit is None or self.limit.search(sentence)
        return 1.0 if fits and tier_fit(self.question, sentence) >= 0 else _NO_LIMIT

    def fits(self, sentence: str) -> bool:
        """Whether a sentence has the figure, the date or the office that is asked for; true where none is."""
        asked = (self.figure, self.office)
        return all(pattern is None or pattern.search(sentence) is not None for pattern in asked)


@dataclass(frozen=True, slots=True)
class Support:
    """The best sentence of a passage: offsets in its text, and each fit between 0 and 1."""

    span: tuple[int, int]
    coverage: float  # share of the question's wording in the sentence, rare terms weighing more; see best_support
    around: float  # the same in the whole passage and the headings above it
    year: float
    aim: float
    figure: float  # see Form.figure_fit


@lru_cache(maxsize=64)
def read_form(question: Question) -> Form:
    """The form of an answer to the question."""
    text = question.text
    asked = _ASKED_WORD.search(text)
    word = asked[1] if asked else None
    return Form(asked_form(question), asked_limit(text), asked_office(text), word, told_amounts(question), text)


def rarity(texts: Sequence[frozenset[str]], terms: frozenset[str]) -> Mapping[str, float]:
    """The weight of each of the terms among n texts, f of which hold it: BM25's ln(1 + (n - f + 0.5) / (f + 0.5))."""
    frequency = Counter(term for found in texts for term in found)
    count = len(texts)
    return {term: math.log(1 + (count - frequency[term] + 0.5) / (frequency[term] + 0.5)) for term in sorted(terms)}


def read_passage(passage: Passage, need: Need) -> Reading:
    """The passage read sentence by sentence for what the question needs."""
    sentences = _folded_sentences(passage.text, passage.told)
    found = tuple([found_terms(folded, need) for folded in sentences.values()])
    return Reading(tuple(sentences), found, terms_in(passage.context, need))


def best_support(
    passage: Passage,
    card: DocumentCard,
    reading: Reading,
    nearest: tuple[int, int],
    question: Question,
    weight: Mapping[str, float],
) -> Support:
    """The sentence that covers the question best.

    Its year, aim and figure count too, the word that is asked of, and whether its vector is nearest. What the passage
    opens with says what the sentences after it are about; one that tells a part of it (永阳街道零售总额) covers less.
    """
    total = sum(weight.values()) or 1.0
    form, need = read_form(question), read_need(question)
    fits = _scope_fits(passage, card, question)

    def coverage(found: frozenset[str]) -> float:
        return math.fsum(map(weight.__getitem__, found)) / total  # exact: a set has no order of its own

    around = coverage(reading.held | reading.context)
    opens = reading.spans[0]
    opening_answers = fits(opens)[0] > 0 and form.fits(passage.text[slice(*opens)])
    lead = reading.held if form.office else frozenset() if opening_answers else reading.found[0]

    def support(span: tuple[int, int], found: frozenset[str]) -> Support:
        sentence = passage.says(span)
        (year, aim), figure = fits(span), form.figure_fit(sentence)
        if figure and (own := _of_own_place(sentence, passage, card, question)) != sentence:
            sentence, found, figure = own, terms_in(own, need), form.figure_fit(own)
        covered = coverage(found)
        if lead and year > 0 and form.fits(sentence):  # 1.加快港口建设。完成年度投资3亿元
            covered += _LED * (coverage(found | lead) - covered)
        if figure and is_of_part(sentence, found, need):
            covered *= _OF_PART
        return Support(span, covered, around, year, aim, figure)

    def merit(candidate: Support) -> tuple[float, int]:
        return _merit(candidate, passage.text[slice(*candidate.span)], nearest, form), -candidate.span[0]

    best = max(map(support, reading.spans, reading.found), key=merit)
    place = reading.spans.index(best.span)
    told = _apportioned(passage.text, reading.spans, place, form.figure, question, need) if form.figure else place
    return best if told == place else support(reading.spans[told], reading.found[told])


def _of_own_place(sentence: str, passage: Passage, card: DocumentCard, question: Question) -> str:
    """The sentence without the clauses that tell of a wider place: 全市净增1620户 in the report of a county."""
    if not tells_of_wider(sentence, passage, card, question):
        return sentence
    clauses = _CLAUSES.findall(sentence)
    return "".join(each for each in clauses if not tells_of_wider(each, passage, card, question))


def _merit(candidate: Support, sentence: str, nearest: tuple[int, int], form: Form) -> float:
    """What counts in choosing the sentence: its wording, and what _NEAREST and the others weigh."""
    start, end = candidate.span
    near = start < nearest[1] and nearest[0] < end
    told = form.word is not None and form.word in sentence
    office = form.office is not None and form.office.search(sentence) is not None
    beside = _NEAREST * near + _YEAR * candidate.year + _AIM * candidate.aim + _FIGURE * candidate.figure
    tier = tier_fit(form.question, sentence)
    return candidate.coverage + (beside + _ASKED * told + _OFFICE * office + _TIER * tier)


def _scope_fits(
    passage: Passage, card: DocumentCard, question: Question
) -> Callable[[tuple[int, int]], tuple[float, float]]:
    """How the year of a sentence of the passage, by its span, or what part of it, and its aim fit the question's.

    Of a table row they are those of the figure of the place that fits best.
    """
    figures = [(each, _year_fits(each, card, question)) for each in figures_apart(passage, card, question)]
    fits = [
        (year, part_fits(each, card, question), partial(aim_fit, each, card, question=question))
        for each, year in figures
    ]
    return lambda span: max(
        ((min(year(span), part(span)), aim(span)) for year, part, aim in fits),
        default=(0.0, UNKNOWN),
    )


def _year_fits(passage: Passage, card: DocumentCard, question: Question) -> Callable[[tuple[int, int]], float]:
    """How the years of a sentence of the passage, by its span, fit those of the question.

    The years that a law names are not those that its rules are told of: it is itself that a question names by a year.
    Nor does a date that is asked for have to be of that year: 2016年上小学要哪天以前出生.
    """
    if not question.years:
        return lambda _: UNKNOWN
    own = not set(question.years).isdisjoint(card.years)
    if own and sets_rules(card):
        return lambda _: 1.0
    mentions = mentioned_years(passage, card)
    least = UNKNOWN if own and question.wants in ("date", "metadata") else 0.0
    return lambda span: max(least, year_fit(years_told(passage, mentions, span), question))


def _apportioned(
    text: str, spans: Sequence[tuple[int, int]], place: int, figure: re.Pattern[str], question: Question, need: Need
) -> int:
    """Of the clauses from `place` on that share out a figure (平原地区…；丘陵地区…) the place of the one asked of.

    That is the tier that the question's case falls under, or else one whose figure has words of the question beside it
    that the sentence at `place` lacks, and more of them than stand beside the figure there and not in it.
    """
    last = place
    while last + 1 < len(spans) and text[spans[last][1] - 1] in _SHARES_OUT:
        last += 1
    if last == place:
        return place
    # 平原地区 may be a region it names; 实际 says nothing of which is meant.
    asked = replace(need, terms=frozenset(cut_bigrams(without_aims(question.text))))

    def beside_figure(each: int) -> tuple[str, str]:
        sentence = text[slice(*spans[each])]
        found = figure.search(sentence)
        return (sentence[: found.start()], sentence[found.end() :]) if found else ("", "")

    def words(*pieces: str) -> frozenset[str]:
        return frozenset().union(*(terms_in(piece, asked) for piece in pieces))

    whole = words(text[slice(*spans[place])])
    lead, behind = beside_figure(place)
    before = _CLAUSE.split(lead)[-1]

    def gain(each: int) -> int:
        own = beside_figure(each)
        led_alike = bool(own[0]) and before.endswith(own[0])  # 合格率低于90%的，…；低于80%的，…
        return len(words(*own) - whole) - len(words("" if led_alike else before, behind) - words(*own))

    def worth(each: int) -> tuple[float, int, bool]:
        tier = tier_fit(question.text, text[slice(*spans[each])])
        return tier, gain(each) if each != place else 0, each == place

    return max(range(place, last + 1), key=worth)


@lru_cache(maxsize=4096)  # the same passages are read for question after question
def _folded_sentences(text: str, told: Sequence[Told]) -> Mapping[tuple[int, int], str]:
    """The sentences by their offsets in the text, without white space at their ends; a row of figures is one."""
    if told:
        return {(0, len(text)): fold(" ".join([text, *(figure.text for figure in told)]))}
    cuts = (_trimmed(text, start, end) for start, end in split_sentences(text))
    return {(start, end): fold(text[start:end]) for start, end in cuts if start < end}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())
