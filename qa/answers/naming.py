"""What a question names by a name that has others (高企, GDP), and whether a hit states its figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.documents.telling import sets_rules
from qa.records import Hit, Question
from qa.retrieval.intents import asks_share, names_measure, wanted
from qa.retrieval.measures import ASKS_OF_IT, asked_figure, is_of_another_kind
from qa.retrieval.rows import is_of_other_place
from qa.retrieval.scope import OWN, region_fit
from qa.text.aliases import find_aliases
from qa.text.folding import fold
from qa.text.quantities import find_quantities
from qa.text.regions import Region, region_named, short_name
from qa.text.words import cut_bigrams, cut_words

NEARLY_ALL = 0.75  # of the bigrams of a name: R&D经费支出达到42亿元,占GDP比重3.2% tells the R&D经费占GDP比重
FARTHEST_PART = 15  # characters between two words of a name
FARTHEST_NAME = 6  # characters between the name of what a figure is of and the end of its clause
Names = tuple[str, ...]  # a name and its other ones

# What may stand before a word that is of what the clause before it names: 粮食增产，2007年产量达到.
_OWN = r"(?:\d+年|全年|当年|全[省市区县国]|[年总其亩]|预计|实现)*"
_BETWEEN_PARTS = rf"(?:[^，,、。；;\n]{{0,{FARTHEST_PART}}}|[^。；;\n]{{0,{FARTHEST_PART}}}[，,、]{_OWN})"
_OF_WHOLE = re.compile("(?:占|相当于)[^，,。；;]{0,6}$")  # before the name of what something is a share of
_CHANGE = re.compile("^(?:下降|降低|减少|提高|上升|增加|净增|新增)")  # by how much it is to change
_ASKS_BEFORE = re.compile(r"(?:多少|几)[一-鿿]?$")


def states_named(question: Question, hit: Hit) -> bool:
    """Whether the hit's sentence has the figure of what the question asks for by a name that has others.

    The sentence or the headings have each of the names, if in parts; the year and the aim are not other ones.
    """
    names, figure, sentence = asked_names(question), asked_figure(question), hit.said
    if not names or figure is None or hit.parts["year"] == 0 or hit.parts["aim"] == 0:
        return False
    told = " ".join([sentence, hit.passage.context, *hit.passage.section])
    return figure.search(fold(sentence)) is not None and all(tells_name(told, group) for group in names)


def tells_of_place(question: Question, hit: Hit) -> bool:
    """Whether the hit's figures are of the place asked of: its own document's, or named in the passage.

    In a document whose title names a wider place they are of that one where the name does not stand before them:
    苏州工业园区 behind the 出口规模 of a province tells nothing of 苏州. In one of a place inside they are of that and
    not of the whole, unless the sentence says so (全市).
    """
    if is_of_other_place(hit.passage, hit.document, question):
        return False
    if not question.regions or region_fit(hit.document, question) == OWN:
        return True
    card, own = hit.document, region_named(hit.document.region or "")
    asked = [region for place in question.regions if (region := region_named(place))]
    namesake = any(own and short_name(region.name) == short_name(own.name) for region in asked)  # 大理市 of 大理
    if own and any(region.contains(own) for region in asked) and not namesake and not sets_rules(card):
        return whole_told(question, hit) is not None
    text = _as_far_as_figures(question, hit) if own and short_name(own.name) in card.title else hit.text
    told = "".join([card.title, "" if own else card.source, *hit.passage.section, text])
    return any(short_name(region.name) in told for region in asked)


def whole_told(question: Question, hit: Hit) -> str | None:
    """The full name of the place asked of that the hit's sentence tells of in a document of a part of it; or None."""
    own = region_named(hit.document.region or "")
    asked = (region for place in question.regions if (region := region_named(place)))
    wider = (region for region in asked if own and region.contains(own) and region != own)
    return next((region.full_name for region in wider if own and _tells_of_whole(hit.said, region, own)), None)


def _tells_of_whole(sentence: str, whole: Region, part: Region) -> bool:
    """Whether a sentence in a document of a part tells of the whole: 全市, or its name where that is not the part's."""
    own_name = rf"{short_name(whole.name)}[省市区县州盟]?{short_name(part.name)}"
    return f"全{whole.name[-1]}" in sentence or short_name(whole.name) in re.sub(own_name, "", sentence)


def _as_far_as_figures(question: Question, hit: Hit) -> str:
    """The hit's text up to the last figure of the asked kind in its sentence, or to the sentence's end without one."""
    if hit.passage.told:
        return hit.said
    figure, (start, end) = asked_figure(question), hit.sentence
    ends = [match.end() for match in figure.finditer(hit.text, start, end)] if figure else []
    return hit.text[: max(ends, default=end)]


@lru_cache(maxsize=64)  # asked of every hit of a question
def asked_names(question: Question) -> tuple[Names, ...]:
    """Of the names those of which the figure is: beside 多少, or before another that is (投入占GDP多少)."""
    text, names = fold(question.text), names_of(question)
    return tuple(group for group in names if _is_asked(group[0], text, [other[0] for other in names]))


def names_of(question: Question) -> tuple[Names, ...]:
    """What the question names by a name that has others, each with these."""
    return tuple((name, *map(fold, others)) for name, others in question.aliases if not find_quantities(name))


def _is_asked(name: str, question: str, names: Sequence[str]) -> bool:
    before, found, behind = question.partition(name)
    for other in names:
        behind = behind.replace(other, "")
    behind = _CHANGE.sub("", behind)
    return bool(found) and bool(ASKS_OF_IT.match(behind) or _ASKS_BEFORE.search(before))


def is_of_other_name(clause: str, question: Question) -> bool:
    """Whether a figure's clause ends with another thing's name and has none asked of, or that only as what it shares.

    高新技术企业110家 tells nothing of 科小, 单项冠军企业8家 nothing of 高企, 制造业占GDP比重33.5% nothing of the GDP.
    What is told of several things (科技型中小企业、高新技术企业分别达到300家、110家) is of any of them.
    """
    asked = {fold(name) for group in asked_names(question) for name in group}
    if not asked or "分别" in clause:
        return False
    told = any(tells_name(clause, group) for group in names_of(question))
    if not told and any(is_of_another_kind(clause, name) for name in asked if not names_measure(name)):
        return True
    for alias in find_aliases(clause):
        before, _, behind = fold(clause).partition(alias.name)
        if _OF_WHOLE.search(before):
            if alias.name in asked and not asks_share(question.text):
                return True
        elif len(behind) <= FARTHEST_NAME and not told:
            return True
    return False


def tells_name(text: str, names: Sequence[str]) -> bool:
    """Whether the text has nearly all of one of the names, or its words one after another."""
    folded = fold(text)
    return any(_share_found(name, folded) >= NEARLY_ALL or _stands_apart(name, folded) for name in names)


def _stands_apart(name: str, text: str) -> bool:
    """Whether a name's words stand apart: 粮食产量 in 粮食连续增产，产量达到, not in 粮食单产，蔬菜产量."""
    if wanted(name) != "amount":
        return False
    words = [word for word in cut_words(name) if word != name]
    apart = _BETWEEN_PARTS.join(map(re.escape, words))
    return len(words) > 1 and re.search(apart, text) is not None


def _share_found(name: str, sentence: str) -> float:
    """Of the bigrams of a name; 0 without the measure that it ends in: 研发投入增长8% tells no 研发投入强度."""
    terms = cut_bigrams(name)
    if names_measure(name) and terms[-1] not in sentence:
        return 0.0
    return sum(term in sentence for term in terms) / len(terms)
