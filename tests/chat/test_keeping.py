from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import qa
from qa.chat.keeping_panel import read_form, show_form, shown_facts
from qa.chat.serving import build_server
from qa.documents.corrections import Corrections
from qa.errors import DocumentError
from qa.index.publishing import one_build
from qa.records import Validity
from qa.settings import Settings
from qa.upkeep import Corrected
from tests.chat.samples import document_card
from tests.stub_encoder import StubEncoder

NOTICE = "镇海区2024年科技工作要点\n\n一、总体目标\n\n新增高新技术企业110家。\n"
CARD = document_card(years=(2024,), validity=Validity(expires=date(2026, 12, 31)))


@pytest.fixture
def settings(tmp_path: Path, stub: StubEncoder) -> Settings:
    return put_documents(tmp_path)


def put_documents(tmp_path: Path) -> Settings:
    """One document and its index in the folder."""
    settings = Settings(documents=tmp_path / "documents", vectors=tmp_path / "vectors")
    settings.documents.mkdir()
    (settings.documents / "镇海.txt").write_text(NOTICE, encoding="utf-8")
    qa.rebuild(settings.documents, settings.vectors)
    return settings


@pytest.fixture
def client(settings: Settings) -> TestClient:
    server = build_server(qa.KnowledgeBase.open(settings.vectors), settings)
    return TestClient(server, base_url="http://127.0.0.1:7860")


def last_step(client: TestClient) -> dict[str, str]:
    step: dict[str, str] = json.loads(client.post("/keep/build").text.splitlines()[-1])
    return step


def test_a_file_comes_and_goes_and_what_is_served_follows(client: TestClient, settings: Settings) -> None:
    assert client.get("/keep/file", params={"name": "慈溪.txt"}).json() == {"name": "慈溪.txt", "held": False}
    put = {"name": "../慈溪.txt"}
    assert client.put("/keep/file", params=put, content=NOTICE.replace("镇海区", "慈溪市").encode()).is_success
    assert client.get("/keep/file", params=put).json() == {"name": "慈溪.txt", "held": True}
    refused = client.put("/keep/file", params=put, content=b"")
    assert (refused.status_code, refused.text) == (409, "已有文件“慈溪.txt”，没有替换。请改名后上传，或选择替换它。")
    assert last_step(client) == {"built": "索引已是最新：2 份文件（新增 1 个文件）。"}
    assert client.get("/original", params={"document": "慈溪.txt"}).is_success
    assert client.delete("/keep/file", params={"source": "慈溪.txt"}).is_success
    assert last_step(client) == {"built": "索引已是最新：1 份文件（删除 1 个文件）。"}
    assert client.get("/original", params={"document": "慈溪.txt"}).status_code == 404
    assert [path.name for path in settings.documents.iterdir()] == ["镇海.txt"]


def test_one_build_at_a_time_and_none_of_nothing(client: TestClient, settings: Settings) -> None:
    with one_build(settings.vectors):
        assert "另一个程序正在" in last_step(client)["problem"]
    client.delete("/keep/file", params={"source": "镇海.txt"})
    assert "里没有文件" in last_step(client)["problem"]
    assert client.get("/original", params={"document": "镇海.txt"}).status_code == 404


def test_what_was_understood_is_set_right(client: TestClient, settings: Settings) -> None:
    named = {"document": "镇海.txt"}
    assert 'value="镇海区2024年科技工作要点"' in client.get("/keep/corrections", params=named).text
    wrong = client.put("/keep/corrections", params=named, json={"region": "某地"})
    assert (wrong.status_code, "不在地名表中" in wrong.text) == (400, True)
    assert client.put("/keep/corrections", params=named, json={"years": "2023、2024"}).is_success
    written = (settings.documents / "镇海.txt.qa.toml").read_text(encoding="utf-8")
    assert written == "years = [2023, 2024]\n"
    assert last_step(client)["built"].startswith("索引已是最新：1 份文件（修改 1 个文件）")
    assert qa.KnowledgeBase.open(settings.vectors).documents()[0].years == (2023, 2024)
    gone = client.get("/keep/corrections", params={"document": "没有"})
    assert (gone.status_code, gone.text) == (400, "这份文件已不在索引里。请刷新网页。")


def test_only_what_differs_or_was_set_before_is_a_correction() -> None:
    own = Corrections(title="设的标题", years=(2023,))
    shown = shown_facts(CARD, own)
    assert (shown["title"], shown["years"], shown["expires"]) == ("设的标题", "2023", "2026-12-31")
    assert read_form("a", CARD, own, shown) == own
    assert read_form("a", CARD, own, shown | {"title": " ", "repealed": "是"}) == Corrections(
        years=(2023,), repealed=True
    )
    assert read_form("a", CARD, Corrections(), {"years": "2024"}) == Corrections()
    assert read_form("a", CARD, Corrections(), {"published": "2024-03-05"}) == Corrections(published=date(2024, 3, 5))
    for name, text in {"published": "去年", "years": "今年", "repealed": "也许"}.items():
        with pytest.raises(DocumentError, match="看不懂"):
            read_form("a", CARD, Corrections(), {name: text})


def test_a_form_shows_text_as_text() -> None:
    html = show_form(document_card(title='"><script>'), Corrected(Path("a.txt"), (Corrections(),), 0))
    assert "<script" not in html


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://example.org"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "example.org"},  # a name that somebody else made point here
        {"x-forwarded-for": "192.0.2.1"},  # through a proxy on this machine
    ],
)
def test_nobody_elsewhere_changes_anything(client: TestClient, settings: Settings, headers: dict[str, str]) -> None:
    assert client.delete("/keep/file", params={"source": "镇海.txt"}, headers=headers).status_code == 403
    assert (settings.documents / "镇海.txt").exists()
    same = {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"}
    assert client.delete("/keep/file", params={"source": "镇海.txt"}, headers=same).status_code == 204


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7"])
def test_nothing_is_offered_where_others_can_reach_it(settings: Settings, host: str) -> None:
    server = build_server(qa.KnowledgeBase.open(settings.vectors), replace(settings, host=host))
    client = TestClient(server, base_url="http://127.0.0.1:7860")
    assert client.get("/keeper").json()["may"] is False
    for method, path in (
        ("GET", "file"),
        ("PUT", "file"),
        ("DELETE", "file"),
        ("POST", "build"),
        ("PUT", "corrections"),
    ):
        assert client.request(method, f"/keep/{path}").status_code == 403
