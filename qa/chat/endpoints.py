"""What programs may call, over HTTP and as MCP tools: ask, retrieve, documents, rebuild."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import gradio as gr
from gradio.events import api
from starlette.requests import Request

from qa.chat.guarding import is_same_site
from qa.errors import QAError
from qa.knowledge_base import KnowledgeBase
from qa.knowledge_base import rebuild as build_index
from qa.records import Scope, to_plain
from qa.settings import Settings

MOST_PASSAGES = 100
MCP = "/gradio_api/mcp"

Endpoint = Callable[..., dict[str, Any]]


def add_endpoints(knowledge: KnowledgeBase, settings: Settings, may_change: Callable[[Request], bool]) -> None:
    """Adds the endpoints to the page that is being built; their docstrings are what callers read."""
    for function in (_asking(knowledge), *_listing(knowledge), _rebuilding(knowledge, settings, may_change)):
        # Past the queue: an MCP call would reach it only by connecting to this server once more.
        api(function, api_name=function.__name__, queue=False)


def _asking(knowledge: KnowledgeBase) -> Endpoint:
    def ask(
        caller: gr.Request,
        question: str,
        history: list[str] | None = None,
        regions: list[str] | None = None,
        years: list[int] | None = None,
        documents: list[str] | None = None,
        k: int = 10,
    ) -> dict[str, Any]:
        """Answers a question about the government documents held, word for word, with the passages cited.

        Args:
            question: the question in Chinese, as 镇海2024年高企目标是多少
            history: the earlier questions of the conversation, which a short question (那慈溪呢) is completed from
            regions: places to keep to, instead of those that the question names
            years: years to keep to, instead of those that the question names
            documents: ids or sources of the documents that may be cited
            k: how many passages to cite at most
        """
        limits = Scope(
            regions=None if regions is None else tuple(regions),
            years=None if years is None else tuple(years),
            documents=tuple(documents or ()),
        )
        with _told():
            answer = knowledge.ask(question, tuple(history or ()), _limited(k), limits, date.today())
        return _reply(answer.to_dict(), caller)

    return ask


def _listing(knowledge: KnowledgeBase) -> tuple[Endpoint, Endpoint]:
    def retrieve(caller: gr.Request, question: str, k: int = 5) -> dict[str, Any]:
        """Lists the passages nearest to a question, best first, with the document each stands in.

        Args:
            question: the question in Chinese
            k: how many passages
        """
        with _told():
            hits = knowledge.retrieve(question, _limited(k))
        return _reply({"passages": to_plain(hits)}, caller)

    def documents(caller: gr.Request) -> dict[str, Any]:
        """Lists the documents held: id, source, title, issuer, region, dates, document number, years."""
        return _reply({"documents": to_plain(knowledge.documents())}, caller)

    return retrieve, documents


def _rebuilding(knowledge: KnowledgeBase, settings: Settings, may_change: Callable[[Request], bool]) -> Endpoint:
    def rebuild(caller: gr.Request) -> dict[str, Any]:
        """Brings the index up to date with the documents folder, for keepers only; ends when the new index serves.

        Reports what changed, what was skipped or looks wrong, and how long it took.
        """
        request = _request(caller)
        if not (is_same_site(request) and may_change(request)):
            raise gr.Error("只有资料管理员可以这样做。请先登录。", print_exception=False)
        with _told():
            report = build_index(settings.documents, settings.vectors)
            knowledge.move_on()
        return _reply(to_plain(report), caller)

    return rebuild


def _reply(reply: dict[str, Any], caller: gr.Request) -> dict[str, Any]:
    """The reply; as JSON for an MCP client, to which Gradio would give it as Python writes a dictionary."""
    if MCP in caller.url.path:
        return json.dumps(reply, ensure_ascii=False)  # type: ignore[return-value]
    return reply


def _request(caller: gr.Request) -> Request:
    """The request over HTTP, which Gradio wraps, but for MCP calls."""
    request = caller if isinstance(caller, Request) else caller.request
    assert isinstance(request, Request)
    return request


@contextmanager
def _told() -> Iterator[None]:
    """Makes of an error that a user can mend one whose text reaches the caller."""
    try:
        yield
    except QAError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _limited(k: int) -> int:
    if not 1 <= k <= MOST_PASSAGES:
        raise gr.Error(f"k 应在 1 到 {MOST_PASSAGES} 之间，现在是 {k}。", print_exception=False)
    return k
