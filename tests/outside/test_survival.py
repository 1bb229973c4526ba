"""Kaplan-Meier against published tables and scipy."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from detente.outside.survival import Z95, kaplan_meier

# Remission in weeks under 6-MP (Freireich et al. 1963), as printed by Le (2003),
# Introductory Biostatistics, example 11.1.
ENDED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
FOLLOWED = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
REMISSION = [(float(t), True) for t in ENDED] + [(float(t), False) for t in FOLLOWED]
# Klein & Moeschberger (2003), Survival Analysis, table 4.1: week, share, standard error.
PUBLISHED = (
    (6, 0.857, 0.076), (7, 0.807, 0.087), (10, 0.753, 0.096), (13, 0.690, 0.107),
    (16, 0.627, 0.114), (22, 0.538, 0.128), (23, 0.448, 0.135),
)  # fmt: skip
# Bewick, Cheek & Ball (2004), Critical Care 8:389, table 2.
CRITICAL = [(1.0, True), (1.0, True), (4.0, True), (5.0, True), (6.0, False), (9.0, True),
            (9.0, False), (22.0, True)]  # fmt: skip
CRITICAL_SHARES = ((1, 0.750), (4, 0.625), (5, 0.500), (9, 0.333), (22, 0.0))

cases = st.lists(st.tuples(st.integers(1, 12).map(float), st.booleans()), min_size=2, max_size=30)


@pytest.mark.parametrize(("week", "share", "error"), PUBLISHED)
def test_the_remission_data_give_the_published_table(week: int, share: float, error: float) -> None:
    """Share and Greenwood's standard error to three decimals."""
    found = kaplan_meier(REMISSION, week)
    assert round(found.share, 3) == share
    assert round(found.error, 3) == error
    assert found.cases == 21


@pytest.mark.parametrize(("day", "share"), CRITICAL_SHARES)
def test_the_critical_care_data_give_the_published_table(day: int, share: float) -> None:
    """To three decimals; with the last at risk nobody is left."""
    assert round(kaplan_meier(CRITICAL, day).share, 3) == share


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@pytest.mark.filterwarnings("ignore:divide by zero")
@pytest.mark.filterwarnings("ignore:invalid value")
@given(cases, st.integers(1, 12))
@settings(max_examples=30)
def test_share_and_interval_are_those_of_scipy(known: list[tuple[float, bool]], at: int) -> None:
    """At any time, with any ties; where scipy has an interval."""
    ends = [t for t, ended in known if ended]
    data = stats.CensoredData(uncensored=ends, right=[t for t, ended in known if not ended])
    ecdf: Any = stats.ecdf  # its types know nothing of censored data
    curve = ecdf(data).sf
    found = kaplan_meier(known, at)
    assert found.share == pytest.approx(float(curve.evaluate(at)), abs=1e-12)
    if 0.0 < found.share < 1.0:
        expected = curve.confidence_interval(0.95, method="log-log")
        ends_at = (float(expected.low.evaluate(at)), float(expected.high.evaluate(at)))
        assert (found.low, found.high) == pytest.approx(ends_at, rel=1e-9)
        assert found.low < found.share < found.high


def test_followed_to_the_end_it_is_a_plain_share() -> None:
    """Without censoring Greenwood's error is the binomial one, and the counts are the counts."""
    found = kaplan_meier([(float(t), True) for t in range(1, 11)], 4.0)
    assert found.share == pytest.approx(0.6)
    assert found.error == pytest.approx(math.sqrt(0.6 * 0.4 / 10))
    assert found.counted == pytest.approx((6.0, 10.0))
    assert (found.ended, found.at_risk) == (4, 6)
    assert pytest.approx(stats.norm.ppf(0.975), rel=1e-14) == Z95


def test_cutting_off_costs_cases_but_moves_no_share_by_itself() -> None:
    """Those who are followed no further count for less than a whole case."""
    k, n = kaplan_meier(REMISSION, 23).counted
    assert 12 < n < 21
    assert k / n == pytest.approx(0.448, abs=1e-3)


def test_where_none_or_all_ended_there_is_no_error_to_go_by() -> None:
    """Then those still followed count, or all."""
    none = kaplan_meier([(5.0, False), (2.0, False)], 3.0)
    assert (none.share, none.low, none.high, none.counted) == (1.0, 1.0, 1.0, (1.0, 1.0))
    everyone = kaplan_meier([(1.0, True), (2.0, True)], 3.0)
    assert (everyone.share, everyone.counted) == (0.0, (0.0, 2.0))
