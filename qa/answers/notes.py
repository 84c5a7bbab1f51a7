"""What has to be said beside a reply: that it is an aim, is of another place, or stands on what does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from qa.answers.wording import places
from qa.records import Answer, Document
from qa.retrieval.intents import asked_aim
from qa.text.regions import region_named, short_name


def with_notes(answer: Answer, regions: Callable[[], frozenset[str]], document: Callable[[str], Document]) -> Answer:
    """The answer with its notes, each on a line in brackets; `regions` are the full names of those of all documents."""
    said = dict.fromkeys([*_of_aim(answer), *_of_place(answer, regions, document), *_of_validity(answer)])
    notes = tuple(f"（{note}。）" for note in said)
    return replace(answer, text="\n".join([answer.text, *notes]), notes=notes)


def _of_aim(answer: Answer) -> Iterator[str]:
    """An aim is told where the question of a year does not ask for one, and nothing of what was achieved."""
    question, told = answer.question, [*answer.figures, *answer.also]
    asks_aim = question.aim == "target" or asked_aim(question.text) == "target"  # 那2026年呢 after an aim
    if answer.comparison or not told or asks_aim or not question.years:
        return
    if told[0].aim == "target" and all(figure.aim != "result" for figure in told):
        yield "没有找到实际完成的数字，以上是目标"


def _of_place(
    answer: Answer, regions: Callable[[], frozenset[str]], document: Callable[[str], Document]
) -> Iterator[str]:
    """The document cited is not of the place asked of, and does not name it."""
    asked = [region for name in answer.question.regions if (region := region_named(name))]
    if answer.status != "answered" or answer.comparison or not asked or not answer.citations:
        return
    cited, place = answer.citations[0], places(answer.question)
    own, said = region_named(cited.region or ""), "".join([cited.source, cited.title, *cited.section, cited.text])
    if any(short_name(region.name) in said or (own and region.contains(own)) for region in asked):
        return
    if not set(answer.question.regions).isdisjoint(document(cited.document_id).card.named):
        return
    of_place = any(region.contains(each) for name in regions() if (each := region_named(name)) for region in asked)
    lacking = "" if of_place else f"没有{place}的文档，"
    yield f"{lacking}所引文件是{own.name}的" if own else f"{lacking}所引文件没有提到{place}"


def _of_validity(answer: Answer) -> Iterator[str]:
    """A document that the answer stands on does not hold."""
    stands_on = {cell.citation for cell in answer.comparison.cells} if answer.comparison else {0}
    yield from (cited.note for place, cited in enumerate(answer.citations) if place in stands_on and cited.note)
