"""Provinces, cities and districts as they are named in running text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.text.words import word_bounds

_PEOPLES = (
    "(?<!内)蒙古|回|(?<!西)藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土"
    "|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|裕固|保安|独龙|鄂温克|鄂伦春|普米|各"
)
_SUFFIX = re.compile(
    rf"(?:特别行政区|(?:(?:{_PEOPLES})族?)*自治[区州县旗]|群岛新区|新区|地区|林区|特区|[省市区县盟旗])$"
)
_ADDRESS = re.compile(r"[一-鿿]{2,20}(?:路|街|大道|巷)\d+号")  # where an office is, not what its text is about
_COUNTRY = re.compile("我国|全国|各省|中华民族|全党")
_OF_ITS_RANK = "省|自治区|市|区|县|旗|州|盟"
# 全省第一, 在全省率先 are said of a city.
_SELF_REFERENCE = re.compile(rf"(?:[我本]|全(?!(?:{_OF_ITS_RANK})(?:率先|领先|首|第|最|前)))({_OF_ITS_RANK})")

_SMALLER_PLACES = "镇乡村街路段"
_RANKS = tuple("市县区州盟旗港")  # said after a short name too: 恩施州, 青岛港, or 增城市 for what is 增城区 now
_NEARBY = 8  # characters around a name that show which words they make up
_BODY_NAME = 5  # the least characters of a word that is the name of a body in the place (深圳经济特区), not an idiom
_FEWEST_MENTIONS = 3
_PROVINCES, _FEWEST_OWN = ("省", "自治区"), 2  # of 我省, 全省 that make a text one about a province
_SMALLEST_SHARE = 0.15  # of all mentions of regions in a text
_COUNTRYWIDE = 2  # mentions of the country to one of a region that make a text one for the whole country
_SHARE_OF_PARENT = 0.4  # of the mentions of the region that a part of it lies in


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A place in the gazetteer; `path` runs from the province down to the place itself."""

    path: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def full_name(self) -> str:
        return "".join(self.path)

    def wider(self) -> tuple[Region, ...]:
        """The province, the city … that it lies in, and itself."""
        return tuple(Region(self.path[: depth + 1]) for depth in range(len(self.path)))

    def contains(self, other: Region) -> bool:
        """Whether the other is this region or lies in it."""
        return other.path[: len(self.path)] == self.path


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text and the regions it can mean: one, unless the name stands under several parents."""

    start: int
    end: int
    regions: tuple[Region, ...]


def short_name(name: str) -> str:
    """The name as people say it: 镇海 for 镇海区; names of one character keep their suffix."""
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


@cache
def gazetteer() -> Mapping[str, tuple[Region, ...]]:
    """Every full and short name with the regions that bear it; short names that are ordinary words are left out."""
    ordinary = set(_data_lines("regions_ordinary.txt"))
    named: dict[str, list[Region]] = defaultdict(list)
    path: list[str] = []
    for line in _data_lines("regions.txt"):
        name, *other_names = line.split()
        path[(len(line) - len(line.lstrip())) // 2 :] = [name]
        region = Region(tuple(path))
        short = short_name(name)
        if short == name and name in ordinary:
            named[path[-2] + name].append(region)
            continue
        named[name].append(region)
        of_its_city = name.endswith("新区") and short_name(path[-2]) == short  # 长春 is the city, not 长春新区
        if short != name and name not in ordinary and not of_its_city:
            named[short].append(region)
        for other in other_names:
            named[other].append(region)
    return {name: tuple(regions) for name, regions in named.items()}


@cache
def region_named(full_name: str) -> Region | None:
    """The region whose full name (浙江省宁波市镇海区) this is."""
    mentions = find_regions(full_name)
    regions = mentions[-1].regions if mentions else ()
    return next((region for region in regions if region.full_name == full_name), None)


def find_regions(text: str) -> list[Mention]:
    """The regions named in the text; a name right after its parent's (宁波市镇海区) is one mention of the smaller."""
    mentions: list[Mention] = []
    for mention in _names(text):
        before = mentions[-1] if mentions and mentions[-1].end == mention.start else None
        inside = before and tuple(r for r in mention.regions if any(p.contains(r) and p != r for p in before.regions))
        if before and inside:
            mentions[-1] = Mention(before.start, mention.end, inside)
        else:
            mentions.append(mention)
    return [_plainly(mention) for mention in mentions]


def _plainly(mention: Mention) -> Mention:
    """The mention of a province where the name is a province's too: 河南 by itself is not 河南蒙古族自治县."""
    provinces = tuple(region for region in mention.regions if len(region.path) == 1)
    return Mention(mention.start, mention.end, provinces or mention.regions)


def speaks_of_its_place(text: str) -> bool:
    """Whether the text is a local one: it says 我市, 全区 … again and again."""
    return len(_SELF_REFERENCE.findall(text)) >= _FEWEST_MENTIONS


def own_rank(texts: Iterable[str]) -> str | None:
    """What a text calls its place (省, 市, 区 …), by 我省, 全区 …; None where it says so less than twice."""
    called = Counter(rank for text in texts for rank in _SELF_REFERENCE.findall(text)).most_common(1)
    return called[0][0] if called and called[0][1] >= _FEWEST_OWN else None


def prevailing_region(texts: Iterable[str]) -> Region | None:
    """The region that a run of texts is about, or None where none stands out.

    The region named most, counting double those of the rank that 我市, 全区 … call their own; from there down to a part
    of it that is named nearly as often, since texts name their parents too (a county-level city its prefecture). A text
    that says 我省, 全省 is about the province, however often it names the cities in it. None too for a text that speaks
    of the whole country (我国, 全国) far more than of any region.
    """
    named: Counter[Region] = Counter()
    own: Counter[str] = Counter()
    country = 0
    for text in texts:
        own.update(_SELF_REFERENCE.findall(text))
        country += len(_COUNTRY.findall(text))
        named.update(region for mention in find_regions(_ADDRESS.sub("", text)) for region in mention.regions)
    rank = own.most_common(1)[0][0] if own else "\0"
    if rank in _PROVINCES and own[rank] >= _FEWEST_OWN:
        named = sum((Counter({Region(region.path[:1]): count}) for region, count in named.items()), Counter())
    weights = {region: count * (2 if region.name.endswith(rank) else 1) for region, count in named.items()}
    total = sum(weights.values())
    if not weights:
        return None

    def heaviest(regions: Iterable[Region]) -> Region | None:
        return min(regions, key=lambda region: (-weights[region], len(region.path), region.path), default=None)

    region = heaviest(weights)
    if region is None or named[region] < _FEWEST_MENTIONS or weights[region] < _SMALLEST_SHARE * total:
        return None
    if country > _COUNTRYWIDE * named[region] + own.total():
        return None
    while part := heaviest(r for r in weights if region.contains(r) and r != region):
        if weights[part] < _SHARE_OF_PARENT * weights[region]:
            break
        region = part
    return region


def _names(text: str) -> Iterator[Mention]:
    """The longest gazetteer names in the text, from left to right."""
    named, by_start = gazetteer(), _names_by_start()
    last = 0
    for candidate in _possible_start().finditer(text):
        position = candidate.start()
        if position < last:
            continue
        for name in by_start.get(text[position : position + 2], ()):
            if text.startswith(name, position) and _is_whole(text, position, name, last):
                last = position + len(name)
                yield Mention(position, last, named[name])
                break


def _is_whole(text: str, start: int, name: str, last: int) -> bool:
    """Whether the name stands there by itself: 新平 does not in 创新平台, nor 长治 in 长治久安.

    `last` is where the name before it ends, which belongs to no word with it.
    """
    end = start + len(name)
    if _is_village(text, end, name):
        return False
    if len(name) > 2 or any(len(region.path) == 1 for region in gazetteer()[name]):
        return True
    window = max(last, start - _NEARBY)
    bounds = {window + bound for bound in word_bounds(text[window : end + _NEARBY])}
    word_end = min(bound for bound in bounds if bound > start)
    return start in bounds and (
        end in bounds
        or (end + 1 in bounds and text[end] in _RANKS)
        or word_end - start >= _BODY_NAME
        or text.startswith("特区", end)
    )


def _is_village(text: str, end: int, name: str) -> bool:
    """Whether a short name is part of a smaller place's (金山山阳镇, 长安街): these are in no gazetteer."""
    return (
        short_name(name) == name
        and text[end : end + 1] in _SMALLER_PLACES
        and text[end : end + 2] not in _names_by_start()
        and end < len(text)
    )


@cache
def _names_by_start() -> Mapping[str, tuple[str, ...]]:
    starts: dict[str, list[str]] = defaultdict(list)
    for name in gazetteer():
        starts[name[:2]].append(name)
    return {start: tuple(sorted(names, key=len, reverse=True)) for start, names in starts.items()}


@cache
def _possible_start() -> re.Pattern[str]:
    """Matches a character that a name may begin with before one that may be its second: few places of a text."""
    first, second = (re.escape("".join(sorted(set(letters)))) for letters in zip(*_names_by_start(), strict=True))
    return re.compile(f"[{first}](?=[{second}])")


def _data_lines(name: str) -> list[str]:
    lines = files("qa.text").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
