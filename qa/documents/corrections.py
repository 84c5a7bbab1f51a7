"""What a person sets right of a document, in a file beside it: `通知.pdf.qa.toml` for `通知.pdf`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from qa.errors import DocumentError
from qa.text.regions import find_regions

SUFFIX = ".qa.toml"
_TABLES = "documents"  # [[documents]], one for each document of a collection


@dataclass(frozen=True, slots=True)
class Corrections:
    """The fields of a document's card that are set; None leaves a field as it was read."""

    title: str | None = None
    kind: str | None = None
    issuer: str | None = None
    region: str | None = None  # full name
    published: date | None = None
    signed: date | None = None
    number: str | None = None
    index_number: str | None = None
    years: tuple[int, ...] | None = None
    effective: date | None = None
    expires: date | None = None
    repealed: bool | None = None


def corrections_file(path: Path) -> Path:
    """Where the corrections of a file stand, if there are any."""
    return path.with_name(path.name + SUFFIX)


def read_corrections(path: Path) -> tuple[Corrections, ...]:
    """The corrections beside a file, one for each of its documents in order; none where there is no such file.

    Raises DocumentError, naming the file and the key, for whatever in it cannot be used.
    """
    file = corrections_file(path)
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise DocumentError(f"无法读取更正文件“{file.name}”：{error.strerror or error}。") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"更正文件“{file.name}”不是 UTF-8 编码。请另存为 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(f"更正文件“{file.name}”不是正确的 TOML：{error}。") from error
    documents = tables.get(_TABLES, [tables])
    several = _TABLES in tables
    if several and (len(tables) > 1 or not isinstance(documents, list)):
        raise DocumentError(f"更正文件“{file.name}”里除了 [[{_TABLES}]] 不应有其他内容。")
    return tuple(parse_corrections(file.name, table) for table in documents)


def write_corrections(path: Path, given: Sequence[Corrections]) -> None:
    """Writes the corrections of a file's documents, in their order, in place of those that stand beside it.

    A file that would say nothing is removed; comments in it are not kept. Raises OSError where that cannot be done.
    """
    file = corrections_file(path)
    written = [_as_toml(each) for each in given]
    while written and not written[-1]:
        written.pop()
    if not written:
        file.unlink(missing_ok=True)
        return
    several = (f"[[{_TABLES}]]\n{table}" for table in written)
    draft = file.with_name(f".{file.name}")  # hidden: no build takes it for anything
    draft.write_text("\n".join(several) if len(written) > 1 else written[0], encoding="utf-8")
    draft.replace(file)


def _as_toml(given: Corrections) -> str:
    values = ((field.name, getattr(given, field.name)) for field in fields(given))
    # Of dates apart, what JSON and TOML write is the same.
    written = (
        (name, value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False))
        for name, value in values
        if value is not None
    )
    return "".join(f"{name} = {value}\n" for name, value in written)


def parse_corrections(file: str, table: object) -> Corrections:
    """The corrections that a table of TOML's values says; `file` is what errors name. Raises DocumentError."""
    if not isinstance(table, Mapping):
        raise DocumentError(f"更正文件“{file}”里的 {_TABLES} 应写成 [[{_TABLES}]]。")
    known = [field.name for field in fields(Corrections)]
    if unknown := [key for key in table if key not in known]:
        raise DocumentError(f"更正文件“{file}”里有不认识的项：{'、'.join(unknown)}。可用的有：{'、'.join(known)}。")
    values: dict[str, Any] = {key: _read_value(file, key, value) for key, value in table.items()}
    return Corrections(**values)


def _read_value(file: str, key: str, value: object) -> object:
    match key:
        case "published" | "signed" | "effective" | "expires":
            if type(value) is not date:
                raise DocumentError(f"更正文件“{file}”里的 {key} 应是日期，例如 {key} = 2024-03-01。")
            return value
        case "repealed":
            if not isinstance(value, bool):
                raise DocumentError(f"更正文件“{file}”里的 repealed 应是 true 或 false。")
            return value
        case "years":
            if not isinstance(value, list) or not all(type(year) is int and 0 < year < 10000 for year in value):
                raise DocumentError(f"更正文件“{file}”里的 years 应是年份的列表，例如 years = [2024]。")
            return tuple(value)
    if not isinstance(value, str) or not value.strip():
        raise DocumentError(f'更正文件“{file}”里的 {key} 应是引号中的文字，例如 {key} = "…"。')
    if not (text := value.strip()).isprintable():
        raise DocumentError(f"更正文件“{file}”里的 {key} 有换行等看不见的字符。请去掉。")
    return _full_region(file, text) if key == "region" else text


def _full_region(file: str, name: str) -> str:
    """The full name of the place that a full or short name means."""
    mentions = [mention for mention in find_regions(name) if (mention.start, mention.end) == (0, len(name))]
    regions = mentions[0].regions if mentions else ()
    if len(regions) == 1:
        return regions[0].full_name
    if not regions:
        raise DocumentError(f"更正文件“{file}”里的 region“{name}”不在地名表中。请写全称，例如 浙江省宁波市镇海区。")
    names = "、".join(region.full_name for region in regions[:5])
    raise DocumentError(f"更正文件“{file}”里的 region“{name}”有几处同名：{names}。请写全称。")
