"""Outcome tables made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.model.structure import Structure, structure_of
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import AS_WRITTEN, scenarios

MakeOutcomes = Callable[..., Outcomes]


@pytest.fixture(scope="session")
def structure(every_term: Loaded) -> Structure:
    """Positions of the small situation's names."""
    return structure_of(every_term.situation)


@pytest.fixture(scope="session")
def ran(every_term: Loaded, structure: Structure) -> Outcomes:
    """Eight hundred draws of the small situation as written."""
    found = scenarios(every_term.situation, None, rounds=["second"], readings=[AS_WRITTEN])
    return run(structure, found, Plan(800, 1))[0]


@pytest.fixture(scope="session")
def make_outcomes(structure: Structure) -> MakeOutcomes:
    """A table of chosen packages (-1 for none); other columns by name, else neutral."""

    def make(package: list[int], **columns: Any) -> Outcomes:
        n, parties = len(package), len(structure.parties)
        numbers = np.array(package, dtype=np.int64)
        has = numbers >= 0
        gain = np.where(has[:, None], 0.5, np.nan) * np.ones((n, parties))
        neutral: dict[str, Any] = {
            field.name: None if "None" in str(field.type) else np.zeros(n)
            for field in fields(Outcomes)
        }
        neutral |= {
            "zone": has.astype(np.int64),
            "allowed": np.full(n, 17, dtype=np.int64),
            "package": numbers,
            "ties": has.astype(np.int64),
            "gain": gain,
            "demand": np.zeros((n, structure.at_table)),
            "closing": has.astype(np.float64),
            "deal": has.copy(),
            "tangible": has.copy(),
            "sets": np.zeros((n, 1), dtype=np.int64),
            "set_count": np.zeros(n, dtype=np.int64),
            "felt": np.zeros((n, parties)),
            "risk": np.zeros(n),
        }
        given = {name: np.asarray(column) for name, column in columns.items()}
        return Outcomes(**{**neutral, **given})

    return make
