"""The town, zone or scenic area inside a region that a question asks of, and whether a hit tells of it."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.records import Hit, Question
from qa.retrieval.need import without_scope

# Behind white space, which regions and years leave: not the 镇 of 城镇就业, nor what is asked for (哪些景区).
_SUBPLACE = re.compile(
    r"(?<![^\s，,、；;：:和与及])(?P<name>(?!各|哪|几|所有|每|[一这那]|在|其中)[一-鿿]{0,4}?)(?<![小城乡村级制业房区])"
    r"(?P<kind>街道|镇(?!级|街|村|里)|经开区|高新区|(?:经济|高新)?(?:技术)?(?:产业)?开发区|景区|度假区)"
)
_TOLD = re.compile(  # not 乡镇 or 城镇 alone, which are of any, nor 街道办事处
    r"[\s，,、；;：:]*(?:其中)?(?P<name>[一-鿿]{2,6}?"
    r"(?:街道(?!办)|(?<![乡城各全村集本])镇(?![级街村人政])|开发区|经开区|高新区))(?:[（(][^）)]*[）)])?(?!在?内|以上|等|和|及)"
)
_CALLED = {"经": "经(?:济(?:技术)?)?开", "高": "高新"}  # how the kind begins in any of its names


@lru_cache(maxsize=64)  # asked of every hit of a question
def asked_subplace(question: Question) -> re.Match[str] | None:
    """The part of a region that is named: 花桥镇, the 经开区 of 湾沚经开区; None where none is."""
    found = _SUBPLACE.search(without_scope(question.text))
    return found if found and (found["name"] or (question.regions and found["kind"][0] in _CALLED)) else None


def tells_of_subplace(question: Question, hit: Hit) -> bool:
    """Whether the part of a region that is asked of, if any, is named by the hit's passage or what stands above it."""
    told = f"{hit.document.title} {hit.passage.context} {hit.text} {hit.said}"
    return asked_subplace(question) is None or names_subplace(question, told)


def names_subplace(question: Question, text: str) -> bool:
    """Whether a part of a region is asked of and the text names it."""
    asked = asked_subplace(question)
    if asked is None:
        return False
    name = re.escape(asked["name"]) or _CALLED[asked["kind"][0]]
    return re.search(name, text) is not None


def tells_of_unasked_subplace(question: Question, clause: str) -> bool:
    """Whether the clause begins with a town or zone (西塘桥街道新认定高企) that the question does not name."""
    told = _TOLD.match(clause)
    return told is not None and bool(question.regions) and told["name"] not in question.text
