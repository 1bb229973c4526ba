"""detente outside as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
SITUATIONS = Path(__file__).parents[1] / "situations"
NAMED = "outside:\n  weight: 0.3\n  held: [{class: us-russia-summits-held}]\n"


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """The bridge with a class for one event."""
    text = (SITUATIONS / "three-acts.yaml").read_text(encoding="utf-8")
    file = tmp_path / "bridge.yaml"
    file.write_text(text + NAMED, encoding="utf-8")
    return file


def test_the_answer_comes_in_words_table_and_files(
    detente: Typed, bridge: Path, tmp_path: Path
) -> None:
    """A weight given here replaces the file's; the folder can be used again."""
    out = tmp_path / "out"
    said = detente("outside", bridge, "--draws", "200", "--out", out)
    assert said.code == 0
    assert "Chance that the meeting takes place" in said.out
    assert {p.name for p in out.iterdir()} == {"situation.yaml", "outside.json", "outside.html"}
    plain = json.loads((out / "outside.json").read_text(encoding="utf-8"))
    assert (plain["format"], plain["weight"], plain["weight_from"]) == (
        "detente-outside/1", 0.3, "file",
    )  # fmt: skip
    again = detente("outside", bridge, "--draws", "200", "--weight", "0.9", "--json", "--out", out)
    assert json.loads(again.out)["weight"] == 0.9
    assert detente("check", out / "situation.yaml", "--no-forecast").code in {0, 1}


def test_a_round_and_a_prior_can_be_named(detente: Typed, bridge: Path) -> None:
    """The uniform prior draws the share towards one half."""
    asked = ("--draws", "200", "--round", "winter", "--reading", "calm", "--json")
    usual = json.loads(detente("outside", bridge, *asked).out)
    flat = json.loads(detente("outside", bridge, *asked, "--prior", "uniform").out)
    assert usual["round"] == flat["round"] == "winter"
    p, q = (one["events"][0]["outside"]["p"] for one in (usual, flat))
    assert 0.5 < q < p
    assert [one["reading"] for one in usual["events"][0]["inside"]["by_reading"]] == ["calm"]


def test_the_classes_are_listed(detente: Typed) -> None:
    """In words and as JSON, without a case."""
    assert "us-russia-summits-held" in detente("outside", "--list").out
    found = json.loads(detente("outside", "--list", "--json").out)
    assert {"class", "n", "k", "source", "rules", "caveats"} <= set(found[0])


def test_what_cannot_be_done_is_said(detente: Typed, bridge: Path, river: Path) -> None:
    """No class named, an unknown prior, no case, a weight out of reach: exit 2, no traceback."""
    for words, says in (
        (("outside", river), "names no reference class"),
        (("outside", bridge, "--prior", "flat"), "jeffreys or uniform"),
        (("outside",), "--list"),
        (
            ("outside", bridge, "--weight", "2"),
            "--weight 2: no share of the pool; 0 to 1 is allowed;",
        ),
        (("outside", bridge, "--weight", "-0.1"), "--weight -0.1: no share of the pool"),
        (("outside", bridge, "--weight", "nan"), "--weight nan: no share of the pool"),
        (("outside", bridge, "--round", "autumn"), "autumn"),
    ):
        said = detente(*words)
        assert said.code == 2
        assert says in said.err
        assert "Traceback" not in said.err


def test_mistakes_in_the_section_have_a_place(detente: Typed, bridge: Path) -> None:
    """Each at its line, with the nearest name."""
    text = bridge.read_text(encoding="utf-8").replace(
        NAMED,
        "outside:\n  weight: 2\n  held: [{class: icb-formel}]\n  deal: [{class: icb-formal}, "
        "{class: icb-formal}]\n  hold: []\n",
    )
    bridge.write_text(text, encoding="utf-8")
    said = detente("check", bridge)
    assert said.code == 2
    start = text[: text.index("outside:")].count("\n") + 1
    for line, says in (
        (1, "found 2"), (2, "did you mean icb-formal?"), (3, "stands here twice"),
        (4, "did you mean held?"),
    ):  # fmt: skip
        assert any(
            f":{start + line}:" in one and says in one for one in said.err.splitlines()
        ), (line, said.err)  # fmt: skip
