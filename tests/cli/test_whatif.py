"""detente whatif as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
BRIDGE = Path(__file__).parents[1] / "situations" / "three-acts.yaml"
SET = ("--set", "outlook.east=0.1..0.3", "--set", "trust.east.west=high")
FILE = """\
what_ifs:
  thaw: {title: A thaw, set: {runup.tension: 0, outlook.east: 0.5}}
  storm: {set: {pressures.winter.felt: 1}}
"""


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A file of two what-ifs."""
    path = tmp_path / "asked.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_both_sides_are_those_of_detente_run(detente: Typed) -> None:
    """The same seed and draws give the same numbers, with and without --set."""
    few = ("--draws", "300", "--round", "spring", "--json")
    plain = json.loads(detente("whatif", BRIDGE, *few, *SET).out)
    before = json.loads(detente("run", BRIDGE, *few).out)["runs"]
    after = json.loads(detente("run", BRIDGE, *few, *SET).out)["runs"]
    (what_if,) = plain["what_ifs"]
    assert what_if["name"] == "as set"
    for told, first, second in zip(what_if["readings"], before, after, strict=True):
        assert told["reading"] == first["reading"] == second["reading"]
        for name, d in told["probabilities"].items():
            assert d["before"] == pytest.approx(first["probabilities"][name]["p"], abs=1e-12)
            assert d["after"] == pytest.approx(second["probabilities"][name]["p"], abs=1e-12)
            assert d["difference"] == pytest.approx(d["after"] - d["before"], abs=1e-12)


def test_named_what_ifs_come_from_a_file_and_as_set_comes_first(
    detente: Typed, asked: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = detente("whatif", BRIDGE, "--draws", "300", *SET, "--from", asked, "--out", out)
    assert said.code == 0
    assert "A thaw" in said.out
    assert {p.name for p in out.iterdir()} == {"situation.yaml", "whatif.json", "whatif.html"}
    plain = json.loads((out / "whatif.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in plain["what_ifs"]] == ["as set", "thaw", "storm"]
    assert plain["what_ifs"][1]["set"] == {"runup.tension": 0.0, "outlook.east": 0.5}


def test_the_same_seed_gives_the_same_json(detente: Typed, asked: Path) -> None:
    words = ("whatif", BRIDGE, "--draws", "200", "--from", asked, "--json")
    first, second = (detente(*words).out for _ in range(2))
    assert first == second


def test_only_the_reading_and_the_round_asked_for(detente: Typed) -> None:
    said = detente(
        "whatif", BRIDGE, "--draws", "200", "--json", *SET, "--round", "winter",
        "--reading", "dark", "--target", "deal",
    )  # fmt: skip
    plain = json.loads(said.out)
    assert (plain["round"], plain["target"]) == ("winter", "deal")
    assert [one["reading"] for one in plain["what_ifs"][0]["readings"]] == ["dark"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "nothing to ask"),
        (("--set", "outlook.esat=1"), "did you mean outlook."),
        (("--set", "outlook.east"), "address=value is allowed"),
        ((*SET, "--target", "del"), "did you mean deal"),
        ((*SET, "--round", "autumn"), "--round autumn"),
        (("--from", "nowhere.yaml"), "no such file"),
        (("--set", "salience.east.bridge=none"), "as set: spring / calm: nothing on the table"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("whatif", BRIDGE, "--draws", "100", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err
    assert not out.exists()


def test_mistakes_of_a_file_come_with_their_places(detente: Typed, asked: Path) -> None:
    asked.write_text("what_ifs: {a: {set: {trust.east.west: hihg}}}\n", encoding="utf-8")
    said = detente("whatif", BRIDGE, "--from", asked)
    assert said.code == 2
    assert "asked.yaml:1:22: a: trust.east.west: found 'hihg'" in said.err
