"""An answer is written, then printed, and pictures are drawn only for a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from detente.cases.opening import open_situation
from detente.cli.delivering import deliver

PLAIN = {"answer": "a lake that freezes"}


def _show(console: Console) -> None:
    console.print("in words")


def _no_page() -> str:
    raise AssertionError("a page was drawn that nobody asked for")


@pytest.mark.parametrize("as_json", [False, True])
def test_without_a_folder_no_page_is_drawn(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    opened = open_situation("budapest-2025")
    deliver(opened, PLAIN, "answer", out=None, as_json=as_json, page=_no_page, show=_show)
    printed = capsys.readouterr().out
    assert json.loads(printed) == PLAIN if as_json else printed == "in words\n"


@pytest.mark.parametrize("as_json", [False, True])
def test_with_a_folder_page_and_json_stand_in_it_under_the_name_of_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    """With ``--json`` standard output holds the object and nothing else."""
    opened = open_situation("budapest-2025")
    deliver(opened, PLAIN, "answer", out=tmp_path, as_json=as_json, page=lambda: "<p>", show=_show)
    printed = capsys.readouterr().out
    assert (tmp_path / "answer.html").read_text() == "<p>"
    assert json.loads((tmp_path / "answer.json").read_text()) == PLAIN
    said = f"in words\n\nPage: {tmp_path / 'answer.html'}\n"
    assert json.loads(printed) == PLAIN if as_json else printed == said
