"""Floods: what is too large, too often or too much at a time is refused in words, and afterwards all is as before."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

import qa
from qa.chat import limits, reserve_port, serve
from qa.chat.limits import limit_requests
from qa.chat.routes import JOIN, LARGEST_BODY
from qa.chat.serving import build_server
from qa.documents.formats import LARGEST_FILE
from qa.errors import UnusableQuestionError
from qa.settings import Settings
from tests.chat.test_keeping import settings
from tests.event_loop import run_beside

__all__ = ["settings"]

RUN = "/gradio_api/run/ask"
FULL = "现在提问的人太多，排队的位置已满。请过几秒再试。"
Reply = tuple[int, dict[bytes, bytes], str]
Call = Callable[..., Coroutine[Any, Any, Reply]]


async def reply(send: Any, status: int = 200, body: bytes = b"done") -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


def caller(app: Any, body: bytes = b"", headers: tuple[tuple[bytes, bytes], ...] = ()) -> Call:
    """Calls the application as a server does: method and path, then status, headers and text."""

    async def call(path: str, address: str = "192.0.2.1") -> Reply:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            sent.append(message)

        method = "GET" if path == "/" else "PUT" if path.startswith("/keep") else "POST"
        scope = {"type": "http", "method": method, "path": path, "client": (address, 1), "headers": list(headers)}
        await app(scope, receive, send)
        return sent[0]["status"], dict(sent[0]["headers"]), b"".join(each.get("body", b"") for each in sent).decode()

    return call


def test_beyond_the_places_it_queues_then_refuses_and_recovers() -> None:
    at_work, most = 0, 0

    async def flood() -> list[Reply]:
        end = asyncio.Event()

        async def app(scope: Any, receive: Any, send: Any) -> None:
            nonlocal at_work, most
            at_work += 1
            most = max(most, at_work)
            await end.wait()
            at_work -= 1
            await reply(send)

        call = caller(limit_requests(app, Settings(most_waiting=3)))
        asked = [asyncio.create_task(call(RUN, f"192.0.2.{number}")) for number in range(20)]
        await asyncio.sleep(0.01)
        end.set()
        return [await each for each in asked] + [await call(RUN, "192.0.2.1")]

    *flooded, after = run_beside(flood())
    assert Counter(status for status, _, _ in flooded) == {200: limits.AT_WORK + 3, 503: 20 - limits.AT_WORK - 3}
    status, headers, text = flooded[-1]
    assert (status, headers[b"retry-after"], FULL in text) == (503, b"5", True)
    assert (most, after[0]) == (limits.AT_WORK, 200)


def test_a_place_is_given_back_whatever_happens() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError

    async def fail() -> None:
        call = caller(limit_requests(app, Settings(most_waiting=1)))
        for _ in range(limits.AT_WORK + 2):
            with pytest.raises(ValueError):
                await asyncio.wait_for(call(RUN, "192.0.2.1"), 1)

    run_beside(fail())


def test_an_address_that_asks_too_often_waits_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("qa.chat.limits.time.monotonic", lambda: now[0])

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await reply(send)

    async def ask() -> None:
        call = caller(limit_requests(app, Settings(most_a_minute=2)))
        assert [(await call(RUN, "192.0.2.1"))[0] for _ in range(2)] == [200, 200]
        now[0] += 17.5
        status, headers, text = await call(RUN, "192.0.2.1")
        assert (status, headers[b"retry-after"]) == (429, b"43")
        assert text == '{"error":"请求太多：一个地址每分钟最多 2 次。请 43 秒后再试。"}'
        assert (await call("/", "192.0.2.1"))[2] == "请求太多：一个地址每分钟最多 2 次。请 43 秒后再试。"
        assert (await call(RUN, "192.0.2.2"))[0] == 200
        now[0] += 43
        assert (await call(RUN, "192.0.2.1"))[0] == 200

    run_beside(ask())


def test_an_address_holds_no_more_than_so_many_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_OPEN", 2)

    async def hold() -> list[int]:
        end = asyncio.Event()

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await end.wait()
            await reply(send)

        call = caller(limit_requests(app, Settings()))
        held = [asyncio.create_task(call("/", "192.0.2.1")) for _ in range(3)]
        await asyncio.sleep(0.01)
        other = asyncio.create_task(call("/", "192.0.2.2"))
        end.set()
        return [(await each)[0] for each in (*held, other)] + [(await call("/", "192.0.2.1"))[0]]

    assert run_beside(hold()) == [200, 200, 429, 200, 200]


@pytest.mark.parametrize("declared", [True, False])
def test_bodies_that_are_too_large_are_not_taken_in(declared: bool) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        await reply(send, body=str(len(message["body"])).encode())

    guarded = limit_requests(app, Settings())

    def post(path: str, size: int) -> tuple[int, str]:
        headers = ((b"content-length", str(size).encode()),) if declared else ()
        body = b"a" * (1 if declared and size > LARGEST_BODY else size)
        status, _, text = run_beside(caller(guarded, body, headers)(path, "192.0.2.1"))
        return status, text

    assert post(RUN, LARGEST_BODY) == (200, str(LARGEST_BODY))
    assert post(RUN, LARGEST_BODY + 1)[0] == 413
    assert post("/keep/corrections", LARGEST_BODY + 1) == (
        413,
        "请求超过 256 KB 的上限，没有接收。请缩短内容或拆成较小的文件。",
    )
    if declared:
        assert post("/keep/file", LARGEST_FILE)[0] == 200
        assert "200 MB" in post("/keep/file", LARGEST_FILE + 1)[1]


def test_a_body_that_comes_drop_by_drop_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SLOWEST_BODY", 0.05)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await reply(send)

    async def drip() -> Any:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def post() -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": RUN, "client": None, "headers": []}
        await limit_requests(app, Settings())(scope, drip, send)
        return sent

    assert run_beside(post())[0]["status"] == 408


def test_the_page_is_told_in_its_own_words_that_the_queue_is_full() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await reply(send, 503, b'{"detail": "Queue is full. Max size is 1 and size is 1."}')

    status, headers, text = run_beside(caller(limit_requests(app, Settings()))(JOIN, "192.0.2.1"))
    assert (status, headers[b"retry-after"]) == (429, b"5")
    assert text == f'{{"error":"{FULL}"}}'


@pytest.fixture
def flooded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, threading.Event]]:
    """The address of a real server where two may wait, and what lets a question be answered."""
    answering = threading.Event()
    knowledge = qa.KnowledgeBase.open(settings.vectors)
    answer = knowledge.ask

    def ask(*given: Any, **named: Any) -> Any:
        answering.wait(30)
        return answer(*given, **named)

    monkeypatch.setattr(knowledge, "ask", ask)
    few = replace(settings, most_waiting=2)
    with reserve_port("127.0.0.1", 0) as listening:
        threading.Thread(target=serve, args=(knowledge, listening, few), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", answering


def test_the_real_server_queues_refuses_and_recovers(flooded: tuple[str, threading.Event]) -> None:
    url, answering = flooded
    asked = {"data": ["镇海2024年高企目标", None, None, None, None, 5]}

    def ask(_: int) -> httpx.Response:
        return httpx.post(url + RUN, json=asked, timeout=60, trust_env=False)

    with ThreadPoolExecutor(12) as people:
        replies = [people.submit(ask, number) for number in range(12)]
        while sum(each.done() for each in replies) < 12 - limits.AT_WORK - 2:
            time.sleep(0.01)
        answering.set()
        done = [each.result() for each in replies]
    assert Counter(each.status_code for each in done) == {200: limits.AT_WORK + 2, 503: 12 - limits.AT_WORK - 2}
    assert {each.json()["error"] for each in done if each.status_code == 503} == {FULL}
    assert ask(0).json()["data"][0]["status"] == "answered"


def test_the_queue_of_the_page_ends_too(flooded: tuple[str, threading.Event]) -> None:
    url, answering = flooded

    async def join() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60) as client:
            config = (await client.get("/config")).json()
            asking = next(each["id"] for each in config["dependencies"] if len(each["inputs"]) == 7)
            data = {"data": ["高企目标", None, [], [], [], [], []], "fn_index": asking}
            sent = [await client.post(JOIN, json=data | {"session_hash": f"s{number}"}) for number in range(10)]
            answering.set()
            return sent

    replies = run_beside(join())
    refused = [each for each in replies if each.status_code != 200]
    assert refused
    assert {(each.status_code, each.json()["error"]) for each in refused} == {(429, FULL)}


def test_a_long_question_is_refused_in_words(settings: Settings) -> None:
    knowledge = qa.KnowledgeBase.open(settings.vectors)
    with pytest.raises(UnusableQuestionError, match="问题太长：2001 字，最多 2000 字"):
        knowledge.ask("问" * 2001)
    client = TestClient(build_server(knowledge, settings), base_url="http://127.0.0.1")
    data = ["问" * 2001, None, None, None, None, 5]
    assert "问题太长" in client.post(RUN, json={"data": data}).json()["error"]
