"""How a keeper changes the documents, over HTTP; who may is the guard's to say."""

from __future__ import annotations

import ctypes
import json
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse

from qa.chat.keeping_panel import read_form, show_form
from qa.chat.routes import KEEPING
from qa.documents.corrections import corrections_file
from qa.errors import DocumentError, NameTakenError, QAError
from qa.knowledge_base import KnowledgeBase, rebuild
from qa.records import BuildReport, DocumentCard
from qa.settings import Settings
from qa.upkeep import check_size, delete_file, find_corrections, receive_file, safe_name

_Step = dict[str, Any]


def add_keeping(server: FastAPI, knowledge: KnowledgeBase, settings: Settings) -> None:
    """Adds what the documents tab calls; what cannot be done is a reply of status 4xx with the reason in words."""
    folder = settings.documents

    def look_up(request: Request) -> Response:
        name = safe_name(request.query_params.get("name", ""))
        size = request.query_params.get("size", "0")
        check_size(int(size) if size.isdecimal() else 0)
        return JSONResponse({"name": name, "held": (folder / name).exists()})

    async def upload(request: Request) -> Response:
        name = safe_name(request.query_params.get("name", ""))
        with receive_file(folder, name, request.query_params.get("replace") == "1") as file:
            async for chunk in request.stream():
                file.write(chunk)
        return JSONResponse({"name": name})

    def delete(request: Request) -> Response:
        delete_file(folder, request.query_params.get("source", ""))
        return Response(status_code=204)

    def show_corrections(request: Request) -> Response:
        cards = knowledge.documents()
        card = _card(cards, request)
        return HTMLResponse(show_form(card, find_corrections(folder, cards, card)))

    async def correct(request: Request) -> Response:
        form = _form(await request.body())
        cards = knowledge.documents()
        card = _card(cards, request)
        corrected = await run_in_threadpool(find_corrections, folder, cards, card)
        file = corrections_file(corrected.path).name
        corrected.save(read_form(file, card, corrected.own, form))
        return Response(status_code=204)

    def build(_: Request) -> Response:
        return StreamingResponse(_build(knowledge, settings), media_type="application/x-ndjson")

    server.add_route(f"{KEEPING}file", look_up, methods=["GET"])
    server.add_route(f"{KEEPING}file", upload, methods=["PUT"])
    server.add_route(f"{KEEPING}file", delete, methods=["DELETE"])
    server.add_route(f"{KEEPING}corrections", show_corrections, methods=["GET"])
    server.add_route(f"{KEEPING}corrections", correct, methods=["PUT"])
    server.add_route(f"{KEEPING}build", build, methods=["POST"])
    server.add_exception_handler(QAError, _refuse)


def _refuse(_: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 409 if isinstance(error, NameTakenError) else 400)


def _form(body: bytes) -> dict[str, str]:
    try:
        form = json.loads(body)
    except ValueError:
        form = None
    if not isinstance(form, dict) or not all(isinstance(value, str) for value in form.values()):
        raise DocumentError("填写的内容没有传完整。请刷新网页，再填一次。")
    return form


def _card(cards: tuple[DocumentCard, ...], request: Request) -> DocumentCard:
    wanted = request.query_params.get("document", "")
    for card in cards:
        if card.id == wanted:
            return card
    raise DocumentError("这份文件已不在索引里。请刷新网页。")


def _build(knowledge: KnowledgeBase, settings: Settings) -> Iterator[str]:
    """A line of JSON for each step of a build, at last for what came of it; it goes on where nobody reads them."""
    steps: SimpleQueue[_Step | None] = SimpleQueue()

    def work() -> None:
        def report(stage: str, done: int, total: int) -> None:
            steps.put({"stage": stage, "done": done, "total": total})

        try:
            built = rebuild(settings.documents, settings.vectors, report)
            knowledge.move_on()
            problem = knowledge.describe()["problem"]
            steps.put({"problem": problem} if problem else {"built": _told(built)})
        except QAError as error:
            steps.put({"problem": str(error)})
        finally:
            _give_memory_back()
            steps.put(None)

    threading.Thread(target=work, daemon=True).start()
    while (step := steps.get()) is not None:
        yield json.dumps(step, ensure_ascii=False) + "\n"


def _give_memory_back() -> None:
    """What a build has freed, glibc would keep for the next one: some 80 MB more after each."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _told(report: BuildReport) -> str:
    changes = report.changes
    counts = {"新增": changes.new, "修改": changes.changed, "改名": changes.renamed, "删除": changes.deleted}
    changed = "、".join(f"{name} {len(files)} 个文件" for name, files in counts.items() if files)
    unread = f"；{len(report.skipped)} 个文件没有读入，见下" if report.skipped else ""
    return f"索引已是最新：{report.documents} 份文件（{changed or '没有变化'}）{unread}。"
