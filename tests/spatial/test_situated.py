"""Scales of a situation: where options stand, where actors do, and with what power."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.errors import SituationError
from detente.sampling.draws import Draws, Plan
from detente.situation.load import loads
from detente.situation.scenarios import scenarios
from detente.spatial.scale import Scale
from detente.spatial.situated import NO_POWER_WRITTEN, scales_of

TOLL = """
detente: 1
title: A toll
actors:
  north: {name: The north, role: principal, power: 0.8}
  south: {name: The south, role: principal}
  isle: {name: The isle, role: [consenter], consents_to: [toll.high]}
  press: {name: The press, role: bystander}
issues:
  toll:
    status_quo: none
    options:
      none: {name: no toll, at: 0}
      low: {name: a low toll, at: 30}
      high: {name: a high toll, at: 100}
      talks: {name: talks go on}
    salience: {north: 0.5, south: 0.4, isle: 0.1}
    preferences:
      north: {none: 0, low: 1, high: 1, talks: 0.5}
      south: {none: 0.9, low: 0.2, high: 0.1, talks: 1}
  signs:
    status_quo: old
    options: {old: as they are, mixed: both, new: new ones}
    salience: {north: 0.5, south: 0.6, isle: 0.9}
    preferences:
      north: {old: 0, mixed: 0.2, new: 0..1}
      south: {old: 1}
      isle: {old: 0, mixed: 1, new: 0.4}
"""


def scales(text: str = TOLL, draws: int = 200, **powers: float) -> tuple[Scale, ...]:
    """The scales of all issues of a file as written."""
    situation = loads(text.encode()).situation
    (scenario,) = scenarios(situation, None)
    table = Draws(scenario.values, Plan(draws, 3), 0, draws)
    return scales_of(situation, table, list(situation.issues), powers)


def test_actors_stand_where_they_would_most_like_to_be() -> None:
    """Two options alike: their middle. An option off the scale does not count, nor do silent actors."""
    toll, _ = scales()
    assert toll.actors == ("The north", "The south", "The isle")
    assert toll.marks == ((0.0, "no toll"), (30.0, "a low toll"), (100.0, "a high toll"))
    assert not toll.assumed
    np.testing.assert_array_equal(toll.table.position[0], [65.0, 0.0, np.nan])
    np.testing.assert_array_equal(toll.table.reference, np.zeros(200))


def test_without_places_options_are_evenly_spread_and_draws_decide() -> None:
    """Old 0, mixed 50, new 100. A fifth of the draws has mixed above new; the scale says so."""
    _, signs = scales(draws=1000)
    assert signs.assumed
    north = signs.table.position[:, 0]
    assert set(north) == {50.0, 100.0}
    assert abs(np.mean(north == 50.0) - 0.2) < 0.002  # stratified
    assert set(signs.table.position[:, 2]) == {50.0}


def test_power_is_the_principals_and_else_a_default_unless_given() -> None:
    """Who has none written is marked; what the caller gives holds."""
    toll, _ = scales()
    np.testing.assert_allclose(toll.table.power[0], [0.8, 0.5, NO_POWER_WRITTEN])
    assert toll.without_power == {"The south", "The isle"}
    toll, _ = scales(isle=2.0, north=0.0)
    np.testing.assert_allclose(toll.table.power[0], [0.0, 0.5, 2.0])
    assert toll.without_power == {"The south"}


def test_off_the_scale_there_is_no_reference_point() -> None:
    """The status quo has no place where the other options have one."""
    text = TOLL.replace("status_quo: none", "status_quo: talks")
    assert np.isnan(scales(text)[0].table.reference).all()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("at: 100}", "at: 101}", "at"),
        (", at: 30}", "}", None),
        ("{name: a high toll, at: 100}", "a high toll", None),
    ],
)
def test_places_are_checked(before: str, after: str, said: Any) -> None:
    """0 to 100; some options may be without."""
    text = TOLL.replace(before, after)
    if said is None:
        assert len(scales(text)) == 2
        return
    with pytest.raises(SituationError, match=said):
        scales(text)


def test_one_place_is_no_scale() -> None:
    """At least two that differ."""
    text = TOLL.replace("at: 30", "at: 0").replace("at: 100", "at: 0")
    with pytest.raises(SituationError, match="one place on a scale"):
        scales(text)
