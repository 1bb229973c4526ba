"""Errors on Decision-making in the EU as they were first published, to two decimals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.interchange.deu import read_deu
from detente.interchange.deu_record import Decisions
from detente.spatial.climatology import climatology
from detente.spatial.compromise import compromise
from detente.spatial.focal import on_grid
from detente.spatial.models import MODELS
from detente.spatial.scores import crps


@pytest.fixture(scope="module")
def known(shared_deu: Path) -> Decisions:
    """The issues that are scored."""
    return read_deu(shared_deu).scored()


@pytest.mark.parametrize(
    ("model", "error", "issues"),
    [("compromise", 23.02, 351), ("mean", 23.63, 351), ("salience-mean", 23.64, 351),
     ("middle", 27.96, 351), ("median", 28.37, 351), ("weighted-median", 28.64, 351),
     ("reference-point", 51.31, 252)],
)  # fmt: skip
def test_mean_errors(known: Decisions, model: str, error: float, issues: int) -> None:
    """Of the models that the data's page lists."""
    off = np.abs(MODELS[model](known.table) - known.outcome)
    assert round(float(np.nanmean(off)), 2) == error
    assert (~np.isnan(off)).sum() == issues


def test_the_commission_alone(known: Decisions) -> None:
    """37.55 on the 346 issues on which it takes a position."""
    off = np.abs(known.setters()[:, 0] - known.outcome)
    assert (round(float(np.nanmean(off)), 2), (~np.isnan(off)).sum()) == (37.55, 346)


def test_quantiles_and_focal_points(known: Decisions) -> None:
    """Absolute errors of the votes mean; outcomes at the ends, at positions, at the reference."""
    off = np.abs(compromise(known.table) - known.outcome)
    assert np.quantile(off, [0.5, 0.8, 0.9, 0.95]).round(1).tolist() == [17.5, 37.1, 50.3, 59.9]
    ends = np.isin(known.outcome, [0, 100]).mean()
    taken = (known.table.position == known.outcome[:, None]).any(axis=1).mean()
    has = ~np.isnan(known.table.reference)
    still = (known.table.reference == known.outcome)[has].mean()
    assert [round(100 * float(share)) for share in (ends, taken, still)] == [31, 64, 20]


def test_climatology_leaves_the_proposal_out(known: Decisions) -> None:
    """19.3."""
    outcome = on_grid(known.outcome)
    found = crps(climatology(outcome, known.proposal), outcome).mean()
    assert round(float(found), 1) == 19.3
