"""How fast and how large: python -m tests.benchmarks.run [--documents DIR] [--json FILE] [--write-readme]

Every measurement runs in a process of its own, the model as it is with torch beside the compiled one. Nothing is
asserted: a busy machine is slower, and the caption says how busy it was.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.page import measure_page
from tests.benchmarks.probe import questions
from tests.benchmarks.report import caption, distances, table
from tests.readme import write_part

ROOT = Path(__file__).parents[2]
QUESTION = "镇海2024年高企目标是多少"
COLD_STARTS, APP_STARTS = 7, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=Path, default=ROOT / "seeds", help="what the index is built of")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--write-readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qa-benchmarks-") as folder:
        figures = measure(Path(folder) / "vectors", options.documents)
    text = "\n".join([caption(figures), "", *table(figures), "", *distances(figures)])
    print(text)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    if options.write_readme:
        write_part("benchmarks", text)


def measure(vectors: Path, documents: Path) -> dict[str, Any]:
    """All figures, in seconds and bytes, by what was measured."""
    load = os.getloadavg()[0]
    names = ("build", "compiled", "original", "ask", "serve", "limits")
    figures = {name: probe(name, vectors, documents) for name in names}
    cold = [cold_ask(vectors) for _ in range(COLD_STARTS)]
    app = [start_app(vectors) for _ in range(APP_STARTS)]
    page = use_page(vectors, documents)
    return figures | {"cold": cold, "app": app, "page": page, "load": load, "documents": documents.name}


def probe(name: str, vectors: Path, documents: Path) -> dict[str, Any]:
    """What tests/benchmarks/probe.py measures under that name."""
    command = [sys.executable, "-m", "tests.benchmarks.probe", name, str(vectors), str(documents.resolve())]
    printed = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return figures


def cold_ask(vectors: Path) -> float:
    """Seconds that `python -m qa ask` takes from a new process to its end."""
    command = [sys.executable, "-m", "qa", "ask", QUESTION, "--vectors", str(vectors)]
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, cwd=ROOT, check=False)  # 1 is a question without an answer
    return time.perf_counter() - started


def start_app(vectors: Path) -> float:
    """Seconds from starting app.py until its page is there."""
    started = time.perf_counter()
    with serving(vectors):
        return time.perf_counter() - started


def use_page(vectors: Path, documents: Path) -> dict[str, list[float]]:
    """What a browser sees of app.py."""
    with serving(vectors) as url:
        return measure_page(url, questions(vectors, documents))


@contextmanager
def serving(vectors: Path) -> Iterator[str]:
    """The address of app.py, once its page is there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    with running(
        [sys.executable, "app.py"], os.environ | {"QA_VECTORS": str(vectors), "QA_PORT": str(port)}
    ) as process:
        while process.poll() is None:
            try:
                urllib.request.urlopen(url, timeout=60).read()
                break
            except urllib.error.URLError:
                time.sleep(0.02)
        else:
            raise RuntimeError("app.py ended before it answered")
        yield url


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
