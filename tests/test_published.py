"""Published numbers: what is shipped follows from what it says it was made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scipy.stats import gamma

from detente.published import PEACE_AGREEMENTS
from detente.situation.kinds import COLLAPSE

DOCS = Path(__file__).parents[1] / "docs"


def test_the_interval_follows_from_ends_and_exposure() -> None:
    """The gamma posterior under the Jeffreys prior, to the digits shipped."""
    shape, scale = PEACE_AGREEMENTS.ends + 0.5, 1.0 / PEACE_AGREEMENTS.exposure
    assert round(float(gamma.ppf(0.025, shape, scale=scale)), 5) == PEACE_AGREEMENTS.low
    assert round(float(gamma.ppf(0.975, shape, scale=scale)), 5) == PEACE_AGREEMENTS.high
    assert pytest.approx(115 / 15868.4, rel=1e-15) == PEACE_AGREEMENTS.rate
    assert PEACE_AGREEMENTS.low < PEACE_AGREEMENTS.rate < PEACE_AGREEMENTS.high


def test_the_default_rate_of_collapse_is_that_interval() -> None:
    """A default is the published interval as a range, and so is what is left without claims."""
    assert COLLAPSE.default == (PEACE_AGREEMENTS.low, PEACE_AGREEMENTS.high)
    assert COLLAPSE.neutral == COLLAPSE.default


def test_the_page_on_the_model_states_it_in_round_numbers() -> None:
    """Per cent a month, to one digit, and as many agreements as the source names."""
    page = (DOCS / "explanation" / "model.md").read_text(encoding="utf-8")
    stated = re.search(r"default rate is ([\d.]+) to ([\d.]+) % a month", page)
    assert stated is not None
    low, high = (f"{100 * x:.1f}" for x in (PEACE_AGREEMENTS.low, PEACE_AGREEMENTS.high))
    assert stated.groups() == (low, high)
    (count,) = re.findall(r"(\d+) dated agreements", PEACE_AGREEMENTS.source)
    assert f"{count} peace agreements" in page
