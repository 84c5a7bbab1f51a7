from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from qa.documents.formats import extract, scanned
from qa.errors import DocumentError

from .samples import SAMPLES, marked

needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra `ocr` is not installed")

FIRST = [
    "镇海区2024年科技工作要点",
    "全年新增高新技术企业100家，研发投入强度达到百分之三点五，技术交易额突破15亿元，为全区发展提供支撑。",
    "引进高层次人才团队10个。",
]
SECOND = [
    "附件责任分工",
    "区科技局牵头，区财政局、区人力社保局配合，各镇街道按照职责分工抓好落实，每季度报送进展情况。",
]


@needs_ocr
@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.pdf"])
def test_a_scan_is_read_into_paragraphs(name: str) -> None:
    found = extract(SAMPLES / name)
    assert found.text.split("\n") == FIRST
    assert marked(found, "title") == [(0, FIRST[0])]


@needs_ocr
def test_a_tiff_has_pages() -> None:
    found = extract(SAMPLES / "scan.tif")
    assert [line.replace(" ", "") for line in found.text.split("\n")] == FIRST + SECOND
    assert found.text[found.pages[1] :].startswith("附件")


@pytest.mark.parametrize("name", ["scan.png", "scan.tif", "scan.pdf"])
def test_without_the_extra_it_says_how_to_install_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    scanned._load_recogniser.cache_clear()
    with pytest.raises(DocumentError, match=r"pip install 'qa\[ocr\]'"):
        extract(SAMPLES / name)
