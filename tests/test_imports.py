"""What is heavy is imported by what uses it, and not before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from qa.records import BuildReport

BUILDING = ("gradio", "onnx", "sentence_transformers", "torch", "transformers")  # and serving
HEAVY = (*BUILDING, "faiss", "jieba", "onnxruntime", "opencc", "tantivy")


def test_import_stays_light() -> None:
    assert _imported("import qa, qa.cli.commands", HEAVY) == []


def test_asking_needs_no_torch(seed_index: tuple[Path, BuildReport]) -> None:
    asked = f"import qa; assert qa.KnowledgeBase.open({str(seed_index[0])!r}).ask('镇海2024年高企目标是多少').citations"
    assert _imported(asked, BUILDING) == []


def _imported(code: str, modules: tuple[str, ...]) -> list[str]:
    """Those of the modules that a new process has imported after the code."""
    look = f"import sys; {code}; print(*(name for name in {modules!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split()
