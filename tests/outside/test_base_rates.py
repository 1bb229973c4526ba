"""The beta-binomial against its closed forms, scipy and plain integration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from detente.errors import UsageError
from detente.outside.base_rates import MOST, Beta, posterior

counts = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("k", "n"), [(0, 0), (0, 7), (7, 7), (12, 53), (246.186, 360.5043)])
@pytest.mark.parametrize(("prior", "half"), [("jeffreys", 0.5), ("uniform", 1.0)])
def test_mean_spread_and_intervals_are_those_of_the_beta(
    k: float, n: float, prior: str, half: float
) -> None:
    """The mean is (k + a) / (n + 2a); the rest is scipy's distribution."""
    found, known = posterior(k, n, prior), stats.beta(half + k, half + n - k)
    assert found.mean == pytest.approx((k + half) / (n + 2 * half), rel=1e-14)
    assert found.variance == pytest.approx(known.var(), rel=1e-12)
    assert found.interval(0.5) == pytest.approx(known.ppf([0.25, 0.75]), rel=1e-9)
    assert found.interval(0.9) == pytest.approx(known.ppf([0.05, 0.95]), rel=1e-9)
    assert found.cdf(0.3) == pytest.approx(known.cdf(0.3), rel=1e-12)
    assert found.cdf_at(np.array([0.1, 0.6])) == pytest.approx(known.cdf([0.1, 0.6]), rel=1e-12)


def test_the_posterior_is_likelihood_times_prior() -> None:
    """By the midpoint rule over the share: the mean and the mass below one quarter."""
    share = (np.arange(200_000) + 0.5) / 200_000
    density = stats.binom.pmf(12, 53, share) * stats.beta.pdf(share, 0.5, 0.5)
    density /= density.sum()
    found = posterior(12, 53)
    assert found.mean == pytest.approx(float(share @ density), rel=1e-6)
    assert found.cdf(0.25) == pytest.approx(float(density[share <= 0.25].sum()), rel=1e-5)


def test_what_is_to_come_is_the_binomial_averaged_over_the_share() -> None:
    """The interval of further cases, from the mixture itself."""
    found = posterior(12, 53)
    share = (np.arange(20_000) + 0.5) / 20_000
    weight = stats.beta.pdf(share, found.a, found.b)
    weight /= weight.sum()
    below = np.cumsum([stats.binom.pmf(i, 10, share) @ weight for i in range(11)])
    expected = (int(np.argmax(below >= 0.05)), int(np.argmax(below >= 0.95)))
    assert found.among(10, MOST) == expected


@given(counts, st.integers(0, 40))
@settings(max_examples=25)
def test_further_cases_are_those_of_scipy(case: tuple[int, int], further: int) -> None:
    """The beta-binomial quantiles, at one half and at nine tenths."""
    found = posterior(*case)
    known = stats.betabinom(further, found.a, found.b)
    for level, tail in ((0.5, 0.25), (MOST, 0.05)):
        assert found.among(further, level) == tuple(known.ppf([tail, 1.0 - tail]))


@given(counts, st.integers(2, 50))
@settings(max_examples=25)
def test_more_of_the_same_narrows(case: tuple[int, int], times: int) -> None:
    """As many cases again of the same kind leave less open, whichever the share."""
    k, n = case
    if n:
        fewer, more = posterior(k, n), posterior(k * times, n * times)
        assert more.variance < fewer.variance
        assert 0.0 < fewer.quantile(0.05) < fewer.mean < fewer.quantile(0.95) < 1.0


@given(counts)
@settings(max_examples=25)
def test_counting_the_others_turns_it_round(case: tuple[int, int]) -> None:
    """The share that does not count is one less the share that does."""
    k, n = case
    yes, no = posterior(k, n), posterior(n - k, n)
    assert yes.mean == pytest.approx(1.0 - no.mean)
    low, high = yes.interval(0.9)
    assert (1.0 - high, 1.0 - low) == pytest.approx(no.interval(0.9), abs=1e-9)


def test_what_cannot_be_is_refused() -> None:
    """An unknown prior names those there are; more hits than cases are no counts."""
    with pytest.raises(UsageError, match="jeffreys or uniform"):
        posterior(1, 2, "jefreys")
    with pytest.raises(ValueError, match="3 of 2"):
        posterior(3, 2)
    assert Beta(1, 1).mean == 0.5
