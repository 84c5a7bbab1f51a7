"""The sentence that answers, or the few that do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qa.documents.items import says_more
from qa.records import Hit, Question
from qa.retrieval.intents import asked_fields, asked_office
from qa.text.dates import arabic
from qa.text.sentences import LONGEST_SENTENCE, split_sentences
from qa.text.words import cut_bigrams

_NUMERAL = "[一二三四五六七八九十]"
_ENUMERATOR = rf"(?:[（(]?(?:{_NUMERAL}+|\d+)[）)、.．]|{_NUMERAL}+[是要]|第{_NUMERAL}+[，,、]|[①-⑳])"
_LEADS = re.compile(rf"^\s*(?:{_ENUMERATOR}[^，,；;]{{1,40}}[。；;.]?|.*[：:])\s*$", re.DOTALL)
_NEXT = re.compile(rf"^\s*{_ENUMERATOR}")
_HOW = re.compile(r"如何|怎样|怎么|哪些|什么(?:措施|办法|政策|要求|条件|内容|做法)|为什么|为何|方面|流程|步骤|注意")
_BRACKETS = ("（", "(", "〔", "[")  # before whom the task above is given to: （妇幼科）
FIELDS = {
    "title": "标题",
    "number": "文号",
    "index_number": "索引号",
    "contact": "联系方式",
    "signed": "成文日期",
    "published": "发布日期",
    "effective": "施行日期",
    "expires": "有效期至",
    "issuer": "发文机关",
}
_NUMERALS = re.compile(
    "[一二][〇○ΟО零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_DATES = frozenset({"signed", "published"})
_DATE = r"{year}\s*[年/.-]\s*0?{month}\s*[月/.-]\s*0?{day}\s*日?"


def statement_span(question: Question, hit: Hit) -> tuple[int, int]:
    """Offsets in the passage of what answers: the supporting sentence, with those that it leads to.

    A sentence that only names what comes (二是壮大研发队伍。, 包括以下材料：) is told with what follows; so is one that
    says no more than the question, and one that answers how or which. Never longer than LONGEST_SENTENCE.
    """
    text, (start, end) = hit.text, hit.sentence
    if office := asked_office(question.text):
        return _with_bearer(hit, office)
    leads = _LEADS.match(text[start:end]) or _HOW.search(question.text) or _says_no_more(question, text[start:end])
    if not leads:
        return start, end
    for next_start, next_end in split_sentences(text):
        if next_start < end:
            continue
        stop = next_start + len(text[next_start:next_end].rstrip())
        if stop - start > LONGEST_SENTENCE or _NEXT.match(text[next_start:stop]):
            break
        end = stop
    return start, end


def _with_bearer(hit: Hit, office: re.Pattern[str]) -> tuple[int, int]:
    """Offsets of the hit's sentence as far as it is said by whom it is done: 牵头单位：…；（妇幼科）; of a row all."""
    text, (start, end) = hit.text, hit.sentence
    if hit.passage.kind == "row" and len(text) <= LONGEST_SENTENCE:
        return 0, len(text)
    spans = split_sentences(text)
    tells = [office.search(text[slice(*span)]) is not None for span in spans]
    first = next((place for place, (_, stop) in enumerate(spans) if stop > start), 0)
    while first and _says_only_who(text[slice(*spans[first])].lstrip()):  # back to the task
        first -= 1
    last = next((place for place in range(first, len(spans)) if tells[place]), first)
    while last + 1 < len(spans) and tells[last + 1]:
        last += 1
    begin, stop = spans[first][0], spans[last][1]
    if stop - begin > LONGEST_SENTENCE:
        return start, end
    piece = text[begin:stop]
    return stop - len(piece.lstrip()), begin + len(piece.rstrip())


def _says_only_who(sentence: str) -> bool:
    return says_more(sentence) or sentence.startswith(_BRACKETS)


def _says_no_more(question: Question, sentence: str) -> bool:
    """Whether all its wording stands in the question: it only names what that is about, as the first cell of a row."""
    return question.wants != "statement" and set(cut_bigrams(sentence)) <= set(cut_bigrams(question.text))


def find_fields(question: Question, hits: Sequence[Hit]) -> list[tuple[int, str]]:
    """The fields of the best hit's document that the question asks for: a hit's place, and the field as it stands.

    Where the date asked for is not known, another date of the document is told.
    """
    asked = asked_fields(question.text)
    if question.wants == "date":  # when something begins may be asked, not when the document was issued
        asked &= {"effective", "expires"}
    found = [(name, field) for name in FIELDS if name in asked and (field := _find_field(name, hits))]
    if asked & _DATES and not _DATES.intersection(name for name, _ in found):
        found += [(name, field) for name in FIELDS if name in _DATES and (field := _find_field(name, hits))]
    return [(place, f"{FIELDS[name]}：{text}") for name, (place, text) in found]


def sentence_with(hit: Hit, words: str) -> tuple[int, int]:
    """Offsets in the passage of the sentence that has the words, without outer white space; or of the hit's own."""
    spans = (span for span in split_sentences(hit.text) if words in hit.text[slice(*span)])
    start, end = next(spans, hit.sentence)
    piece = hit.text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _find_field(name: str, hits: Sequence[Hit]) -> tuple[int, str] | None:
    for place, hit in enumerate(hits):
        value = getattr(hit.document.validity if name in ("effective", "expires") else hit.document, name)
        if name == "title":  # its issuer may stand above it, on a line of its own
            value = value.removeprefix(hit.document.issuer or "") or value
        if value and hit.document.id == hits[0].document.id and (found := _stretch(value, hit.text)):
            return place, found.strip()
    return None


def _stretch(value: str | date, text: str) -> str | None:
    """The value as it stands in the text; a date in numerals (二〇二三年四月十七日) as well."""
    if found := re.search(_pattern(value), text):
        return found.group()
    return next(
        (numerals for numerals in _NUMERALS.findall(text) if re.fullmatch(_pattern(value), arabic(numerals))), None
    )


def _pattern(value: str | date) -> str:
    if isinstance(value, date):
        return _DATE.format(year=value.year, month=value.month, day=value.day)
    return r"[、\s]+".join(map(re.escape, value.split("、")))  # bodies may stand side by side with space between them
