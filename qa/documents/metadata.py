"""What a document says of itself: who issued it, for which region, when, under which number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from qa.documents.adoption import read_adoption
from qa.documents.lines import (
    COVER_LINE,
    DATE_LINE,
    ISSUE_LINE,
    NUMBER_LINE,
    ORDINAL_LINE,
    SIGNED_LINE,
    Kind,
    Line,
    is_agency,
)
from qa.documents.wordlists import central_bodies
from qa.text.dates import arabic
from qa.text.folding import simplify
from qa.text.regions import Region, find_regions, own_rank, prevailing_region

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_NUMBER_IN_TITLE = re.compile(
    rf"^(?![^〔\[【(（﹝]*(?:关于|印发|转发)){NUMBER_LINE.pattern}|[(（]{NUMBER_LINE.pattern}[)）]$"
)
_NAMED_IN_TITLE = re.compile(
    rf"[《〈]?(?:{NUMBER_LINE.pattern})?\s*(?P<by>(?![(（]).{{2,80}}?)\s*(?:关于|印发|转发|(?:令|公告|通告)\s*[（(]?(?:\d{{4}}年)?第.{{1,4}}号)"
)
_NUMBERED_ORDER = re.compile(rf"{COVER_LINE.pattern}(?<=号)")
_HEAD_LINES = 15
_ORDER = re.compile(r"(?P<by>[一-鿿、\s]{2,60}?)\s*(?:令|公\s*告|通\s*告)")
_SPEAKER = re.compile(r"我(?:谨)?代表([一-鿿]{0,20}?(?:人民政府|国务院|委员会|法院|检察院))")
_DELIVERED = re.compile(  # below the title of a report: ——2025年1月16日在某区第六届人民代表大会第五次会议上
    r"[—–\-－（(\s]*(?P<day>[\d〇○零一二三四五六七八九]{4}\s*年[^在，。]{2,10}日)\s*在(?P<where>[^，。]{4,50}?)(?:会议|大会)上[^，。]{0,20}"
)
_BRANCH = re.compile("局(?P<of>[^局]{2,8})分局")
_LED = re.compile(
    r"[，,。](全?[省市区县州盟旗]?[一-鿿]{2,20}?(?:局|委|厅|委员会))在[一-鿿、]{0,20}(?:领导|指导|支持)下"
)


def read_date(text: str) -> date | None:
    """The first date in the text (2024-04-03, 20240403, 2024年4月3日, 二〇二四年四月三日)."""
    text = simplify(text)
    if match := DATE_LINE.search(text):
        text = arabic(match.group())
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part))
    except ValueError:  # 2月30日 and the like: no date
        return None


def read_number(title: str, lines: Sequence[Line], labels: Mapping[str, str]) -> str | None:
    """The document number (文号): labelled, on a line of its own or below 某某令, or at either end of the title."""
    if labels.get("number") and re.search(r"\d", labels["number"]):
        return labels["number"]
    metadata = [line.text for line in lines if line.kind is Kind.METADATA]
    forms = (NUMBER_LINE, _NUMBERED_ORDER)
    alone = next((text for form in forms for text in metadata if form.fullmatch(text)), None)
    in_title = _NUMBER_IN_TITLE.search(title)
    return alone or _number_below_order(lines) or (in_title.group().strip("（）()") if in_title else None)


def _number_below_order(lines: Sequence[Line]) -> str | None:
    """The number of an order or announcement that stands on two lines: 某某人民政府令, 第123号."""
    for order, number in pairwise([line for line in lines if line.kind is not Kind.FURNITURE]):
        body = _ORDER.fullmatch(order.text) if ORDINAL_LINE.fullmatch(number.text) else None
        if body and is_agency(body["by"]):
            return re.sub(r"\s", "", order.text + number.text.strip("（()）"))
    return None


def read_signature(lines: Sequence[Line]) -> tuple[str | None, date | None]:
    """The body that signs, or several with 、 between them, and the date, as they stand at the end of the letter."""
    for index, line in enumerate(lines):
        found = SIGNED_LINE.fullmatch(line.text) if line.kind is Kind.METADATA else None
        if not found:
            continue
        first = index
        while first and lines[first - 1].kind is Kind.METADATA and is_agency(lines[first - 1].text):
            first -= 1
        signed_by = [above.text for above in lines[first:index]] + [found["by"]] * bool(found["by"])
        return _side_by_side(" ".join(signed_by)) or None, read_date(found["date"])
    return None, None


def read_delivery(lines: Sequence[Line]) -> tuple[str, date | None]:
    """Where and when a report was delivered, as it stands below its title; "" and None where nothing says so."""
    head = [line.text for line in lines if line.kind is not Kind.FURNITURE][:_HEAD_LINES]
    found = next((match for text in head if (match := _DELIVERED.fullmatch(text))), None)
    return (found["where"], read_date(found["day"])) if found else ("", None)


def _side_by_side(names: str) -> str:
    """Bodies that stand beside each other with space between them, with 、 instead."""
    parts = names.split()
    return "、".join(parts) if all(map(is_agency, parts)) else names


def read_issuer(title: str, lines: Sequence[Line], labels: Mapping[str, str], signed_by: str | None) -> str | None:
    """The issuing body by its fullest name: named in the title, under the letter, on the page, by a law's own note.

    A report is issued by whom its speaker speaks for; a letterhead or the line on the printing counts only where
    nothing else says who it was.
    """
    in_title = _NAMED_IN_TITLE.match(title)
    beside_title = _side_by_side(in_title["by"].strip()) if in_title else ""
    named = [name for name in (is_agency(beside_title) and beside_title, signed_by, labels.get("issuer")) if name]
    if named:
        return next((name for name in named if find_regions(name) or name.startswith(central_bodies())), named[0])
    for line in [line for line in lines if line.kind is not Kind.FURNITURE][:_HEAD_LINES]:
        if found := _SPEAKER.search(line.text) if "报告" in line.text else _LED.search(line.text):
            return found.group(1)
    source = labels.get("source_name", "")
    return read_adoption(lines)[0] or _on_cover(lines) or (source if is_agency(source) else None)


def _on_cover(lines: Sequence[Line]) -> str | None:
    """The body whose order (某某令 第5号) or letterhead (某某文件) this is, or that had it printed (某某…日印发)."""
    metadata = [line.text for line in lines if line.kind is Kind.METADATA]
    found = (match for form in (COVER_LINE, ISSUE_LINE) for text in metadata if (match := form.fullmatch(text)))
    return next((match["by"].strip() for match in found if is_agency(match["by"])), None)


def full_issuer(issuer: str | None, region: Region | None, title: str) -> str | None:
    """The issuer with its region before it, where the page only says 区科技局 or 省人民政府.

    A 政府工作报告 that names nobody is its region's government's.
    """
    if not issuer and region and title.endswith("政府工作报告"):
        return f"{region.name}人民政府"
    if not issuer or not region:
        return issuer
    rank = next((rank for rank in ("自治区", *"省市区县州旗盟") if issuer.startswith(rank)), None)
    return region.name + issuer.removeprefix(rank) if rank and region.name.endswith(rank) else issuer


def _meant(regions: Sequence[Region], texts: Sequence[str]) -> Region:
    """Which place a title with these regions is about, by its text."""
    about = prevailing_region(texts)
    if about is None or about in regions:
        return about or _widest(regions)
    if len(regions) > 1 and all(about.contains(region) for region in regions):  # 宝安、龙岗区 of a text about 深圳市
        return about
    fitting = [region for region in regions if region.contains(about) or about.contains(region)]
    named = sum(region in mention.regions for text in texts for mention in find_regions(text) for region in fitting)
    # A title that is hardly borne out: 武汉 above a text of 我省 and 湖北省.
    borne_out = named > 1 or not about.name.endswith(own_rank(texts) or "\0")
    return _widest(fitting or regions) if borne_out or not fitting else about


def _widest(regions: Sequence[Region]) -> Region:
    return min(regions, key=lambda region: (len(region.path), region.path))


def read_region(title: str, issuer: str | None, lines: Sequence[Line]) -> Region | None:
    """The region the document is for: named by its issuer or title, or where it was delivered; or that of its text.

    A city's bureau has branches in its districts: 西安市生态环境局鄠邑分局 is of the district.
    """
    branch = _BRANCH.search(issuer or title)
    for text in (branch["of"] if branch else "", issuer or "", title, read_delivery(lines)[0]):
        if regions := list(dict.fromkeys(region for mention in find_regions(text) for region in mention.regions)):
            return (
                regions[0] if len(regions) == 1 and text == issuer else _meant(regions, [line.text for line in lines])
            )
    if issuer and issuer.startswith(central_bodies()):
        return None
    return prevailing_region(line.text for line in lines if line.kind is not Kind.FURNITURE or ">" in line.text)
