"""detente levers as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
BRIDGE = Path(__file__).parents[1] / "situations" / "three-acts.yaml"
FEW = ("--draws", "300", "--reading", "calm")


def test_a_lever_set_on_the_command_line_gives_the_chance_that_was_told(detente: Typed) -> None:
    """Whoever runs at a root finds what it says, and one step less falls short."""
    said = detente("levers", BRIDGE, *FEW, "--json", "--target", "tangible=0.75")
    plain = json.loads(said.out)
    roots = plain["readings"][0]["target"]["single"]
    assert roots
    for root in roots[:3]:
        move = root["moves"][0]
        setting = f"{move['address']}={move['value']}"
        run = json.loads(detente("run", BRIDGE, "--round", "spring", *FEW, "--set", setting,
                                 "--json").out)  # fmt: skip
        told = run["runs"][0]["probabilities"]["tangible"]
        assert told["p"] == root["chance"]["p"] >= 0.75 > root["step_less"]["p"]


def test_the_answer_comes_in_words_tables_and_files(detente: Typed, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = detente("levers", BRIDGE, *FEW, "--out", out, "--target", "tangible=0.4")
    assert said.code == 0
    assert "Spring, to bring the chance" in said.out
    assert {p.name for p in out.iterdir()} == {"situation.yaml", "levers.json", "levers.html"}
    plain = json.loads((out / "levers.json").read_text(encoding="utf-8"))
    assert plain["target"] == {"name": "tangible", "p": 0.4}
    assert detente("check", out / "situation.yaml", "--no-forecast").code in {0, 1}


def test_the_same_seed_gives_the_same_json(detente: Typed) -> None:
    first, second = (detente("levers", BRIDGE, *FEW, "--json").out for _ in range(2))
    assert first == second


def test_only_what_the_actor_could_move(detente: Typed) -> None:
    plain = json.loads(detente("levers", BRIDGE, *FEW, "--actor", "east", "--json").out)
    (one,) = plain["readings"]
    moves = [m for root in one["target"]["single"] for m in root["moves"]]
    assert moves
    assert all("east" in move["owners"] for move in moves)
    assert plain["actors"] == ["east"]


def test_a_meeting_without_dates_is_asked_about_as_held(detente: Typed, river: Path) -> None:
    said = detente("levers", river, "--draws", "200", "--json")
    assert said.code == 0, said.err
    assert json.loads(said.out)["target"]["name"] == "tangible_given_held"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--target", "tangibel=0.5"), "did you mean tangible"),
        (("--target", "tangible"), "NAME=P with P above 0 and below 1"),
        (("--target", "tangible=1.5"), "found '1.5'"),
        (("--target", "tangible=half"), "write tangible=0.5"),
        (("--actor", "wets"), "did you mean west"),
        (("--round", "autumn"), "--round autumn"),
        (("--round", "winter,spring"), "one; name one"),
        (("--reading", "clam"), "did you mean calm"),
        (("--set", "trust.east.west=2"), "--set trust.east.west"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("levers", BRIDGE, "--draws", "100", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err
    assert not out.exists()


def test_held_cannot_be_a_target_where_it_is_taken_as_given(detente: Typed, river: Path) -> None:
    said = detente("levers", river, "--target", "held=0.9")
    assert said.code == 2
    assert "tangible_given_held" in said.err
