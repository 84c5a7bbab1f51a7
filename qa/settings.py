"""The settings, read once from QA_* variables and keyword arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from qa.errors import SettingsError

PREFIX = "QA_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which model is used; each field NAME is also read from the variable QA_NAME."""

    documents: Path = Path("seeds")
    vectors: Path = Path("vectors")
    model: str | None = None  # a sentence-transformers model or folder; None is the packaged multilingual-e5-small
    reranker: str | None = None  # a sentence-transformers CrossEncoder that reads the best candidates once more
    host: str = "127.0.0.1"
    port: int = 7860
    log_questions: bool = False  # whether the log holds what was asked
    keepers: str = field(default="", repr=False)  # who may change the documents: name:salt:hash, commas between
    most_waiting: int = 100  # questions that wait for their turn; further ones are refused
    most_a_minute: int = 1200  # requests of one address: 24 for each of 50 people who share it
    proxies: str = "127.0.0.1, ::1"  # whose word is taken for which address a request comes from


def read_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """The settings of the environment, overruled by what is given (None counts as not given).

    Raises SettingsError for an unknown QA_* variable or keyword, an empty folder or host, a port that is no port, a
    switch that is neither 0 nor 1, and a limit that is no positive number.
    """
    environment = os.environ if environment is None else environment
    known = {each.name for each in fields(Settings)}
    named = {key.removeprefix(PREFIX).lower(): value for key, value in environment.items() if key.startswith(PREFIX)}
    chosen = named | {key: value for key, value in given.items() if value is not None}
    if unknown := sorted(chosen.keys() - known):
        variables = "、".join(PREFIX + name.upper() for name in unknown)
        available = "、".join(PREFIX + name.upper() for name in sorted(known))
        raise SettingsError(f"不认识的设置：{variables}。可用的设置有：{available}。请改名或取消该环境变量。")
    values: dict[str, object] = {}
    for name, value in chosen.items():
        match name:
            case "documents" | "vectors":
                values[name] = Path(_filled(name, value))
            case "port":
                values[name] = _port(value)
            case "log_questions":
                values[name] = _switch(name, value)
            case "most_waiting" | "most_a_minute":
                values[name] = _positive(name, value)
            case "keepers" | "proxies":
                values[name] = str(value)
            case "model" | "reranker":
                values[name] = str(value) or None
            case _:
                values[name] = _filled(name, value)
    return replace(Settings(), **values)  # type: ignore[arg-type]


def _filled(name: str, value: object) -> str:
    if not str(value):
        raise SettingsError(f"设置 {PREFIX}{name.upper()} 是空的。请写上它的值，或取消该环境变量。")
    return str(value)


def _switch(name: str, value: object) -> bool:
    if (text := str(int(value) if isinstance(value, bool) else value)) not in ("0", "1"):
        raise SettingsError(f"设置 {PREFIX}{name.upper()} 应是 0 或 1，现在是“{text}”。")
    return text == "1"


def _positive(name: str, value: object) -> int:
    if not (text := str(value)).isdecimal() or not text.isascii() or int(text) == 0:
        raise SettingsError(f"设置 {PREFIX}{name.upper()} 应是大于 0 的整数，现在是“{text}”。")
    return int(text)


def _port(value: object) -> int:
    text = str(value)
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"端口 QA_PORT 应是 1 到 65535 之间的整数，现在是“{text}”。")
    return int(text)
