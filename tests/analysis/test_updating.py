"""Weights event by event, on outcomes made by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from detente.analysis.updating import counting, known_event, weights_by_event
from detente.ensemble.chunk import Outcomes
from detente.errors import UsageError
from detente.model.causes import HELD, IN_TENSION
from detente.situation.schema import Event, Happened

Make = Callable[..., Outcomes]
N = 1000


def event(round_: str, outcome: Happened) -> Event:
    return Event(
        id=f"{round_}-{outcome}", date=date(2020, 1, 1), round=round_, outcome=outcome,
        says="It did.", source="R",
    )  # fmt: skip


def tables(**rounds: list[Outcomes]) -> dict[str | None, list[Outcomes]]:
    """Outcomes by round, one a reading."""
    return {**rounds}


def held(make: Make, share: float, order: int = 0) -> Outcomes:
    """Outcomes of which ``share`` are held, from the first draw on, shifted by ``order``."""
    cause = np.where(np.roll(np.arange(N) < share * N, order), HELD, IN_TENSION)
    return make([1] * N, cause=cause)


def test_one_event_gives_bayes_weights(make_outcomes: Make) -> None:
    """Likelihoods .8, .4 and .2 at priors .2, .3 and .5."""
    table = tables(r=[held(make_outcomes, p) for p in (0.8, 0.4, 0.2)])
    steps, evidence = weights_by_event("abc", [0.2, 0.3, 0.5], [event("r", "held")], table)
    joint = [0.2 * 0.8, 0.3 * 0.4, 0.5 * 0.2]
    found = [steps[-1].weights[name].p for name in "abc"]
    assert found == pytest.approx([one / sum(joint) for one in joint])
    assert [int(one.sum()) for one in evidence] == [800, 400, 200]
    assert steps[-1].draws == {"a": 800, "b": 400, "c": 200}
    moved = sum(new * math.log2(new / old) for new, old in zip(found, (0.2, 0.3, 0.5), strict=True))
    assert steps[-1].bits == pytest.approx(moved)


def test_two_events_are_weighed_jointly_on_the_inputs_they_share(make_outcomes: Make) -> None:
    """Held twice in the same half of draws is likelier than two independent halves."""
    same = [held(make_outcomes, 0.5), held(make_outcomes, 0.5)]
    apart = [held(make_outcomes, 0.5), held(make_outcomes, 0.5, order=N // 4)]
    table = tables(first=[same[0], apart[0]], second=[same[1], apart[1]])
    steps, _ = weights_by_event(
        "ab", [0.5, 0.5], [event("first", "held"), event("second", "held")], table
    )
    assert [w.p for w in steps[1].weights.values()] == [0.5, 0.5]
    assert [w.p for w in steps[2].weights.values()] == pytest.approx([2 / 3, 1 / 3])
    likelihood = steps[2].likelihood
    assert likelihood["a"] is not None
    assert likelihood["b"] is not None
    assert (likelihood["a"].p, likelihood["b"].p) == (1.0, 0.5)


def test_the_error_of_a_weight_is_that_of_its_likelihoods(make_outcomes: Make) -> None:
    """Independent draws: the delta method's w(1-w) sqrt(v1 + v2), v = (1-p) / (p n)."""
    rng = np.random.default_rng(3)
    sides = [
        make_outcomes([1] * N, cause=np.where(rng.permutation(N) < p * N, HELD, IN_TENSION))
        for p in (0.6, 0.3)
    ]
    steps, _ = weights_by_event("ab", [0.5, 0.5], [event("r", "held")], tables(r=sides))
    variance = 0.4 / (0.6 * N) + 0.7 / (0.3 * N)
    expected = (2 / 3) * (1 / 3) * math.sqrt(variance)
    assert steps[-1].weights["a"].mc_se == pytest.approx(expected, rel=0.1)


def test_priors_alone_carry_no_monte_carlo_error(make_outcomes: Make) -> None:
    table = tables(r=[held(make_outcomes, 0.8), held(make_outcomes, 0.2)])
    (first,), _ = weights_by_event("ab", [0.3, 0.7], [], table)
    assert [w.p for w in first.weights.values()] == pytest.approx([0.3, 0.7])
    assert [w.mc_se for w in first.weights.values()] == pytest.approx([0.0, 0.0], abs=1e-15)


def test_what_no_reading_brings_about_cannot_weigh_them(make_outcomes: Make) -> None:
    table = tables(r=[held(make_outcomes, 0.0), held(make_outcomes, 0.0)])
    with pytest.raises(UsageError, match="in none of 1,000 draws"):
        weights_by_event("ab", [0.5, 0.5], [event("r", "held")], table)
    assert counting("ab", [0.5, 0.5], [event("r", "held")], table) == {}


def test_a_reading_that_never_brings_it_about_loses_its_weight(make_outcomes: Make) -> None:
    table = tables(r=[held(make_outcomes, 0.0), held(make_outcomes, 0.1)])
    steps, _ = weights_by_event("ab", [0.9, 0.1], [event("r", "held")], table)
    assert steps[-1].weights["a"].p == 0.0
    later = counting("ab", [0.9, 0.1], [event("r", "held")], table)
    assert later["b"].p == 1.0


def test_an_event_that_does_not_count_still_has_its_chances(make_outcomes: Make) -> None:
    found = known_event("ab", event("r", "not-held"), [held(make_outcomes, p) for p in (0.9, 0.4)])
    assert {name: round(one.p, 9) for name, one in found.likelihood.items()} == {"a": 0.1, "b": 0.6}
