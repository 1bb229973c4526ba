"""An order is settled as far as intervals do not overlap."""

from __future__ import annotations

import pytest

from detente.analysis.ranking import order_of
from detente.analysis.resampling import Share


def around(value: float, reach: float) -> Share:
    return Share(value, value - reach, value + reach)


def test_apart_is_settled_and_overlapping_is_not() -> None:
    """The second stands out from the third, which the fourth reaches; four times the draws halve both and part them."""
    found = {
        "c": around(0.20, 0.06), "a": around(0.60, 0.06), "b": around(0.40, 0.06),
        "d": around(0.14, 0.06),
    }  # fmt: skip
    order = order_of(found)
    assert order.names == ("a", "b", "c", "d")
    assert (order.settled, order.nothing) == (2, 0)
    assert order.factor == pytest.approx(4.0)


def test_what_cannot_be_told_from_nothing_is_counted_apart() -> None:
    """Two that are nothing need no order, and no more draws."""
    order = order_of({"a": around(0.6, 0.1), "b": around(0.01, 0.02), "c": around(-0.01, 0.02)})
    assert (order.settled, order.nothing, order.factor) == (1, 2, None)


def test_two_alike_cannot_be_parted_by_any_number() -> None:
    """Equal estimates give no number of draws; nobody at all gives no order."""
    order = order_of({"a": around(0.3, 0.1), "b": around(0.3, 0.1)})
    assert (order.settled, order.factor) == (0, None)
    assert order_of({}).settled == 0


def test_a_wide_interval_far_below_still_reaches() -> None:
    """Not the neighbour alone is looked at."""
    found = {"a": around(0.5, 0.02), "b": around(0.4, 0.02), "c": Share(0.1, -0.2, 0.6)}
    order = order_of(found)
    assert order.settled == 0
    assert order.factor == pytest.approx(((0.02 + 0.5) / 0.4) ** 2)
