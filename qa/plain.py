"""Records as JSON and back: how they cross to another process, where nothing that is sent may be run."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_json(record: Any) -> str:
    """A record as one line of ASCII."""
    return json.dumps(asdict(record), default=date.isoformat)


def from_json(kind: type[Record], text: str) -> Record:
    """The record of that kind that `to_json` wrote."""
    record: Record = _restore(kind, json.loads(text))
    return record


def _restore(kind: Any, value: Any) -> Any:
    """A value of JSON's types as what the type says: records, tuples, dates; others are what they are."""
    if isinstance(kind, type) and is_dataclass(kind):
        types = _field_types(kind)
        return kind(**{name: _restore(types[name], item) for name, item in value.items()})
    match get_origin(kind):
        case origin if origin is UnionType:
            return None if value is None else _restore(get_args(kind)[0], value)
        case origin if origin is tuple:
            first, *others = get_args(kind)
            kinds = [first] * len(value) if others == [...] else [first, *others]
            return tuple(_restore(each, item) for each, item in zip(kinds, value, strict=True))
    return date.fromisoformat(value) if kind is date else value


@cache
def _field_types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
