"""Progress in words, for terminals and for logs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.cli import telling
from detente.cli.telling import Pace, duration

Typed = Callable[..., Any]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 s"), (40.4, "40 s"), (61, "1 min"), (719, "12 min"), (3599, "60 min"),
        (3600, "1 h"), (11_400, "3 h 10 min"), (86_400, "1 day"), (187_200, "2 days 4 h"),
    ],
)  # fmt: skip
def test_durations_have_two_figures(seconds: float, words: str) -> None:
    """From a second to days."""
    assert duration(seconds) == words


def test_a_line_says_how_far_and_how_long() -> None:
    """At most once a minute; what was there at the start does not count as fast work."""
    pace = Pace(500, now=1000.0)
    assert pace.line("Running", 500, 1000, 1100.0) is None
    assert pace.line("Running", 600, 1000, 1030.0) is None
    assert (
        pace.line("Running", 600, 1000, 1100.0) == "Running: 600 of 1,000 (60%), about 7 min left"
    )
    assert pace.line("Running", 700, 1000, 1150.0) is None
    assert (
        pace.line("Running", 700, 1000, 1200.0) == "Running: 700 of 1,000 (70%), about 5 min left"
    )


def test_a_log_gets_lines_instead_of_a_bar(
    detente: Typed, three_acts_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where standard error is no terminal, however often there is something to say."""
    monkeypatch.setattr(telling, "EVERY", 0.0)
    said = detente("run", three_acts_file, "--draws", "4000", "--json")
    lines = said.err.splitlines()
    assert len(lines) > 4
    assert all(line.startswith("Running: ") and line.endswith(" left") for line in lines)
