"""detente robustness as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
BRIDGE = Path(__file__).parents[1] / "situations" / "three-acts.yaml"


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    text = BRIDGE.read_text(encoding="utf-8")
    for own in ("claims: [word-good], ", "claims: [fear-grows], "):
        text = text.replace(own, "")
    file = tmp_path / "bridge.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_answer_comes_in_words_tables_and_files(
    detente: Typed, bridge: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = detente("robustness", bridge, "--draws", "200", "--out", out)
    assert said.code == 0
    assert "under 6 protocols" in said.out
    assert {p.name for p in out.iterdir()} == {
        "situation.yaml", "robustness.json", "robustness.html",
    }  # fmt: skip
    plain = json.loads((out / "robustness.json").read_text(encoding="utf-8"))
    assert plain["before"] == "winter"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--protocol", "nahs"), "did you mean nash"),
        (("--target", "deals"), "no such probability"),
        (("--against", "spring"), "not another round of this situation"),
        (("--against", "autumn"), "winter, none are allowed"),
        (("--reading", "dim"), "--reading dim"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, bridge: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("robustness", bridge, "--draws", "100", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert not out.exists()
