"""Searches for the first step at which something holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.probing import STEPS
from detente.analysis.searching import COARSE, Search, first_step, near, solved

ways = st.lists(st.booleans(), min_size=STEPS, max_size=STEPS)
Asked = list[tuple[str, int]]


def found(search: Search, way: list[bool]) -> int | None:
    """The answer of one search along a way; step k is ``way[k - 1]``."""

    def ask(asked: Asked) -> list[bool]:
        assert all(1 <= step <= STEPS for _, step in asked)
        return [way[step - 1] for _, step in asked]

    return solved({"x": search}, ask)["x"]


def is_crossing(way: list[bool], step: int) -> bool:
    """Whether a step reaches the goal and the one before does not; no step at all never does."""
    return way[step - 1] and (step == 1 or not way[step - 2])


@given(st.integers(0, STEPS))
def test_along_a_monotone_way_both_searches_find_the_first_step(from_: int) -> None:
    way = [step > from_ for step in range(1, STEPS + 1)]
    expected = from_ + 1 if from_ < STEPS else None
    assert found(first_step(), way) == expected
    for guess in (1, STEPS // 2, STEPS):
        assert found(near(guess), way) == expected


@given(ways)
def test_whatever_the_way_what_is_found_is_a_crossing(way: list[bool]) -> None:
    """And there is none only if no eighth of the way reaches the goal."""
    step = found(first_step(), way)
    eighths = [way[k - 1] for k in range(COARSE, STEPS + 1, COARSE)]
    assert (step is None) == (not any(eighths))
    if step is not None:
        assert is_crossing(way, step)
        assert step <= COARSE * (eighths.index(True) + 1)


@given(ways, st.integers(1, STEPS))
def test_near_a_guess_what_is_found_is_a_crossing(way: list[bool], guess: int) -> None:
    step = found(near(guess), way)
    if step is None:
        assert not way[guess - 1]
        assert not way[STEPS - 1]
    else:
        assert is_crossing(way, step)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, STEPS), max_size=6))
def test_searches_side_by_side_do_not_disturb_each_other(where: dict[str, int]) -> None:
    def ask(asked: Asked) -> list[bool]:
        return [step > where[key] for key, step in asked]

    together = solved({key: first_step() for key in where}, ask)
    assert list(together) == list(where)
    for key, from_ in where.items():
        assert together[key] == (from_ + 1 if from_ < STEPS else None)
