"""Documents that somebody made to attack whoever reads them, built for real and shown in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from qa.settings import Settings
from tests.browser.conftest import Visit
from tests.browser.test_keeping import served
from tests.stub_encoder import StubEncoder

ATTACK = (
    "<script>window.broken=1</script><img src=http://203.0.113.1/a.png onerror=window.broken=1>"
    "\"'><svg onload=window.broken=1>![图](http://203.0.113.1/b.png)[链接](javascript:window.broken=1)"
    "{{window.broken=1}}${window.broken=1}\u202e\u0007\u200b&lt;b&gt;</textarea></title>"
)
FIGURE = "新增高新技术企业110家"
NAME = "<img src=x onerror='window.broken=1'>\u202e&amp;"
QUESTION = "2024年新增高新技术企业多少家"


@pytest.fixture
def hostile(tmp_path: Path, stub: StubEncoder) -> Iterator[str]:
    """The address of a page over documents of several formats, all of them hostile in text, title, cells and name."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / f"文本{NAME}.txt").write_text(
        f"镇海区2024年科技工作要点{ATTACK}\n\n一、总体目标{ATTACK}\n\n力争{FIGURE}，{ATTACK}落实到位。\n",
        encoding="utf-8",
    )
    (folder / f"标记{NAME}.md").write_text(
        f"# 慈溪市2024年要点{ATTACK}\n\n力争{FIGURE}，{ATTACK}。\n", encoding="utf-8"
    )
    (folder / f"网页{NAME}.html").write_text(
        f"<html><head><title>余姚市要点{escape(ATTACK)}</title><script>window.broken=1</script></head>"
        f"<body onload='window.broken=1'><h1>余姚市2024年工作要点{escape(ATTACK)}</h1>"
        f"<p>力争{FIGURE}，{escape(ATTACK)}。</p><img src='http://203.0.113.1/c.png'>"
        f"<table><tr><th>指标{escape(ATTACK)}</th><th>目标</th></tr><tr><td>{escape(ATTACK)}</td><td>96家</td></tr></table>"
        "</body></html>",
        encoding="utf-8",
    )
    book = Workbook()
    book.active.append(["2024年指标", "目标"])
    book.active.append(["新增高新技术企业" + ATTACK.replace("\x07", ""), "110家"])
    book.active.append(['=HYPERLINK("http://203.0.113.1")', "=1+1"])
    book.save(folder / f"表格{NAME}.xlsx")
    (folder / f"空{NAME}.txt").touch()
    with served(Settings(documents=folder, vectors=tmp_path / "vectors")) as url:
        yield url


def unharmed(page: Page, visit: Visit, url: str) -> None:
    """No script of a document ran, nothing of it became an element, nobody else was asked."""
    assert page.evaluate("window.broken") is None
    assert (
        page.locator("#page :is(script, iframe, object, embed, img:not([src^='data:']), [onerror], [onload])").count()
        == 0
    )
    assert page.locator("#page a[href^='javascript']").count() == 0
    assert visit.foreign(url) == []


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_nothing_that_a_document_says_is_done(hostile: str, visit: Visit) -> None:
    page = visit.page
    page.goto(hostile)
    for question in (QUESTION, "镇海和慈溪2024年高新技术企业目标对比", "有哪些指标", ATTACK):
        visit.ask(question)
        unharmed(page, visit, hostile)
    turn = page.locator(".turn").first
    expect(turn.locator(".card").first).to_contain_text("<script>window.broken=1</script>")
    expect(turn.locator(".card").first).to_contain_text("[U+202E]")
    for card in turn.locator(".card:visible").all():
        card.locator(".open").first.click()
        source = page.locator(".source-view")
        expect(source).to_be_visible()
        source.get_by_text("文件信息").click()
        unharmed(page, visit, hostile)
        page.keyboard.press("Escape")
    for chip in turn.locator(".chip").all()[:1]:
        chip.click()
    page.get_by_role("button", name="限定范围").click()
    page.get_by_label("文件", exact=True).click()
    expect(page.get_by_role("option").first).to_be_visible()
    unharmed(page, visit, hostile)


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_nothing_in_the_list_of_documents_is_done(hostile: str, visit: Visit) -> None:
    page = visit.page
    page.goto(hostile)
    page.get_by_role("tab", name="资料").click()
    rows = page.locator(".documents li")
    expect(rows).to_have_count(4)
    expect(page.locator(".unread")).to_contain_text("空<img src=x")
    page.locator("#search textarea, #search input").fill(f"{ATTACK[:30]}")
    unharmed(page, visit, hostile)
    page.locator("#search textarea, #search input").fill("")
    expect(rows).to_have_count(4)
    rows.filter(has_text="镇海").get_by_role("button", name="更正").click()
    expect(page.get_by_role("dialog").get_by_label("标题")).to_have_value(re.compile("window.broken"))
    unharmed(page, visit, hostile)
    page.keyboard.press("Escape")
    uploaded: FilePayload = {
        "name": f"又{NAME}.md",
        "mimeType": "text/html",
        "buffer": f"# {ATTACK}\n\n{FIGURE}".encode(),
    }
    page.locator(".files").set_input_files(files=uploaded)
    expect(page.locator(".said-of-it")).to_contain_text("已上传 1 个文件")
    expect(rows).to_have_count(5)
    unharmed(page, visit, hostile)
