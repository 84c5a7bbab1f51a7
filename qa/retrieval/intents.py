"""What a question wants, by its wording; the list is a file that users edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import get_args

from qa.records import Aim, Wants
from qa.text.words import cut_words
from qa.text.years import YearStretch, named_years

_CLAUSES = re.compile(r"[,，。;；!！?？~…\n]+")
_HOW_MANY = re.compile("几[百千万亿]*[一-鿿]")  # 几台 asks and names nothing
_NAME = re.compile(r"^([a-z][a-z_ ]*):", re.MULTILINE)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns by name, in the order of the file."""
    text = files("qa.retrieval").joinpath("intents.txt").read_text(encoding="utf-8")
    _, *named = _NAME.split(text)
    return {
        name: re.compile(pattern, re.IGNORECASE | re.VERBOSE)
        for name, pattern in zip(named[::2], named[1::2], strict=True)
    }


def names_a_thing(text: str) -> bool:
    """Whether anything is left in the text beside words that only ask or point."""
    return any(word not in empty_words() for word in cut_words(_HOW_MANY.sub("", text)))


@cache
def empty_words() -> frozenset[str]:
    """Words that ask or point without naming a thing: a turn of these alone is completed by the turn before."""
    lines = files("qa.retrieval").joinpath("empty_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def asked_aim(question: str) -> Aim | None:
    """Whether the question asks for an aim or for what was achieved; 实际 and its like beat 目标."""
    return "result" if _found("says result", question) else _aim("asks", question)


def without_aims(question: str) -> str:
    """The question without the words that say whether an aim or an achievement is asked for."""
    for words in ("asks target", "asks result", "says target", "says result"):
        question = _patterns()[words].sub(" ", question)
    return question


def without_asking(question: str) -> str:
    """The question without the words that only ask, so that the thing is left: the 工程 of 六大工程是哪六个."""
    return _patterns()["only asks"].sub(" ", question)


def without_leading(sentence: str) -> str:
    """A sentence that leads to a list without the words that only lead: the 申请 and 材料 of 申请应当提交下列材料："""
    return _patterns()["only leads"].sub(" ", sentence)


def asks_outline(question: str) -> bool:
    """Whether the parts of a whole document are asked for."""
    return _found("asks outline", question)


def without_comparing(question: str) -> str:
    """The question without the words that ask to compare; what they are about stays: the 产量 of 哪个产量高."""
    return _patterns()["only compares"].sub(lambda match: match["of"] or "", question)


def names_measure(text: str) -> bool:
    """Whether the text ends with the name of a figure: 茶叶产量, 运营里程."""
    return _found("names amount", text)


def only_measures(word: str) -> bool:
    """Whether a word in the name of a figure names neither thing nor measure: the 运营 of 高铁运营里程."""
    return words_between().fullmatch(word) is not None


def words_between() -> re.Pattern[str]:
    """Matches the words between a thing and its measure that name neither."""
    return _patterns()["only measures"]


def wanted(question: str, several: bool = False) -> Wants:
    """The kind of answer that is asked for; amounts of `several` regions or years are to be set side by side."""
    wants = next(_all_wanted(question))
    return "comparison" if several and (wants == "amount" or _found("names comparison", question)) else wants


def wanted_of_one(question: str) -> Wants:
    """The kind of answer that is asked for where one thing is asked of: 打到卡里还是给房东 compares nothing."""
    return next(wants for wants in _all_wanted(question) if wants != "comparison")


def _all_wanted(question: str) -> Iterator[Wants]:
    """The kinds of answers that the wording asks for, the likeliest first."""
    yield from (wants for wants in _wants() if _found(f"wants {wants}", question))
    yield "amount" if _found("names amount", question) else "statement"


@cache
def _wants() -> tuple[Wants, ...]:
    """In the order in which they are tried."""
    known: Mapping[str, Wants] = {f"wants {wants}": wants for wants in get_args(Wants)}
    return tuple(known[name] for name in _patterns() if name in known)


def without_courtesies(question: str) -> str:
    """The question without greetings, 请问 and thanks around it; empty where it holds nothing else."""
    before = ""
    while question != before:
        before = question
        for place in ("opening", "closing"):
            question = _patterns()[place].sub("", question, count=1)
    return question.strip()


def named_kinds(question: str) -> tuple[str, ...]:
    """The kinds of documents that are named (工作要点, 通知), each once."""
    return tuple(dict.fromkeys(_patterns()["names kind"].findall(question)))


def named_issuers(question: str) -> tuple[str, ...]:
    """What may be names of public bodies in it, with words before them, each once."""
    return tuple(dict.fromkeys(_patterns()["names issuer"].findall(question)))


def is_small_talk(question: str) -> bool:
    """Whether every clause of it is a greeting, chat, a sum or a task, so that no document is asked for."""
    clauses = map(without_courtesies, _CLAUSES.split(question))
    return all(_patterns()["small talk"].fullmatch(clause) for clause in clauses if clause)


def says_aim(question: str) -> bool:
    """Whether the question says outright that it wants the aim, or what was achieved."""
    return _found("says target", question) or _found("says result", question)


def asked_years(question: str, this_year: int | None = None) -> list[YearStretch]:
    """The years that something is asked of: without that of a document (1993年的规划提出…), where there are others."""
    named = named_years(question, this_year)
    editions = {match.start() for match in _patterns()["names edition"].finditer(question)}
    asked = [each for each in named if each.start not in editions and not is_span_of_plan(question, each)]
    return asked or named


def is_span_of_plan(question: str, stretch: YearStretch) -> bool:
    """Whether the years are those by which a plan is called: 行动计划2024-2026, 2021-2025年规划."""
    around = _patterns()["names span"]
    return len(stretch.years) > 1 and bool(
        around.search(question[: stretch.start]) or around.match(question, stretch.end)
    )


def asked_everywhere(question: str) -> tuple[str, str] | None:
    """The rank of the places that all are asked of, and what is asked of each; None where it is not asked of all.

    省 and 2025年GDP目标 of 各省2025年GDP目标, and of 2025年GDP目标最高的是哪个省.
    """
    ranks = _found("ranks places", question)
    which = _patterns()["asks which place"].search(question)
    asks = (
        _patterns()["asks each place"].search(question)
        or (which if which and (ranks or (which["several"] and _found("passes amount", question))) else None)
        or (_patterns()["asks top places"].search(question) if ranks else None)
    )
    if not asks:
        return None
    rest = question[: asks.start()] + question[asks.end() :]
    for ordering in ("asks which place", "ranks places", "passes amount"):
        rest = _patterns()[ordering].sub("", rest)
    return asks["rank"], rest


def ranks_places(question: str) -> bool:
    """Whether places are to be set in an order, or those beyond some amount are asked for."""
    return _found("ranks places", question) or _found("passes amount", question)


@lru_cache(maxsize=4096)  # the same passages are read for question after question
def tells_graver(text: str) -> bool:
    """Whether the text tells of a case that is graver than the usual one: 情节严重的."""
    return _found("tells graver", text)


def asks_ends(question: str) -> bool:
    """Whether of places in an order the first or the last is asked for."""
    return _found("asks ends", question)


def ranks_upwards(question: str) -> bool:
    """Whether places are to be set in an order that begins with the lowest."""
    return _found("ranks upwards", question)


def asks_share(question: str) -> bool:
    """Whether a share or a rate is asked for, not how much of a thing there is."""
    return _found("asks share", question)


def asks_total(question: str) -> bool:
    """Whether it is asked how much there is of what is no share and no growth: 进出口总额是多少."""
    return _found("asks total", question)


def asks_year(question: str) -> bool:
    """Whether the year of something is asked for."""
    return _found("asks year", question)


def asks_bearer(question: str) -> bool:
    """Whether it is asked which place or year something is of that the question tells itself."""
    return _found("asks bearer", question)


def asks_hour(question: str) -> bool:
    """Whether a time of day is asked for; 几点 may also be how many points something has."""
    return _found("asks hour", question)


def tells_hour(text: str) -> bool:
    """Whether a time of day stands in the text."""
    return _found("tells hour", text)


def asked_office(question: str) -> re.Pattern[str] | None:
    """How a sentence tells the body by which something is done; None where that is not asked for."""
    return _patterns()["tells office"] if _found("asks office", question) else None


def asked_fields(question: str) -> frozenset[str]:
    """The fields of a document's metadata that are asked for."""
    prefix = "asks field "
    return frozenset(
        name.removeprefix(prefix) for name in _patterns() if name.startswith(prefix) and _found(name, question)
    )


def _aim(prefix: str, text: str) -> Aim | None:
    if _found(f"{prefix} target", text):
        return "target"
    return "result" if _found(f"{prefix} result", text) else None


def _found(name: str, text: str) -> bool:
    return _patterns()[name].search(text) is not None
