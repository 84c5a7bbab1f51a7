"""Who may ask what: what the table of routes says, and nobody's browser on behalf of another site."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from qa.chat.routes import GRADIO, METHODS, Route, Who, find_route

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


def guard_routes(app: ASGIApp, may_change: Callable[[Request], bool]) -> ASGIApp:
    """The application with everything refused that the table of routes does not allow to whoever asks."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1000})
            return
        reply = _refusal(Request(scope), may_change) if scope["type"] == "http" else None
        await (reply or app)(scope, receive, send)

    return guarded


def refuse(path: str, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """A reply that says no in words, in the form in which Gradio's clients or our own pages show them."""
    if path.startswith(GRADIO):
        return JSONResponse({"error": message}, status, headers)
    return PlainTextResponse(message, status, headers)


def _refusal(request: Request, may_change: Callable[[Request], bool]) -> Response | None:
    path = request.scope["path"]
    route = find_route(request.method, path)
    if route is None:
        if methods := [method for method in METHODS if find_route(method, path)]:
            return refuse(path, 405, "这个地址不接受这样的请求。", {"Allow": ", ".join(methods)})
        return refuse(path, 404, "没有这个地址。")
    if not (is_same_site(request) or _is_followed_link(request, route)):
        return refuse(path, 403, "这个请求来自别的网站，已拒绝。")
    if route.who is Who.KEEPER and not may_change(request):
        return refuse(path, 403, "只有资料管理员可以这样做。请先登录。")
    return None


def is_same_site(request: Request) -> bool:
    """Whether no other site's page sends it; programs say neither where it comes from nor of what site it is.

    A script can set neither header. The first is sent over TLS and on loopback only; a proxy may change `Host`.
    """
    if (site := request.headers.get("sec-fetch-site")) is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _is_followed_link(request: Request, route: Route) -> bool:
    """Whether somebody follows a link on another site to here; that site's page sees nothing of the reply."""
    return route.who is Who.ALL and request.headers.get("sec-fetch-mode") == "navigate"


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
