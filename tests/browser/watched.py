"""Runs app.py and writes to the file named first each address that it connects to and each name that it looks up."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any


def main(log: Path, app: Path) -> None:
    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{event} {arguments[1:]}\n")

    sys.addaudithook(watch)
    sys.path.insert(0, str(app.parent))
    runpy.run_path(str(app), run_name="__main__")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
