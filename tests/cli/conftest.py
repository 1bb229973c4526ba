"""Running the command line in this process, as a user would type it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from detente.cli import main

Typed = Callable[..., "Said"]


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def detente(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """``detente(*words)`` runs the command and returns what it said."""

    def typed(*words: str | Path) -> Said:
        monkeypatch.setattr("sys.argv", ["detente", *map(str, words)])
        monkeypatch.setenv("COLUMNS", "100")
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return typed


@pytest.fixture
def river(tmp_path: Path, detente: Typed) -> Path:
    """The starting file of ``detente new``."""
    path = tmp_path / "river.yaml"
    assert detente("new", path).code == 0
    return path
