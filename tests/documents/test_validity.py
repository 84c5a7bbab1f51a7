from __future__ import annotations

from datetime import date

import pytest

from qa.documents.validity import in_force
from qa.records import DocumentCard, Validity
from tests.documents.reading import read_documents

TITLE = "镇海区科技项目管理办法"
BODY = "第一条 为规范科技项目管理，提高财政资金使用效益，根据有关规定，结合本区实际，制定本办法，请各单位遵照执行。"


def validity(*lines: str, title: str = TITLE, head: str = "成文日期：2024-03-08") -> Validity:
    (document,) = read_documents("a.txt", "\n".join([title, head, BODY, *lines]).encode())
    return document.card.validity


@pytest.mark.parametrize(
    ("text", "effective"),
    [
        ("第九条 本办法自2024年4月1日起施行。", date(2024, 4, 1)),
        ("第九条　本办法自二〇二四年四月一日起施行。", date(2024, 4, 1)),
        ("第九条 本办法自2024 年4 月1 日起正式施行。", date(2024, 4, 1)),
        ("第九条 本办法自印发之日起施行。", date(2024, 3, 8)),
        ("第九条 本办法自公布之日起30日后施行。", date(2024, 4, 7)),
        ("第九条 本办法自发布之日起三个月后施行。", date(2024, 6, 8)),
        ("第九条 本办法由区科技局负责解释，自2024年5月1日起实施。", date(2024, 5, 1)),
        ("《镇海区科技项目管理办法》已经审议通过，现予公布，自2024年4月1日起施行。", date(2024, 4, 1)),
        ("《中华人民共和国科学技术进步法》自2022年1月1日起施行。", None),
        ("调整后的标准自2024年7月1日起执行。", None),
        ("申请人自2024年7月1日起施行新标准。", None),
        ("第九条 本办法自1024年7月1日起施行。", None),
    ],
)
def test_the_day_it_takes_effect(text: str, effective: date | None) -> None:
    assert validity(text).effective == effective


def test_how_the_title_calls_it_counts_before_other_names() -> None:
    lines = ("本通知自2024年4月1日起施行。", "第九条 本办法自2024年5月1日起施行。")
    assert validity(*lines).effective == date(2024, 5, 1)


@pytest.mark.parametrize(
    ("text", "expires"),
    [
        ("本办法自2024年4月1日起施行，有效期至2026年12月31日。", date(2026, 12, 31)),
        ("本办法自2024年4月1日起施行，有效期3年。", date(2027, 3, 31)),
        ("本办法自2024年4月1日起试行，试行期两年。", date(2026, 3, 31)),
        ("本办法自2024年4月1日起施行。有效期为6个月。", date(2024, 9, 30)),
        ("本办法自2024年4月1日起施行，至2025年底止。", date(2025, 12, 31)),
        ("本办法自2024年4月1日起施行，2026年12月31日废止。", date(2026, 12, 31)),
        ("本办法有效期五年。", date(2029, 3, 7)),
        ("本办法自2024年4月1日起施行。居住证有效期一年。", None),
        ("本办法自2024年4月1日起施行，有效期至2020年12月31日。", None),
    ],
)
def test_the_day_it_ends(text: str, expires: date | None) -> None:
    assert validity(text).expires == expires


@pytest.mark.parametrize(
    ("text", "repeals"),
    [
        ("本办法自2024年4月1日起施行，《旧办法》（镇科〔2019〕3号）同时废止。", ("《旧办法》（镇科〔2019〕3号）",)),
        ("《甲办法》《乙〈丙〉规定》自本办法施行之日起废止。", ("《甲办法》", "《乙〈丙〉规定》")),
        ("《本区办法》自2024年4月1日起施行，《旧办法》同时废止。", ("《旧办法》",)),
        ("原镇科〔2019〕3号文件同时废止。", ("镇科〔2019〕3号",)),
        ("本标准代替《旧标准》。", ("《旧标准》",)),
        ("下列文件同时废止：\n1.《甲办法》\n2.《乙办法》\n依据《丙法》执行。", ("《甲办法》", "《乙办法》")),
        ("根据《丙法》，《旧办法》予以废止。", ("《旧办法》",)),
        ("《旧办法》第五条同时废止。", ()),
        ("《甲办法》已废止。", ()),
        ("《建设工程规划许可证》同时废止。", ()),
        ("与本办法不一致的规定，应当及时修改或者废止。", ()),
    ],
)
def test_what_it_repeals(text: str, repeals: tuple[str, ...]) -> None:
    assert validity(text).repeals == repeals


def test_what_its_page_says() -> None:
    assert validity(head="施行日期：2024-04-01").effective == date(2024, 4, 1)
    assert validity(head="生效日期：1900-01-01").effective is None
    assert validity(head="失效日期：2026-12-31").expires == date(2026, 12, 31)
    assert validity(head="有效性：失效").repealed
    assert not validity(head="有效性：有效").repealed
    assert not validity(head="有效性：部分失效").repealed
    assert validity(head="（已废止）").repealed
    assert validity(title=f"{TITLE}（已失效）").repealed
    assert not validity("旧的办法已废止。").repealed


@pytest.mark.parametrize(
    ("known", "on", "holds"),
    [
        (Validity(), date(2024, 1, 1), True),
        (Validity(effective=date(2024, 4, 1)), date(2024, 3, 31), False),
        (Validity(effective=date(2024, 4, 1)), date(2024, 4, 1), True),
        (Validity(expires=date(2024, 4, 1)), date(2024, 4, 1), True),
        (Validity(expires=date(2024, 4, 1)), date(2024, 4, 2), False),
        (Validity(repealed=True), date(2024, 4, 2), False),
        (Validity(repealed_by=("新",), repealed_from=date(2024, 4, 1)), date(2024, 3, 31), True),
        (Validity(repealed_by=("新",), repealed_from=date(2024, 4, 1)), date(2024, 4, 1), False),
        (Validity(repealed_by=("新",)), date(2024, 4, 1), False),
    ],
)
def test_in_force(known: Validity, on: date, holds: bool) -> None:
    assert in_force(DocumentCard("d", "d", "d", validity=known), on) is holds
