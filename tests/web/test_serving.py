"""From what a user typed to the names a server goes by, and the address that is printed."""

from __future__ import annotations

import socket
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.errors import UsageError
from detente.web.app import make_app
from detente.web.library import library
from detente.web.safety import HEADER, LOOPBACK
from detente.web.serving import Wish, cookie_at, hosts_of, reached_by, serve

NUMBERS = {
    "192.0.2.7": 200,
    "[2001:db8::7]": 200,
    "evil.example": 421,
    "192.0.2.7.evil.example": 421,
}


def wish(host: str, *, expose: bool = False, port: int = 0) -> Wish:
    """To be served at ``host``, without a browser."""
    return Wish(None, host, port, expose, browser=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One small situation in a folder of its own."""
    text = (files("detente.cli") / "new.yaml").read_text("utf-8")
    (tmp_path / "river.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org"])
def test_another_address_needs_a_word(host: str) -> None:
    """Without --expose nothing is served there, and the message names the way out."""
    with pytest.raises(UsageError, match="add --expose"):
        hosts_of(wish(host))
    assert set(hosts_of(wish(host, expose=True))) > set(LOOPBACK)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_needs_none(host: str) -> None:
    """Loopback is loopback however it is written."""
    assert hosts_of(wish(host))[: len(LOOPBACK)] == LOOPBACK


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "192.0.2.7"])
def test_the_printed_address_is_one_the_server_goes_by(host: str, folder: Path) -> None:
    """Whoever follows it is let in."""
    app = make_app(library(str(folder), folder), "token", hosts_of(wish(host, expose=True)))
    client = TestClient(app, base_url=f"http://{reached_by(host)}:8000")
    assert client.get("/cases.json").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_everywhere_is_called_by_the_name_of_the_machine(host: str) -> None:
    """Nobody can follow a link to an address that is none."""
    assert reached_by(host) == socket.gethostname()
    assert socket.gethostname() in hosts_of(wish(host, expose=True))


@pytest.mark.parametrize(("name", "status"), NUMBERS.items())
def test_everywhere_goes_by_numbers_but_not_by_names_of_others(
    folder: Path, name: str, status: int
) -> None:
    """A name can be made to lead here by whoever owns it; a number cannot."""
    shelf = library(str(folder), folder)
    for numbers, expected in ((True, status), (False, 421)):
        client = TestClient(make_app(shelf, "token", numbers=numbers), base_url=f"http://{name}")
        assert client.get("/cases.json").status_code == expected


def test_two_servers_do_not_take_each_others_cookie(folder: Path) -> None:
    """A browser sends both cookies to both ports; each knows its own."""
    shelf = library(str(folder), folder)
    one, two = (
        TestClient(
            make_app(shelf, token, cookie=cookie_at(port)), base_url=f"http://127.0.0.1:{port}"
        )
        for token, port in (("first", 8001), ("second", 8002))
    )
    for client, token in ((one, "first"), (two, "second")):
        assert client.get(f"/?token={token}").status_code == 200
    both = "; ".join(f"{name}={value}" for c in (one, two) for name, value in c.cookies.items())
    for client, other in ((one, "second"), (two, "first")):
        client.cookies.clear()
        body = {"text": "detente: 1"}
        ask = "/s/river/check.json"
        assert client.post(ask, json=body, headers={"cookie": both}).status_code == 200
        assert client.post(ask, json=body, headers={HEADER: other}).status_code == 401


def test_a_port_that_is_taken_is_said() -> None:
    """By number, with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port: int = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port}: .* leave --port out"):
            serve(wish("127.0.0.1", port=port))


def test_a_host_that_is_none_is_said() -> None:
    """A name nobody knows is the user's mistake, not a traceback."""
    with pytest.raises(UsageError, match="no-such-host"):
        serve(wish("no-such-host.invalid", expose=True))
