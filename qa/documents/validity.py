"""From when and until when a document holds, and whether it is repealed, by what it and its page say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from qa.documents.lines import Kind, Line
from qa.documents.metadata import read_date
from qa.documents.repeals import read_repeals
from qa.documents.wordlists import document_kinds, named_patterns
from qa.records import DocumentCard, Validity
from qa.text.dates import DAY, add_months, arabic, days_of, last_day
from qa.text.folding import simplify

_EARLIEST, _LATEST = date(1949, 10, 1), date(2099, 12, 31)  # pages that know of no day fill in 1900-01-01
_HEAD_LINES = 25  # where a page may say that its document is repealed
_COUNT = r"(?P<count>[\d一二两三四五六七八九十]{1,3})"
_SENTENCE = re.compile(r"[^。;\n]+")
_SPACE_IN_DATES = re.compile(r"(?<=[\d年月])[^\S\n]+(?=[\d年月日])")
_CLAUSE_START = re.compile(r"[,:()。;\s]")
_NUMBERING = r"(?:第?[\d一二三四五六七八九十百]+[条、.]\s*)?(?:【[^】]*】)?"


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence that says of the document when it takes effect or how long it holds."""

    sentence: str
    effective: date | None
    certainty: int  # 2 for one that calls the document as its title does, 1 for 本办法, 0 for neither


def in_force(card: DocumentCard, on: date) -> bool:
    """Whether the document holds on that day, as far as is known: what says nothing of its end goes on holding."""
    validity = card.validity
    if validity.repealed or (validity.repealed_by and on >= (validity.repealed_from or date.min)):
        return False
    return (validity.effective or date.min) <= on <= (validity.expires or date.max)


def read_validity(title: str, lines: Sequence[Line], labels: Mapping[str, str], issued: date | None) -> Validity:
    """What the document says of its own validity; 自印发之日起 counts from the day it was issued."""
    speaks = named_patterns("validity.txt")["speaks of it"].search
    text = "\n".join(line.text for line in lines if line.kind is not Kind.FURNITURE and speaks(line.text))
    sentences = _SENTENCE.findall(_SPACE_IN_DATES.sub("", simplify(text)))
    statements = _read_statements(title, sentences, issued)
    surest = max(statements, key=lambda statement: (statement.effective is not None, statement.certainty), default=None)
    effective = _labelled(labels, "effective") or (_likely(surest.effective) if surest else None)
    stated = (_likely(_expiry(statement.sentence, effective or issued)) for statement in statements)
    label = _labelled(labels, "expires") or _expiry(f"有效期{labels.get('expires', '')}", effective or issued)
    return Validity(
        effective=effective,
        expires=label or next((day for day in stated if day and day >= (effective or day)), None),
        repealed=_is_repealed(title, lines, labels),
        repeals=read_repeals(sentences),
    )


def _labelled(labels: Mapping[str, str], field: str) -> date | None:
    return _likely(read_date(labels.get(field, "")))


def _likely(day: date | None) -> date | None:
    return day if day and _EARLIEST <= day <= _LATEST else None


def _read_statements(title: str, sentences: Sequence[str], issued: date | None) -> list[_Statement]:
    statements: list[_Statement] = []
    for place, sentence in enumerate(sentences):
        start = _starts().search(sentence) if "起" in sentence or "日" in sentence else None
        certainty = _certainty(sentence, start.start(), title) if start else None
        if start and certainty is not None:
            statements.append(_Statement(sentence, _first_day(start, issued), certainty))
            follows = sentences[place + 1] if place + 1 < len(sentences) else ""
            if _holds().match(follows):
                statements.append(_Statement(follows, None, certainty))
        elif own := _own_term().search(sentence):
            statements.append(_Statement(sentence, None, 1 + (own["name"] in title)))
    return statements


def _certainty(sentence: str, start: int, title: str) -> int | None:
    """How sure it is that what takes effect there is the document; None where it is something else."""
    clause = max((match.end() for match in _CLAUSE_START.finditer(sentence, 0, start)), default=0)
    subject = _subject().fullmatch(sentence, clause, start)
    if subject is None:
        return None
    if name := subject["name"] or _own_name_before(sentence, clause):
        return 1 + (name in title)
    return 0 if named_patterns("validity.txt")["of a document"].search(sentence) else None


def _first_day(start: re.Match[str], issued: date | None) -> date | None:
    days = days_of(start["day"]) if start["day"] else None
    first = days[0] if days else None if start["day"] else issued
    if first is None or not start["count"]:
        return first
    count = _number(start["count"])
    return add_months(first, count) if "月" in start["unit"] else first + timedelta(days=count)


def _expiry(sentence: str, first: date | None) -> date | None:
    """The last day by a sentence of which it is known that it speaks of the document."""
    if (until := _until().search(sentence)) and (days := days_of(until["until"] or until["before"] or until["ended"])):
        return days[1]
    lasts = _lasts().search(sentence)
    if lasts is None or first is None:
        return None
    return last_day(first, _number(lasts["count"]) * (12 if lasts["unit"] == "年" else 1))


def _is_repealed(title: str, lines: Sequence[Line], labels: Mapping[str, str]) -> bool:
    words = named_patterns("validity.txt")
    says, is_repealed = words["says repealed"].pattern, words["is repealed"].pattern
    return (
        re.search(rf"[(（【\[〔](?:{is_repealed})[)）】\]〕]", title) is not None
        or re.fullmatch(is_repealed, labels.get("status", "")) is not None
        or any(re.fullmatch(rf"\W*(?:{says})\W*", line.text) for line in lines[:_HEAD_LINES])
    )


def _number(count: str) -> int:
    return int(arabic(count.replace("两", "二")))


@cache
def _starts() -> re.Pattern[str]:
    """From a day on, or from some time after it: 自2024年3月1日起施行, 自印发之日起30日后施行."""
    words = named_patterns("validity.txt")
    return re.compile(
        rf"[自从于在]?\s*(?:(?P<day>{DAY})|(?:{words['issued'].pattern}))[起,]?(?:开始|正式)?"
        rf"(?:满?{_COUNT}(?P<unit>日|天|个?月)[起后]?)?(?:至{DAY}止?,?)?(?:起|开始|正式)*"
        rf"(?:{words['in effect'].pattern})"
    )


@cache
def _subject() -> re.Pattern[str]:
    """What may stand before that in its clause: nothing, a number, or the document (第九条 本办法)."""
    return re.compile(rf"{_NUMBERING}(?:{_own_name()})?[现均并即将也]?\s*")


@cache
def _own_term() -> re.Pattern[str]:
    """A statement of how long the document holds: 本办法有效期…"""
    return re.compile(rf"{_own_name()}的?(?={_holds().pattern})")


@cache
def _holds() -> re.Pattern[str]:
    words = named_patterns("validity.txt")
    return re.compile(rf"\s*(?:{words['holds for'].pattern}|{words['holds until'].pattern})")


def _own_name_before(sentence: str, clause: int) -> str | None:
    """How a sentence calls the document in an earlier clause: 本规定由某局负责解释，自…起施行."""
    named = re.compile(_own_name()).search(sentence, 0, clause)
    return named["name"] if named else None


def _own_name() -> str:
    kinds = "|".join(sorted(document_kinds(), key=len, reverse=True))
    return rf"本(?P<name>[一-鿿]{{0,6}}?(?:{kinds}|文件?|政策))"


@cache
def _until() -> re.Pattern[str]:
    words = named_patterns("validity.txt")
    return re.compile(
        rf"(?:{words['holds until'].pattern})(?P<until>{DAY})|至(?P<before>{DAY})止"
        rf"|(?P<ended>{DAY})(?:{words['ends'].pattern})"
    )


@cache
def _lasts() -> re.Pattern[str]:
    words = named_patterns("validity.txt")
    return re.compile(rf"(?:{words['holds for'].pattern}){_COUNT}(?P<unit>年|个月)")
