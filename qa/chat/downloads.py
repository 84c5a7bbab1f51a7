"""The original file of a document, for whoever names the document."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from qa.knowledge_base import KnowledgeBase


def original_file(knowledge: KnowledgeBase, folder: Path, document_id: str) -> Path | None:
    """The file that a document held was read from; None where there is no such document, or its file is gone.

    A client names a document, never a path; what a link has led out of the folder since the build is not given.
    """
    source = next((card.source for card in knowledge.documents() if card.id == document_id), None)
    if source is None:
        return None
    file = (folder / source).resolve()
    return file if file.is_relative_to(folder.resolve()) and file.is_file() else None


def serve_original(knowledge: KnowledgeBase, folder: Path, request: Request) -> Response:
    """The file as a download: a browser must not take a web page among the documents for one of ours."""
    file = original_file(knowledge, folder, request.query_params.get("document", ""))
    if file is None:
        return PlainTextResponse("这份文件已不在文档目录里。", status_code=404)
    return FileResponse(file, filename=file.name, media_type="application/octet-stream")
