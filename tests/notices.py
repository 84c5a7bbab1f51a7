"""Small files for the tests that build an index of a folder."""

from __future__ import annotations

from pathlib import Path


def write_notice(folder: Path, name: str, *paragraphs: str) -> None:
    """A notice of 镇海区 on the subject `name`, as a file of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join([f"宁波市镇海区科学技术局关于{name}的通知", "各单位：", *paragraphs])
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
