"""What stands in the page's head before Gradio's scripts."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from qa.chat.head import fill_head

PAGE = "<!doctype html><html><head><script type=module src=page.js></script></head><body>页</body></html>"


def page(request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE, headers={"x-encoding": request.headers.get("accept-encoding", "none")})


def client() -> TestClient:
    return TestClient(fill_head(Starlette(routes=[Route("/", page), Route("/other", page)])))


def test_the_scripts_come_before_those_of_the_page() -> None:
    reply = client().get("/")
    head, rest = reply.text.split("<script type=module")
    assert head.startswith("<!doctype html><html><head>")
    assert "/queue/join" in head
    assert "requestAnimationFrame" in head
    assert rest == PAGE.split("<script type=module")[1]
    assert int(reply.headers["content-length"]) == len(reply.content)
    assert reply.headers["x-encoding"] == "none"


def test_nothing_else_is_changed() -> None:
    reply = client().get("/other", headers={"accept-encoding": "br"})
    assert reply.text == PAGE
    assert reply.headers["x-encoding"] == "br"
    assert client().head("/").headers["content-length"] == str(len(PAGE.encode()))
