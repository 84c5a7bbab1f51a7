"""The page in a real Chromium, at the width of a desk and of a phone, light and dark."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import expect

from qa.chat import reserve_port, serve
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Document, DocumentCard, Question
from tests.browser.conftest import App, Visit
from tests.chat.samples import citation, document_card

QUESTION = "镇海2024年高企目标是多少"
HOSTILE = (
    '<script>window.broken = 1</script><img src="http://203.0.113.1/a.png" onerror="window.broken = 1">'
    "![图](http://203.0.113.1/b.png) **粗** [链接](javascript:broken) {{value}} ${window.broken = 1} `a` &lt;b&gt;"
)


def test_the_answer_stands_marked_in_its_source(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    expect(page.locator("#welcome button").first).to_be_visible()
    page.screenshot(path=pictures / f"empty-{look}.png")

    turn = visit.ask(QUESTION)
    expect(turn.locator(".question")).to_have_text(QUESTION)
    expect(turn.locator(".said")).to_contain_text("110家")
    card = turn.locator(".card").first
    expect(card.locator("mark")).to_contain_text("新增高新技术企业110家")
    expect(card.locator(".figure").filter(has_text="110家")).to_be_visible()
    expect(card.locator(".title")).to_have_text("宁波市镇海区科学技术局关于印发2023年工作总结及2024年工作计划的通知")
    expect(card.locator(".facts")).to_contain_text("宁波市镇海区科学技术局 · 浙江省宁波市镇海区 · 2024年4月3日")
    expect(card.locator(".sections")).to_contain_text("2024年")
    expect(card.locator(".place")).to_have_text("第1段")
    expect(card.locator(".source")).to_have_text("来源文件 004_24762a5d06339fde.txt")
    expect(page.locator("#welcome")).to_be_hidden()
    page.screenshot(path=pictures / f"reply-{look}.png")

    assert visit.foreign(app.url) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_an_example_is_asked_and_answered_with_its_figure(app: App, visit: Visit) -> None:
    page = visit.page
    page.goto(app.url)
    example = page.locator("#welcome button").first
    question = example.inner_text()
    example.click()
    turn = page.locator(".turn").first
    turn.locator(".answered").wait_for(timeout=60_000)
    expect(turn.locator(".question")).to_have_text(question)
    expect(turn.locator(".card").first.locator("mark .figure").first).to_be_visible()


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_the_box_the_conversation_and_the_list_of_documents(app: App, visit: Visit) -> None:
    page = visit.page
    page.goto(app.url)
    page.locator(".holdings summary").click()
    expect(page.locator(".holdings li")).to_have_count(7)

    box = page.get_by_role("textbox")
    box.fill("第一行")
    box.press("Shift+Enter")
    box.press_sequentially("第二行")
    assert box.input_value() == "第一行\n第二行"
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")

    first = visit.ask(QUESTION)
    first.locator(".more > summary").click()
    second = visit.ask("   ")
    expect(second.locator(".problem")).to_be_visible()
    expect(page.locator(".turn .question")).to_have_text([QUESTION, "（空白）"])
    expect(first.locator(".more")).to_have_attribute("open", "")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#welcome")).to_be_visible()


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_a_question_is_never_markup(app: App, visit: Visit) -> None:
    visit.page.goto(app.url)
    turn = visit.ask(HOSTILE)
    expect(turn.locator(".question")).to_have_text(HOSTILE)
    assert visit.page.evaluate("window.broken") is None
    assert visit.foreign(app.url) == []


@pytest.fixture(scope="module")
def hostile_url() -> Iterator[str]:
    """A page over a knowledge base whose documents are full of markup."""
    with reserve_port("127.0.0.1", 0) as listening:
        address: tuple[str, int] = listening.getsockname()
        served = cast(KnowledgeBase, _Hostile())
        threading.Thread(target=serve, args=(served, listening), daemon=True).start()
        yield f"http://127.0.0.1:{address[1]}"


class _Hostile:
    """Stands for a knowledge base."""

    def documents(self) -> tuple[DocumentCard, ...]:
        return (document_card(title=HOSTILE, issuer=HOSTILE),)

    def document(self, document_id: str) -> Document:
        return Document(self.documents()[0], "，技术市场交易额达到5亿元。", (), ())

    def describe(self) -> dict[str, object]:
        return {"passages": 1}

    def ask(self, question: str, history: Sequence[str] = (), today: date | None = None) -> Answer:
        text = f"前文\u202e。{HOSTILE}。后文"
        cited = citation(text=text, quote=HOSTILE, title=HOSTILE, issuer=HOSTILE, section=(HOSTILE,), source=HOSTILE)
        return Answer("not_found", HOSTILE, Question(HOSTILE, question), (), HOSTILE, (cited,))


def test_a_document_is_never_markup(hostile_url: str, visit: Visit, look: str, pictures: Path) -> None:
    visit.page.goto(hostile_url)
    turn = visit.ask("问")
    card = turn.locator(".card")
    expect(card.locator(".passage")).to_have_text(f"前文[U+202E]。{HOSTILE}。后文")
    for part in ("mark", ".title", ".sections"):
        expect(card.locator(part)).to_have_text(HOSTILE)
    assert visit.page.locator("#conversation img, #conversation script, #conversation a").count() == 0
    assert visit.page.evaluate("window.broken") is None
    assert visit.foreign(hostile_url) == []
    visit.page.screenshot(path=pictures / f"refusal-{look}.png")


def test_the_app_itself_connects_to_nothing(app: App) -> None:
    assert app.connections.read_text() == ""


def test_the_terminal_shows_the_build_and_the_address(app: App) -> None:
    output = app.printed()
    assert "还没有索引" in output
    assert f"请在浏览器中打开 {app.url}" in output
    assert "计算向量: 100%" in output
