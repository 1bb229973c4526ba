"""What ships of the distribution is what the script finds in the data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

from detente.interchange.deu import read_deu
from detente.spatial.calibrated import EU_DECISIONS
from detente.spatial.focal import FEATURES


def test_a_fit_has_what_is_shipped(script: ModuleType, made_up_deu: Path) -> None:
    """A weight a feature, the cases it was fitted to, and scores of cases it did not see."""
    found = script.fit(read_deu(made_up_deu / "tidy"))
    assert len(found.weights) == len(FEATURES)
    assert (found.issues, found.proposals) == (39, 20)
    assert 0.0 < found.crps < 100.0
    assert 0.0 <= found.covers <= 1.0


def test_what_ships_comes_from_the_data(script: ModuleType, shared_deu: Path) -> None:
    """To every digit."""
    found = script.fit(read_deu(shared_deu))
    assert found == replace(EU_DECISIONS, caveat="")
