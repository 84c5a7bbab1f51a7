"""Every route that the server has is in the table or closed, and each can be asked by whom the table says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient
from starlette.types import ASGIApp

import qa
from qa.chat.access import COOKIE, Access
from qa.chat.routes import ROUTES, Route, Who, find_route
from qa.chat.serving import build_app, build_server
from qa.keepers import keeper_entry
from qa.settings import Settings
from tests.chat.routes_table import write_table
from tests.chat.test_keeping import put_documents
from tests.conftest import put_stub
from tests.readme import README

RIGHT = {"name": "张三", "password": "long password"}

# What Gradio and FastAPI bring and nobody needs here. A route that is neither here nor in the table fails the test:
# give it an entry in `qa.chat.routes.ROUTES`, or a line here, and it stays closed.
CLOSED = """
GET /docs/oauth2-redirect
POST /gradio_api/api/{api_name}
GET /gradio_api/app_id
POST /gradio_api/call/v2/{api_name}
GET /gradio_api/call/v2/{api_name}/{event_id}
POST /gradio_api/component_server
GET /gradio_api/custom_component/{id}/{environment}/{type}/{file_name}
GET /gradio_api/deep_link
GET /gradio_api/dev/reload
GET /gradio_api/file/{path:path}
GET /gradio_api/file={path_or_url:path}
GET /gradio_api/login_check
POST /gradio_api/mcp/messages
GET /gradio_api/mcp/schema
GET /gradio_api/mcp/sse
GET /gradio_api/openapi.json
POST /gradio_api/process_recording
GET /gradio_api/proxy={url_path:path}
GET /gradio_api/queue/status
GET /gradio_api/runs
POST /gradio_api/stream/{event_id}
POST /gradio_api/stream/{event_id}/close
GET /gradio_api/stream/{session_hash}/{run}/{component_id}/playlist-file
GET /gradio_api/stream/{session_hash}/{run}/{component_id}/playlist.m3u8
GET /gradio_api/stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext}
GET /gradio_api/theme.css
GET /gradio_api/token
POST /gradio_api/undo-vibe-edit
POST /gradio_api/upload
GET /gradio_api/upload_progress
GET /gradio_api/user
GET /gradio_api/vibe-code
POST /gradio_api/vibe-code
POST /gradio_api/vibe-edit
POST /gradio_api/vibe-starter-queries
POST /login
GET /logout
GET /manifest.json
GET /monitoring
GET /monitoring/summary
GET /monitoring/{key}
GET /openapi.json
GET /pwa_icon
GET /pwa_icon/{size}
GET /svelte/{path:path}
"""
NAMES = [
    "../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "..\\secret.txt",
    "/etc/passwd",
    "//etc/passwd",
    "%00",
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One document, with a keeper set; a secret lies beside the documents."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        put_stub(monkeypatch)
        settings = put_documents(tmp_path_factory.mktemp("kept"))
        (settings.documents.parent / "secret.txt").write_text("绝密", encoding="utf-8")
        keepers = keeper_entry(*RIGHT.values())
        yield replace(settings, host="0.0.0.0", keepers=keepers, most_a_minute=1_000_000)


@pytest.fixture(scope="module")
def server(settings: Settings) -> ASGIApp:
    return build_server(qa.KnowledgeBase.open(settings.vectors), settings)


@pytest.fixture
def client(server: ASGIApp) -> TestClient:
    """A browser on another machine."""
    return TestClient(
        server, "http://qa.example.org", client=("192.0.2.1", 1), raise_server_exceptions=False, follow_redirects=False
    )


def test_every_route_is_in_the_table_or_closed(settings: Settings) -> None:
    app = build_app(qa.KnowledgeBase.open(settings.vectors), settings, Access(settings))
    have = set(list_routes(app.routes))
    listed = {f"{route.method} {route.path}" for route in ROUTES}
    assert listed - have == set()
    assert have - listed - set(CLOSED.split("\n")) == set()


def list_routes(routes: Sequence[BaseRoute], before: str = "") -> Iterator[str]:
    """METHOD /path of each, as the table has them."""
    for route in routes:
        if isinstance(route, Mount):
            here = before + route.path
            yield from list_routes(route.routes, here) if route.routes else iter([f"POST {here}"])
        elif included := getattr(route, "original_router", None):
            yield from list_routes(included.routes, before)
        else:
            path = before + getattr(route, "path", "?")
            for method in (getattr(route, "methods", None) or {"?"}) - {"HEAD", "OPTIONS"}:
                yield f"{method} {path.rstrip('/') or '/'}"


def test_the_readme_has_the_table() -> None:
    assert write_table() in README.read_text(encoding="utf-8")


def example(path: str) -> str:
    """An address of that pattern."""
    parts = (part.split(":")[0].rstrip("}") if ":" in part else part for part in path.split("{"))
    return "".join(parts).replace("}", "")


@pytest.mark.parametrize("closed", CLOSED.split("\n")[1:-1])
def test_what_is_closed_is_closed(client: TestClient, closed: str) -> None:
    method, path = closed.split(" ")
    for address in (path, f"{path}/", f"//{path}"):
        if (asked := example(address)) != "/gradio_api/call/v2/api_name/":
            assert client.request(method, asked).status_code in (404, 405), asked


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_no_other_site_asks_in_a_visitors_name(client: TestClient, route: Route) -> None:
    client.post("/keeper/sign-in", json=RIGHT)
    assert COOKIE in client.cookies
    path = example(route.path)
    for headers in (
        {"origin": "http://elsewhere.example.org"},
        {"origin": "null"},
        {"origin": "http://qa.example.org:8080"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "origin": "http://qa.example.org"},
    ):
        refused = client.request(route.method, path, headers=headers)
        assert (refused.status_code, "别的网站" in refused.text) == (403, True), headers
        assert not any(name.startswith("access-control") for name in refused.headers)
    linked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert (client.request(route.method, path, headers=linked).status_code == 403) is (route.who is not Who.ALL)


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if each.who is Who.KEEPER], ids=lambda route: f"{route.method} {route.path}"
)
def test_only_keepers_keep(client: TestClient, route: Route, settings: Settings) -> None:
    before = sorted(settings.documents.iterdir())
    refused = client.request(route.method, route.path, params={"name": "a.txt", "source": "镇海.txt"}, content=b"a")
    assert (refused.status_code, refused.text) == (403, "只有资料管理员可以这样做。请先登录。")
    assert sorted(settings.documents.iterdir()) == before
    client.post("/keeper/sign-in", json=RIGHT)
    assert client.request(route.method, route.path).status_code != 403


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_a_path(client: TestClient, settings: Settings, name: str) -> None:
    client.post("/keeper/sign-in", json=RIGHT)
    for key in ("name", "source", "document"):
        for route in ROUTES:
            if route.path.startswith(("/keep/file", "/keep/corrections", "/original")):
                reply = client.request(route.method, route.path, params={key: name}, content=b"{}")
                assert "绝密" not in reply.text
                assert "root:" not in reply.text
    for path in ("/static", "/assets", "/gradio_api/heartbeat", "/gradio_api/call/ask", "/gradio_api/run"):
        reply = client.post(f"{path}/{name}") if path.endswith("run") else client.get(f"{path}/{name}/")
        assert "绝密" not in reply.text
        assert "root:" not in reply.text
    assert (settings.documents.parent / "secret.txt").read_text(encoding="utf-8") == "绝密"
    outside = {path.name for path in settings.documents.parent.iterdir()} - {"documents", "vectors"}
    assert outside == {"secret.txt"}


@pytest.mark.parametrize("name", NAMES[:-1])
def test_no_program_reads_what_is_outside(client: TestClient, name: str) -> None:
    asked = {"data": ["高企目标", None, None, None, [name], 5]}
    reply = client.post("/gradio_api/run/ask", json=asked)
    assert reply.json()["data"][0]["citations"] == []


def test_every_reply_tells_the_browser_to_trust_nobody(client: TestClient) -> None:
    for path in ("/", "/healthz", "/keeper", "/keep/file", "/monitoring", "/original?document=a"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
        assert "microphone=()" in headers["permissions-policy"]
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers


GARBAGE = [
    b"",
    b"{",
    b'{"title": 1}',
    b"[]",
    b"null",
    b'"a"',
    b'{"data": 1}',
    b'{"data": []}',
    b'{"data": [{}, {}, {}]}',
    b"\xff\xfe",
]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_no_stack_trace_reaches_a_browser(client: TestClient, route: Route, settings: Settings) -> None:
    client.post("/keeper/sign-in", json=RIGHT)
    if route.path.endswith(("heartbeat/{session_hash}", "queue/data", "{event_id}", "startup-events")):
        return  # streams that wait
    wrong = {"name": "a.txt", "size": "x", "document": "镇海.txt", "replace": "x"}
    for garbage in GARBAGE:
        reply = client.request(route.method, example(route.path), params=wrong, content=garbage)
        for trace in ("Traceback", ".py", str(Path(qa.__file__).parent), str(settings.documents)):
            assert trace not in reply.text or "assets" in reply.text
        if not route.path.startswith("/gradio_api/"):
            assert reply.status_code < 500


def test_the_table_finds_what_it_lists() -> None:
    assert find_route("HEAD", "/") == find_route("GET", "/")
    assert find_route("POST", "/") is None
    assert find_route("GET", "/keep") is None
    assert find_route("GET", "/KEEP/file") is None
    assert all(find_route(route.method, example(route.path)) == route for route in ROUTES)
