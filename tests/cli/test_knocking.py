"""detente knockout as typed."""

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
    said = detente("knockout", bridge, "--draws", "300", "--out", out)
    assert said.code == 0
    assert "Spring: with everything in place" in said.out
    assert {p.name for p in out.iterdir()} == {
        "situation.yaml", "claims.yaml", "knockout.json", "knockout.html",
    }  # fmt: skip
    plain = json.loads((out / "knockout.json").read_text(encoding="utf-8"))
    assert plain["format"] == "detente-knockout/1"
    assert detente("check", out / "situation.yaml", "--no-forecast").code in {0, 1}


def test_the_same_seed_gives_the_same_json(detente: Typed, bridge: Path) -> None:
    first, second = (detente("knockout", bridge, "--draws", "200", "--json").out for _ in range(2))
    assert first == second


def test_only_what_is_named_is_taken_away(detente: Typed, bridge: Path) -> None:
    said = detente(
        "knockout", bridge, "--draws", "200", "--json", "--round", "winter", "--reading", "dark",
        "--without", "speaker:scouts+claim:cold", "--without", "grade:B2", "--prior", "dark=2",
    )  # fmt: skip
    plain = json.loads(said.out)
    assert {row["removal"] for row in plain["knockouts"]} == {
        "several:claim:cold + speaker:scouts", "grade:B2",
    }  # fmt: skip
    assert (plain["round"], plain["weights"]) == ("winter", {"dark": 1.0})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--without", "speaker:scout"), "did you mean speaker:scouts"),
        (("--round", "winter,spring"), "one; name one"),
        (("--round", "autumn"), "--round autumn"),
        (("--prior", "calm=x", "--prior", "dim=1"), "--prior dim=1: no such reading"),
        (("--prior", "calm=-1"), "a number from 0"),
        (("--prior", "calm=0", "--prior", "dark=0"), "every weight is 0"),
        (("--set", "trust.east.west=2"), "--set trust.east.west"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, bridge: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("knockout", bridge, "--draws", "100", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err
    assert not out.exists()


def test_without_claims_there_is_nobodys_word_to_take_away(detente: Typed, river: Path) -> None:
    said = detente("knockout", river)
    assert said.code == 2
    assert "no claims file" in said.err
