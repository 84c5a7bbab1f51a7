"""The parts of README.md that commands write."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def write_part(name: str, text: str) -> None:
    """Puts the text between the comments `name:start` and `name:end`."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, rest = README.read_text(encoding="utf-8").split(start)
    README.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end)[1]}", encoding="utf-8")
