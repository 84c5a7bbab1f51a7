"""What is logged of each question: an id, how long each stage took, how it ended; what was asked only where wanted."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_log = logging.getLogger("qa.requests")


class Request:
    """One question on its way, for the log."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {"request": secrets.token_hex(6)}
        self.stages: dict[str, float] = {}
        self._began = self._passed = time.perf_counter()

    def passed(self, stage: str) -> None:
        """Adds the milliseconds since this was said last to those of a stage."""
        now = time.perf_counter()
        self.stages[stage] = round(self.stages.get(stage, 0.0) + (now - self._passed) * 1000, 1)
        self._passed = now


@contextmanager
def log_request(kind: str, question: str | None) -> Iterator[Request]:
    """Logs a request when it has ended, with the kind of its error where there is one, and the question if given."""
    request = Request()
    request.fields |= {"kind": kind} | ({} if question is None else {"question": question})
    try:
        yield request
    except Exception as error:
        request.fields["error"] = type(error).__name__
        raise
    finally:
        whole = round((time.perf_counter() - request._began) * 1000, 1)
        _log.info("request", extra={"fields": {**request.fields, "milliseconds": whole, "stages": request.stages}})


def log_to_stderr() -> None:
    """Has everything logged written to standard error, a line of JSON each."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("qa").setLevel(logging.INFO)


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": when, "level": record.levelname, "logger": record.name}
        line |= getattr(record, "fields", {"message": record.getMessage()})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
