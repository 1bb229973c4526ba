"""What detente check finds by running the model: forecasts beyond doubt."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.saturation import Saturated, saturated
from detente.cases.opening import Opened
from detente.situation.lint import Finding
from detente.situation.scenarios import scenarios

SEED = 1


def beyond_doubt(opened: Opened) -> Iterator[Finding]:
    """A finding for each round whose forecast is beyond doubt under every reading."""
    readings = scenarios(opened.situation, opened.claims)
    for found in saturated(opened.situation, readings, SEED):
        yield _saturation(found, opened)


def _saturation(found: Saturated, opened: Opened) -> Finding:
    path = ("rounds", found.round) if found.round else ("issues",)
    return Finding(
        "DT201",
        opened.loaded.tree.place(path),
        ".".join(path),
        f"something tangible in {found.least:.0%} to {found.most:.0%} of draws, whatever the reading",
        "look for a missing precondition or price of signing (too likely), or for a red line "
        "or demand that nobody could meet (too unlikely)",
    )
