"""How much is taken on: how large a request, how many from an address in a minute, how many at a time."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from qa.chat.guarding import refuse
from qa.chat.routes import JOIN, LARGEST_BODY, Cost, Route, find_route
from qa.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

AT_WORK = 4  # questions of programs at a time, and as many of the page's: more would only slow each other down
MOST_OPEN = 400  # requests of one address at a time; a page that is open holds one, or two while it asks
SLOWEST_BODY = 30  # seconds
TRY_AGAIN = 5  # seconds after which a queue that was full has room again

_FULL = "现在提问的人太多，排队的位置已满。请过几秒再试。"


class _RefusedError(Exception):
    """Ends a request with a reply in words."""

    def __init__(self, status: int, message: str, wait: float = 0) -> None:
        self.reply = (status, message, {"Retry-After": str(math.ceil(wait))} if wait else {})


def limit_requests(app: ASGIApp, settings: Settings) -> ASGIApp:
    """The application with what is too large, too often or too much at a time refused in words.

    413 for a body over the route's limit, 408 for one that comes too slowly, 429 for an address that asks too often,
    503 where too many wait already.
    """
    addresses = _Addresses(settings.most_a_minute)
    places = _Places(settings.most_waiting)

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        route = find_route(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if route is None:
            await app(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else ""
        try:
            with addresses.admit(address, route):
                received = await _receive_body(scope, receive, route)
                async with places.take() if route.cost is Cost.WORK else nullcontext():
                    await app(scope, received, _said_in_words(scope, receive, send) if route.path == JOIN else send)
        except _RefusedError as refused:
            await refuse(scope["path"], *refused.reply)(scope, receive, send)

    return limited


class _Addresses:
    """How often each address has asked in this minute, and how many of its requests are open."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: Counter[str] = Counter()
        self._open: Counter[str] = Counter()
        self._ends = 0.0  # of the minute that is counted

    @contextmanager
    def admit(self, address: str, route: Route) -> Iterator[None]:
        if route.cost is not Cost.FREE:
            self._count(address)
        if self._open[address] >= MOST_OPEN:
            raise _RefusedError(429, "这个地址同时打开的连接太多。请关掉一些网页再试。", TRY_AGAIN)
        self._open[address] += 1
        try:
            yield
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _count(self, address: str) -> None:
        now = time.monotonic()
        if now >= self._ends:
            self._asked.clear()
            self._ends = now + 60
        self._asked[address] += 1
        if self._asked[address] > self._most:
            wait = math.ceil(self._ends - now)
            raise _RefusedError(429, f"请求太多：一个地址每分钟最多 {self._most} 次。请 {wait} 秒后再试。", wait)


class _Places:
    """The places at work; so many may wait for one."""

    def __init__(self, most_waiting: int) -> None:
        self._most_waiting = most_waiting
        self._waiting = 0
        self._free = asyncio.Semaphore(AT_WORK)

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        if self._free.locked() and self._waiting >= self._most_waiting:
            raise _RefusedError(503, _FULL, TRY_AGAIN)
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


async def _receive_body(scope: Scope, receive: Receive, route: Route) -> Receive:
    """What gives the body to the application: all of it is here, unless it is a file, which comes piece by piece."""
    if int(dict(scope["headers"]).get(b"content-length", 0)) > route.largest:
        raise _too_large(route)
    if route.largest > LARGEST_BODY:
        return receive
    body, more = b"", True
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            while more:
                message = await receive()
                body, more = body + message.get("body", b""), message.get("more_body", False)
                if len(body) > route.largest:
                    raise _too_large(route)
    except TimeoutError as error:
        raise _RefusedError(408, "请求传得太慢，已停止接收。请检查网络，再试一次。") from error
    whole = [{"type": "http.request", "body": body}]

    async def received() -> MutableMapping[str, Any]:
        return whole.pop() if whole else await receive()

    return received


def _too_large(route: Route) -> _RefusedError:
    limit = f"{route.largest >> 20} MB" if route.largest >> 20 else f"{route.largest >> 10} KB"
    return _RefusedError(413, f"请求超过 {limit} 的上限，没有接收。请缩短内容或拆成较小的文件。")


def _said_in_words(scope: Scope, receive: Receive, send: Send) -> Send:
    """Gradio's script has an English sentence of its own for 503; of another status it shows what the reply says."""
    full = False

    async def send_in_words(message: MutableMapping[str, Any]) -> None:
        nonlocal full
        if message["type"] == "http.response.start":
            full = message["status"] == 503
        if not full:
            await send(message)
        elif not message.get("more_body") and message["type"] == "http.response.body":
            await refuse(scope["path"], 429, _FULL, {"Retry-After": str(TRY_AGAIN)})(scope, receive, send)

    return send_in_words
