"""detente blockers as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
STRAIT = Path(__file__).parents[1] / "situations" / "every-term.yaml"


def test_the_answer_comes_in_words_tables_and_files(detente: Typed, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = detente("blockers", STRAIT, "--draws", "300", "--out", out)
    assert said.code == 0
    assert "nothing suits everybody" in said.out
    assert "Page: " in said.out
    assert {p.name for p in out.iterdir()} == {"situation.yaml", "blockers.json", "blockers.html"}
    plain = json.loads((out / "blockers.json").read_text(encoding="utf-8"))
    assert plain["format"] == "detente-blockers/1"
    assert detente("check", out / "situation.yaml", "--no-forecast").code in {0, 1}


def test_shares_are_those_of_a_run_with_the_same_seed(detente: Typed) -> None:
    """The same sets with the same shares, and the same JSON twice."""
    words = ("--draws", "300", "--json", "--set", "impatience=1")
    blocked = json.loads(detente("blockers", STRAIT, *words).out)
    ran = json.loads(detente("run", STRAIT, *words).out)
    assert blocked["set"] == ran["set"] == {"impatience": "1"}
    for one, run in zip(blocked["scenarios"], ran["runs"], strict=True):
        assert one["no_zone"]["p"] == run["no_deal"]["no_zone"]
        assert [(s["constraints"], s["share"]["p"]) for s in one["sets"]] == [
            (s["constraints"], pytest.approx(s["share"])) for s in run["blockers"]
        ]
    assert detente("blockers", STRAIT, *words).out == detente("blockers", STRAIT, *words).out


def test_rounds_and_readings_narrow_it(detente: Typed) -> None:
    said = detente("blockers", STRAIT, "--draws", "100", "--json", "--round", "second")
    assert {one["round"] for one in json.loads(said.out)["scenarios"]} == {"second"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--round", "third"), "--round third"),
        (("--reading", "nobody"), "--reading nobody"),
        (("--set", "impatience=much"), "--set impatience"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("blockers", STRAIT, "--draws", "100", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err
    assert not out.exists()
