"""Who asks: whoever sits at this machine, or a keeper who has signed in."""

from __future__ import annotations

import hashlib
import json
import math
import secrets
import time
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from qa.chat.guarding import comes_from_here, is_loopback
from qa.keepers import is_right, read_keepers
from qa.settings import Settings

COOKIE = "qa_keeper"
SIGNED_IN = 12 * 3600  # seconds: a working day
LONGEST_WAIT = 60  # seconds after wrong passwords; the first costs one, each further one doubles it
FORGOTTEN = 3600  # seconds after which wrong passwords count no more
LONGEST_FORM = 4096  # bytes


class Access:
    """The keepers, who of them is signed in, and who has to wait after wrong passwords."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError where QA_KEEPERS is no list of keepers."""
        self._keepers = read_keepers(settings.keepers)
        self._open = is_loopback(settings.host) and not self._keepers
        self._lock = Lock()
        self._sessions: dict[str, float] = {}  # when each ends, by the hash of its token
        self._wrong: dict[str, tuple[int, float]] = {}  # wrong passwords of an address, and when the last came

    def may_change(self, request: Request) -> bool:
        """Whether the request may change documents."""
        if self._open:
            return comes_from_here(request)
        return self._sessions.get(_session(request), 0) > time.monotonic()

    def state(self, request: Request) -> Response:
        """What the page may offer to whoever asks."""
        may = self.may_change(request)
        return JSONResponse(
            {"may": may, "sign_in": bool(self._keepers) and not may, "sign_out": may and not self._open}
        )

    async def sign_in(self, request: Request) -> Response:
        """A session in a cookie for the name and password in the form; 403 for wrong ones, 429 for who must wait."""
        name, password = await _form(request)
        address = request.client.host if request.client else ""
        if wait := self._count(address):
            return PlainTextResponse(f"密码错得太多。请 {wait} 秒后再试。", 429)
        if not await run_in_threadpool(is_right, self._keepers.get(name), password):
            return PlainTextResponse("名字或密码不对。", 403)
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            self._wrong.pop(address, None)
            self._sessions = {session: end for session, end in self._sessions.items() if end > now}
            self._sessions[_hashed(token)] = now + SIGNED_IN
        reply = Response(status_code=204)
        secure = request.url.scheme == "https"
        reply.set_cookie(COOKIE, token, max_age=SIGNED_IN, httponly=True, samesite="strict", secure=secure)
        return reply

    def sign_out(self, request: Request) -> Response:
        """Ends the session, in the browser and here."""
        with self._lock:
            self._sessions.pop(_session(request), None)
        reply = Response(status_code=204)
        reply.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return reply

    def _count(self, address: str) -> int:
        """The seconds to wait before the next try; 0 counts this one as wrong until it is found right.

        Counted before it is looked at: many at once are no way around it.
        """
        now = time.monotonic()
        with self._lock:
            self._wrong = {each: wrong for each, wrong in self._wrong.items() if now - wrong[1] < FORGOTTEN}
            tries, last = self._wrong.get(address, (0, now))
            wait = min(2 ** (tries - 1), LONGEST_WAIT) if tries else 0
            if now < last + wait:
                return math.ceil(last + wait - now)
            self._wrong[address] = (tries + 1, now)
            return 0


async def _form(request: Request) -> tuple[str, str]:
    """The name and password in the request; both empty where it holds something else."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return "", ""
    try:
        form = json.loads(body)
        return str(form["name"]), str(form["password"])
    except (ValueError, KeyError, TypeError):
        return "", ""


def _session(request: Request) -> str:
    return _hashed(request.cookies.get(COOKIE, ""))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
