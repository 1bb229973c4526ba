"""A workbench over small situations, and a browser that has opened it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.web.app import make_app
from detente.web.bench import Bench
from detente.web.library import Library, library
from detente.web.safety import HEADER

TOKEN = "nobody-guesses-this"  # of a server that only a test talks to
HERE = "http://127.0.0.1"
SITUATIONS = Path(__file__).parents[1] / "situations"
Served = Callable[[Library], TestClient]


@pytest.fixture
def served() -> Iterator[Served]:
    """Turns a library into a client that names the token; what it opens it closes."""
    opened: list[tuple[TestClient, Bench]] = []

    def serve(shelf: Library) -> TestClient:
        app = make_app(shelf, TOKEN)
        client = TestClient(
            app,
            base_url=HERE,
            headers={HEADER: TOKEN},
            raise_server_exceptions=False,
        )
        opened.append((client, app.state.bench))
        return client

    yield serve
    for client, bench in opened:
        bench.jobs.pool.shutdown(cancel_futures=True)
        bench.answers.pool.shutdown(cancel_futures=True)
        client.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small situation and its claims."""
    found = tmp_path / "open"
    found.mkdir()
    for name in ("three-acts.yaml", "three-acts-claims.yaml"):
        shutil.copyfile(SITUATIONS / name, found / name)
    text = (found / "three-acts.yaml").read_text("utf-8")
    (found / "three-acts.yaml").write_text(f"{text}claims: three-acts-claims.yaml\n", "utf-8")
    return found


@pytest.fixture
def client(folder: Path, served: Served) -> TestClient:
    """The workbench over that folder, token named."""
    return served(library(str(folder), folder))
