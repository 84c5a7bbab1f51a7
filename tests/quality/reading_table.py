"""How well files are read that nobody tuned for: python -m tests.quality.reading_table --documents DIR [--misses]

`reading_labels.jsonl` says what a person reads in 40 + 24 files of a public collection, labelled before they were read
here; `report_labels.jsonl` who reports for which year in 62 work reports of provinces. A file is known by the SHA-256
of its content and read under that name, so that its own says nothing. Every file of DIR, labelled or not, must also
obey the laws (tests/documents/laws.py), and is timed: read and split, on one core, in MB of its bytes a second.

How it was labelled. Sample 1 was looked at while rules were made, sample 2 was not.
- title: the document's own, as it stands, lines joined; where the text has none, what its first sentence says it is
  about (现就…有关事项通知如下 -> 关于…的通知). White space does not count.
- years: those in the title; or else of the day it is signed, issued or adopted, or, without such a day, comes into
  force; none where no date stands there.
- issuer: who signs, issues or adopts it; several are joined by 、; none where the text doesn't say.
- region: the full name of the place it is for; none for the whole country.
- headings: lines that head what follows, titles of attached documents too, and what a numbered paragraph begins with
  where that names its topic ((一)指导思想。以…). Not the title, nor 第…条; up to line `until` in long files. `either`
  are those about which people may differ: neither right nor wrong.
- furniture: lines, from 0, that belong to the web page. Repeated titles are not counted.
The reports have no labels of headings and furniture. Where a field allows several values, people would differ.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.documents.passages import split_passages
from qa.documents.reading import SourceFile, content_hash, read_file
from qa.errors import DocumentError
from qa.records import Document
from tests.documents.laws import obeys_the_laws

LABELS = ("reading_labels.jsonl", "report_labels.jsonl")
MB = 1_000_000
FIELDS = ("title", "years", "issuer", "region")


@dataclass(frozen=True, slots=True)
class Marks:
    """How one file was read; heading and character counts."""

    wrong: Mapping[str, tuple[Any, Any]]  # by field: what was read, and what would be right
    headings_right: int = 0
    headings_missed: tuple[str, ...] = ()
    headings_made_up: tuple[str, ...] = ()
    furniture_kept: int = 0
    text_lost: int = 0
    characters: int = 0  # of a file whose headings and furniture are labelled


def read_labels() -> list[dict[str, Any]]:
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in LABELS)
    return [json.loads(line) for text in texts for line in text.splitlines()]


def mark_file(content: bytes, label: Mapping[str, Any]) -> Marks:
    """Reads the content as a file named by its hash and compares it with its label."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{label['sha256']}.txt")
        path.write_bytes(content)
        document = read_file(SourceFile(path.name, path)).documents[0]
    card = document.card
    read = {"title": card.title, "years": list(card.years), "issuer": card.issuer, "region": card.region}
    wrong = {
        field: (read[field], label[field])
        for field in FIELDS
        if _bare(read[field]) not in [_bare(accepted) for accepted in label[field]]
    }
    if "headings" not in label:
        return Marks(wrong)
    found, expected = _headings(document, label), Counter(map(_heading, label["headings"]))
    kept, lost = _misplaced(document, label)
    return Marks(
        wrong,
        headings_right=(found & expected).total(),
        headings_missed=tuple((expected - found).elements()),
        headings_made_up=tuple((found - expected).elements()),
        furniture_kept=kept,
        text_lost=lost,
        characters=len("".join(document.text.split())),
    )


def _bare(value: object) -> object:
    return "".join(value.split()) if isinstance(value, str) else value


def _heading(text: str) -> str:
    return "".join(text.split()).rstrip("。")


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _headings(document: Document, label: Mapping[str, Any]) -> Counter[str]:
    """The headings that were found, without the title, 第…条, and those that count as neither right nor wrong."""
    starts = _line_starts(document.text)
    end = starts[label["until"]] if "until" in label else len(document.text)
    found = Counter(_heading(section.title) for section in document.sections if section.start < end)
    for name in [*label["either"], *label["title"]]:
        found.pop(_heading(name), None)
    return Counter({name: n for name, n in found.items() if not re.match(r"第[〇零一二三四五六七八九十百\d]+条", name)})


def _misplaced(document: Document, label: Mapping[str, Any]) -> tuple[int, int]:
    """Characters of furniture that count as text, and of text that counts as furniture, repeated titles apart."""
    kept = lost = 0
    lines = document.text.split("\n")
    starts = _line_starts(document.text)
    ignored = {_heading(name) for name in [*label["either"], *label["title"]]}
    furniture = {i for block in document.blocks if block.kind == "furniture" for i in range(block.start, block.end)}
    for number, (start, line) in enumerate(zip(starts, lines, strict=True)):
        if _heading(line) in ignored:
            continue
        dropped = sum(start + place in furniture for place, character in enumerate(line) if character.strip())
        if any(first <= number <= last for first, last in label["furniture"]):
            kept += len("".join(line.split())) - dropped
        else:
            lost += dropped
    return kept, lost


def table(marks: Sequence[Marks]) -> Iterator[str]:
    """The lines of the table, one measure each."""
    for field in FIELDS:
        right = sum(field not in mark.wrong for mark in marks)
        yield f"{field:10} {right / len(marks):6.1%}  {right} of {len(marks)}"
    characters = sum(mark.characters for mark in marks)
    if not characters:
        return
    right = sum(mark.headings_right for mark in marks)
    missed = sum(len(mark.headings_missed) for mark in marks)
    made_up = sum(len(mark.headings_made_up) for mark in marks)
    share = right / (right + missed + made_up)
    yield f"{'headings':10} {share:6.1%}  {right} right, {missed} missed, {made_up} made up"
    for name in ("furniture_kept", "text_lost"):
        count = sum(getattr(mark, name) for mark in marks)
        yield f"{name.replace('_', ' '):15} {count / characters:.2%}  {count} of {characters} characters"


def misses(name: str, mark: Marks) -> Iterator[str]:
    """What was read wrongly in one file."""
    for field, (read, right) in mark.wrong.items():
        yield f"{name} {field}: {read!r}, not {right!r}"
    for kind in ("headings_missed", "headings_made_up"):
        yield from (f"{name} {kind}: {heading}" for heading in getattr(mark, kind))
    for kind in ("furniture_kept", "text_lost"):
        if count := getattr(mark, kind):
            yield f"{name} {kind}: {count}"


def lawless(path: Path) -> bool:
    """Whether a document in the file breaks a law; a file that cannot be read has none."""
    try:
        for document in _documents(path):
            obeys_the_laws(document)
    except AssertionError:
        return True
    return False


def speed(files: Sequence[Path]) -> float:
    """Bytes of the files read and split into passages in a second of processor time."""
    spent = time.process_time()
    for path in files:
        for document in _documents(path):
            split_passages(document)
    return sum(path.stat().st_size for path in files) / (time.process_time() - spent)


def _documents(path: Path) -> tuple[Document, ...]:
    try:
        return read_file(SourceFile(path.name, path)).documents
    except DocumentError:
        return ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="the folder that holds the labelled files")
    parser.add_argument("--misses", action="store_true", help="list what was read wrongly")
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.documents.rglob("*") if path.is_file())
    by_hash = {content_hash(path.read_bytes()): path for path in files}
    labels = [label for label in read_labels() if label["sha256"] in by_hash]
    for sample in dict.fromkeys(label["sample"] for label in labels):
        chosen = [label for label in labels if label["sample"] == sample]
        marks = [mark_file(by_hash[label["sha256"]].read_bytes(), label) for label in chosen]
        print(f"sample {sample}: {len(marks)} files", *table(marks), "", sep="\n")
        if arguments.misses:
            for label, mark in zip(chosen, marks, strict=True):
                print(*misses(by_hash[label["sha256"]].name, mark), sep="\n", end="\n")
    broken = [path for path in files if lawless(path)]
    print(f"the laws: {len(files)} files, {len(broken)} break them", *broken, sep="\n")
    print(f"speed: {speed(files) / MB:.1f} MB a second")


if __name__ == "__main__":
    main()
