"""The real app over the seeds, and Debian's Chromium to look at it with."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

expect.set_options(timeout=20_000)  # milliseconds: two cores hold the server, the model and Chromium
ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
BUILD_SECONDS = 900  # the app first builds its index; the machine may be busy


@dataclass(frozen=True)
class App:
    """A running app: its address, the files with what it printed and with what it connected to."""

    url: str
    output: Path
    connections: Path

    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")


@dataclass
class Visit:
    """A page with what the browser asked for and complained about meanwhile."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> Locator:
        """The newest turn, once it has its reply."""
        turns = self.page.locator(".turn")
        turn = turns.nth(turns.count())
        for _ in range(4):  # Enter is lost in the moment between a reply's coming and its event's end
            self.page.locator("#box textarea").fill(question)
            self.page.keyboard.press("Enter")
            with suppress(NotInTime):
                turn.wait_for(timeout=15_000)
                break
        turn.locator(".reply:not(.pending)").wait_for(timeout=60_000)
        return turn

    def again(self, url: str) -> None:
        """Leaves the page and visits it anew; Gradio complains of streams that end with the page that is left."""
        before = [*self.complaints]
        self.page.goto("about:blank")
        self.complaints[:] = before
        self.page.goto(url)

    def note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def note_failure(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def foreign(self, home: str) -> list[str]:
        """The requests that went elsewhere."""
        schemes = ("data", "blob")
        return [url for url in self.requests if urlsplit(url).scheme not in schemes and not url.startswith(home)]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """`python app.py` in a terminal, over the seeds, with an empty vectors folder; ended by Ctrl-C."""
    folder = tmp_path_factory.mktemp("app")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    running = App(url, folder / "output", folder / "connections")
    running.output.touch()
    running.connections.touch()
    settings = {"QA_DOCUMENTS": str(ROOT / "seeds"), "QA_VECTORS": str(folder / "vectors"), "QA_PORT": str(port)}
    command = [sys.executable, str(ROOT / "tests/browser/watched.py"), str(running.connections), str(ROOT / "app.py")]
    terminal, screen = os.openpty()
    termios.tcsetwinsize(screen, (24, 100))
    process = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=screen, stderr=screen)
    os.close(screen)
    threading.Thread(target=_record, args=(terminal, running.output), daemon=True).start()
    try:
        _wait_for(running, process)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in running.printed()


def _record(terminal: int, output: Path) -> None:
    with suppress(OSError), output.open("ab", buffering=0) as file:  # a terminal ends with an error
        while printed := os.read(terminal, 4096):
            file.write(printed)


def _wait_for(running: App, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + BUILD_SECONDS
    while running.url not in running.printed():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"app.py gave no address (exit code {process.poll()}):\n{running.printed()}")
        time.sleep(0.2)
    with urlopen(running.url, timeout=60) as response:
        assert response.status == 200


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"no {CHROMIUM}: install it with `apt-get install -y chromium fonts-noto-cjk`")
    quiet = ["background-networking", "component-update", "sync", "quic", "gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)],
        )
        yield browser
        browser.close()


@pytest.fixture(params=["1440-light", "1440-dark", "390-light", "390-dark"])
def look(request: pytest.FixtureRequest) -> str:
    """The width of the window in pixels and the colour scheme."""
    return str(request.param)


@pytest.fixture
def visit(browser: Browser, look: str) -> Iterator[Visit]:
    """An empty page of that look; every test that uses it fails if the browser complained."""
    width, scheme = look.split("-")
    size = {"1440": (1440, 900), "390": (390, 844)}[width]
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
    )
    visit = Visit(context.new_page())
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("console", visit.note)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on("response", visit.note_failure)
    yield visit
    context.close()
    assert visit.complaints == []


@pytest.fixture
def pictures() -> Path:
    """Where screenshots go; git ignores it."""
    folder = ROOT / "test-output"
    folder.mkdir(exist_ok=True)
    return folder
