"""What axe-core finds on every tab, empty and with what people see there; faults that hinder nobody much are left."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, Visit

GRAVE = ("serious", "critical")
ASKED = ("镇海2024年高企目标是多少", "镇海和慈溪2024年高企目标对比", "火星2024年高企目标是多少", "   ")


def faults(page: Page) -> list[Any]:
    """The grave faults: the rule, and the elements with what is wrong with each."""
    page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")  # half-faded text is pale
    found = Axe().run(page).response["violations"]
    return [
        (each["id"], [(node["target"], node["failureSummary"]) for node in each["nodes"]])
        for each in found
        if each["impact"] in GRAVE
    ]


def test_no_tab_has_a_grave_fault(app: App, visit: Visit) -> None:
    page = visit.page
    page.goto(app.url)
    expect(page.locator(".example").first).to_be_visible()
    tabs = page.get_by_role("tab")
    for number in range(tabs.count()):
        tabs.nth(number).click()
        expect(tabs.nth(number)).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("tabpanel")).to_have_count(1)  # the others are hidden
        assert faults(page) == [], tabs.nth(number).inner_text()


def test_no_reply_and_no_source_has_a_grave_fault(app: App, visit: Visit) -> None:
    page = visit.page
    page.goto(app.url)
    for question in ASKED:
        visit.ask(question)
    expect(page.locator(".turn")).to_have_count(len(ASKED))
    first = page.locator(".turn").first
    for fold in first.locator("details.more, details.down").all():
        fold.locator("summary").first.click()
    page.get_by_role("button", name="限定范围").click()
    expect(page.get_by_label("地区", exact=True)).to_be_visible()
    assert faults(page) == []
    first.locator(".card .open").first.click()
    expect(page.locator(".source-view mark")).to_be_visible()
    assert faults(page) == []
    page.locator(".close").click()
    page.get_by_role("button", name="历史对话").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
