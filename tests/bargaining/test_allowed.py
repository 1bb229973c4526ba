"""How many packages the links allow, at any size."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.bargaining.allowed import allowed_packages
from detente.bargaining.rows import link_masks
from detente.bargaining.space import Rules
from detente.model.structure import LinkPlace
from detente.testing.brute_force import membership, met
from detente.testing.problems import random_problem


@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=5),
    links=st.integers(0, 6),
    with_status_quo=st.booleans(),
)
def test_packages_are_counted_as_by_looking_at_each(
    seed: int, sizes: list[int], links: int, with_status_quo: bool
) -> None:
    """In every draw, by the links in force there; the package that changes nothing left out."""
    problem = random_problem(seed, sizes, links=links, with_status_quo=with_status_quo)
    rules, table = problem.rules, problem.table
    member = membership(rules)
    found = allowed_packages(rules, link_masks(rules, table))
    for draw in range(4):
        fits = np.ones(len(member), dtype=np.bool_)
        if rules.status_quo is not None:
            fits &= ~member[:, list(rules.status_quo)].all(axis=1)
        for index, link in enumerate(rules.links):
            if link.form != "with" and table.holds[draw, index]:
                first, second = met(member, link)
                fits &= ~(first & (~second if link.form == "requires" else second))
        assert found[draw] == fits.sum()


def test_a_chain_of_links_through_thirty_issues_is_counted_by_a_recurrence() -> None:
    """Neighbours may not both take their second option: Fibonacci's numbers."""
    links = tuple(
        LinkPlace(f"l{i}", "excludes", (2 * i + 1,), (2 * i + 3,), False, ()) for i in range(29)
    )
    first, second = 1, 2
    for _ in range(29):
        first, second = second, first + second
    found = allowed_packages(Rules((2,) * 30, links), np.array([2**29 - 1]))
    assert found.tolist() == [second]
