"""Who may rebuild over HTTP; the real clients are in tests/browser/test_endpoints.py."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

import qa
from qa.chat.serving import build_server
from qa.settings import Settings
from tests.chat.test_keeping import client, settings

__all__ = ["client", "settings"]

RUN = "/gradio_api/run/rebuild"
NOTHING: dict[str, list[str]] = {"data": []}


def test_this_machine_rebuilds_and_is_told_what_changed(client: TestClient, settings: Settings) -> None:
    (settings.documents / "慈溪.txt").write_text("慈溪市2024年新增高新技术企业96家。", encoding="utf-8")
    (report,) = client.post(RUN, json=NOTHING).json()["data"]
    assert (report["changes"]["new"], report["documents"], report["unchanged"]) == (["慈溪.txt"], 2, False)
    assert client.get("/original", params={"document": "慈溪.txt"}).is_success


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://example.org"},
        {"sec-fetch-site": "cross-site"},
        {"host": "example.org"},  # a name that somebody else made point here
        {"x-forwarded-for": "192.0.2.1"},  # through a proxy on this machine
        {"cookie": "qa_keeper=made-up", "host": "example.org"},
    ],
)
def test_nobody_elsewhere_rebuilds(client: TestClient, settings: Settings, headers: dict[str, str]) -> None:
    before = client.get("/healthz").json()
    (settings.documents / "慈溪.txt").write_text("慈溪市2024年新增高新技术企业96家。", encoding="utf-8")
    assert not client.post(RUN, json=NOTHING, headers=headers).is_success
    assert client.get("/healthz").json() == before


def test_without_keepers_nobody_rebuilds_where_others_can_reach_it(settings: Settings) -> None:
    server = build_server(qa.KnowledgeBase.open(settings.vectors), replace(settings, host="0.0.0.0"))
    refused = TestClient(server, base_url="http://127.0.0.1:7860").post(RUN, json=NOTHING)
    assert (refused.is_success, "只有资料管理员" in refused.json()["error"]) == (False, True)
