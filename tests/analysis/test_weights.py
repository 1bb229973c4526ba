"""How much each reading weighs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.weights import mean_of, posterior, prior_weights
from detente.situation.kinds import CHANCE
from detente.situation.quantities import read
from detente.situation.schema import Situation


def with_priors(situation: Situation, **priors: object) -> Situation:
    """The bridge with these priors."""
    readings = {
        name: body.model_copy(
            update={"prior": None if priors.get(name) is None else read(priors[name], CHANCE)}
        )
        for name, body in situation.readings.items()
    }
    return situation.model_copy(update={"readings": readings})


def test_weights_are_priors_that_sum_to_one(three_acts: Situation) -> None:
    situation = with_priors(three_acts, calm=0.1, dark=0.3)
    found = prior_weights(situation, ["calm", "dark"])
    assert found == pytest.approx({"calm": 0.25, "dark": 0.75})


def test_a_range_counts_with_its_mean(three_acts: Situation) -> None:
    situation = with_priors(three_acts, calm="0.2..0.4", dark={"beta": [3, 7]})
    found = prior_weights(situation, ["calm", "dark"])
    assert found["calm"] == pytest.approx(0.5, abs=1e-4)


def test_a_reading_without_a_prior_counts_like_the_average_of_the_others(
    three_acts: Situation,
) -> None:
    assert prior_weights(with_priors(three_acts, calm=0.2), ["calm", "dark"])["dark"] == 0.5
    assert prior_weights(with_priors(three_acts), ["calm", "dark"]) == {"calm": 0.5, "dark": 0.5}
    assert prior_weights(three_acts, [None]) == {None: 1.0}


def test_given_weights_replace_priors(three_acts: Situation) -> None:
    found = prior_weights(
        with_priors(three_acts, calm=0.5, dark=0.5), ["calm", "dark"], {"dark": 0}
    )
    assert found == {"calm": 1.0, "dark": 0.0}


def test_bayes_rule_in_closed_form() -> None:
    """Priors .5, .3, .2 and likelihoods .1, .2, .4 give 5/19, 6/19, 8/19."""
    found = posterior({"a": 0.5, "b": 0.3, "c": 0.2}, {"a": 0.1, "b": 0.2, "c": 0.4})
    assert found == pytest.approx({"a": 5 / 19, "b": 6 / 19, "c": 8 / 19})
    assert posterior({"a": 1.0}, {"a": 0.0}) == {}


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6), st.floats(0.01, 1))
def test_a_likelihood_that_all_share_changes_no_weight(priors: list[float], same: float) -> None:
    weights = {str(i): p / sum(priors) for i, p in enumerate(priors)}
    assert posterior(weights, dict.fromkeys(weights, same)) == pytest.approx(weights)


def test_the_mean_of_nothing_is_none() -> None:
    assert mean_of(None) is None
    assert mean_of(read(0.3, CHANCE)) == 0.3
