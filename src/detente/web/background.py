"""A workbench served from a thread, on a free port: for notebooks, and for tests that look."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from detente.web.app import make_app
from detente.web.ledgers import Ledgers
from detente.web.library import library
from detente.web.safety import new_token


@dataclass(frozen=True, slots=True)
class Served:
    """A server: its address, the folder that copies go to, the token that changes things."""

    address: str
    folder: Path
    token: str

    def opening(self, path: str) -> str:
        """The address of a page, with the token."""
        return f"{self.address}{path}{'&' if '?' in path else '?'}token={self.token}"


@contextmanager
def serving(what: str | None, folder: Path) -> Generator[Served, None, None]:
    """Serve a case, a file or a folder as long as the block runs; its ledger is in ``folder``."""
    token = new_token()
    app = make_app(library(what, folder), token, ledgers=Ledgers(folder))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", folder, token)
        finally:
            server.should_exit = True
            thread.join(10)
