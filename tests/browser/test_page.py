"""The page in a real Chromium, at the width of a desk and of a phone, light and dark."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect

from qa.chat import reserve_port, serve
from qa.knowledge_base import KnowledgeBase
from qa.records import Answer, Block, Document, DocumentCard, Question, Scope
from qa.settings import Settings
from tests.browser.conftest import App, Visit
from tests.chat.samples import citation, document_card

SEEDS = Path(__file__).parents[2] / "seeds"
QUESTION = "镇海2024年高企目标是多少"
HOSTILE = (
    '<script>window.broken = 1</script><img src="http://203.0.113.1/a.png" onerror="window.broken = 1">'
    "![图](http://203.0.113.1/b.png) **粗** [链接](javascript:broken) {{value}} ${window.broken = 1} `a` &lt;b&gt;"
)


def test_the_answer_stands_marked_in_its_source(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    expect(page.locator(".example").first).to_be_visible()
    page.screenshot(path=pictures / f"empty-{look}.png")

    turn = visit.ask(QUESTION)
    expect(turn.locator(".question")).to_have_text(QUESTION)
    expect(turn.locator(".amount")).to_have_text("110家")
    card = turn.locator(".card").first
    expect(card.locator("mark")).to_contain_text("新增高新技术企业110家")
    expect(card.locator(".figure").filter(has_text="110家")).to_be_visible()
    expect(card.locator(".title")).to_have_text("宁波市镇海区科学技术局关于印发2023年工作总结及2024年工作计划的通知")
    expect(card.locator(".facts")).to_contain_text("宁波市镇海区科学技术局 · 浙江省宁波市镇海区 · 2024年4月3日")
    expect(card.locator(".sections")).to_contain_text("2024年")
    expect(card.locator(".place")).to_have_text("第1段")
    expect(card.locator(".source")).to_contain_text("来源文件 004_24762a5d06339fde.txt")
    expect(page.locator("#welcome")).to_be_hidden()
    page.screenshot(path=pictures / f"reply-{look}.png")

    assert visit.foreign(app.url) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_an_example_is_asked_and_answered_with_its_figure(app: App, visit: Visit) -> None:
    page = visit.page
    page.goto(app.url)
    example = page.locator(".example").first
    question = example.inner_text()
    turn = page.locator(".turn").first
    for _ in range(10):  # a click is lost where the page has been drawn but does not listen yet
        example.click()
        with suppress(NotInTime):
            turn.wait_for(timeout=6_000)
            break
    turn.locator(".answered").wait_for(timeout=60_000)
    expect(turn.locator(".question")).to_have_text(question)
    expect(turn.locator(".card").first.locator("mark .figure").first).to_be_visible()


@pytest.mark.parametrize("look", ["1440-light"], indirect=True)
def test_the_box_the_conversation_and_the_list_of_documents(app: App, visit: Visit) -> None:
    page = visit.page
    page.goto(app.url)
    expect(page.locator(".counts")).to_contain_text("7 份文件")
    expect(page.get_by_role("row", name="浙江省宁波市镇海区").locator("td")).to_have_text(
        ["–", "–", "–", "1", "1", "–"]
    )

    box = page.locator("#box textarea")
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
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
        threading.Thread(target=serve, args=(served, listening, Settings()), daemon=True).start()
        yield f"http://127.0.0.1:{address[1]}"


class _Hostile:
    """Stands for a knowledge base."""

    def documents(self) -> tuple[DocumentCard, ...]:
        return (document_card(title=HOSTILE, issuer=HOSTILE),)

    def document(self, document_id: str) -> Document:
        text = f"，技术市场交易额达到5亿元。{HOSTILE}"
        return Document(self.documents()[0], text, (Block("paragraph", 0, len(text)),), ())

    def describe(self) -> dict[str, object]:
        created = "2026-11-22T02:27:53+00:00"
        return {"generation": "1", "passages": 1, "created": created, "skipped": (), "suspicious": ()}

    def ask(
        self, question: str, history: Sequence[str] = (), scope: Scope | None = None, today: date | None = None
    ) -> Answer:
        text = f"前文\u202e。{HOSTILE}。后文"
        cited = citation(text=text, quote=HOSTILE, title=HOSTILE, issuer=HOSTILE, section=(HOSTILE,), source=HOSTILE)
        return Answer("not_found", HOSTILE, Question(HOSTILE, question), (), HOSTILE, (cited,))

    def follow_ups(self, answer: Answer, history: Sequence[str], scope: Scope, today: date) -> tuple[str, ...]:
        return (HOSTILE,)


def test_a_document_is_never_markup(hostile_url: str, visit: Visit, look: str, pictures: Path) -> None:
    visit.page.goto(hostile_url)
    turn = visit.ask("问")
    card = turn.locator(".card")
    expect(card.locator(".passage")).to_have_text(f"前文[U+202E]。{HOSTILE}。后文")
    for part in ("mark", ".title", ".sections"):
        expect(card.locator(part)).to_have_text(HOSTILE)
    card.locator(".passage").click()
    source = visit.page.locator(".source-view")
    expect(source.locator(".bar .title")).to_have_text(HOSTILE)
    expect(source.locator(".text")).to_contain_text(HOSTILE)
    assert visit.page.locator("#page :is(img, script, a:not(.download))").count() == 0
    assert visit.page.evaluate("window.broken") is None
    assert visit.foreign(hostile_url) == []
    visit.page.screenshot(path=pictures / f"refusal-{look}.png")


def test_a_card_opens_the_source_at_the_marked_sentence(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    turn = visit.ask(QUESTION)
    card = turn.locator(".card").first
    card.locator(".passage").click()
    source = page.locator(".source-view")
    mark = source.locator("mark")
    expect(mark).to_be_in_viewport()
    assert mark.inner_text() == card.locator("mark").inner_text()
    page.screenshot(path=pictures / f"source-{look}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]

    source.get_by_text("文件信息").click()
    expect(source.locator(".known")).to_contain_text("发布机关宁波市镇海区科学技术局")
    source.locator(".outline summary").click()
    expect(source.locator("[aria-current=location]")).to_be_visible()
    heading = source.locator(".text :is(h3, h4, h5, h6)").last
    source.locator(".goto", has_text=heading.inner_text()).last.click()
    expect(heading).to_be_in_viewport()
    with page.expect_download() as download:
        source.locator(".download").click()
    assert download.value.suggested_filename == "004_24762a5d06339fde.txt"
    assert Path(download.value.path()).read_bytes() == (SEEDS / "004_24762a5d06339fde.txt").read_bytes()

    page.keyboard.press("Escape")
    expect(source).to_have_count(0)
    expect(card.locator(".open")).to_be_focused()
    assert visit.foreign(app.url) == []


def test_what_was_understood_can_be_taken_off(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    turn = visit.ask(QUESTION)
    chips = turn.locator(".chip")
    expect(chips).to_contain_text(["浙江省宁波市镇海区", "2024年", "目标", "高企 = 高新技术企业"])
    second = visit.ask("镇海2023年研发投入")
    chips.first.click()
    expect(chips).to_contain_text(["2024年", "目标", "高企 = 高新技术企业"])
    expect(page.locator(".turn")).to_have_count(2)
    expect(second.locator(".chip").first).to_contain_text("浙江省宁波市镇海区")
    page.screenshot(path=pictures / f"scope-{look}.png")


@pytest.mark.parametrize("look", ["1440-light", "390-light"], indirect=True)
def test_a_filter_limits_what_is_cited(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    page.get_by_role("button", name="限定范围").click()
    box = page.get_by_label("地区", exact=True)
    box.click()
    page.get_by_role("option", name="河南省郑州市").click()
    page.screenshot(path=pictures / f"filters-{look}.png")
    page.keyboard.press("Escape")
    turn = visit.ask("2024年高企目标是多少")
    expect(turn.locator(".chip").first).to_contain_text("河南省郑州市")
    assert all("镇海" not in title for title in turn.locator(".card .title").all_inner_texts())


@pytest.mark.parametrize("look", ["1440-light", "390-dark"], indirect=True)
def test_a_comparison_a_copy_and_an_export(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(app.url)
    turn = visit.ask("镇海和慈溪2024年高企目标对比")
    expect(turn.locator(".comparison tbody tr")).to_have_count(2)
    page.screenshot(path=pictures / f"comparison-{look}.png")
    turn.locator(".reference").first.click()
    expect(page.locator(".source-view mark")).to_be_in_viewport()
    page.locator(".close").click()
    turn.locator(".card").first.get_by_role("button", name="复制出处").click()
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("《宁波市镇海区科学技术局")
    with page.expect_download() as download:
        turn.get_by_role("button", name="导出 .md").click()
    assert download.value.suggested_filename == "镇海和慈溪2024年高企目标对比.md"
    assert "| 对象 | 原文 | 出处 |" in Path(download.value.path()).read_text(encoding="utf-8")


def test_the_documents_are_listed_found_and_opened(app: App, visit: Visit, look: str, pictures: Path) -> None:
    page = visit.page
    page.goto(app.url)
    page.get_by_role("tab", name="资料").click()
    rows = page.locator(".documents li")
    expect(rows).to_have_count(7)
    page.screenshot(path=pictures / f"documents-{look}.png")
    search = page.locator("#search textarea, #search input")
    for _ in range(5):  # what is typed in the moment in which the tab opens is lost
        search.fill("")
        search.fill("镇海 2024年")
        with suppress(AssertionError):
            expect(rows).to_have_count(1, timeout=6_000)
            break
    expect(rows).to_have_count(1)
    rows.first.locator(".open").press("Enter")
    expect(page.locator(".source-view .title")).to_contain_text("镇海区科学技术局")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_the_app_itself_connects_to_nothing(app: App) -> None:
    assert app.connections.read_text() == ""


def test_the_terminal_shows_the_build_and_the_address(app: App) -> None:
    output = app.printed()
    assert "还没有索引" in output
    assert f"请在浏览器中打开 {app.url}" in output
    assert "计算向量: 100%" in output
