"""Earlier conversations, in a real Chromium: kept in it and nowhere else."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_keeping import HOSTILE, accept, folder, kept

__all__ = ["folder", "kept"]

QUESTIONS = ["镇海2024年高企目标是多少", "研发经费占比呢"]


def stored(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('qa-conversations')") or "[]")


def test_a_conversation_is_kept_opened_again_and_deleted(kept: str, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(kept)
    opener, dialog = page.get_by_role("button", name="历史对话"), page.get_by_role("dialog")
    for question in QUESTIONS:
        visit.ask(question)
    replies = page.locator(".amount").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出整段对话").click()
    exported = Path(download.value.path()).read_text(encoding="utf-8")
    assert all(f"**{question}" in exported for question in QUESTIONS[:1])
    assert exported.count("\n---\n") == 1
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    visit.ask(HOSTILE)

    visit.again(kept)
    expect(page.locator(".example").first).to_be_visible()
    for _ in range(10):  # a click is lost where the page has been drawn but does not listen yet
        opener.click()
        with suppress(AssertionError):
            expect(dialog).to_be_visible(timeout=3_000)
            break
    entries = dialog.locator("li")
    expect(entries.locator(".open")).to_have_text([HOSTILE, QUESTIONS[0]])
    page.screenshot(path=pictures / f"history-{look}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    entries.nth(1).locator(".open").click()
    expect(page.locator(".turn .question")).to_have_text(QUESTIONS)
    expect(page.locator(".amount")).to_have_text(replies)
    expect(page.locator(".reopened")).to_have_text("早先的对话，已按现有资料重新回答。")
    visit.ask("镇海2024年总体目标")
    assert [len(each["asked"]) for each in stored(page)] == [3, 1]

    opener.click()
    dialog.get_by_role("button", name=f"删除 {QUESTIONS[0]}").click()
    expect(entries).to_have_count(1)
    page.once("dialog", accept)
    dialog.get_by_role("button", name="全部删除").click()
    expect(entries).to_have_text("还没有对话。")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert stored(page) == []
    assert page.evaluate("window.broken") is None
    assert visit.foreign(kept) == []


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_only_so_much_is_kept_and_what_is_not_ours_is_no_hindrance(kept: str, visit: Visit) -> None:
    page = visit.page
    page.goto(kept)
    page.evaluate("localStorage.setItem('qa-conversations', '{no JSON')")
    visit.ask(QUESTIONS[0])
    (conversation,) = stored(page)
    long = [conversation | {"id": str(number), "at": f"2026-01-{30 - number:02}T00:00:00Z"} for number in range(30)]
    page.evaluate("kept => localStorage.setItem('qa-conversations', JSON.stringify(kept))", long)
    visit.ask(QUESTIONS[1])
    assert [each["id"] for each in stored(page)] == [conversation["id"], *map(str, range(29))]
    huge = [each | {"asked": [conversation["asked"][0] | {"question": "字" * 60_000}]} for each in long]
    page.evaluate("kept => localStorage.setItem('qa-conversations', JSON.stringify(kept))", huge)
    visit.ask(QUESTIONS[0])
    assert [each["id"] for each in stored(page)] == [conversation["id"], "0", "1", "2"]
