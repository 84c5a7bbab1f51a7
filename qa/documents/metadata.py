"""What a document says of itself: who issued it, for which region, when, under which number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from qa.documents.lines import DATE_LINE, NUMBER_LINE, Kind, Line, is_agency
from qa.documents.wordlists import central_bodies, label_pattern, metadata_labels
from qa.text.dates import arabic
from qa.text.folding import simplify
from qa.text.regions import Region, find_regions, prevailing_region

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_NUMBER_IN_TITLE = re.compile(
    rf"^(?![^〔\[【(（﹝]*(?:关于|印发|转发)){NUMBER_LINE.pattern}|[(（]{NUMBER_LINE.pattern}[)）]$"
)
_SPEAKER = re.compile(r"我(?:谨)?代表([一-鿿]{0,20}?(?:人民政府|国务院|委员会|法院|检察院))")
_LED = re.compile(
    r"[，,。](全?[省市区县州盟旗]?[一-鿿]{2,20}?(?:局|委|厅|委员会))在[一-鿿、]{0,20}(?:领导|指导|支持)下"
)


def read_labels(lines: Sequence[Line]) -> Mapping[str, str]:
    """The values of the labelled metadata, by field; the first value of a field counts."""
    pattern = re.compile(rf"({label_pattern()})\s*(?:[:：][\s|]*|\|[\s|]*)")
    values: dict[str, str] = {}
    for line in lines:
        if line.kind is not Kind.METADATA:
            continue
        found = list(pattern.finditer(line.text))
        ends = [*(match.start() for match in found[1:]), len(line.text)]
        for match, end in zip(found, ends, strict=False):
            value = line.text[match.end() : end].strip(" |\t\xa0　")
            field = metadata_labels()["".join(match.group(1).split())]
            if value and field != "-":
                values.setdefault(field, value)
    return values


def read_date(text: str) -> date | None:
    """The first date in the text (2024-04-03, 2024年4月3日, 二〇二四年四月三日)."""
    text = simplify(text)
    if match := DATE_LINE.search(text):
        text = arabic(match.group())
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:  # 2月30日 and the like: no date
        return None


def read_number(title: str, lines: Sequence[Line], labels: Mapping[str, str]) -> str | None:
    """The document number (文号): labelled, on a line of its own, or at either end of the title."""
    if labels.get("number") and re.search(r"\d", labels["number"]):
        return labels["number"]
    alone = next((line.text for line in lines if line.kind is Kind.METADATA and NUMBER_LINE.fullmatch(line.text)), None)
    in_title = _NUMBER_IN_TITLE.search(title)
    return alone or (in_title.group().strip("（）()") if in_title else None)


def read_signature(lines: Sequence[Line]) -> tuple[str | None, date | None]:
    """The body that signs and the date it signs, as they stand at the end of the letter."""
    for index, line in enumerate(lines):
        if line.kind is not Kind.METADATA or not (found := DATE_LINE.search(line.text)):
            continue
        if found.end() != len(line.text) or ":" in line.text or "：" in line.text:
            continue
        beside = line.text[: found.start()].strip()
        above = lines[index - 1] if index else None
        if not beside and above and above.kind is Kind.METADATA and is_agency(above.text):
            beside = above.text
        return beside or None, read_date(found.group())
    return None, None


def read_issuer(title: str, lines: Sequence[Line], labels: Mapping[str, str], signed_by: str | None) -> str | None:
    """The issuing body by its fullest name: before 关于 in the title, under the letter, on the page, or who reports."""
    in_title = re.match(rf"(?:{NUMBER_LINE.pattern})?\s*(.{{2,80}}?)\s*(?:关于|印发|转发)", title)
    beside_title = in_title.group(1).strip() if in_title else ""
    named = [name for name in (is_agency(beside_title) and beside_title, signed_by, labels.get("issuer")) if name]
    if named:
        return next((name for name in named if find_regions(name) or name.startswith(central_bodies())), named[0])
    for line in [line for line in lines if line.kind is not Kind.FURNITURE][:15]:
        if found := _SPEAKER.search(line.text) if "报告" in line.text else _LED.search(line.text):
            return found.group(1)
    source = labels.get("source_name", "")
    return source if is_agency(source) else None


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


def read_region(title: str, issuer: str | None, lines: Sequence[Line]) -> Region | None:
    """The region the document is for: named by its issuer or title, or else the one its text is about."""
    for text in (issuer or "", title):
        if regions := [region for mention in find_regions(text) for region in mention.regions]:
            if len(regions) == 1:
                return regions[0]
            about = prevailing_region(line.text for line in lines)
            fitting = [region for region in regions if about and (region.contains(about) or about.contains(region))]
            return min(fitting or regions, key=lambda region: (len(region.path), region.path))
    if issuer and issuer.startswith(central_bodies()):
        return None
    return prevailing_region(line.text for line in lines if line.kind is not Kind.FURNITURE or ">" in line.text)
