"""detente readings as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
EVENTS = """
as_of: 2020-03-01
events:
  - {id: met, date: 2020-02-14, round: winter, outcome: held, says: They met., source: Record}
  - {id: "off", date: 2020-04-01, round: spring, outcome: not-held, says: Off., source: Record}
  - {id: talk, date: 2020-04-02, round: spring, outcome: other, says: Talk., source: Record}
"""


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """The bridge, called off in spring."""
    text = (Path(__file__).parents[1] / "situations" / "three-acts.yaml").read_text("utf-8")
    file = tmp_path / "bridge.yaml"
    lines = [line.replace("claims: [word-good], ", "").replace("claims: [fear-grows], ", "")
             for line in text.splitlines()]  # fmt: skip
    file.write_text("\n".join(lines) + EVENTS, encoding="utf-8")
    return file


def test_the_answer_comes_in_words_tables_and_files(
    detente: Typed, bridge: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = detente("readings", bridge, "--draws", "400", "--out", out)
    assert said.code == 0
    assert "Off (2020-04-01)" in said.out
    assert "What speaks for whom" in said.out
    assert {p.name for p in out.iterdir()} == {"situation.yaml", "readings.json", "readings.html"}
    plain = json.loads((out / "readings.json").read_text(encoding="utf-8"))
    assert [step["event"] for step in plain["steps"]] == [None, "off"]
    assert [one["event"] for one in plain["known"]] == ["met"]


def test_events_can_be_chosen_and_priors_given(detente: Typed, bridge: Path) -> None:
    said = detente("readings", bridge, "--draws", "300", "--json", "--event", "met",
                   "--prior", "calm=3", "--prior", "dark=1")  # fmt: skip
    plain = json.loads(said.out)
    assert [step["event"] for step in plain["steps"]] == [None, "met"]
    assert plain["steps"][0]["weights"]["calm"]["p"] == 0.75
    every = json.loads(detente("readings", bridge, "--draws", "300", "--json", "--all-events").out)
    assert [step["event"] for step in every["steps"]] == [None, "met", "off"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--event", "of"), "--event of: not in this situation"),
        (("--event", "talk"), "its outcome is other"),
        (("--reading", "calm"), "at least two"),
        (("--reading", "calm,dim"), "--reading dim"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    detente: Typed, bridge: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    said = detente("readings", bridge, "--draws", "100", "--out", out, *words)
    assert said.code == 2
    assert says in said.err
    assert not (out / "readings.html").exists()


def test_a_file_without_readings_is_refused(detente: Typed, river: Path) -> None:
    said = detente("readings", river)
    assert said.code == 2
    assert "at least two" in said.err
