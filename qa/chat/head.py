"""What the page needs before Gradio's own scripts run: those put what its `head` holds into the page when they do."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from qa.chat.parts import script

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_HEAD = "".join([
    '<script>document.documentElement.lang = "zh-CN"</script>',
    "<style>@media print { body { background: #ffffff !important; } }</style>",  # Gradio's reach only into the page
    *(f"<script>{script(name)}</script>" for name in ("joining.js", "resting.js")),
]).encode()  # fmt: skip


def fill_head(app: ASGIApp) -> ASGIApp:
    """The application with this at the beginning of the page's head."""

    async def filled(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["method"], scope["path"]) != ("GET", "/"):
            await app(scope, receive, send)
            return
        start: MutableMapping[str, Any] = {}
        body = b""

        async def send_filled(message: MutableMapping[str, Any]) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    body = body.replace(b"<head>", b"<head>" + _HEAD, 1)
                    kept = [header for header in start["headers"] if header[0] != b"content-length"]
                    await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                    await send({**message, "body": body})

        as_it_is = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        await app({**scope, "headers": as_it_is}, receive, send_filled)

    return filled
