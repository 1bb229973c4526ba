"""The package space: numbers, link codes and refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.layout import MOST_ENUMERATED, lay_out_space
from detente.bargaining.solution import active
from detente.bargaining.space import Rules, make_space
from detente.errors import SpaceTooLarge, UsageError
from detente.model.structure import LinkPlace
from detente.testing.brute_force import membership, met
from detente.testing.problems import random_problem

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=5)


@given(seed=st.integers(0, 2**32), sizes=SIZES, links=st.integers(0, 4), cons=st.integers(0, 2))
def test_halves_cover_every_package_once_with_the_right_bits(
    seed: int, sizes: list[int], links: int, cons: int
) -> None:
    """High and low rows make every package number once; its bits say what the rules say."""
    problem = random_problem(seed, sizes, links=links, consenters=cons)
    space = make_space(problem.rules)
    layout = lay_out_space(problem.rules)
    numbers = layout.high.number[:, None] + layout.low.number[None, :]
    assert sorted(numbers.ravel()) == list(range(space.packages))
    member = membership(problem.rules)
    bits = layout.code[layout.class_of]
    for index, link in enumerate(problem.rules.links):
        first, second = met(member, link)
        expected = first & (~second if link.form == "requires" else second)
        assert (((bits >> index) & 1) == expected[numbers]).all()
        held = space.positions_of(np.arange(space.packages))
        assert (active(space, index, held) == (first & second)).all()
    for index, options in enumerate(problem.rules.consent_to):
        untouched = np.asarray(~member[:, list(options)].any(axis=1))
        assert (((bits >> (links + index)) & 1) == untouched[numbers]).all()
    status_quo = problem.rules.status_quo
    assert status_quo is not None
    assert member[space.barred, list(status_quo)].all()


def test_numbers_are_row_major_with_the_first_issue_slowest() -> None:
    """Package 0 takes every first option; the last issue changes fastest."""
    space = make_space(Rules((2, 3, 2)))
    assert space.options_of(np.array([0, 1, 2, 6, 11])).tolist() == [
        [0, 0, 0],
        [0, 0, 1],
        [0, 1, 0],
        [1, 0, 0],
        [1, 2, 1],
    ]


def test_a_space_at_the_limit_is_laid_out_and_one_beyond_it_refused() -> None:
    """2^22 packages are taken; more are refused, and the message says what would be taken."""
    layout = lay_out_space(Rules((4,) * 11))
    assert len(layout.high.number) * len(layout.low.number) == MOST_ENUMERATED
    with pytest.raises(SpaceTooLarge, match=r"8,388,608 packages; at most 4,194,304 can be"):
        lay_out_space(Rules((4,) * 11 + (2,)))
    assert make_space(Rules((4,) * 31)).packages == 2**62
    with pytest.raises(SpaceTooLarge, match=r"32 issues make 1.8e\+19 packages; at most 4.6e\+18"):
        make_space(Rules((4,) * 32))


def test_more_links_than_a_bit_mask_holds_are_refused() -> None:
    """63 links are too many, and the message says so."""
    links = tuple(LinkPlace(f"l{i}", "excludes", (0,), (2,), False, ()) for i in range(63))
    with pytest.raises(UsageError, match=r"63 links and consenters; at most 62 together"):
        make_space(Rules((2, 2), links))
