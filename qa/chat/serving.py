"""The page on a port of this machine; nothing is fetched from any other."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from qa.chat.routes import DOWNLOAD, STATE
from qa.errors import QAError, SettingsError
from qa.knowledge_base import KnowledgeBase
from qa.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from qa.chat.access import Access

MOST_CONNECTIONS = 800  # many systems let a process have 1,024 files open
MOST_SESSIONS = 300  # conversations that are kept; the one that rested longest is forgotten first


@contextmanager
def reserve_port(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there, taken before anything slow begins. Raises SettingsError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            problem = f"端口 {port} 已被占用。请先关闭占用它的程序，或用环境变量 QA_PORT 换一个端口"
            raise SettingsError(f"{problem}，例如：QA_PORT={port % 65535 + 1} python app.py") from error
        problem = f"不能在地址 {host} 的端口 {port} 上提供网页：{error.strerror}"
        raise SettingsError(f"{problem}。请检查环境变量 QA_HOST 和 QA_PORT。") from error
    with listening:
        yield listening


def serve(knowledge: KnowledgeBase, listening: socket.socket, settings: Settings) -> None:
    """Serves the page on the socket and prints its address; ends with KeyboardInterrupt."""
    import uvicorn

    app = build_server(knowledge, settings)
    host, port = listening.getsockname()[:2]
    print(f"请在浏览器中打开 http://{f'[{host}]' if ':' in host else host}:{port}（按 Ctrl-C 结束）", flush=True)
    threading.Thread(target=_warm_up, args=(knowledge,)).start()
    config = uvicorn.Config(
        app,
        log_level="warning",
        log_config=None,
        timeout_graceful_shutdown=1,  # a page left open keeps a stream open, which would hold up the end
        timeout_keep_alive=75,  # longer than proxies keep a connection, or they ask on one that is just closed
        limit_concurrency=MOST_CONNECTIONS,
        forwarded_allow_ips=settings.proxies,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])


def build_server(knowledge: KnowledgeBase, settings: Settings) -> ASGIApp:
    """The page with all endpoints as an ASGI application, which refuses what the table of routes does not allow."""
    from qa.chat.access import Access
    from qa.chat.guarding import guard_routes
    from qa.chat.head import fill_head
    from qa.chat.headers import add_headers
    from qa.chat.limits import limit_requests

    access = Access(settings)
    app = fill_head(build_app(knowledge, settings, access))
    return add_headers(guard_routes(limit_requests(app, settings), access.may_change))


def build_app(knowledge: KnowledgeBase, settings: Settings, access: Access) -> FastAPI:
    """The same with nothing refused yet."""
    import gradio as gr
    from fastapi import FastAPI

    from qa.chat.downloads import serve_original
    from qa.chat.keeping import add_keeping
    from qa.chat.layout import create_app, create_theme
    from qa.chat.limits import AT_WORK

    server = FastAPI(openapi_url=None)
    server.get("/healthz")(lambda: _health(knowledge))
    server.add_route(DOWNLOAD, partial(serve_original, knowledge, settings.documents))
    add_keeping(server, knowledge, settings)
    server.add_route(STATE, access.state, methods=["GET"])
    server.add_route(f"{STATE}/sign-in", access.sign_in, methods=["POST"])
    server.add_route(f"{STATE}/sign-out", access.sign_out, methods=["POST"])
    # Gradio works out statistics of all events after each one, for a monitor that is closed here.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(sys.maxsize))
    page = create_app(knowledge, settings, access.may_change)
    page.state_session_capacity = MOST_SESSIONS
    page.queue(default_concurrency_limit=AT_WORK, max_size=settings.most_waiting)
    # Mounted, not launched: `launch` asks its own address over HTTP, through a proxy where one is set.
    gr.mount_gradio_app(
        server,
        page,
        path="/",
        theme=create_theme(),
        css_paths=Path(__file__).with_name("style.css"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=True,
        show_error=False,
    )
    return server


def _health(knowledge: KnowledgeBase) -> dict[str, object]:
    """For a watchdog: whether the newest index serves, which one does, and the version; nothing of what is in it."""
    described = knowledge.describe()
    status = "stale" if described["problem"] else "ok"
    return {"status": status, "generation": described["generation"], "version": version("qa")}


def _warm_up(knowledge: KnowledgeBase) -> None:
    """Loads the model while the reader is still typing; what goes wrong here, the first question will say."""
    with suppress(QAError):
        knowledge.ask("预热")
