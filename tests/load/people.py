"""Who asks in the load test: programs, readers of the page, and one keeper who uploads and rebuilds. Run by locust."""

from __future__ import annotations

import json
import random
import secrets
import time
from pathlib import Path
from typing import Any

from locust import HttpUser, between, events, task

from tests.load.versions import DEPARTMENTS, QUESTION, file_name, find_versions, write_version

CONVERSATION = 6  # questions, then a new one
JOIN, DATA = "/gradio_api/queue/join", "/gradio_api/queue/data"

_SETS = Path(__file__).parents[1] / "quality" / "seeds.jsonl"
_QUESTIONS = [json.loads(line)["question"] for line in _SETS.read_text(encoding="utf-8").splitlines()]
_live = {"version": 0}  # the version that the last build which has ended made live


def add_builds(parser: Any) -> None:
    parser.add_argument("--builds", type=int)


events.init_command_line_parser.add_listener(add_builds)  # type: ignore[no-untyped-call]


def _choose() -> str:
    return QUESTION if random.random() < 0.4 else random.choice(_QUESTIONS)


def _judge(cited: str, least: int) -> None:
    """Raises ValueError for a reply from two generations, or from one older than the one that was live at its start."""
    versions = find_versions(cited)
    if len(versions) > 1 or any(version < least for version in versions):
        raise ValueError(f"mixed generations: versions {sorted(versions)}, live was {least}")


class _Person(HttpUser):
    abstract = True
    wait_time = between(3, 9)

    def told(self, name: str, began: float, error: Exception | None = None, size: int = 0) -> None:
        events.request.fire(  # type: ignore[no-untyped-call]
            request_type="DONE",
            name=name,
            response_time=(time.perf_counter() - began) * 1000,
            response_length=size,
            exception=error,
            context={},
        )


class Program(_Person):
    """Asks over HTTP, and holds every citation against the text of its document."""

    weight = 1

    @task
    def ask(self) -> None:
        question, least = _choose(), _live["version"]
        data = {"data": [question, None, None, None, None, 10]}
        with self.client.post("/gradio_api/run/ask", json=data, name="program asks", catch_response=True) as reply:
            try:
                answer: dict[str, Any] = reply.json()["data"][0]
                cited = answer["citations"]
                if question == QUESTION and len({each["source"] for each in cited} & _VERSIONED) < 2:
                    raise ValueError("the documents that change are not cited")
                _judge(" ".join(each["text"] for each in cited), least)
                for each in cited:
                    if each["end"] - each["start"] != len(each["text"]) or each["quote"] not in each["text"]:
                        raise ValueError("a citation is not where it says")
            except (ValueError, KeyError, TypeError) as error:
                reply.failure(f"{reply.status_code} {reply.error!r} {error!r} {reply.text[:80]}")


class Reader(_Person):
    """Has the page open and asks as the page does: a question joins the queue, its reply comes in a stream."""

    weight = 4

    def on_start(self) -> None:
        self.asked = 0
        self.client.get("/", name="page opens")
        config = self.client.get("/config", name="page opens: config").json()
        self.answer = next(each["id"] for each in config["dependencies"] if each["api_name"] == "answer")

    @task
    def ask(self) -> None:
        if self.asked % CONVERSATION == 0:
            self.session = secrets.token_hex(5)
        self.asked += 1
        least, began = _live["version"], time.perf_counter()
        body = {"data": [_choose(), None, [], [], [], [], []], "fn_index": self.answer, "session_hash": self.session}
        joined = self.client.post(JOIN, json=body, name="page asks: joins the queue")
        if joined.status_code != 200:
            return
        try:
            shown = self._read(joined.json()["event_id"])
            if "reply" not in shown or "程序内部出错" in shown:
                raise ValueError(f"no reply: {shown[:80]}")
            _judge(shown, least)
            self.told("page asks, until the reply", began, size=len(shown))
        except (ValueError, KeyError, OSError) as error:
            self.told("page asks, until the reply", began, error)

    def _read(self, event: str) -> str:
        """The markup that the page would show of the last state of the reply."""
        shown, opening = "", "page asks: stream opens"
        data = f"{DATA}?session_hash={self.session}"
        with self.client.get(data, name=opening, stream=True, catch_response=True) as lines:
            for line in lines.iter_lines():
                if not line.startswith(b"data:"):
                    continue
                message = json.loads(line[5:])
                if message.get("event_id") != event or message["msg"] not in (
                    "process_generating",
                    "process_completed",
                ):
                    continue
                if not message["success"]:
                    raise ValueError(str(message["output"]))
                if message["msg"] == "process_completed":
                    return shown
                shown = json.dumps(message["output"]["data"], ensure_ascii=False)
        raise ValueError("the stream ended before the reply")


class Keeper(_Person):
    """Uploads all the while; now and then a new version of what changes, and has it built."""

    fixed_count = 1
    wait_time = between(2, 4)

    def on_start(self) -> None:
        given = self.environment.parsed_options
        self.began, self.number = time.monotonic(), 0
        self.whole, self.builds = float(given.run_time), int(given.builds)

    @task
    def keep(self) -> None:
        self.number += 1
        text = f"第{self.number}号意见的通知\n\n各单位：\n\n现将第{self.number}号意见印发给你们，请认真执行。\n"
        self._put(f"意见{self.number % 50}.txt", text, "keeper uploads")
        due = (time.monotonic() - self.began) * (self.builds + 1) // self.whole
        if due > _live["version"] < self.builds:
            self._build(_live["version"] + 1)

    def _put(self, name: str, text: str, told: str) -> None:
        self.client.put("/keep/file", params={"name": name, "replace": "1"}, data=text.encode(), name=told)

    def _build(self, version: int) -> None:
        for department in DEPARTMENTS:
            self._put(file_name(department), write_version(department, version), "keeper uploads")
        with self.client.post("/keep/build", name="keeper rebuilds", catch_response=True) as reply:
            if "built" in (last := json.loads(reply.text.splitlines()[-1])):
                _live["version"] = version
            else:
                reply.failure(str(last))


_VERSIONED = {file_name(department) for department in DEPARTMENTS}
