"""Fifty people ask the real server for ten minutes while a keeper uploads and rebuilds: python -m tests.load.run

Fails on any error, on a reply made of two generations, on a build that is missing, and where memory goes on growing.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

import qa
from tests.load.versions import put_versions

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GROWTH = 1.15  # of memory, from the second fifth of the time to the last
BUILDS = 3
LONG = 240  # seconds after which memory can be judged: before, caches are still filling


@dataclass
class Outcome:
    """What was measured: locust's lines by name, its failures, and the server's memory in MB, second by second."""

    lines: dict[str, dict[str, str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def fifth(self, number: int) -> float:
        """The median of the memory in a fifth of the time, counted from 0."""
        length = max(1, len(self.memory) // 5)
        return median(self.memory[number * length :][:length])

    def problems(self, seconds: float, builds: int = BUILDS) -> list[str]:
        """What must not be."""
        built = int(self.lines.get("keeper rebuilds", {}).get("Request Count", 0))
        missing = [f"{built} of {builds} builds"] if built < builds else []
        growing = seconds >= LONG and self.fifth(4) > self.fifth(1) * GROWTH
        return [*self.failures, *missing, *(["memory grows"] if growing else [])]


def run(people: int, seconds: int, vectors: Path | None = None, builds: int = BUILDS) -> Outcome:
    """Has so many people ask for so long; `vectors` is an index of the seeds to begin with."""
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder, "documents")
        shutil.copytree(SEEDS, documents)
        put_versions(documents, 0)
        if vectors:
            shutil.copytree(vectors, Path(folder, "vectors"))
        qa.rebuild(documents, Path(folder, "vectors"))
        outcome = Outcome()
        with _serve(Path(folder)) as (url, process):
            threading.Thread(target=_watch, args=(process, outcome.memory), daemon=True).start()
            outcome.lines, outcome.failures = _ask(url, people, seconds, builds, Path(folder))
        return outcome


@contextmanager
def _serve(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`python app.py` over the folder, with the settings as they come."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    given = {"QA_DOCUMENTS": folder / "documents", "QA_VECTORS": folder / "vectors", "QA_PORT": port}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, ROOT / "app.py"],
            env=os.environ | {"PYTHONPATH": str(ROOT)} | {name: str(value) for name, value in given.items()},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(url, process)
        yield url, process
    finally:
        process.terminate()
        process.wait(timeout=30)
    if "Traceback" in (printed := (folder / "log").read_text(encoding="utf-8")):
        raise RuntimeError(printed[printed.index("Traceback") :][:3000])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urlopen(f"{url}/healthz", timeout=5).close()
            return
        except (URLError, TimeoutError):
            if process.poll() is not None:
                break
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def _watch(process: subprocess.Popen[bytes], memory: list[float]) -> None:
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        resident = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        memory.append(int(resident.split()[1]) / 1024)
        time.sleep(1)


def _ask(url: str, people: int, seconds: int, builds: int, folder: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Locust in a process of its own, since it patches the standard library."""
    command = [sys.executable, "-m", "locust", "--headless", "--only-summary", "--locustfile", "tests/load/people.py"]
    command += ["--host", url, "--users", str(people + 1), "--spawn-rate", "10", "--run-time", f"{seconds}s"]
    command += [
        "--stop-timeout",
        "60",
        "--csv",
        str(folder / "asked"),
        "--builds",
        str(builds),
        "--loglevel",
        "WARNING",
    ]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    if not (folder / "asked_stats.csv").exists() or "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)
    lines = {line["Name"]: line for line in _read(folder / "asked_stats.csv")}
    return lines, [
        f"{each['Name']}: {each['Error']} ({each['Occurrences']})" for each in _read(folder / "asked_failures.csv")
    ]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tell(outcome: Outcome) -> Iterator[str]:
    """The figures as lines of a table."""
    yield "| what | times | failures | median ms | p95 ms | longest ms |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, line in outcome.lines.items():
        figures = (line["Request Count"], line["Failure Count"], line["50%"], line["95%"], line["100%"])
        yield f"| {name} | {' | '.join(figures)} |"
    fifths = "、".join(f"{outcome.fifth(number):.0f}" for number in range(5))
    yield f"memory of the server, medians of the fifths of the time: {fifths} MB, at most {max(outcome.memory):.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--vectors", type=Path, help="an index of the seeds, whose encoder is taken over")
    given = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    outcome = run(given.people, int(given.minutes * 60), given.vectors)
    print(*tell(outcome), sep="\n")
    problems = outcome.problems(given.minutes * 60)
    print(*problems or ["no failures"], sep="\n")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
