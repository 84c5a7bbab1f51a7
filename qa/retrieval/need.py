"""What the question's wording asks to be found, and how much of it a text has."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from qa.records import Question
from qa.retrieval.intents import without_aims, without_asking, words_between
from qa.retrieval.measures import measured_thing
from qa.text.folding import fold
from qa.text.regions import find_regions
from qa.text.words import cut_bigrams
from qa.text.years import find_years, named_years

_PIECE = re.compile(r"\w+")
_EMPTY = frozenset("是为有在的了和与到达能会要共")  # where they stand alone: the 是 of GDP是多少
_LONGEST_QUALIFIER = 8  # characters
_BY_THE_END = re.compile(r"(?:截?[至止到]|截至到)(?=\s{2})|(?<=\s{2})年?[底末](?!线)")  # of 到2025年底


@dataclass(frozen=True, slots=True)
class Need:
    """What the question's wording asks to be found, its regions and years apart."""

    terms: frozenset[str]  # character bigrams
    same: tuple[tuple[frozenset[str], tuple[str, ...]], ...]  # the bigrams of a name, and the other names that do too


@lru_cache(maxsize=64)  # asked of every hit of a question
def read_need(question: Question) -> Need:
    """The terms of the question without its regions and years."""
    text = without_scope(question.text)
    same = tuple(
        (frozenset(cut_bigrams(name)), tuple(map(fold, others)))
        for name, others in (*question.aliases, *question.everyday)
    )
    said = {term for term in cut_bigrams(text) if term not in _EMPTY}
    return Need(frozenset(said).union(*(terms for terms, _ in same)), same)


@lru_cache(maxsize=64)
def read_subject(question: Question) -> Need:
    """The terms of what the question is about: also without the words that ask, and that say whether for an aim."""
    return read_need(replace(question, text=without_asking(without_aims(question.text))))


@lru_cache(maxsize=64)
def measured_terms(question: Question) -> frozenset[str]:
    """The terms of the thing whose measure is asked for: of 茶叶 where that is 茶叶产量; none where it is none."""
    return read_need(question).terms.intersection(cut_bigrams(measured_thing(without_scope(question.text))))


def without_scope(text: str) -> str:
    """The text with white space in place of the regions and years that it names."""
    spans = [(each.start, each.end) for each in find_regions(text)]
    spans += [(each.start, each.end) for each in find_years(text)]
    spans += [(each.start, each.end) for each in named_years(text)]  # those of a plan, too
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return _BY_THE_END.sub(" ", text)


def matched_words(question: Question, text: str) -> tuple[str, ...]:
    """The question's words that stand in the text, each as long as it goes on; 高企 = 高新技术企业 for another name."""
    folded = fold(text)
    runs: list[str] = []
    for terms in _asked_terms(question):
        before = ""
        for term in terms:
            found = term if term in folded else ""
            if found and before and len(found) == 2 and found[0] == before[-1]:
                runs[-1] += found[1]
            elif found:
                runs.append(found)
            before = found
    other_names = [
        f"{name} = {other}"
        for name, others in (*question.aliases, *question.everyday)
        for other in [next((other for other in others if fold(other) in folded), None)]
        if other and fold(name) not in folded
    ]
    return tuple(dict.fromkeys([*runs, *other_names]))


@lru_cache(maxsize=64)
def _asked_terms(question: Question) -> tuple[tuple[str, ...], ...]:
    """The terms that are asked for, in their order, by stretches without punctuation; "" for what is none of them."""
    text = without_asking(question.text)
    need = read_need(replace(question, text=text))
    return tuple(
        tuple(term if term in need.terms else "" for term in cut_bigrams(piece)) for piece in _PIECE.findall(fold(text))
    )


def found_terms(folded: str, need: Need) -> frozenset[str]:
    """The terms that stand in the folded text, by themselves or as another name of the same thing."""
    found = frozenset([term for term in need.terms if term in folded])
    if "不" in folded:
        found -= _denied(found, folded, need)
    return found.union(*[terms for terms, names in need.same if any(name in folded for name in names)])


def _denied(found: frozenset[str], folded: str, need: Need) -> frozenset[str]:
    """The terms that stand in the text only with 不 before them, and in the question without: 不符合 is not 符合."""
    return frozenset(
        term
        for term in found
        if f"不{term}" in folded
        and f"不{term[0]}" not in need.terms
        and folded.count(term) == folded.count(f"不{term}")
    )


def terms_in(text: str, need: Need) -> frozenset[str]:
    """The terms that stand in a text as it was written."""
    return found_terms(fold(text), need)


def is_of_part(sentence: str, found: frozenset[str], need: Need) -> bool:
    """Whether the first of the terms `found` in it stands right behind what makes a part of it: 限额以上, 永阳街道."""
    folded = fold(sentence)
    names = [*found, *(name for _, names in need.same for name in names)]
    first = min((place for name in names if (place := folded.find(name)) >= 0), default=0)
    ends = (first, first + 1)  # 区有 stands in 全区有效高企 and in 经开区有效高企
    return any(_part_ends().search(folded, max(0, first - _LONGEST_QUALIFIER), end) for end in ends)


@cache
def _part_ends() -> re.Pattern[str]:
    """What makes a part of the thing behind it, at the end of a text, with a word that may stand between."""
    lines = files("qa.text").joinpath("parts.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line.strip() and not line.startswith("#")]
    part = "|".join(map(re.escape, words))
    # 全镇 is the whole; 城乡 and 景德镇 make no part. 经开区有效高企 are of the part as well.
    return re.compile(f"(?<![全各本该我城返下德])(?:{part})(?:{words_between().pattern})?$")
