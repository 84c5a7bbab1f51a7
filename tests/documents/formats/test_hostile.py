"""Files made to harm whoever reads them: each is read or refused, soon, with nothing of another file in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

from qa.documents.formats import extract
from qa.documents.reading import SourceFile
from qa.documents.reading_process import Reader, reading_process
from qa.errors import DocumentError, ReadingStoppedError

from .samples import SAMPLES

SECONDS = 60  # of the clock; none takes a second where nothing else runs
PARTS = {
    "notice.docx": ("word/document.xml", "<w:t>"),
    "indicators.xlsx": ("xl/worksheets/sheet1.xml", "<t>"),
    "slides.pptx": ("ppt/slides/slide1.xml", "<a:t>"),
    "notice.ofd": ("Doc_0/Pages/Page_0/Content.xml", "TextCode"),
}


@pytest.fixture(scope="module")
def read() -> Iterator[Reader]:
    """Reads as a build does, and fails where reading had to be stopped."""
    with reading_process(SECONDS, memory=600 << 20) as read:
        yield read


def outcome(read: Reader, path: Path) -> str:
    """The text, or why there is none."""
    try:
        return "\n".join(document.text for document in read(SourceFile(path.name, path)).documents)
    except ReadingStoppedError:
        raise
    except DocumentError as error:
        return str(error)


def forge(sample: str, path: Path, declared: str, said: str) -> None:
    """The sample with a document type declared in its main part, and `said` at the beginning of its first text."""
    part, mark = PARTS[sample]
    with zipfile.ZipFile(SAMPLES / sample) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
                before, found, after = text.partition(mark)
                opened, end, rest = after.partition(">") if mark == "TextCode" else ("", "", after)
                assert found
                content = f'<?xml version="1.0"?>{declared}{before}{found}{opened}{end}{said}{rest}'.encode()
            new.writestr(name, content)


@pytest.mark.parametrize("sample", PARTS)
def test_entities_that_grow_do_not(read: Reader, tmp_path: Path, sample: str) -> None:
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / sample
    forge(sample, path, f'<!DOCTYPE b [<!ENTITY e0 "炸弹">{grown}]>', "&e11;")
    assert "炸弹" not in outcome(read, path)


@pytest.mark.parametrize("sample", PARTS)
@pytest.mark.parametrize("scheme", ["file://", "http://127.0.0.1:1"])
def test_entities_bring_in_no_other_file(read: Reader, tmp_path: Path, sample: str, scheme: str) -> None:
    (tmp_path / "secret").write_text("绝密", encoding="utf-8")
    path = tmp_path / sample
    forge(sample, path, f'<!DOCTYPE b [<!ENTITY x SYSTEM "{scheme}{tmp_path}/secret">]>', "&x;")
    assert "绝密" not in outcome(read, path)


@pytest.mark.parametrize("sample", PARTS)
def test_what_would_unpack_to_a_thousand_times_is_not_unpacked(tmp_path: Path, sample: str) -> None:
    path = tmp_path / sample
    with zipfile.ZipFile(SAMPLES / sample) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            with new.open(name, "w") as member:
                member.write(old.read(name))
                for _ in range(120 if name == PARTS[sample][0] else 0):
                    member.write(b" " * (1 << 20))
    with pytest.raises(DocumentError, match=r"解压后有 120 MB"):
        extract(path)


def test_a_package_names_no_file_outside_it(read: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.ofd"
    with zipfile.ZipFile(SAMPLES / "notice.ofd") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"Pages/Page_0/Content.xml", b"../../../../../../../../etc/passwd"))
    assert "root:" not in outcome(read, path)


def test_pages_embed_and_include_nothing(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("绝密", encoding="utf-8")
    path = tmp_path / "a.html"
    path.write_text(
        '<!DOCTYPE html [<!ENTITY x SYSTEM "secret.txt">]><title>通知</title><p>各单位：&x;</p>'
        '<iframe src="secret.txt"></iframe><object data="secret.txt"></object><!--#include file="secret.txt" -->'
        "<p>请认真执行本通知。</p>",
        encoding="utf-8",
    )
    text = outcome(read, path)
    assert "请认真执行" in text
    assert "绝密" not in text


def test_a_workbook_is_not_calculated(read: Reader, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["指标", "目标"], ["企业", '=WEBSERVICE("http://127.0.0.1:1/")'], ["产值", "=cmd|'/c calc'!A0"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    text = outcome(read, tmp_path / "a.xlsx")
    assert "指标" in text
    assert "WEBSERVICE" not in text


def write_pdf(path: Path, *objects: str) -> None:
    """A PDF of these objects, the first of them the catalogue."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size, start = len(objects) + 1, len(written)
    trailer = f"trailer\n<</Size {size}/Root 1 0 R/Prev {start}>>\nstartxref\n{start}\n%%EOF\n"
    path.write_bytes(written + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode())


def stream(entries: str, content: str) -> str:
    return f"<<{entries}/Length {len(content)}>>\nstream\n{content}\nendstream"


PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    "/Resources<</XObject<</X 5 0 R>>/Font<</F 6 0 R>>>>>>"
)
DRAWN = stream("", "BT /F 12 Tf 50 700 Td (once) Tj ET /X Do")
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 5 0 R>>>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
LOOPS = {
    "a form that draws itself": (
        "<</Pages 2 0 R>>",
        "<</Kids[3 0 R]/Count 1>>",
        PAGE,
        DRAWN,
        stream(FORM, "/X Do /X Do"),
        FONT,
    ),
    "pages that are their own parents": ("<</Pages 2 0 R>>", "<</Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>"),
    "a million pages that are one": (
        "<</Pages 2 0 R>>",
        "<</Kids[3 0 R]/Count 1000000>>",
        PAGE,
        DRAWN,
        stream(FORM, ""),
        FONT,
    ),
    "an outline in a circle": (
        "<</Pages 2 0 R/Outlines 7 0 R>>",
        "<</Kids[3 0 R]/Count 1>>",
        PAGE,
        DRAWN,
        stream(FORM, ""),
        FONT,
        "<</First 8 0 R/Last 8 0 R/Count 1>>",
        "<</Title(a)/Parent 7 0 R/Next 8 0 R/First 8 0 R>>",
    ),
    "a length that is its own stream": (
        "<</Pages 2 0 R>>",
        "<</Kids[3 0 R]/Count 1>>",
        PAGE,
        "<</Length 4 0 R>>\nstream\nBT ET\nendstream",
    ),
    "references in a circle": ("<</Pages 2 0 R>>", "3 0 R", "2 0 R"),
}


@pytest.mark.parametrize("name", LOOPS)
def test_a_pdf_that_leads_in_circles_ends_and_the_next_file_is_read(read: Reader, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(path, *LOOPS[name])
    with suppress(ReadingStoppedError):  # PDFium gives up on some of them, and takes nothing with it but its process
        assert outcome(read, path)
    assert "科技工作要点" in outcome(read, SAMPLES / "notice.pdf")
