"""A page that nobody uses."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import App, Visit

COUNTING = """
window.frames_drawn = 0;
const draw = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (step) => { window.frames_drawn += 1; return draw(step); };
"""
# True a second after the last frame.
STILL = """() => {
  const still = window.frames_before === window.frames_drawn;
  window.frames_before = window.frames_drawn;
  return still;
}"""


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_an_open_page_draws_nothing_while_nothing_changes(app: App, visit: Visit) -> None:
    page = visit.page
    page.add_init_script(COUNTING)
    page.goto(app.url)
    expect(page.locator(".example").first).to_be_visible()
    page.wait_for_function(STILL, polling=1000, timeout=30_000)
