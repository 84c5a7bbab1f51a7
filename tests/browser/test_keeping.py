"""What a keeper does in the documents tab, in a real Chromium over a folder that may be changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, FilePayload, Page, expect

import qa
from qa.chat import reserve_port, serve
from qa.index.publishing import one_build
from qa.keepers import keeper_entry
from qa.knowledge_base import LOOK_EVERY
from qa.settings import Settings
from tests.browser.conftest import Visit
from tests.stub_encoder import StubEncoder

NOTICE = "镇海区2024年科技工作要点\n\n一、总体目标\n\n新增高新技术企业110家，研发经费占比达到3.42%。\n"
HOSTILE = "<img src=x onerror='window.broken = 1'>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "镇海.txt").write_text(NOTICE, encoding="utf-8")
    return folder


@pytest.fixture
def kept(folder: Path, tmp_path: Path, stub: StubEncoder) -> Iterator[str]:
    """The address of a page over the folder, with the stub in place of the model."""
    with served(Settings(documents=folder, vectors=tmp_path / "vectors")) as url:
        yield url


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    qa.rebuild(settings.documents, settings.vectors)
    knowledge = qa.KnowledgeBase.open(settings.vectors)
    with reserve_port("127.0.0.1", 0) as listening:
        threading.Thread(target=serve, args=(knowledge, listening, settings), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def open_tab(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("tab", name="资料").click()
    expect(page.locator(".documents li")).to_have_count(1)


def test_files_are_added_corrected_and_deleted(
    kept: str, folder: Path, visit: Visit, look: str, pictures: Path, tmp_path: Path
) -> None:
    page = visit.page
    open_tab(page, kept)
    rows, said = page.locator(".documents li"), page.locator(".said-of-it")
    names = (f"慈溪{HOSTILE}.txt", "空.txt")
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        for name, text in zip(names, (NOTICE.replace("镇海区", "慈溪市").replace("110", "96"), ""), strict=True)
    ]
    page.locator(".files").set_input_files(files=files)
    expect(said).to_have_text("已上传 2 个文件。索引已是最新：2 份文件（新增 2 个文件）；1 个文件没有读入，见下。")
    expect(rows).to_have_count(2)
    expect(page.locator(".unread")).to_contain_text("空.txt：文件是空的。")
    page.screenshot(path=pictures / f"keeping-{look}.png")

    row = rows.filter(has_text="慈溪")
    row.get_by_role("button", name="更正").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("标题")).to_have_value("慈溪市2024年科技工作要点")
    dialog.get_by_label("发布日期").fill("去年")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog.get_by_role("alert")).to_have_text("“发布日期”里的“去年”看不懂。请写成 2024-03-01 这样。")
    assert [complaint[:3] for complaint in visit.complaints] == ["400", "Fai"]  # the browser notes what is refused
    visit.complaints.clear()
    page.screenshot(path=pictures / f"correcting-{look}.png")
    dialog.get_by_label("发布日期").fill("2024-03-05")
    dialog.get_by_label("地区").fill("慈溪市")
    dialog.get_by_role("button", name="保存").click()
    expect(row).to_contain_text("2024年3月5日")
    expect(dialog).to_be_hidden()
    page.get_by_role("tab", name="问答").click()
    expect(page.locator(".holdings")).to_contain_text("浙江省宁波市慈溪市")

    page.get_by_role("tab", name="资料").click()
    page.on("dialog", accept)
    page.get_by_role("button", name="删除 空.txt").click()
    expect(page.locator(".unread")).to_have_count(0)
    row.get_by_role("button", name="删除").click()
    expect(rows).to_have_count(1)
    assert [path.name for path in folder.iterdir()] == ["镇海.txt"]
    assert page.evaluate("window.broken") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def accept(dialog: Dialog) -> None:
    dialog.accept()


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_a_file_is_replaced_only_when_that_was_said(kept: str, folder: Path, visit: Visit) -> None:
    page = visit.page
    open_tab(page, kept)
    newer: FilePayload = {"name": "镇海.txt", "mimeType": "text/plain", "buffer": NOTICE.replace("110", "120").encode()}
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator(".files").set_input_files(files=newer)
    expect(page.locator(".said-of-it")).to_have_text("没有上传任何文件。")
    assert (folder / "镇海.txt").read_text(encoding="utf-8") == NOTICE
    page.once("dialog", accept)
    dropped = page.evaluate_handle(
        "([name, text]) => { const all = new DataTransfer(); all.items.add(new File([text], name)); return all; }",
        [newer["name"], newer["buffer"].decode()],
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    expect(page.locator(".said-of-it")).to_contain_text("修改 1 个文件")
    assert "120家" in (folder / "镇海.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_a_build_elsewhere_is_told_and_its_outcome_shows_at_the_next_visit(
    kept: str, folder: Path, visit: Visit, tmp_path: Path
) -> None:
    page = visit.page
    open_tab(page, kept)
    with one_build(tmp_path / "vectors"):
        page.get_by_role("button", name="更新索引").click()
        expect(page.locator(".said-of-it.problem")).to_contain_text("另一个程序正在")
    (folder / "另一份.txt").write_text(NOTICE.replace("110", "90"), encoding="utf-8")
    qa.rebuild(folder, tmp_path / "vectors")
    time.sleep(LOOK_EVERY)
    visit.again(kept)
    expect(page.locator(".counts")).to_contain_text("2 份文件")
    page.get_by_role("tab", name="资料").click()
    expect(page.locator(".documents li")).to_have_count(2)


@pytest.mark.parametrize("look", ["1440-light", "390-dark"], indirect=True)
def test_a_keeper_signs_in_and_out(
    folder: Path, tmp_path: Path, stub: StubEncoder, visit: Visit, look: str, pictures: Path
) -> None:
    keepers = keeper_entry("张三", "long password")
    with served(Settings(documents=folder, vectors=tmp_path / "vectors", keepers=keepers)) as url:
        page = visit.page
        open_tab(page, url)
        panel, correct = page.locator(".keeper"), page.get_by_role("button", name="更正")
        expect(panel).to_be_hidden()
        expect(correct).to_be_hidden()
        page.get_by_text("资料管理员登录").click()
        page.screenshot(path=pictures / f"sign-in-{look}.png")
        page.get_by_label("名字").fill("张三")
        page.get_by_label("密码").fill("long password")
        page.keyboard.press("Enter")
        expect(correct).to_be_visible()
        page.get_by_role("button", name="更新索引").click()
        expect(page.locator(".said-of-it")).to_have_text("索引已是最新：1 份文件（没有变化）。")
        page.screenshot(path=pictures / f"signed-in-{look}.png")
        page.get_by_role("button", name="退出登录").click()
        expect(panel).to_be_hidden()
        expect(correct).to_be_hidden()
