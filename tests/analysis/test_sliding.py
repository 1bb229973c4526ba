"""A value slid towards an end of its scale."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.sliding import ends, slid
from detente.analysis.weights import mean_of
from detente.sampling.distributions import quantile
from detente.situation import kinds
from detente.situation.kinds import Kind
from detente.situation.load import Loaded
from detente.situation.quantities import Beta, Normal, Point, Quantity, read
from detente.situation.scenarios import AS_WRITTEN, scenarios
from detente.situation.sums import sum_faults
from detente.situation.values import STATED, Value, base_values, patched
from detente.situation.writing import plain

KINDS = [kind for kind in vars(kinds).values() if isinstance(kind, Kind)]
CHANCES = (np.arange(200) + 0.5) / 200


@st.composite
def quantities(draw: st.DrawFn) -> tuple[Kind, Quantity]:
    """Any kind with a value in any form it takes."""
    kind = draw(st.sampled_from(KINDS))
    low, high = kind.bounds
    number = st.floats(low, high, allow_subnormal=False)
    a, b, c = sorted(draw(st.tuples(number, number, number)))
    forms: list[Any] = [
        a, f"{a!r}..{c!r}", {"low": a, "mode": b, "high": c}, {"quantiles": {0: a, 0.3: b, 1: c}},
        {"normal": {"mean": b, "sd": 0.1 + (high - low) / 10}},
    ]  # fmt: skip
    forms += [{"beta": [2, 3]}] if low <= 0.0 and high >= 1.0 else []
    forms += list(kind.words)
    return kind, read(draw(st.sampled_from(forms)), kind)


@given(quantities(), st.floats(0.0, 1.0), st.booleans())
def test_a_slid_value_stays_within_its_bounds_and_is_a_mixture(
    pair: tuple[Kind, Quantity], t: float, up: bool
) -> None:
    """In every draw it is (1 - t) times what was drawn, plus t times the end."""
    kind, quantity = pair
    end = kind.bounds[up]
    moved = slid(quantity, t, end)
    low, high = moved.span
    assert kind.bounds[0] <= low <= high <= kind.bounds[1]
    mixed = (1.0 - t) * quantile(quantity.shape, CHANCES) + t * end
    found = quantile(moved.shape, CHANCES)
    width = quantity.span[1] - quantity.span[0]
    curved = isinstance(quantity.shape, Beta | Normal) and t > 0.0
    assert np.abs(found - mixed).max() <= (0.06 * width if curved else 1e-9 * max(1.0, abs(end)))
    before, after = mean_of(quantity), mean_of(moved)
    assert before is not None
    assert after is not None
    assert after == pytest.approx(
        (1.0 - t) * before + t * end, abs=0.005 * width if curved else 1e-6
    )


@given(quantities(), st.booleans())
def test_nothing_moves_at_nought_and_only_the_end_is_left_at_one(
    pair: tuple[Kind, Quantity], up: bool
) -> None:
    kind, quantity = pair
    end = kind.bounds[up]
    assert slid(quantity, 0.0, end) is quantity
    assert slid(quantity, 1.0, end).shape == Point(end)


@given(quantities(), st.floats(0.0, 1.0))
def test_a_slid_value_can_be_written_down_and_read_again(
    pair: tuple[Kind, Quantity], t: float
) -> None:
    kind, quantity = pair
    moved = slid(quantity, t, kind.bounds[0])
    again = read(plain(moved), kind)
    assert np.allclose(
        quantile(again.shape, CHANCES), quantile(moved.shape, CHANCES), rtol=0, atol=1e-9
    )


def test_ends_are_those_of_the_kind_unless_others_leave_less_room(every_term: Loaded) -> None:
    values = base_values(every_term.situation)
    assert ends(values, "outlook.north") == (-1.0, 1.0)
    assert ends(values, "trust.north.south") == (0.0, 1.0)
    shares = [a for a in values if ".relieved_by." in a or ".removed_by." in a]
    bonds = [a for a in values if a.startswith("influence.")]
    assert shares
    assert bonds
    for address in (*shares, *bonds):
        low, high = ends(values, address)
        assert low == 0.0
        assert high <= 1.0


def test_no_single_slide_makes_shares_or_weights_exceed_a_whole(every_term: Loaded) -> None:
    """Whatever address goes to its upper end, what has to add up still does."""
    situation = every_term.situation
    (scenario,) = scenarios(situation, None, rounds=["second"], readings=[AS_WRITTEN])
    for address in scenario.values:
        end = ends(scenario.values, address)[1]
        moved = patched(scenario.values, {address: Quantity(Point(end), "x")}, "test")
        assert not list(sum_faults(situation, moved, (), "")), address


def test_a_rate_slides_to_one_a_month_or_stays_where_it_is() -> None:
    kind = kinds.RATE
    assert kind.bounds[1] > 1.0
    for written, top in (("0..0.5", 1.0), ("2", 2.0)):
        address = "runup.sabotage.x.y.capability"
        value = read(written, kind)
        from_file = {address: Value(kind, value, STATED)}
        assert ends(from_file, address) == (0.0, top)
