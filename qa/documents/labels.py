"""The labelled metadata of a page: 发文机构：市教育局, on one line or with the value on the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from qa.documents.lines import Kind, Line, is_agency
from qa.documents.metadata import read_date
from qa.documents.titles import LONGEST_TITLE, ends_as_title
from qa.documents.wordlists import furniture, label_pattern, metadata_labels

_OPEN, _CLOSE = r"[【\[（(]?", r"[:：】\]）)]"
_LONGEST_LABEL = 20  # characters, with white space between them
_LONGEST_VALUE = 40  # of a field that holds a day, a number or a name
_NAMES_DOCUMENT = re.compile("关于|印发|转发|《")
_WORDS = re.compile(r"\S[\s；;、]+\S")  # keywords side by side, of which the last may be 通知
_DATES = ("published", "signed", "effective", "expires")
_FORMS = {
    **dict.fromkeys(_DATES, re.compile(r"[\d一二].{7,24}")),
    "number": re.compile(r".*\d+\s*号"),
    "index_number": re.compile(r"(?=.*\d)[\w./()（）\s-]+", re.ASCII),
    "contact": re.compile(r".*\d{7}.*"),
    "status": re.compile(r".*(?:有效|失效|废止).*"),
}


def join_label_values(lines: list[Line]) -> None:
    """Makes one line of a label that stands alone and its value on the next, as tables flattened to text have them."""
    alone = re.compile(rf"{_OPEN}({label_pattern()})\s*({_CLOSE}*)")
    for above, below in pairwise(tuple(lines)):
        label = alone.fullmatch(above.text) if len(above.text) <= _LONGEST_LABEL else None
        if label is None or below.numbering or alone.match(below.text):
            continue
        field = metadata_labels()["".join(label[1].split())]
        shows_itself = field in _FORMS or field == "issuer"
        if _may_be_value(field, below.text) and (label[2] or shows_itself):
            above.text = f"{above.text}{'' if label[2] else '：'}{below.text}"
            above.end = below.end
            lines.remove(below)


def _may_be_value(field: str, text: str) -> bool:
    """Whether a line may be what the label above it announces, and not the document's title."""
    if field in _FORMS:
        fits = len(text) <= _LONGEST_VALUE and _FORMS[field].fullmatch(text) is not None
        return fits and (field not in _DATES or read_date(text) is not None)
    if field == "issuer":
        return is_agency(text)
    if len(text) > LONGEST_TITLE or "。" in text or furniture().fullmatch(text):
        return False
    names_document = _NAMES_DOCUMENT.search(text) or (ends_as_title(text) and not _WORDS.search(text))
    return field in ("title", "original_title") or not names_document


def labelled_columns(text: str) -> list[tuple[str, str]]:
    """The fields of a line in columns without colons, with their values: 索引号 0114/2023   文 号 某发〔2023〕37号.

    None where it does not begin with a label, or has only one.
    """
    label = rf"({label_pattern()})\s+(?=[^\s:：|])"
    if not re.match(label, text):
        return []
    found = list(re.finditer(rf"(?:^|\t|\s{{2,}}){label}", text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    values = [re.split(r"\t|\s{2,}", text[match.end() : end])[0] for match, end in zip(found, ends, strict=True)]
    fields = [metadata_labels()["".join(match[1].split())] for match in found]
    return list(zip(fields, values, strict=True)) if len(found) > 1 else []


def read_labels(lines: Sequence[Line]) -> Mapping[str, str]:
    """The values of the labelled metadata, by field; the first value of a field counts."""
    pattern = re.compile(rf"{_OPEN}({label_pattern()})\s*(?:[:：】\]][\s|：:]*|\|[\s|]*|(?=[12]\d{{3}}[-/.年\d]))")
    values: dict[str, str] = {}
    for line in lines:
        if line.kind is not Kind.METADATA:
            continue
        if columns := labelled_columns(line.text):
            for field, value in columns:
                if field != "-":
                    values.setdefault(field, value)
            continue
        found = list(pattern.finditer(line.text))
        ends = [*(match.start() for match in found[1:]), len(line.text)]
        for match, end in zip(found, ends, strict=False):
            value = line.text[match.end() : end].strip(" |\t\xa0　【[")
            value = value[:-1] if match.group().startswith(("（", "(")) else value
            field = metadata_labels()["".join(match.group(1).split())]
            if value and field != "-":
                values.setdefault(field, value)
    return values
