"""A conversation on paper: whole, black on white, without what is only there to be clicked."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import App, Visit

QUESTION = "镇海2024年高企目标是多少" + "，请说明" * 60
COLOURS = """() => {
  const texts = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
  const shown = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    if (text.textContent.trim() && text.parentElement.checkVisibility()) shown.push(text.parentElement);
  const styles = shown.map((part) => getComputedStyle(part));
  return [new Set(styles.map(({color}) => color)), new Set(styles.map(({backgroundColor}) => backgroundColor))]
    .map((colours) => [...colours]);
}"""


@pytest.mark.parametrize("look", ["1440-dark", "390-light"], indirect=True)
def test_a_conversation_prints_whole_in_black_on_white(
    app: App, visit: Visit, look: str, pictures: Path, tmp_path: Path
) -> None:
    page = visit.page
    page.goto(app.url)
    turn = visit.ask(QUESTION)
    passages = ["".join(text.split()) for text in turn.locator(".cards").first.locator(".passage").all_text_contents()]
    visit.ask("镇海和慈溪2024年高企目标对比")
    turn.locator(".card .open").first.click()
    expect(page.locator(".source-view mark")).to_be_visible()

    page.emulate_media(media="print")
    for hidden in ("#composer", ".tab-container", ".below", ".export", ".source-view", ".cross", ".card .act"):
        expect(page.locator(hidden).first).to_be_hidden()
    inks, grounds = page.evaluate(COLOURS)
    assert set(inks) <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.screenshot(path=pictures / f"print-{look}.png", full_page=True)

    page.pdf(path=tmp_path / "printed.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as printed:
        text = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in printed)
    assert "发送" not in text
    assert QUESTION in text
    assert "慈溪" in text
    for passage in passages:
        assert passage[-40:] in text
