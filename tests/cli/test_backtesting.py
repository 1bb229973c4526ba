"""detente backtest, as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Typed = Callable[..., Any]
FEW = ("--models", "mean,commission")


def test_words_page_and_json_come_from_one_answer(
    made_up_deu: Path, tmp_path: Path, detente: Typed
) -> None:
    """The table on the terminal, two files, and the same JSON on its own."""
    said = detente("backtest", "deu", made_up_deu / "tidy", *FEW, "--out", tmp_path / "new")
    assert (said.code, said.err) == (0, "")
    plain = json.loads((tmp_path / "new" / "backtest.json").read_text())
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "backtest.html", "backtest.json",
    ]  # fmt: skip
    for one in plain["models"]:
        assert f"{one['parts']['all']['mae']['value']:.1f}" in said.out
    assert "39 issues of 20 proposals. 1 more" in " ".join(said.out.split())
    again = detente("backtest", "deu", made_up_deu / "wide" / "original.tsv", *FEW, "--json")
    other = json.loads(again.out)
    assert other["data"].pop("name") == "original.tsv"
    assert plain["data"].pop("name") == "tidy"
    assert other == plain


def test_what_cannot_be_used_ends_in_a_message(
    made_up_deu: Path, tmp_path: Path, detente: Typed
) -> None:
    """An unknown model, a folder without data, one that cannot be written to: nothing is left."""
    said = detente("backtest", "deu", made_up_deu / "tidy", "--models", "guess")
    assert said.code == 2
    assert "--models guess: no such model" in said.err
    said = detente("backtest", "deu", tmp_path, "--out", tmp_path / "out")
    assert said.code == 2
    assert "none of the tables of the data" in said.err
    assert "1 mistake; nothing was run" in said.err
    assert not (tmp_path / "out").exists()
    (tmp_path / "file").write_text("")
    said = detente("backtest", "deu", made_up_deu / "tidy", "--out", tmp_path / "file")
    assert said.code == 2
    assert "--out" in said.err
