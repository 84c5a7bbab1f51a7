"""The endpoints for programs, called by the clients that programs call them with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.browser.conftest import App

QUESTION = "镇海2024年高企目标是多少"


@pytest.fixture(scope="module")
def client(app: App) -> Iterator[Client]:
    client = Client(app.url, verbose=False)
    yield client
    client.close()


def test_just_these_endpoints_are_there_with_their_types(client: Client) -> None:
    described: Any = client.view_api(return_format="dict", print_info=False)
    endpoints = described["named_endpoints"]
    assert sorted(endpoints) == ["/ask", "/documents", "/retrieve"]
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


@pytest.mark.parametrize(
    ("given", "message"), [({"question": " "}, "没有读到问题"), ({"question": "问", "k": 0}, "k 应在")]
)
def test_what_cannot_be_asked_is_said_in_words(client: Client, given: dict[str, Any], message: str) -> None:
    with pytest.raises(AppError, match=message):
        client.predict(**given, api_name="/ask")


def test_the_same_are_mcp_tools(app: App) -> None:
    async def call() -> tuple[dict[str, Any], Any]:
        address = f"{app.url}/gradio_api/mcp/"
        async with streamable_http_client(address) as (read, write, _), ClientSession(read, write) as session:
            await session.initialize()
            tools = {tool.name: tool.inputSchema for tool in (await session.list_tools()).tools}
            return tools, await session.call_tool("ask", {"question": QUESTION})

    tools, result = asyncio.run(call())
    assert sorted(tools) == ["ask", "documents", "retrieve"]
    assert tools["retrieve"]["properties"]["question"]["type"] == "string"
    assert not result.isError
    assert json.loads(result.content[0].text)["figures"][0]["text"] == "110家"
