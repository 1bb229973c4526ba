"""The draw table: columns by address, events apart from inputs."""

from __future__ import annotations

import numpy as np
import pytest

from detente.sampling.draws import Draws, Plan
from detente.situation.load import Loaded
from detente.situation.values import base_values


def _draws(loaded: Loaded, plan: Plan, start: int = 0, stop: int | None = None) -> Draws:
    return Draws(base_values(loaded.situation), plan, start, plan.draws if stop is None else stop)


def test_every_column_stays_within_what_is_stated(every_term: Loaded) -> None:
    """No draw leaves the span of its quantity, and what is certain is constant."""
    draws = _draws(every_term, Plan(200, 4))
    for address, value in draws.values.items():
        low, high = value.quantity.span
        column = draws.value(address)
        assert column.shape == (200,)
        assert low <= column.min() <= column.max() <= high, address
        if value.quantity.fixed is not None:
            assert set(column) == {low}


def test_an_event_happens_as_often_as_its_probability(every_term: Loaded) -> None:
    """A stratified event with chance 0.3 happens in three of ten draws, to one draw."""
    draws = _draws(every_term, Plan(1000, 4))
    happened = draws.happens("red_lines.south.strait.shared.absolute")
    assert abs(int(happened.sum()) - 300) <= 1


def test_certain_events_need_no_chance(every_term: Loaded) -> None:
    """Probability 1 always happens, probability 0 never."""
    draws = _draws(every_term, Plan(50, 4))
    assert draws.happens("pressures.unrest.felt").all()
    assert not draws.happens("red_lines.hawks.fish.quota.absolute").any()


def test_an_event_is_not_tied_to_the_draw_of_its_own_probability(every_term: Loaded) -> None:
    """An event's chance and its probability's draw come from different streams."""
    draws = _draws(every_term, Plan(2000, 4))
    address = "pressures.strike.felt"
    related = np.corrcoef(draws.value(address), draws.chance(address))[0, 1]
    assert abs(related) < 4 / np.sqrt(2000)


@pytest.mark.parametrize(("start", "stop"), [(0, 60), (3, 17), (5, 6), (12, 60), (59, 60)])
def test_repeats_hold_inputs_fixed_while_events_go_on(
    every_term: Loaded, start: int, stop: int
) -> None:
    """Consecutive rows share inputs but not events, however rows are chunked."""
    plan = Plan(60, 4, repeats=5)
    whole, part = _draws(every_term, plan), _draws(every_term, plan, start, stop)
    address = "outlook.north"
    column = whole.value(address)
    assert (column.reshape(12, 5) == column.reshape(12, 5)[:, :1]).all()
    assert len(set(column)) == 12
    assert len(set(whole.chance("table.closes"))) == 60
    assert part.value(address).tolist() == column[start:stop].tolist()
    assert part.chance("x").tolist() == whole.chance("x")[start:stop].tolist()
