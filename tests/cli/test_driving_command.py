"""detente drivers as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

Typed = Callable[..., Any]
SITUATIONS = Path(__file__).parents[1] / "situations"


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """The bridge with its claims, in a folder of its own."""
    text = (SITUATIONS / "three-acts.yaml").read_text(encoding="utf-8")
    file = tmp_path / "bridge" / "situation.yaml"
    file.parent.mkdir()
    file.write_text(text + "claims: claims.yaml\n", encoding="utf-8")
    copyfile(SITUATIONS / "three-acts-claims.yaml", file.parent / "claims.yaml")
    return file


def test_the_answer_comes_in_words_tables_and_files(
    detente: Typed, bridge: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = detente("drivers", bridge, "--draws", "403", "--out", out)
    assert said.code == 0
    assert "Spring: the chance that they meet" in said.out
    assert "400 draws a page (4 draws of chance at 100 points)" in said.out
    assert {p.name for p in out.iterdir()} == {
        "situation.yaml", "claims.yaml", "drivers.json", "drivers.html",
    }  # fmt: skip
    plain = json.loads((out / "drivers.json").read_text(encoding="utf-8"))
    assert plain["format"] == "detente-drivers/1"


def test_the_same_seed_gives_the_same_json(detente: Typed, bridge: Path) -> None:
    first, second = (
        detente("drivers", bridge, "--draws", "200", "--by", "driver,together", "--json").out
        for _ in range(2)
    )
    assert first == second


def test_only_what_is_asked_for_is_run(detente: Typed, bridge: Path) -> None:
    said = detente(
        "drivers", bridge, "--draws", "200", "--json", "--by", "actor", "--round", "winter",
        "--reading", "dark", "--target", "zone", "--set", "hardening.east=0.1..0.5",
    )  # fmt: skip
    plain = json.loads(said.out)
    assert list(plain["groups"]) == ["actor"]
    assert (plain["round"], plain["weights"], plain["target"]) == ("winter", {"dark": 1.0}, "zone")
    assert plain["set"] == {"hardening.east": "0.1..0.5"}
    assert "hardening.east" in plain["over_readings"]["zone"]["values"]


def test_a_situation_without_rounds_readings_or_claims_is_told(detente: Typed, river: Path) -> None:
    said = detente("drivers", river, "--draws", "400")
    assert said.code == 0
    assert "The meeting: the chance that something tangible is agreed, if they meet" in said.out
    assert "Within a reading" not in said.out
    assert "Drivers and chance" in said.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--by", "drivers"), "did you mean driver?"),
        (("--target", "tangibel"), "did you mean tangible"),
        (("--target", "lasts_given_deal", "--set", "aftermath.horizon=x"), "aftermath.horizon"),
        (("--round", "winter,spring"), "one; name one"),
        (("--reading", "sunny"), "--reading sunny"),
        (("--prior", "calm=x"), "a number from 0"),
        (("--set", "trust.east.west=2"), "--set trust.east.west"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, bridge: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("drivers", bridge, "--draws", "200", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err
    assert not out.exists()


def test_a_target_that_the_round_does_not_model_is_said(detente: Typed, river: Path) -> None:
    said = detente("drivers", river, "--draws", "200", "--target", "held")
    assert said.code == 2
    assert "--target held: this round does not model it; deal, tangible_given_held" in said.err
