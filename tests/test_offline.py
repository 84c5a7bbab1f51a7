"""Building, asking and serving use no network: where there is one they look for no host, and they do without one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qa.records import BuildReport
from tests.conftest import SEEDS

# Every address that anything asks for is noted; an attempt that fails quietly is one too.
RUN = """
import json, sys
from pathlib import Path
from starlette.testclient import TestClient

asked = []

def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        asked.append(repr(arguments[1:] if event in ("socket.connect", "socket.sendto") else arguments))

sys.addaudithook(note)

import qa
from qa.chat.serving import build_server
from qa.settings import read_settings

report = qa.rebuild(sys.argv[1], sys.argv[2])
knowledge = qa.KnowledgeBase.open(sys.argv[2])
answer = knowledge.ask("镇海2024年高企目标是多少")
server = TestClient(build_server(knowledge, read_settings(documents=sys.argv[1], vectors=sys.argv[2])))
page, health = server.get("/"), server.get("/healthz")
print(json.dumps([asked, report.documents, answer.status, page.status_code, health.status_code, health.json()]))
"""


def without_network(command: list[str]) -> list[str]:
    """The command with nothing but loopback, where this user may have that; else as it is, and only watched."""
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and not subprocess.run([*alone, "true"], capture_output=True).returncode:
        return [*alone, *command]
    return command


def test_nothing_asks_for_another_host(
    seed_index: tuple[Path, BuildReport], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(seed_index[0] / "encoders", tmp_path / "encoders")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    command = without_network([sys.executable, "-c", RUN, str(SEEDS), str(tmp_path)])
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    asked, documents, status, page, code, health = json.loads(done.stdout.splitlines()[-1])
    assert asked == []
    assert (documents, status, page, code) == (7, "answered", 200, 200)
    assert set(health) == {"status", "generation", "version"}
    assert health["status"] == "ok"
