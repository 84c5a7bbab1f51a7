"""Who may change the documents: nobody but keepers, and nobody's browser on behalf of another site."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

KEEPING = "/keep/"  # what lies below it changes the documents
STATE = "/keeper"  # what the page may offer to whoever asks

_READING = ("GET", "HEAD", "OPTIONS")


def guard_changes(app: ASGIApp, may_change: Callable[[Request], bool]) -> ASGIApp:
    """The application with what changes something refused to whoever may not; Gradio's own upload to everyone."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        refused = _reason(Request(scope), may_change) if scope["type"] == "http" else None
        await (PlainTextResponse(refused, 403) if refused else app)(scope, receive, send)

    return guarded


def _reason(request: Request, may_change: Callable[[Request], bool]) -> str | None:
    path = request.scope["path"]
    if path.rstrip("/").endswith("/upload"):
        return "这里不接收文件。请在“资料”页上传。"
    if path.startswith((KEEPING, STATE)) and request.method not in _READING and not is_same_site(request):
        return "这个请求来自别的网站，已拒绝。"
    if path.startswith(KEEPING) and not may_change(request):
        return "只有资料管理员可以这样做。请先登录。"
    return None


def is_same_site(request: Request) -> bool:
    """Whether no other site's page sends it; programs say neither where it comes from nor of what site it is."""
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    return request.headers.get("sec-fetch-site", "none") in ("same-origin", "none") and (
        origin is None or urlsplit(origin).netloc == host
    )


def is_loopback(host: str) -> bool:
    """Whether an address, or the name before a port, is of this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def comes_from_here(request: Request) -> bool:
    """Whether it was sent on this machine to this machine's own name, and not passed on from elsewhere.

    A foreign name that somebody made point here, or a proxy on this machine, would let others in.
    """
    passed_on = {"forwarded", "x-forwarded-for", "x-real-ip"} & set(request.headers.keys())
    return not passed_on and is_loopback(urlsplit(f"//{request.headers.get('host', '')}").hostname or "")
