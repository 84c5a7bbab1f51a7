from __future__ import annotations

import hashlib

import pytest
from click.testing import CliRunner

from qa.cli.commands import main
from qa.errors import SettingsError
from qa.keepers import is_right, keeper_entry, read_keepers


def test_a_password_is_known_again_and_no_other() -> None:
    entries = f"{keeper_entry('张三', '密码很长很长很长')}, {keeper_entry('b', 'another one')},"
    keepers = read_keepers(entries)
    assert list(keepers) == ["张三", "b"]
    assert is_right(keepers["张三"], "密码很长很长很长")
    assert not is_right(keepers["张三"], "another one")
    assert not is_right(None, "another one")
    assert "密码" not in entries


def test_the_hash_is_scrypt_with_a_salt_of_its_own() -> None:
    first, second = (keeper_entry("a", "password").split(":") for _ in range(2))
    assert first[1:] != second[1:]
    assert hashlib.scrypt(b"password", salt=bytes.fromhex(first[1]), n=2**14, r=8, p=1).hex() == first[2]


@pytest.mark.parametrize(
    ("name", "password"), [("a b", "password"), ("a:b", "password"), ("", "password"), ("a", "short")]
)
def test_a_name_or_password_that_cannot_be_used_is_refused(name: str, password: str) -> None:
    with pytest.raises(SettingsError):
        keeper_entry(name, password)


@pytest.mark.parametrize("entries", ["张三", "张三:abc:def", f"{'0' * 32}:{'0' * 128}"])
def test_what_is_no_entry_is_named(entries: str) -> None:
    with pytest.raises(SettingsError, match="QA_KEEPERS 的第 1 项"):
        read_keepers(entries)


def test_the_command_prints_the_line_and_nothing_of_the_password() -> None:
    result = CliRunner().invoke(main, ["keeper", "张三"], input="long password\nlong password\n")
    assert result.exit_code == 0
    assert "long password" not in result.output
    variable, _, entry = result.stdout.strip().partition("=")
    assert variable == "QA_KEEPERS"
    assert is_right(read_keepers(entry)["张三"], "long password")
