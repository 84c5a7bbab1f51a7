"""The thumbs under a reply, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from qa.feedback import read_feedback
from tests.browser.conftest import Visit
from tests.browser.test_keeping import folder, kept

__all__ = ["folder", "kept"]

QUESTION = "镇海2024年高企目标是多少"


def test_a_reply_is_judged_with_a_reason(kept: str, visit: Visit, look: str, pictures: Path, tmp_path: Path) -> None:
    page = visit.page
    page.goto(kept)
    thumbs = visit.ask(QUESTION).locator(".thumbs")
    thumbs.locator("summary").press("Enter")
    thumbs.get_by_role("button", name="提交").press("Enter")  # without a reason nothing is sent
    thumbs.get_by_label("数字不对").press("Space")
    thumbs.get_by_label("补充说明").press_sequentially("应是/120家")
    page.screenshot(path=pictures / f"thumb-{look}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    thumbs.get_by_role("button", name="提交").press("Enter")
    expect(thumbs).to_have_text("已记下，谢谢。")
    expect(thumbs.get_by_role("status")).to_be_focused()

    second = visit.ask("镇海2024年研发经费占比").locator(".thumbs")
    second.get_by_role("button", name="赞").click()
    expect(second).to_have_text("已记下，谢谢。")
    down, up = read_feedback(tmp_path / "vectors")
    assert (down.question, down.reason, down.words, down.file) == (QUESTION, "数字不对", "应是/120家", "镇海.txt")
    assert (up.liked, up.history) == (True, (QUESTION,))


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_what_cannot_be_kept_is_said_and_can_be_tried_again(kept: str, visit: Visit, tmp_path: Path) -> None:
    visit.page.goto(kept)
    thumbs = visit.ask(QUESTION).locator(".thumbs")
    file = tmp_path / "vectors" / "feedback.sqlite"
    file.mkdir()
    up = thumbs.get_by_role("button", name="赞")
    for _ in range(2):
        up.click()
        expect(thumbs.get_by_role("status")).to_contain_text("无法读写")
        expect(thumbs).not_to_have_attribute("aria-busy", "true")
    file.rmdir()
    up.click()
    expect(thumbs).to_have_text("已记下，谢谢。")
