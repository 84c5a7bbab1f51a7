"""Mistyped words of a question (郑洲, 高薪企业, zhenhai gaoqi), set right by the words that the documents hold.

Only what stands in no document and is no word is corrected, and only to what sounds the same: a false correction is
worse than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations, pairwise

from qa.retrieval.intents import empty_words
from qa.text.aliases import find_aliases
from qa.text.folding import CJK
from qa.text.regions import find_regions
from qa.text.vocabulary import LONGEST, SHORTEST, Term, Vocabulary
from qa.text.words import word_bounds
from qa.text.years import find_years

_CHINESE = re.compile(rf"[{CJK}]+")
_QUOTED = re.compile(r"[“\"「『《][^”\"」』》]*[”\"」』》]")
_LATIN = re.compile(r"[a-zA-Z]{2,}")
_BEHIND_A_PLACE = re.compile(r"[省市区县州的]|\s*\d")
_LONGEST_SYLLABLE = 6  # letters
_NO_ACCIDENT = 4  # characters that sound like those of a term; even the general dictionary holds mistyped words


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    term: Term


def correct_words(text: str, vocabulary: Vocabulary) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with its mistyped words set right, and what was put for what, from left to right."""
    changes = sorted([*_homophones(text, vocabulary), *_spelt_out(text, vocabulary)], key=lambda change: change.start)
    applied = tuple((text[change.start : change.end], change.term.text) for change in changes)
    for change in reversed(changes):
        text = text[: change.start] + change.term.text + text[change.end :]
    return text, applied


def _homophones(text: str, vocabulary: Vocabulary) -> list[_Change]:
    """Words that no document holds, where they sound like a term; the longest ones first."""
    doubtful = _doubtful(text, vocabulary)
    readings = [[vocabulary.reading(character) for character in "".join(words)] for _, words in doubtful]
    changes: list[_Change] = []
    for (start, words), terms in zip(doubtful, vocabulary.sounding_like(readings), strict=True):
        end = start + len("".join(words))
        likely = (term for term in terms if _is_likely(words, term) and _fits(text, start, end, term, vocabulary))
        term = next(likely, None)
        if term and all(end <= change.start or change.end <= start for change in changes):
            changes.append(_Change(start, end, term))
    return changes


def _doubtful(text: str, vocabulary: Vocabulary) -> list[tuple[int, tuple[str, ...]]]:
    """Runs of words that name nothing known and stand in no document, with where they begin; the longest first.

    A short run is of two words at least: one of the general dictionary means what it says.
    """
    bounds = sorted(word_bounds(text))
    known = [(region.start, region.end) for region in find_regions(text)]
    known += [(year.start, year.end) for year in find_years(text)]
    known += [match.span() for match in _QUOTED.finditer(text)]
    aliases = [alias.name for alias in find_aliases(text)]
    runs = []
    for chinese in _CHINESE.finditer(text):
        held = vocabulary.holds_pairs(chinese.group()).tolist()
        cuts = [bound for bound in bounds if chinese.start() <= bound <= chinese.end()]
        for (first, start), (last, end) in combinations(enumerate(cuts), 2):
            if (
                SHORTEST <= end - start <= LONGEST
                and (last > first + 1 or end - start >= _NO_ACCIDENT)
                and not all(held[start - chinese.start() : end - 1 - chinese.start()])
                and all(end <= a or b <= start for a, b in known)
                and not any(name in text[start:end] or text[start:end] in name for name in aliases)
                and empty_words().isdisjoint(words := tuple(text[a:b] for a, b in pairwise(cuts[first : last + 1])))
            ):
                runs.append((start, words))
    return sorted(runs, key=lambda run: (-len("".join(run[1])), run))


def _is_likely(words: tuple[str, ...], term: Term) -> bool:
    """Whether the term is another word than these, with a character in common, and not a verb before one of them.

    搞科技 is not 高科技: what differs is one word of one character, what is left are words of the dictionary.
    """
    typed = "".join(words)
    if typed == term.text or all(a != b for a, b in zip(typed, term.text, strict=True)):
        return False
    starts = accumulate(map(len, words), initial=0)
    differing = [word for word, start in zip(words, starts, strict=False) if not term.text.startswith(word, start)]
    alike = [word for word in words if word not in differing]
    return len(differing) > 1 or len(differing[0]) > 1 or any(len(word) == 1 for word in alike)


def _fits(text: str, start: int, end: int, term: Term, vocabulary: Vocabulary) -> bool:
    """Whether a short term stands where a place is named, or between neighbours that it has in the documents."""
    if end - start > SHORTEST:
        return True
    if find_regions(term.text):
        return start == 0 or _BEHIND_A_PLACE.match(text, end) is not None
    neighbours = (text[max(start - 1, 0) : start] + term.text[0], term.text[-1] + text[end : end + 1])
    return all(vocabulary.holds_pairs(pair).all() for pair in neighbours if _CHINESE.fullmatch(pair))


def _spelt_out(text: str, vocabulary: Vocabulary) -> list[_Change]:
    """Words written in pinyin; none where some Latin word of the question is neither pinyin nor held."""
    changes = []
    for run in _unheld_latin(text, vocabulary):
        terms = _spell(text[slice(*run)].lower(), vocabulary)
        if terms is None:
            return []
        changes.append(_Change(*run, Term(False, 0, "".join(term.text for term in terms))))
    return changes


def _unheld_latin(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The stretches of Latin words that neither a document nor the list of aliases holds."""
    aliases = {alias.name for alias in find_aliases(text)}
    runs: list[tuple[int, int]] = []
    for match in _LATIN.finditer(text):
        word = match.group().lower()
        if word in aliases or vocabulary.holds_latin(word):
            continue
        if runs and not text[runs[-1][1] : match.start()].strip(" '"):
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append(match.span())
    return runs


def _spell(letters: str, vocabulary: Vocabulary) -> tuple[Term, ...] | None:
    """The fewest terms that are spelt so, names and frequent ones first; None where there are none."""
    letters = re.sub("[ ']", "", letters)
    best: dict[int, tuple[Term, ...]] = {len(letters): ()}
    for start in range(len(letters) - 1, -1, -1):
        spelt = [(end, reading) for end, reading in _syllables(letters, start, vocabulary) if end in best]
        found = vocabulary.sounding_like([reading for _, reading in spelt])
        ways = [
            (term, *best[end])
            for (end, reading), terms in zip(spelt, found, strict=True)
            for term in [*terms[:1], *_asking_words(vocabulary).get(reading, ())]
        ]
        if ways:
            best[start] = min(ways, key=lambda way: (len(way), [(-term.name, -term.count) for term in way]))
    return best.get(0)


def _syllables(letters: str, start: int, vocabulary: Vocabulary) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every way to read syllables from there on, as many as a term may have, with the place where they end."""
    readings: list[tuple[int, tuple[int, ...]]] = [(start, ())]
    while readings:
        end, reading = readings.pop()
        if reading:
            yield end, reading
        if len(reading) < LONGEST:
            following = (letters[end : end + length] for length in range(1, _LONGEST_SYLLABLE + 1))
            known = {word: number for word in following if (number := vocabulary.syllables.get(word))}
            readings += [(end + len(word), (*reading, number)) for word, number in known.items()]


@lru_cache(maxsize=2)
def _asking_words(vocabulary: Vocabulary) -> Mapping[tuple[int, ...], tuple[Term, ...]]:
    """The words that only ask (多少) by how they are read: no document need hold them."""
    words = sorted(word for word in empty_words() if _CHINESE.fullmatch(word))
    return {tuple(map(vocabulary.reading, word)): (Term(False, 0, word),) for word in words}
