"""The tab to compare in, what a comparison is taken along as, and what leads on from a reply, in a real Chromium."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, Visit


def choose(page: Page, label: str, *values: str) -> None:
    """Chooses them in the box with that label."""
    box = page.locator("#compared").get_by_label(label, exact=True)
    for value in values:
        box.fill(value)
        page.get_by_role("option", name=value).click()
    page.keyboard.press("Escape")


def open_tab(page: Page, url: str) -> None:
    page.goto(url)
    button = page.locator("#compare")
    for _ in range(5):  # a click is lost where the page has been drawn but does not listen yet
        page.get_by_role("tab", name="对比").click()
        with suppress(AssertionError):
            expect(button).to_be_visible(timeout=6_000)
            break
    expect(button).to_be_visible()


def test_an_indicator_is_compared_cell_by_cell(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    open_tab(page, app.url)
    indicator = page.get_by_label("指标", exact=True)
    indicator.fill("高企")
    indicator.press("Enter")
    choose(page, "地区", "浙江省宁波市镇海区", "浙江省嘉兴市桐乡市", "浙江省宁波市海曙区")
    page.get_by_role("radio", name="目标").check()
    page.locator("#compare").click()
    grid = page.locator("#comparison .grid")
    expect(grid.locator("tbody tr")).to_have_count(3, timeout=60_000)
    expect(grid.locator(".told:not(.none) .open")).to_have_text(["110家", "70家"])
    expect(page.locator("#comparison .verdict")).to_contain_text("镇海区 2024年 目标更高，相差40家。")
    bars = page.locator("#comparison .chart")
    expect(bars.locator(".value")).to_have_text(["110家", "70家"])
    first, second = (bars.locator(".sure").nth(place).bounding_box() for place in (0, 1))
    assert first and second
    assert abs(second["width"] / first["width"] - 70 / 110) < 0.01
    page.screenshot(path=pictures / f"compare-{look}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]

    grid.locator(".told .wording").first.click()
    expect(page.locator(".source-view mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(grid.locator(".open").first).to_be_focused()
    assert visit.foreign(app.url) == []


@pytest.mark.parametrize("look", ["1440-light", "390-dark"], indirect=True)
def test_a_comparison_in_the_conversation_has_bars_and_a_spreadsheet(
    app: App, visit: Visit, look: str, pictures: Path
) -> None:
    page = visit.page
    page.goto(app.url)
    turn = visit.ask("镇海2024年和桐乡2019年新增高企目标分别是多少家")
    expect(turn.locator(".chart .value")).to_have_text(["110家", "70家"])
    page.screenshot(path=pictures / f"bars-{look}.png")
    with page.expect_download() as download:
        turn.get_by_role("link", name="导出 .xlsx").click()
    assert download.value.suggested_filename == "镇海2024年和桐乡2019年新增高企目标分别是多少家.xlsx"
    saved = pictures / "comparison.xlsx"
    download.value.save_as(saved)
    lines = [[cell.value for cell in row] for row in openpyxl.load_workbook(saved).active]
    assert [line[5] for line in lines[1:3]] == [110, 70]


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_what_cannot_be_compared_says_why(app: App, visit: Visit) -> None:
    open_tab(visit.page, app.url)
    visit.page.locator("#compare").click()
    expect(visit.page.locator("#comparison .problem")).to_contain_text("没有读到问题")


@pytest.mark.parametrize("look", ["1440-dark", "390-light"], indirect=True)
def test_what_leads_on_is_filled_in_and_asked(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    turn = visit.ask("镇海2024年高企目标是多少")
    offered = turn.locator(".offered .lead")
    expect(offered.first).to_be_visible(timeout=60_000)
    page.screenshot(path=pictures / f"following-{look}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    question = offered.first.inner_text()
    offered.first.click()
    expect(page.locator(".turn .question")).to_have_text(["镇海2024年高企目标是多少", question])
    expect(page.locator(".turn").nth(1).locator(".answered")).to_be_visible(timeout=60_000)
    expect(turn.locator(".offered .lead").first).to_have_text(question)


@pytest.mark.parametrize("look", ["1440-light", "390-dark"], indirect=True)
def test_a_card_tells_why_and_marks_every_item_of_a_list(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    card = visit.ask("镇海2024年高企目标是多少").locator(".card").first
    card.locator(".why summary").click()
    expect(card.locator(".why")).to_contain_text("与问题相同：高企 = 高新技术企业")
    card.locator(".parts").click()
    expect(page.locator(".source-view")).to_have_count(0)
    page.screenshot(path=pictures / f"why-{look}.png")
    listed = visit.ask("桐乡2019年重点推进的六大工程是哪六个")
    expect(listed.locator(".card").first.locator("mark")).to_have_count(6)
