"""A question that is asked while the stream of an earlier event is about to close."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import App, Visit

# What the stream says comes late; that an event has joined comes at once.
LATE = """
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const response = await fetched(...asked);
  if (!(asked[0].url ?? "").includes("/queue/data")) return response;
  const late = new TransformStream({
    async transform(piece, onward) {
      await new Promise((go) => setTimeout(go, 1500));
      onward.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(late), response);
};
"""


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_a_question_asked_while_the_stream_closes_is_heard(app: App, visit: Visit) -> None:
    page = visit.page
    page.add_init_script(LATE)
    with page.expect_response("**/queue/data?*"):
        page.goto(app.url)
    page.wait_for_timeout(500)  # the server has told all that it has, and closed the stream; the page has not read it
    page.locator("#box textarea").fill("镇海2024年高企目标是多少")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .amount")).to_have_text("110家", timeout=30_000)
