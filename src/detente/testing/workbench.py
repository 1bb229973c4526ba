"""A workbench that really serves, on a free port, for tests that look with a browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from detente.web.app import make_app
from detente.web.library import library

TOKEN = "a-token-of-tests"  # noqa: S105 -- opens nothing but a test's own server


@dataclass(frozen=True, slots=True)
class Served:
    """A server: its address, and the folder that copies go to."""

    address: str
    folder: Path

    def opening(self, path: str) -> str:
        """The address of a page, with the token."""
        return f"{self.address}{path}{'&' if '?' in path else '?'}token={TOKEN}"


@contextmanager
def serving(what: str | None, folder: Path) -> Generator[Served, None, None]:
    """Serve a case, a file or a folder as long as the block runs."""
    app = make_app(library(what, folder), TOKEN)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", folder)
        finally:
            server.should_exit = True
            thread.join(10)
