from __future__ import annotations

from dataclasses import replace
from datetime import date

from qa.documents.repeals import mark_repealed
from qa.records import DocumentCard, Validity

NINGBO, HANGZHOU = "浙江省宁波市", "浙江省杭州市"
OLD = DocumentCard("旧", "旧", "科技项目管理办法", signed=date(2019, 5, 1), number="镇科〔2019〕3号", region=NINGBO)


def newer(
    *repeals: str, title: str = "科技项目管理办法", year: int = 2024, region: str | None = NINGBO
) -> DocumentCard:
    validity = Validity(effective=date(year, 4, 1), repeals=repeals)
    return DocumentCard(f"新{year}", "新", title, signed=date(year, 3, 8), region=region, validity=validity)


def repealed_by(old: DocumentCard, *others: DocumentCard) -> tuple[str, ...]:
    return mark_repealed([old, *others])[0].validity.repealed_by


def test_by_number_however_it_is_written() -> None:
    assert repealed_by(OLD, newer("《区科技项目管理办法》（镇科[2019] 3 号）")) == ("新2024",)
    assert repealed_by(OLD, newer("镇科〔2019〕3号")) == ("新2024",)
    assert repealed_by(OLD, newer("《人才公寓配租细则》（镇科〔2019〕3号）")) == ()
    assert repealed_by(OLD, newer("镇科〔2019〕13号")) == ()


def test_by_exact_title_where_it_is_the_older_one_of_the_same_place() -> None:
    assert repealed_by(OLD, newer("《科技项目管理办法》")) == ("新2024",)
    assert repealed_by(OLD, newer("《科技项目管理办法》（镇科〔2011〕8号）")) == ()
    assert repealed_by(OLD, newer("《科技项目管理办法》", year=2015)) == ()
    assert repealed_by(OLD, newer("《科技项目管理办法》", region=HANGZHOU)) == ()
    assert repealed_by(OLD, newer("《科技项目管理办法（试行）》")) == ()
    assert repealed_by(replace(OLD, title="《科技项目管理办法》实施细则"), newer("《科技项目管理办法》")) == ()


def test_by_the_title_of_what_it_issues() -> None:
    issued = replace(OLD, title="镇海区科技局关于印发《科技项目管理办法》的通知", number=None)
    assert repealed_by(issued, newer("《科技项目管理办法》")) == ("新2024",)
    assert repealed_by(OLD, newer("《关于印发〈科技项目管理办法〉的通知》")) == ("新2024",)


def test_a_newer_version_repeals_nothing_by_its_name_alone() -> None:
    assert repealed_by(OLD, newer(title="科技项目管理办法（2024年修订）")) == ()


def test_of_two_undated_ones_of_the_same_name_neither_repeals_the_other() -> None:
    undated = replace(OLD, signed=None, number=None)
    other = replace(newer("《科技项目管理办法》"), signed=None, validity=Validity(repeals=("《科技项目管理办法》",)))
    assert [card.validity.repealed_by for card in mark_repealed([undated, other])] == [(), ()]


def test_it_ends_with_the_first_that_repeals_it_and_is_worked_out_anew() -> None:
    others = [newer("镇科〔2019〕3号", year=year, title="甲") for year in (2024, 2022)]
    (old, *_) = mark_repealed([OLD, *others])
    assert (old.validity.repealed_by, old.validity.repealed_from) == (("新2024", "新2022"), date(2022, 4, 1))
    assert mark_repealed([old]) == [OLD]
