"""Who may change the documents: names with the hashes of their passwords, as QA_KEEPERS holds them."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from qa.errors import SettingsError

SHORTEST_PASSWORD = 8  # characters
COMMAND = "python -m qa keeper 名字"

_ENTRY = re.compile(r"(?P<name>[^\s:,]+):(?P<salt>[0-9a-f]{32}):(?P<hash>[0-9a-f]{128})")


@dataclass(frozen=True, slots=True)
class Keeper:
    """A password's salt and hash."""

    salt: bytes
    hash: bytes


_NOBODY = Keeper(bytes(16), bytes(64))  # so that an unknown name takes as long as a wrong password


def keeper_entry(name: str, password: str) -> str:
    """What QA_KEEPERS holds for a keeper: name:salt:hash.

    Raises SettingsError for a name with spaces, colons or commas, and a password that is too short.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise SettingsError(f"密码至少要有 {SHORTEST_PASSWORD} 个字符。")
    salt = secrets.token_bytes(16)
    entry = f"{name}:{salt.hex()}:{_hash(password, salt).hex()}"
    if not _ENTRY.fullmatch(entry):
        raise SettingsError(f"名字“{name}”里不能有空格、冒号和逗号。请换一个名字。")
    return entry


def read_keepers(entries: str) -> Mapping[str, Keeper]:
    """The keepers by their names, from entries with commas between. Raises SettingsError for what is no entry."""
    keepers: dict[str, Keeper] = {}
    for number, entry in enumerate(filter(None, map(str.strip, entries.split(","))), 1):
        if not (match := _ENTRY.fullmatch(entry)):
            raise SettingsError(f"QA_KEEPERS 的第 {number} 项不是 名字:盐:散列。请用 {COMMAND} 生成，各项用逗号隔开。")
        keepers[match["name"]] = Keeper(bytes.fromhex(match["salt"]), bytes.fromhex(match["hash"]))
    return keepers


def is_right(keeper: Keeper | None, password: str) -> bool:
    """Whether it is the keeper's password; never for None, and that takes as long."""
    known = keeper or _NOBODY
    return hmac.compare_digest(_hash(password, known.salt), known.hash) and keeper is not None


def _hash(password: str, salt: bytes) -> bytes:
    """scrypt (RFC 7914) with 16 MB and some 50 ms for each try."""
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1)
