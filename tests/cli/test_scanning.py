"""detente scan as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
BRIDGE = Path(__file__).parents[1] / "situations" / "three-acts.yaml"
STRAIT = Path(__file__).parents[1] / "situations" / "every-term.yaml"


def test_the_answer_comes_in_words_tables_and_files(detente: Typed, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = detente("scan", BRIDGE, "--over", "outlook.east=0..1:3", "--draws", "200", "--out", out)
    assert said.code == 0
    assert "Spring: as “East: what time alone is expected to bring” goes from 0 to 1" in said.out
    assert "the claim that Spring is likelier than Winter" in said.out
    assert {p.name for p in out.iterdir()} == {"situation.yaml", "scan.json", "scan.html"}
    plain = json.loads((out / "scan.json").read_text(encoding="utf-8"))
    assert (plain["format"], plain["draws"]) == ("detente-scan/1", 200)
    assert detente("check", out / "situation.yaml", "--no-forecast").code in {0, 1}


def test_a_step_is_what_run_tells_with_that_value_set(detente: Typed) -> None:
    """With the same draws, seed and other settings: the same chance and error to the last bit."""
    words = (
        "--draws",
        "300",
        "--seed",
        "9",
        "--json",
        "--round",
        "spring",
        "--set",
        "runup.fear=0.3",
    )
    scanned = json.loads(
        detente("scan", BRIDGE, *words, "--over", "outlook.east=0.1..0.8:4").out
    )  # fmt: skip
    assert scanned["set"] == {"runup.fear": "0.3"}
    for i, value in enumerate(scanned["over"][0]["values"]):
        ran = json.loads(detente("run", BRIDGE, *words, "--set", f"outlook.east={value}").out)
        for reading, run in zip(scanned["readings"], ran["runs"], strict=True):
            step = reading["steps"][i]
            assert reading["reading"] == run["reading"]
            assert {"p": step["p"], "mc_se": step["mc_se"]} == run["probabilities"]["tangible"]


def test_two_values_take_the_first_reading_and_say_so(detente: Typed) -> None:
    words = ("--over", "outlook.east=0..1:3", "--over", "runup.fear=0..1:2", "--draws", "100")
    said = detente("scan", BRIDGE, *words)
    assert "This is the first reading only; --reading takes others: dark." in said.out
    plain = json.loads(detente("scan", BRIDGE, *words, "--json").out)
    assert [one["reading"] for one in plain["readings"]] == ["calm"]
    both = json.loads(detente("scan", BRIDGE, *words, "--json", "--reading", "dark,calm").out)
    assert [one["reading"] for one in both["readings"]] == ["dark", "calm"]


@pytest.mark.parametrize(
    ("words", "against"),
    [((), "winter"), (("--against", "none"), None), (("--round", "winter"), "spring")],
)
def test_it_is_compared_with_the_round_before_unless_told(
    detente: Typed, words: tuple[str, ...], against: str | None
) -> None:
    said = detente(
        "scan", BRIDGE, "--over", "outlook.east=0..1:2", "--draws", "100", "--json", *words
    )
    assert json.loads(said.out)["against"] == against


def test_without_rounds_or_dates_it_still_answers(detente: Typed, river: Path) -> None:
    """The chance is then that of something tangible if they meet."""
    strait = json.loads(
        detente("scan", STRAIT, "--over", "impatience=0..3:2", "--draws", "100", "--json").out
    )
    assert strait["target"] == "tangible_given_held"
    base = json.loads(detente("case", "show", river, "--addresses", "--json").out)
    assert base
    said = detente("scan", river, "--over", "impatience=0..3:2", "--draws", "100", "--json")
    assert json.loads(said.out)["against"] is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "--over: no addresses"),
        (("--over", "outlook.eas=0..1"), "did you mean outlook.east?"),
        (("--over", "outlook.east=0..2"), "found 2"),
        (("--over", "outlook.east=0..1:99"), "2 to 41"),
        (("--over", "outlook.east=0..1", "--set", "outlook.east=0"), "set by --set as well"),
        (("--over", "outlook.east=0..1:41", "--over", "runup.fear=0..1:41"), "1,681 cells"),
        (("--over", "outlook.east=0..1", "--target", "tangibel"), "did you mean tangible?"),
        (("--over", "outlook.east=0..1", "--round", "autumn"), "--round autumn"),
        (("--over", "outlook.east=0..1", "--reading", "dim"), "--reading dim"),
        (("--over", "outlook.east=0..1", "--round", "winter,spring"), "one; name one"),
        (("--over", "outlook.east=0..1", "--against", "spring"), "--against spring"),
        (("--over", "outlook.east=0..1", "--against", "autumn"), "winter, none are allowed"),
        (("--over", "pressures.winter.relieved_by.bridge.open=0..1", "--set", "impatience=x"),
         "--set impatience"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("scan", BRIDGE, "--draws", "100", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err
    assert not out.exists()
