"""The Shapley-Shubik index against every order of members, and against a textbook."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.spatial.voting_power import shapley_shubik


def by_orders(votes: list[int], quota: int) -> list[float]:
    """Who turns the vote, over all orders."""
    turns = [0] * len(votes)
    orders = list(permutations(range(len(votes))))
    for order in orders:
        held = 0
        for member in order:
            if held < quota <= held + votes[member]:
                turns[member] += 1
            held += votes[member]
    return [turn / len(orders) for turn in turns]


@given(st.lists(st.integers(0, 6), min_size=1, max_size=6), st.data())
@settings(max_examples=40)
def test_it_counts_who_turns_the_vote(votes: list[int], data: st.DataObject) -> None:
    """Order by order."""
    quota = data.draw(st.integers(1, max(sum(votes), 1)))
    np.testing.assert_allclose(shapley_shubik(votes, quota), by_orders(votes, quota), atol=1e-12)


def test_a_textbook_game_and_one_that_nobody_wins() -> None:
    """[51; 50, 49, 1]: two thirds, a sixth, a sixth; a quota beyond reach gives nobody power."""
    np.testing.assert_allclose(shapley_shubik([50, 49, 1], 51), [2 / 3, 1 / 6, 1 / 6])
    assert shapley_shubik([1, 2], 4).tolist() == [0.0, 0.0]


def test_the_council_of_fifteen() -> None:
    """62 of 87 votes: 11.67 % for the four largest, 2.07 % for Luxembourg."""
    votes = [10] * 4 + [8] + [5] * 4 + [4] * 2 + [3] * 3 + [2]
    found = shapley_shubik(votes, 62)
    assert round(float(found[0]), 4) == 0.1167
    assert round(float(found[-1]), 4) == 0.0207
    assert abs(found.sum() - 1.0) < 1e-12
