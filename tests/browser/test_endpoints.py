"""The endpoints for programs, called by the clients that programs call them with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from qa.index.publishing import one_build
from qa.keepers import keeper_entry
from qa.settings import Settings
from tests.browser.conftest import App
from tests.browser.test_keeping import folder, served
from tests.event_loop import run_beside
from tests.stub_encoder import StubEncoder

__all__ = ["folder"]

QUESTION = "镇海2024年高企目标是多少"


@pytest.fixture(scope="module")
def client(app: App) -> Iterator[Client]:
    with closing_client(app.url, {}) as client:
        yield client


def test_just_these_endpoints_are_there_with_their_types(client: Client) -> None:
    described: Any = client.view_api(return_format="dict", print_info=False)
    endpoints = described["named_endpoints"]
    assert sorted(endpoints) == ["/ask", "/documents", "/rebuild", "/retrieve"]
    assert described["unnamed_endpoints"] == {}
    asked = {each["parameter_name"]: each["type"]["type"] for each in endpoints["/retrieve"]["parameters"]}
    assert asked == {"question": "string", "k": "integer"}


def test_a_question_is_answered_with_its_citations(client: Client) -> None:
    answer = client.predict(question=QUESTION, k=3, api_name="/ask")
    assert answer["status"] == "answered"
    assert answer["figures"][0]["text"] == "110家"
    assert len(answer["citations"]) == 3
    assert answer["citations"][0]["published"] == "2024-04-03"
    elsewhere = client.predict(question=QUESTION, regions=["郑州市"], api_name="/ask")
    assert elsewhere["question"]["regions"] == ["河南省郑州市"]


def test_passages_and_documents_are_listed(client: Client) -> None:
    hits = client.predict(question=QUESTION, k=2, api_name="/retrieve")
    assert [hit["source"] for hit in hits["passages"]] == ["004_24762a5d06339fde.txt"] * 2
    assert len(client.predict(api_name="/documents")["documents"]) == 7


def test_whoever_sits_at_the_machine_rebuilds(client: Client) -> None:
    report = client.predict(api_name="/rebuild")
    assert (report["unchanged"], report["documents"], report["skipped"]) == (True, 7, [])
    assert report["changes"]["unchanged"] == 5


@pytest.mark.parametrize(
    ("given", "message"), [({"question": " "}, "没有读到问题"), ({"question": "问", "k": 0}, "k 应在")]
)
def test_what_cannot_be_asked_is_said_in_words(client: Client, given: dict[str, Any], message: str) -> None:
    with pytest.raises(AppError, match=message):
        client.predict(**given, api_name="/ask")


def test_the_same_are_mcp_tools(app: App) -> None:
    tools, result = call_tool(app.url, "ask", {"question": QUESTION})
    assert sorted(tools) == ["ask", "documents", "rebuild", "retrieve"]
    assert tools["retrieve"]["properties"]["question"]["type"] == "string"
    assert not result.isError
    assert json.loads(result.content[0].text)["figures"][0]["text"] == "110家"


def test_once_there_are_keepers_nobody_else_rebuilds(folder: Path, tmp_path: Path, stub: StubEncoder) -> None:
    keepers = keeper_entry("张三", "long password")
    with served(Settings(documents=folder, vectors=tmp_path / "vectors", keepers=keepers)) as url:
        httpx.get(url, timeout=60)  # the client waits five seconds, and the server is only beginning
        (folder / "慈溪.txt").write_text("慈溪市2024年新增高新技术企业96家。", encoding="utf-8")
        for cookie in ({}, {"cookie": "qa_keeper=made-up"}):
            with closing_client(url, cookie) as client, pytest.raises(AppError, match="只有资料管理员可以这样做"):
                client.predict(api_name="/rebuild")
            _, refused = call_tool(url, "rebuild", {}, cookie)
            assert (refused.isError, "只有资料管理员" in refused.content[0].text) == (True, True)

        form = {"name": "张三", "password": "long password"}
        signed_in = httpx.post(f"{url}/keeper/sign-in", json=form, timeout=60)
        cookie = {"cookie": signed_in.headers["set-cookie"].split(";")[0]}
        with closing_client(url, cookie) as client:
            assert client.predict(api_name="/rebuild")["changes"]["new"] == ["慈溪.txt"]
            assert len(client.predict(api_name="/documents")["documents"]) == 2
        _, again = call_tool(url, "rebuild", {}, cookie)
        assert json.loads(again.content[0].text)["unchanged"] is True
        running, refused_too = one_build(tmp_path / "vectors"), pytest.raises(AppError, match="另一个程序正在")
        with closing_client(url, cookie) as client, running, refused_too:
            client.predict(api_name="/rebuild")


@contextmanager
def closing_client(url: str, headers: dict[str, str]) -> Iterator[Client]:
    client = Client(url, headers=headers, verbose=False)
    try:
        yield client
    finally:
        client.close()


def call_tool(
    url: str, name: str, arguments: dict[str, Any], headers: dict[str, str] | None = None
) -> tuple[dict[str, Any], Any]:
    """The tools there are, by name with what they take, and what came of calling one."""
    return run_beside(_call_tool(url, name, arguments, headers))


async def _call_tool(
    url: str, name: str, arguments: dict[str, Any], headers: dict[str, str] | None
) -> tuple[dict[str, Any], Any]:
    async with (
        httpx.AsyncClient(headers=headers, timeout=60) as http,
        streamable_http_client(f"{url}/gradio_api/mcp/", http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = {tool.name: tool.inputSchema for tool in (await session.list_tools()).tools}
        return tools, await session.call_tool(name, arguments)
