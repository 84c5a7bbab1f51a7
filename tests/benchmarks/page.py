"""The page in Debian's Chromium: how soon it is there, and how soon ten people who ask at the same time see replies."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import CHROMIUM

VISITS = 7
PEOPLE, QUESTIONS_EACH = 10, 12
READING = 2000  # milliseconds between a reply and the next question, on average

# In the page itself: from the click to the moment in which the reply is part of the page.
_ASK = """async ([questions, reading]) => {
  const log = document.querySelector("#conversation [role=log]");
  const box = document.querySelector("#box textarea");
  const send = [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "发送");
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const replied = (number) => new Promise((done) => {
    const look = () => {
      if (!log.querySelector(`#turn-${number} .reply:not(.pending)`)) return;
      watching.disconnect();
      done();
    };
    const watching = new MutationObserver(look);
    watching.observe(log, {childList: true});
  });
  const taken = [];
  for (const [number, question] of questions.entries()) {
    await wait(reading * (0.5 + Math.random()));
    box.value = question;
    box.dispatchEvent(new Event("input", {bubbles: true}));
    await wait(50);
    const shown = replied(number + 1);
    const clicked = performance.now();
    send.click();
    await shown;
    taken.push((performance.now() - clicked) / 1000);
  }
  return taken;
}"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


def measure_page(url: str, questions: Sequence[str]) -> dict[str, list[float]]:
    """Seconds to the first paint and until the box is there, nothing cached; and from question to reply shown."""
    return asyncio.run(_measure(url, questions))


async def _measure(url: str, questions: Sequence[str]) -> dict[str, list[float]]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        visits = [await _visit(browser, url) for _ in range(VISITS)]
        figures = {
            "paint": [await page.evaluate(_PAINTED) for page, _ in visits],
            "ready": [seconds for _, seconds in visits],
        }
        for page, _ in visits:
            await page.context.close()
        pages = [(await _visit(browser, url))[0] for _ in range(PEOPLE)]
        asked = [_asked(questions, person) for person in range(PEOPLE)]
        taken: list[Any] = await asyncio.gather(
            *(page.evaluate(_ASK, [each, READING]) for page, each in zip(pages, asked, strict=True))
        )
        await browser.close()
    return figures | {"shown": [seconds for person in taken for seconds in person]}


async def _visit(browser: Browser, url: str) -> tuple[Page, float]:
    """A page of a browser that has seen none of it, and the seconds until its box is there."""
    page = await (await browser.new_context()).new_page()
    await page.goto(url)
    await page.locator("#box textarea").wait_for()
    await page.get_by_role("button", name="发送").wait_for()
    ready: float = await page.evaluate("performance.now() / 1000")
    return page, ready


def _asked(questions: Sequence[str], person: int) -> list[str]:
    """Each begins with another one."""
    return [questions[(person + number) % len(questions)] for number in range(QUESTIONS_EACH)]
