"""detente serve: from what a user typed to a server that answers a browser."""

from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import uvicorn
from rich.console import Console

from detente.ensemble.warming import warm_kernels
from detente.errors import UsageError
from detente.sources.extraction import read_source
from detente.web.app import make_app
from detente.web.ledgers import Ledgers
from detente.web.library import Library, library
from detente.web.safety import COOKIE, LOOPBACK, new_token

BACKLOG = 128


@dataclass(frozen=True, slots=True)
class Wish:
    """How a user wants to be served."""

    what: str | None
    host: str
    port: int
    expose: bool
    browser: bool
    source: Path | None = None
    ledger: str | None = None


def serve(wish: Wish) -> None:
    """Serve until interrupted. Raises UsageError for what cannot be opened or bound."""
    shelf = library(wish.what, Path.cwd())
    hosts = hosts_of(wish)
    if wish.source is not None:
        read_source(wish.source)
    ledgers = Ledgers(Path.cwd(), wish.ledger)
    ledgers.must_be_there()
    listening = _bound(wish)
    token = new_token()
    port: int = listening.getsockname()[1]
    address = f"http://{reached_by(wish.host)}:{port}"
    opening = f"{address}{_first(shelf)}?token={quote(token)}"
    app = make_app(
        shelf, token, hosts, wish.source, numbers=_is_every(wish.host), cookie=cookie_at(port),
        ledgers=ledgers,
    )  # fmt: skip
    console = Console(highlight=False, soft_wrap=True, markup=False)
    if wish.expose:
        console.print(
            f"Anybody who reaches {reached_by(wish.host)} can now read what is open, and with the address "
            "below change it. Nothing is encrypted."
        )
    console.print(f"Detente serves {wish.what or 'the shipped cases'}. Open\n\n  {opening}\n")
    console.print("Ctrl-C ends it.")
    threading.Thread(target=warm_kernels, daemon=True).start()
    if wish.browser:
        threading.Thread(target=webbrowser.open, args=(opening,), daemon=True).start()
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def hosts_of(wish: Wish) -> tuple[str, ...]:
    """Names the server answers to. Raises UsageError for an open address nobody confirmed."""
    if _is_loopback(wish.host):
        return (*LOOPBACK, _named(wish.host))
    if not wish.expose:
        raise UsageError(
            f"--host {wish.host}: others on the network could read what is open; 127.0.0.1 is "
            "allowed; leave --host out, or add --expose if that is what you want"
        )
    return (*LOOPBACK, _named(wish.host), socket.gethostname())


def reached_by(host: str) -> str:
    """What others call a server that listens at ``host``: this machine, where that is everywhere."""
    return socket.gethostname() if _is_every(host) else _named(host)


def cookie_at(port: int) -> str:
    """A name of its own, so that two servers of one machine do not take each other's."""
    return f"{COOKIE}_{port}"


def _is_every(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _first(shelf: Library) -> str:
    """The page to begin with: the answer, where only one situation is open."""
    entries = shelf.entries()
    return f"/s/{quote(entries[0].key)}/run" if len(entries) == 1 else "/"


def _bound(wish: Wish) -> socket.socket:
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((wish.host, wish.port))
    except OSError as error:
        made.close()
        raise UsageError(
            f"{wish.host} port {wish.port}: {error.strerror}; a free port of this machine is "
            "allowed; leave --port out to have one chosen"
        ) from None
    made.listen(BACKLOG)
    return made
