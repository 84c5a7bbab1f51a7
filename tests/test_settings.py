from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.settings import Settings, read_settings


def test_defaults() -> None:
    assert read_settings({}) == Settings(
        Path("seeds"), Path("vectors"), None, None, "127.0.0.1", 7860, log_questions=False
    )


def test_every_setting_is_read_from_its_variable() -> None:
    environment = {
        "QA_DOCUMENTS": "/a/文档",
        "QA_VECTORS": "/b",
        "QA_MODEL": "某模型",
        "QA_RERANKER": "重排模型",
        "QA_HOST": "0.0.0.0",
        "QA_PORT": "8080",
        "QA_LOG_QUESTIONS": "1",
        "QA_KEEPERS": "张三:00:00",
        "QA_MOST_WAITING": "7",
        "QA_MOST_A_MINUTE": "60",
        "QA_PROXIES": "192.0.2.1",
        "PATH": "/bin",
    }
    assert read_settings(environment) == Settings(
        Path("/a/文档"), Path("/b"), "某模型", "重排模型", "0.0.0.0", 8080, True, "张三:00:00", 7, 60, "192.0.2.1"
    )


def test_what_is_given_overrules_the_environment_and_none_counts_as_not_given() -> None:
    environment = {"QA_VECTORS": "/b", "QA_DOCUMENTS": "/a"}
    settings = read_settings(environment, vectors="/c", documents=None)
    assert (settings.vectors, settings.documents) == (Path("/c"), Path("/a"))


def test_environment_of_the_process_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_VECTORS", "/d")
    assert read_settings().vectors == Path("/d")


def test_empty_models_are_the_packaged_one_and_none() -> None:
    assert read_settings({"QA_MODEL": "", "QA_RERANKER": ""}) == Settings()


def test_unknown_variables_are_named_with_the_known_ones() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"QA_VECTOR": "/b", "QA_K": "5"})
    assert str(error.value) == (
        "不认识的设置：QA_K、QA_VECTOR。可用的设置有："
        "QA_DOCUMENTS、QA_HOST、QA_KEEPERS、QA_LOG_QUESTIONS、QA_MODEL、QA_MOST_A_MINUTE、QA_MOST_WAITING、"
        "QA_PORT、QA_PROXIES、QA_RERANKER、QA_VECTORS。"
        "请改名或取消该环境变量。"
    )


def test_unknown_keyword_is_an_error() -> None:
    with pytest.raises(SettingsError, match="QA_FOLDER"):
        read_settings({}, folder="x")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80.5", "http", "", "８０", " 80"])
def test_what_is_no_port_is_shown(port: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"QA_PORT": port})
    assert str(error.value) == f"端口 QA_PORT 应是 1 到 65535 之间的整数，现在是“{port}”。"


@pytest.mark.parametrize("port", ["1", "65535", 7860])
def test_ports_at_the_edge(port: object) -> None:
    assert read_settings({}, port=port).port == int(str(port))


def test_empty_folder_is_no_setting() -> None:
    with pytest.raises(SettingsError, match="QA_VECTORS"):
        read_settings({"QA_VECTORS": ""})


@pytest.mark.parametrize("value", ["", "2", "yes"])
def test_a_switch_is_0_or_1(value: str) -> None:
    with pytest.raises(SettingsError, match="QA_LOG_QUESTIONS"):
        read_settings({"QA_LOG_QUESTIONS": value})


@pytest.mark.parametrize("given", ["0", "-1", "", "many", "1.5", "²"])
def test_a_limit_is_a_positive_number(given: str) -> None:
    with pytest.raises(SettingsError, match="QA_MOST_WAITING 应是大于 0 的整数"):
        read_settings({"QA_MOST_WAITING": given})
