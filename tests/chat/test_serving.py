from __future__ import annotations

import socket

import pytest

from qa.chat import reserve_port
from qa.errors import SettingsError


def test_a_busy_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError) as caught, reserve_port("127.0.0.1", port):
            pass
    message = str(caught.value)
    assert f"端口 {port} 已被占用" in message
    assert f"QA_PORT={port % 65535 + 1} python app.py" in message


def test_an_address_that_is_not_this_machine_is_refused() -> None:
    with pytest.raises(SettingsError, match="QA_HOST"), reserve_port("203.0.113.1", 7860):
        pass


def test_a_free_port_is_held_and_then_given_back() -> None:
    with reserve_port("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(SettingsError), reserve_port("127.0.0.1", port):
            pass
    with reserve_port("127.0.0.1", port):
        pass
