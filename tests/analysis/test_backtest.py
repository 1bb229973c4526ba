"""A backtest: what is scored, what it is compared with, and the same from however many threads."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente.analysis.backtest import CLIMATOLOGY, Backtest, backtest
from detente.analysis.backtest_scores import ALL, SAYS
from detente.errors import UsageError
from detente.interchange.deu import read_deu
from detente.spatial.compromise import compromise
from detente.spatial.focal import on_grid
from detente.spatial.scores import crps


def test_points_are_scored_as_they_are(made_up_backtest: Backtest) -> None:
    """Errors of the compromise, written out; a difference from itself is nothing."""
    known, scores = made_up_backtest.decisions, made_up_backtest.main.scores
    error = np.abs(compromise(known.table) - known.outcome)
    assert scores["mae"].value == pytest.approx(error.mean())
    assert scores["rmse"].value == pytest.approx(np.sqrt((error**2).mean()))
    assert scores["median_error"].value == np.sort(error)[(len(error) - 1) // 2]
    assert scores["within_10"].value == pytest.approx((error <= 10).mean())
    less = scores["mae_less_main"]
    assert (less.value, less.low, less.high) == (0.0, 0.0, 0.0)
    assert scores["crps_less_point"].value == pytest.approx(
        scores["crps"].value - scores["mae"].value
    )


def test_who_has_no_forecast_is_compared_on_its_own_issues(made_up_backtest: Backtest) -> None:
    """The reference point, where there is one."""
    known = made_up_backtest.decisions
    (one,) = (model for model in made_up_backtest.models if model.name == "reference-point")
    has = ~np.isnan(known.table.reference)
    np.testing.assert_array_equal(one.cases, has)
    assert one.scores.counts[ALL][0] == has.sum() < len(known)
    off = np.abs(known.table.reference - known.outcome)[has]
    main = np.abs(compromise(known.table) - known.outcome)[has]
    assert one.scores["mae_less_main"].value == pytest.approx((off - main).mean())


def test_distributions_are_scored_on_folds_that_their_fits_did_not_see(
    made_up_backtest: Backtest,
) -> None:
    """Each row comes from the fit of its fold, and there are as many fits as folds."""
    main, outcome = made_up_backtest.main, made_up_backtest.outcome
    assert len(main.fits) == len(set(made_up_backtest.fold.tolist())) == 10
    assert main.scores["crps"].value == pytest.approx(crps(main.mass, outcome).mean())
    np.testing.assert_array_equal(outcome, on_grid(made_up_backtest.decisions.outcome))
    for proposal in set(made_up_backtest.decisions.proposal):
        together = [name == proposal for name in made_up_backtest.decisions.proposal]
        assert len(set(made_up_backtest.fold[together].tolist())) == 1


def test_parts_are_parts_and_small_ones_are_left_out(made_up_backtest: Backtest) -> None:
    """Waves and rules each add up to all; a part of fewer than ten proposals has no score."""
    counts = {part: issues for part, (issues, _) in made_up_backtest.main.scores.counts.items()}
    assert counts["all"] == 39 == sum(counts[f"wave {name}"] for name in ("I", "II", "III"))
    assert counts["all"] == counts["qualified majority"] + counts["unanimity"]
    assert "unanimity" not in made_up_backtest.main.scores.by
    assert "qualified majority" in made_up_backtest.main.scores.by
    assert set(made_up_backtest.main.scores.by[ALL]) <= set(SAYS)


def test_one_thread_gives_what_two_give(made_up_deu: Path, made_up_backtest: Backtest) -> None:
    """Bit for bit, and from the original as from the tidy form; progress ends at the end."""
    told: list[tuple[int, int]] = []
    names = ("commission", "reference-point", "weighted-median", "mean")
    with ThreadPoolExecutor(1) as executor:
        again = backtest(
            read_deu(made_up_deu / "wide"), names, executor=executor, seed=3, replicates=200,
            told=lambda done, every: told.append((done, every)),
        )  # fmt: skip
    for one, other in zip(
        (*again.models, *again.others),
        (*made_up_backtest.models, *made_up_backtest.others), strict=True,
    ):  # fmt: skip
        assert (one.name, one.scores) == (other.name, other.scores)
        np.testing.assert_array_equal(one.mass, other.mass)
    assert told == sorted(told)
    assert told[-1] == (11, 11)


def test_too_few_proposals_are_refused(made_up_deu: Path) -> None:
    """Nine can be neither cross-validated nor drawn again."""
    found = read_deu(made_up_deu / "tidy")
    few = found.of(np.array([name < "d09" for name in found.proposal]))
    with ThreadPoolExecutor(1) as executor, pytest.raises(UsageError, match="9 proposals have"):
        backtest(few, executor=executor)


def test_what_is_said_of_the_data_is_what_comes_out(shared_deu: Path) -> None:
    """The targets, and the page: rows, the two halves, the sentences in short."""
    with ThreadPoolExecutor(2) as executor:
        found = backtest(read_deu(shared_deu), ("mean",), executor=executor)
    scores, climate = found.main.scores, found.others[-1]
    assert climate.name == CLIMATOLOGY
    assert 0.77 <= scores["central_80"].value <= 0.83
    assert 0.77 <= scores["shown_80"].value <= 0.83
    assert scores["crps"].value < 15.5
    assert scores["crps_less_point"].high < 0.0
    assert scores["crps_less_climatology"].high < 0.0
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "backtest.md").read_text("utf-8")
    for one in found.models:
        mae, ranked = one.scores["mae"], one.scores["crps"]
        assert f"| {one.title} | 351 | {mae.value:.2f} ({mae.low:.2f} to {mae.high:.2f})" in page
        assert f"| {one.title} | {ranked.value:.2f} ({ranked.low:.2f} to {ranked.high:.2f})" in page
    half = found.fold < 5
    each = crps(found.main.mass, found.outcome)
    late, early = each[~half].mean(), each[half].mean()
    assert f"the CRPS turned out as {late:.1f}, on 0 to 4 as {early:.1f}" in page
    assert f"Without them the CRPS is {found.others[0].scores['crps'].value:.1f}" in page
    stated = re.search(r"CRPS of ([\d.]+)\. As a bare point the compromise scores ([\d.]+)", page)
    assert stated is not None
    assert stated.groups() == (f"{scores['crps'].value:.1f}", f"{scores['mae'].value:.1f}")
    assert f"other proposals {climate.scores['crps'].value:.1f}." in page


def test_a_better_model_is_found_where_there_is_one(made_up_backtest: Backtest) -> None:
    """Outcomes moved onto the median: its points are beyond doubt better than the compromise's."""
    known = made_up_backtest.decisions
    (median,) = (one for one in made_up_backtest.models if one.name == "weighted-median")
    with ThreadPoolExecutor(2) as executor:
        found = backtest(
            replace(known, outcome=median.forecast), ("weighted-median",), executor=executor,
            replicates=200,
        )  # fmt: skip
    assert found.models[1].scores["mae"].value == 0.0
    assert found.models[1].scores["mae_less_main"].high < 0.0
