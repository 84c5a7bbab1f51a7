from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qa.documents.formats import converted, extract
from qa.errors import DocumentError

from .samples import NOTICE, ROWS, SAMPLES, rows

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@needs_office
@pytest.mark.parametrize("name", ["notice.doc", "notice.wps", "notice.odt"])
def test_old_word_files_are_read_like_new_ones(name: str) -> None:
    found = extract(SAMPLES / name)
    assert found.text.split("\n")[: len(NOTICE)] == NOTICE
    assert rows(found) == ROWS


@needs_office
def test_rtf_with_gbk_and_unicode_escapes() -> None:
    assert extract(SAMPLES / "notice.rtf").text == "镇海区2024年科技工作要点\n全年新增高新技术企业100家。"


@needs_office
@pytest.mark.parametrize("name", ["indicators.xls", "indicators.ods"])
def test_old_spreadsheets_are_read_like_new_ones(name: str) -> None:
    assert rows(extract(SAMPLES / name)) == rows(extract(SAMPLES / "indicators.xlsx"))


@needs_office
@pytest.mark.parametrize("name", ["slides.ppt", "slides.odp"])
def test_old_slides_are_read_like_new_ones(name: str) -> None:
    old, new = extract(SAMPLES / name), extract(SAMPLES / "slides.pptx")
    assert (old.text, old.pages, rows(old)) == (new.text, new.pages, rows(new))


@needs_office
@pytest.mark.parametrize(("name", "called"), [("indicators.xls", "a.et"), ("slides.ppt", "a.dps")])
def test_what_wps_office_writes_under_its_own_suffixes(name: str, called: str, tmp_path: Path) -> None:
    shutil.copy(SAMPLES / name, tmp_path / called)
    assert extract(tmp_path / called).text == extract(SAMPLES / name).text


@pytest.mark.parametrize(("name", "target"), [("notice.doc", ".docx"), ("indicators.xls", ".xlsx")])
def test_without_libreoffice_it_says_what_to_do(name: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DocumentError, match=f"请安装 LibreOffice，或另存为 {target}"):
        extract(SAMPLES / name)


def test_a_conversion_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(converted, "_TIMEOUT", 0.2)
    with pytest.raises(DocumentError, match=r"超过 0\.2 秒"):
        extract(SAMPLES / "notice.doc")
