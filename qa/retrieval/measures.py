"""The kind of figure that a question asks for, by the units in which it is told; the list is a file that users edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from qa.records import Question
from qa.retrieval.intents import asks_bearer, asks_total, names_measure, only_measures
from qa.text.quantities import all_units, base_of, find_quantities, units_of
from qa.text.words import cut_words, word_bounds

_SOME = "一二两三四五六七八九十几"
_FIGURE_OF = r"(?:\d[\d.,]*|[一二三四五六七八九十百千两]+)\s*[多余]?\s*"
_PEOPLE, _COUNTED_BEFORE = "人[次数口员]", {"人", "人次"}  # whose number may have its unit before it: 人次达1.2亿
_LOOSE = ("个", "家", "户", "天", "年", "个月")  # change places with others: 多少家企业 is answered by 11个企业
# Units the first of which are answered by any of them: 多少台电梯 by 6193部 or 50套, 接待游客多少人 by 27.5万人次.
_MACHINES, _HEADS = ("台", "部", "套"), ("人", "人次")
_DAY = re.compile(r"\d\s*[日号]|[一二三四五六七八九十〇]\s*日|每[年月周]|[年月季]底|[上中下]旬|之日起|期满")
_DATE = re.compile(rf"{_DAY.pattern}|[\d一二三四五六七八九十〇]\s*月|(?:19|20)\d{{2}}\s*年")
_ASKS_DAY = re.compile(r"哪[一两几]?[天日]|几号|何日|几月几")
_LIMITS = tuple(
    (re.compile(asks), re.compile(tells))
    for asks, tells in (
        ("最[多高长大晚迟远]|上限|封顶|不超过", "不得?[超高多大长晚]|最[多高长大]|以[内下]|上限|封顶"),
        ("最[少低短小早]|至少|起码|下限|不少于", "不得?[少低短小早]|最[少低短小]|至少|以上|起码"),
    )
)
# What stands between the name of a thing and 多少: 失业率目标是多少.
_OF_IT = (
    r"(?:的|目标|数量?|总[数量额值]|金额|规模|[增涨降][速幅量长]|比例|比重|占比|标准"
    r"|预期|计划|实际|同比|控制|安排|完成|实现|突破|分别|一共|总共|各|[是为有在要会能达将约到共定了占])*"
)
ASKS_OF_IT = re.compile(_OF_IT + r"(?:多少|几|百分|多[大高低]|$|[?？。])")  # behind the name
_NAME_AND_HOW_MANY = re.compile(
    rf"(?P<name>[^\s，,。；;：:？?]+?)(?P<asking>{_OF_IT}(?:百分之)?(?:多少|几)[百千万亿]*)"
)
_NAME_ALONE = re.compile(  # a side of a comparison: 寿光成交额
    r"(?P<name>[一-鿿]{2,}(?:[额量值率数价比费积程]|收入|支出|规模|强度|浓度|寿命|人口))[?？。]?$"
)
_THING = re.compile("(?![左右以呢吗啊呀钱])[一-鿿]")  # behind 多少家: what is counted
_MEASURED = re.compile("(?:^[一-鿿]{1,2}|[一-鿿])[量额值数率积费价速幅]$")  # 保有量, the 产量 of 粮食产量
_COUNTS = re.compile(r"多少(?![是为有呢吗啊呀了的才比百点成倍以])[一-鿿]")  # 多少钢
_CHANGES = re.compile("[增减升降涨跌]|变化|贡献")  # 增长率 is told by 增长5%
_GRADE = re.compile(r"(?P<number>[一二三四五六七八九十甲乙丙丁])(?P<kind>[级类档等])")  # 一级, 二类
_NAMED_UNIT = re.compile(r"(?:多少|几)\s*(?P<unit>[百千万亿]*[一-鿿%]{1,4})")


@lru_cache(maxsize=64)  # asked of every passage of a question
def asked_bases(question: Question) -> tuple[str, ...]:
    """The base units in which the amount asked for can be told; () where the question does not say."""
    if question.wants not in ("amount", "comparison"):
        return ()
    named = _named_base(question.text)
    if named and named not in _LOOSE:
        return next((bases for bases in (_MACHINES, _HEADS) if named in bases[:-1]), (named,))
    return next((bases for asks, bases in _measures() if asks.search(question.text)), ())


def names_unit(question: Question) -> bool:
    """Whether the question says itself in which unit an amount is to be told: 多少人次."""
    return _named_base(question.text) is not None


def _named_base(question: str) -> str | None:
    """The base of the unit behind 多少 or 几, where it is a word by itself: not the 所 of 多少所得税."""
    named = _NAMED_UNIT.search(question)
    if not named:
        return None
    bounds, start = word_bounds(question), named.start("unit")
    ends = (end for end in range(named.end("unit"), start, -1) if end in bounds)
    return next((base for end in ends if (base := base_of(question[start:end]))), None)


def asked_figure(question: Question) -> re.Pattern[str] | None:
    """What a figure of the kind asked for looks like; None where no amount is asked for."""
    if question.wants not in ("amount", "comparison"):
        return None
    return _figure_in(asked_bases(question))


def asked_form(question: Question) -> re.Pattern[str] | None:
    """What a sentence that answers has in it: a figure of the kind asked for, or a date; None where it is neither."""
    if question.wants == "date":
        return _DAY if _ASKS_DAY.search(question.text) else _DATE
    return asked_figure(question)


@lru_cache(maxsize=64)
def told_amounts(question: Question) -> frozenset[tuple[float, str]]:
    """The amounts in base units that the question tells, to ask their place or year: 110家是哪个区的目标."""
    if question.wants == "amount" or not asks_bearer(question.text):
        return frozenset()
    return amounts_in(re.sub(f"哪[{_SOME}]*", "哪", question.text))  # the 一年 of 哪一年 is none


def amounts_in(text: str) -> frozenset[tuple[float, str]]:
    """The amounts that stand in a text, in their base units."""
    return frozenset((each.low, each.base) for each in find_quantities(text) if each.low is not None)


@lru_cache(maxsize=64)
def asked_limit(question: str) -> re.Pattern[str] | None:
    """How a limit of the side that is asked for is told: 最多 by 不得超过, 至少 by 不少于; None where none is."""
    return next((tells for asks, tells in _LIMITS if asks.search(question)), None)


@lru_cache(maxsize=64)
def head_noun(question: str) -> str | None:
    """The word that names what is counted or measured, before 多少 or at the end; None where it is of one character."""
    if not (name := _named_thing(question)):
        return None
    word = _words(name)[-1]
    return word if len(word) > 1 else None


def asked_rate(question: str) -> str:
    """What the rate is of that is asked for by its name: 城镇化 of 城镇化率; "" where none is, or one of change."""
    head = head_noun(question) or ""
    of = head.removesuffix("率")
    return of if of != head and len(of) > 1 and not _CHANGES.search(of) else ""


def _named_thing(question: str) -> str | None:
    """What is asked of, with the words before it: 寿光成交额 of 寿光成交额是多少."""
    asked = _NAME_AND_HOW_MANY.search(question) or _NAME_ALONE.search(question)
    return asked["name"] if asked else None


def excludes_shares(question: Question) -> bool:
    """Whether a share or a growth does not answer how much there is: 多少钢, 进出口总额是多少."""
    counts = not asked_bases(question) and _COUNTS.search(question.text) is not None
    return counts or wants_total(question)


def wants_total(question: Question) -> bool:
    """Whether it asks how much there was of what is no share: 进出口总额; an aim is often told as the growth."""
    return question.aim != "target" and not asked_bases(question) and asks_total(question.text)


def is_contrary(clause: str, question: str) -> bool:
    """Whether the clause tells what the question does not ask for: what is new for 总数, 申报 for 认定."""
    return any(
        asks.search(question) and tells.search(clause) and not tells.search(question) and not asks.search(clause)
        for asks, tells in _contraries()
    )


def measured_thing(question: str) -> str:
    """What a measure is asked of: 茶叶 of 茶叶产量是多少; empty where none is asked for, or of nothing named."""
    name = _named_thing(question)
    if name is None or not names_measure(name):
        return ""
    measure = max((word for word in cut_words(name) if word != name and name.endswith(word)), key=len, default=name)
    return "".join(_naming_words(name.removesuffix(measure)))


def is_of_another(clause: str, question: str) -> bool:
    """Whether the clause tells the noun that is asked for of another thing: 原煤产量 where that of 原油 is asked."""
    head, name = head_noun(question), _named_thing(question)
    return name is not None and head is not None and _tells_of_another(clause, name, head, question)


def is_bare_measure(text: str) -> bool:
    """Whether the text names a measure and nothing that is measured: 总产, but not 蔬菜总产."""
    return len(_words(text.strip())) == 1 and names_measure(text) and not measured_thing(text.strip())


def is_of_another_kind(clause: str, name: str) -> bool:
    """Whether the clause tells of things of another kind than the one of that name: 单项冠军企业 for 高新技术企业."""
    return _tells_of_another(re.sub("[“”]", "", clause), name, _words(name)[-1], name)


def _tells_of_another(clause: str, name: str, head: str, question: str) -> bool:
    if head not in clause:
        return False
    before = (name.removesuffix(head), clause[: clause.rfind(head)])
    of, told = (next(reversed(_naming_words(text)), "") for text in before)
    return min(len(of), len(told)) > 1 and of not in clause and told not in question


def is_of_another_grade(clause: str, question: str) -> bool:
    """Whether the clause tells of grades or classes but not of the one asked of: 三级医院 for 一级医院."""
    asked, told = _grades(question), _grades(clause)
    return any(kind in told and told[kind].isdisjoint(numbers) for kind, numbers in asked.items())


def _grades(text: str) -> dict[str, set[str]]:
    grades: dict[str, set[str]] = {}
    for match in _GRADE.finditer(text):
        grades.setdefault(match["kind"], set()).add(match["number"])
    return grades


def _naming_words(text: str) -> list[str]:
    return [word for word in _words(text) if not only_measures(word)]


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise(sorted(word_bounds(text)))]


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What asks how much of a thing there is, and whether that is the complete question with its places and years."""

    text: str
    complete: bool


def asked_of(question: str, thing: str) -> AskedOf | None:
    """The question asked of another thing than its own; None where it does not ask how much of it there is.

    棉花 after 新疆粮食产量要达到多少亿斤: 棉花产量要达到多少亿斤; 科小 after 镇海有多少家高企: 镇海有多少家科小.
    """
    if not (asked := _NAME_AND_HOW_MANY.search(question)):
        return None
    behind = question[asked.end() :]
    unit = max((unit for unit in all_units() if behind.startswith(unit)), key=len, default="")
    if _THING.match(behind, len(unit)):
        return AskedOf(question[: asked.end()] + unit + thing, complete=True)
    measured = _MEASURED.search(head_noun(question) or "")
    return AskedOf(f"{thing}{measured.group() if measured else ''}{asked['asking']}{unit}", complete=False)


@cache
def _figure_in(bases: Sequence[str]) -> re.Pattern[str]:
    if not bases:
        return re.compile(_FIGURE_OF + "(?![类级档套章节款])")
    units = sorted(units_of(bases), key=lambda unit: (-len(unit), unit))
    forms = [_FIGURE_OF + "[百千万亿]*(?:" + "|".join(map(_whole_unit, units)) + ")"]
    forms += ["[百千万]分之"] if "%" in bases else []
    forms += [_FIGURE_OF + "[万亿](?![一-鿿])"] if "元" in bases else []
    forms += (
        [_PEOPLE + r"[^\d，,。；;、]{0,5}" + _FIGURE_OF + "[万亿](?![一-鿿])"] if _COUNTED_BEFORE & set(bases) else []
    )
    return re.compile("|".join(forms))


def _whole_unit(unit: str) -> str:
    """The unit where it stands by itself: not the 个 of 20个工作日."""
    longer = [each.removeprefix(unit) for each in all_units() if each.startswith(unit) and each != unit]
    return re.escape(unit) + (f"(?!{'|'.join(map(re.escape, sorted(longer)))})" if longer else "")


@cache
def _contraries() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(asks), re.compile(tells)) for asks, tells in _asked_and_told("qa.text", "contraries.txt"))


@cache
def _measures() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    pairs = _asked_and_told("qa.retrieval", "measures.txt")
    return tuple((re.compile(asks), tuple(bases.split())) for asks, bases in pairs)


def _asked_and_told(package: str, name: str) -> list[list[str]]:
    """The lines of a list whose lines are what questions ask, "=>", and what is told."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return [line.split(" => ") for line in text.splitlines() if line.strip() and not line.startswith("#")]
