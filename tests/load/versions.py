"""Documents that all change from one build to the next, so that a reply made of two generations gives itself away."""

from __future__ import annotations

import re
from pathlib import Path

DEPARTMENTS = ("教育局", "民政局", "财政局", "水利局", "商务局")
QUESTION = "2026年各局的光伏装机容量目标是多少"

_VERSION = re.compile("第([0-9]+)版")


def file_name(department: str) -> str:
    return f"光伏-{department}.txt"


def write_version(department: str, version: int) -> str:
    """What a department's document says in that version."""
    return (
        f"{department}2026年光伏建设工作要点\n\n一、总体目标\n\n"
        f"按照第{version}版计划，{department}2026年新增光伏装机容量{100 + version}万千瓦。\n"
    )


def put_versions(folder: Path, version: int) -> None:
    for department in DEPARTMENTS:
        (folder / file_name(department)).write_text(write_version(department, version), encoding="utf-8")


def find_versions(text: str) -> set[int]:
    """The versions that a reply cites."""
    return {int(version) for version in _VERSION.findall(text)}
