"""Who is tested: every model of the registry, and what the data allow besides."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.analysis.forecasters import COMMISSIONS, MAIN, SHAPLEY, forecasters
from detente.errors import UsageError
from detente.interchange.deu import read_deu
from detente.spatial.models import MODELS


def test_every_model_is_there_and_baselines_come_last() -> None:
    """The main model first."""
    every = forecasters()
    assert {one.name for one in every} == {*MODELS, SHAPLEY, COMMISSIONS}
    assert every[0].name == MAIN
    flags = [one.baseline for one in every]
    assert flags == sorted(flags)


def test_the_main_model_always_comes_along() -> None:
    """In its place; an unknown name is refused with those there are."""
    assert [one.name for one in forecasters(["mean", "challenge"])] == [MAIN, "challenge", "mean"]
    with pytest.raises(UsageError, match="--models guess: no such model; name some of compromise"):
        forecasters(["guess", "mean"])


def test_the_commission_stands_where_it_stands(made_up_deu: Path) -> None:
    """The first column of positions."""
    found = read_deu(made_up_deu / "tidy")
    (commission,) = (one for one in forecasters() if one.name == COMMISSIONS)
    np.testing.assert_array_equal(commission(found), found.table.position[:, 0])


def test_the_page_tells_the_error_of_every_model(shared_deu: Path) -> None:
    """So that a model that changes does not leave old figures behind."""
    known = read_deu(shared_deu).scored()
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "backtest.md").read_text("utf-8")
    for one in forecasters():
        off = np.abs(one(known) - known.outcome)
        issues = int((~np.isnan(off)).sum())
        assert f"| {one.title} | {issues} | {np.nanmean(off):.2f} (" in page
