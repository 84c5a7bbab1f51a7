"""Every address that the server answers at, with who may ask and how much; whatever is not listed is closed to all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from starlette.routing import compile_path

from qa.documents.formats import LARGEST_FILE

DOWNLOAD = "/original"  # where the original file of a document is served
KEEPING = "/keep/"  # what lies below it changes the documents
STATE = "/keeper"  # what the page may offer to whoever asks
GRADIO = "/gradio_api/"
JOIN = f"{GRADIO}queue/join"
LARGEST_BODY = 256 << 10  # bytes; a question has 2,000 characters at most, and its history some more


class Who(Enum):
    """Who may ask; scripts of another site's page never, whoever has it open."""

    ALL = "everyone, also by a link from another site"
    OWN = "everyone"
    KEEPER = "keepers"


class Cost(Enum):
    """What a request takes of the server, and so how it is limited."""

    FREE = "–"  # a file of the page, or a stream that waits
    COUNTED = "counted"  # of those that one address may send in a minute
    WORK = "counted, queued"  # and takes one of the places at work


@dataclass(frozen=True, slots=True)
class Route:
    """An address as Starlette writes them, for a method; GET is HEAD too."""

    method: str
    path: str
    who: Who
    cost: Cost
    what: str
    largest: int = LARGEST_BODY  # bytes of the body


ROUTES = (
    Route("GET", "/", Who.ALL, Cost.COUNTED, "the page"),
    Route("GET", DOWNLOAD, Who.ALL, Cost.COUNTED, "the original file of a document, by the document's id"),
    Route("GET", "/favicon.ico", Who.ALL, Cost.FREE, "the page's picture"),
    Route("GET", "/robots.txt", Who.ALL, Cost.FREE, "for crawlers"),
    Route("GET", "/healthz", Who.OWN, Cost.FREE, "for a watchdog: status, generation, version"),
    Route("GET", "/assets/{path:path}", Who.OWN, Cost.FREE, "scripts and styles"),
    Route("GET", "/static/{path:path}", Who.OWN, Cost.FREE, "pictures and fonts"),
    Route("GET", "/theme.css", Who.OWN, Cost.FREE, "colours and fonts"),
    Route("GET", "/config", Who.OWN, Cost.COUNTED, "what the page is made of, for programs"),
    Route("GET", f"{GRADIO}info", Who.OWN, Cost.COUNTED, "the endpoints with their arguments, for programs"),
    Route("GET", f"{GRADIO}startup-events", Who.OWN, Cost.FREE, "says that the server has begun"),
    Route("GET", f"{GRADIO}heartbeat/{{session_hash}}", Who.OWN, Cost.FREE, "ends a session when its page is closed"),
    Route("POST", JOIN, Who.OWN, Cost.COUNTED, "what the page does: questions, sources, lists; they have a queue"),
    Route("GET", f"{GRADIO}queue/data", Who.OWN, Cost.FREE, "what comes of it"),
    Route("POST", f"{GRADIO}cancel", Who.OWN, Cost.COUNTED, "gives it up"),
    Route("POST", f"{GRADIO}reset", Who.OWN, Cost.COUNTED, "gives it up, for programs"),
    Route(
        "POST", f"{GRADIO}run/{{api_name}}", Who.OWN, Cost.WORK, "`ask`, `retrieve`, `documents`; `rebuild` for keepers"
    ),
    Route("POST", f"{GRADIO}call/{{api_name}}", Who.OWN, Cost.COUNTED, "the same by way of the page's queue"),
    Route("GET", f"{GRADIO}call/{{api_name}}/{{event_id}}", Who.OWN, Cost.FREE, "what comes of it"),
    Route("POST", f"{GRADIO}mcp", Who.OWN, Cost.WORK, "the same as MCP tools"),
    Route("GET", STATE, Who.OWN, Cost.COUNTED, "whether whoever asks may change documents"),
    Route("POST", f"{STATE}/sign-in", Who.OWN, Cost.COUNTED, "a keeper signs in; slowed down after wrong passwords"),
    Route("POST", f"{STATE}/sign-out", Who.OWN, Cost.COUNTED, "a keeper leaves"),
    Route("GET", f"{KEEPING}file", Who.KEEPER, Cost.COUNTED, "whether there is a file of that name"),
    Route("PUT", f"{KEEPING}file", Who.KEEPER, Cost.COUNTED, "adds or replaces a file", LARGEST_FILE),
    Route("DELETE", f"{KEEPING}file", Who.KEEPER, Cost.COUNTED, "deletes a file"),
    Route("GET", f"{KEEPING}corrections", Who.KEEPER, Cost.COUNTED, "what is set right of a document"),
    Route("PUT", f"{KEEPING}corrections", Who.KEEPER, Cost.COUNTED, "sets it right"),
    Route("POST", f"{KEEPING}build", Who.KEEPER, Cost.COUNTED, "brings the index up to date"),
)
METHODS = sorted({route.method for route in ROUTES})


def find_route(method: str, path: str) -> Route | None:
    """The entry for a request; None where the address is closed."""
    asked = "GET" if method == "HEAD" else method
    plain = path.rstrip("/") or "/"
    return next((route for route in ROUTES if route.method == asked and _pattern(route.path).match(plain)), None)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return compile_path(path)[0]
