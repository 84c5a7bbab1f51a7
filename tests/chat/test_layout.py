from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.chat.layout import create_app
from tests.chat.test_keeping import put_documents
from tests.conftest import put_stub


def test_boxes_to_type_in_are_empty_and_not_missing_before_anything_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_stub(monkeypatch)
    settings = put_documents(tmp_path)
    page = create_app(qa.KnowledgeBase.open(settings.vectors), settings, lambda _: True)
    boxes = {
        block["props"]["label"]: block["props"].get("value")
        for block in page.get_config_file()["components"]
        if block["type"] == "textbox" and block["props"]["visible"]
    }
    assert boxes == {"问题": "", "查找文件": ""}
