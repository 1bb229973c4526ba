"""What was foretold and what came: shares that add up, and a hand-made case."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from detente.analysis.backtest import Backtest
from detente.analysis.backtest_calibration import RELIABLE_BINS, calibration, kinds


def test_shares_add_up(made_up_backtest: Backtest) -> None:
    """The PIT to 1, bins to all issues, positions and points nobody has a reason for to all."""
    found = calibration(made_up_backtest, made_up_backtest.main)
    assert sum(one.value for one in found.pit) == pytest.approx(1.0)
    assert len(found.reliability) == RELIABLE_BINS
    assert sum(one.issues for one in found.reliability) == len(made_up_backtest.decisions)
    given = [one.foretold for one in found.reliability]
    assert given == sorted(given)
    levels = list(found.coverage.values())
    assert all(a.value <= b.value for a, b in pairwise(levels))


def test_kinds_count_what_came_and_what_was_foretold(made_up_backtest: Backtest) -> None:
    """Written out for the reference point, over the issues that have one."""
    found = calibration(made_up_backtest, made_up_backtest.main)
    known, mass = made_up_backtest.decisions, made_up_backtest.main.mass
    has = np.flatnonzero(~np.isnan(known.table.reference))
    there = known.table.reference[has].astype(int)
    one = found.kinds["the reference point"]
    assert one.issues == len(has)
    assert one.foretold == pytest.approx(mass[has, there].mean())
    assert one.came.value == pytest.approx((known.outcome[has] == there).mean())


def test_points_nobody_has_a_reason_for_are_the_rest(made_up_backtest: Backtest) -> None:
    """Every point is a position, the reference point, another multiple of ten, or any other."""
    found = kinds(made_up_backtest.decisions)
    focal = found["a position that somebody takes"] | found["the reference point"]
    ten, other = found["another multiple of ten"], found["any other point"]
    assert (focal ^ ten ^ other).all()
    assert not (focal & ten).any()
