from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

import qa
from qa.chat import access
from qa.chat.serving import build_server
from qa.keepers import keeper_entry
from qa.settings import Settings
from tests.chat.test_keeping import settings

__all__ = ["settings"]

RIGHT = {"name": "张三", "password": "long password"}
WRONG = RIGHT | {"password": "wrong password"}


@pytest.fixture
def client(settings: Settings) -> TestClient:
    """A browser somewhere else, with a keeper set."""
    kept = replace(settings, host="0.0.0.0", keepers=keeper_entry(RIGHT["name"], RIGHT["password"]))
    server = build_server(qa.KnowledgeBase.open(settings.vectors), kept)
    return TestClient(server, base_url="http://qa.example.org", client=("192.0.2.1", 1))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that access counts in; a test sets them."""
    now = [1000.0]
    monkeypatch.setattr("qa.chat.access.time.monotonic", lambda: now[0])
    return now


def sign_in(client: TestClient, form: object) -> int:
    return client.post("/keeper/sign-in", json=form).status_code


def may(client: TestClient) -> bool:
    changing = client.get("/keep/file", params={"name": "a.txt"}).status_code
    assert changing in (200, 403)
    assert client.get("/keeper").json()["may"] is (changing == 200)
    return changing == 200


def test_only_who_signed_in_may_and_until_he_leaves(client: TestClient) -> None:
    assert client.get("/keeper").json() == {"may": False, "sign_in": True, "sign_out": False}
    assert not may(client)
    reply = client.post("/keeper/sign-in", json=RIGHT)
    assert reply.status_code == 204
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(reply.headers["set-cookie"].split("; "))
    assert client.get("/keeper").json() == {"may": True, "sign_in": False, "sign_out": True}
    assert may(client)
    token = client.cookies[access.COOKIE]
    assert client.post("/keeper/sign-out").status_code == 204
    client.cookies.set(access.COOKIE, token)  # whoever kept it has nothing
    assert not may(client)


def test_a_session_ends_by_itself(client: TestClient, clock: list[float]) -> None:
    sign_in(client, RIGHT)
    clock[0] += access.SIGNED_IN - 1
    assert may(client)
    clock[0] += 1
    assert not may(client)


def test_a_made_up_session_is_none(client: TestClient) -> None:
    for token in ("", "0", "x" * 43):
        client.cookies.set(access.COOKIE, token)
        assert not may(client)


def test_wrong_passwords_make_wait_ever_longer(client: TestClient, clock: list[float]) -> None:
    assert sign_in(client, WRONG) == 403
    refused = client.post("/keeper/sign-in", json=RIGHT)
    assert (refused.status_code, refused.text) == (429, "密码错得太多。请 1 秒后再试。")
    clock[0] += 1
    assert sign_in(client, RIGHT | {"name": "李四"}) == 403
    clock[0] += 1
    assert sign_in(client, RIGHT) == 429
    clock[0] += 1
    assert sign_in(client, RIGHT) == 204
    assert sign_in(client, WRONG) == 403  # counted from the beginning again
    clock[0] += 1
    for _ in range(10):
        assert sign_in(client, WRONG) == 403
        clock[0] += access.LONGEST_WAIT


@pytest.mark.parametrize("form", [None, [], {}, {"name": "张三"}, RIGHT | {"more": "x" * access.LONGEST_FORM}])
def test_what_is_no_form_is_a_wrong_password(client: TestClient, form: object) -> None:
    assert sign_in(client, form) == 403


def test_no_other_site_signs_anyone_in(client: TestClient) -> None:
    elsewhere = {"origin": "http://elsewhere.example.org"}
    assert client.post("/keeper/sign-in", json=RIGHT, headers=elsewhere).text == "这个请求来自别的网站，已拒绝。"


def test_keepers_sign_in_on_loopback_too(settings: Settings) -> None:
    kept = replace(settings, keepers=keeper_entry(RIGHT["name"], RIGHT["password"]))
    client = TestClient(build_server(qa.KnowledgeBase.open(settings.vectors), kept), base_url="http://127.0.0.1")
    assert not may(client)
    sign_in(client, RIGHT)
    assert may(client)
