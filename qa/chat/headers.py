"""What every reply tells the browser: to trust nothing but this machine, and to guess nothing."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# Gradio fills its templates with `new Function` and writes styles inline; what is not from here is refused.
_POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_UNWANTED = (b"server", b"access-control-")  # Gradio lets other sites' pages read replies


def add_headers(app: ASGIApp) -> ASGIApp:
    """The application with these headers in every reply, and none that says what it runs on or lets others read."""

    async def with_headers(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [header for header in message["headers"] if not header[0].lower().startswith(_UNWANTED)]
                message["headers"] = [*kept, *_HEADERS]
            await send(message)

        with suppress(asyncio.CancelledError):  # a stream that is still open at the end is no error
            await app(scope, receive, send_with_headers)

    return with_headers
