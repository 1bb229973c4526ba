"""How mistakes are said."""

from __future__ import annotations

import pytest

from detente.errors import (
    DetenteError,
    NotInstalled,
    Place,
    Problem,
    SituationError,
    SpaceTooLarge,
    UsageError,
)


def test_a_problem_reads_place_address_found_allowed_remedy() -> None:
    """The one form of every message; without an address it is left out."""
    place = Place("s.yaml", 3, 7)
    problem = Problem(place, "power.a", "found 2", "at most 1", "lower it")
    assert str(problem) == "s.yaml:3:7: power.a: found 2; at most 1; lower it"
    assert str(Problem(place, "", "x", "y", "z")) == "s.yaml:3:7: x; y; z"


def test_problems_come_once_each_in_file_order() -> None:
    """Lines sort as numbers, repeats fall away, the text has one line a problem."""
    problems = [Problem(Place("f", line), "a", "b", "c", "d") for line in (10, 9, 10)]
    error = SituationError(problems)
    assert [problem.place.line for problem in error.problems] == [9, 10]
    assert str(error).splitlines() == ["f:9:1: a: b; c; d", "f:10:1: a: b; c; d"]


@pytest.mark.parametrize("kind", [SituationError, UsageError, SpaceTooLarge, NotInstalled])
def test_every_error_for_users_has_one_base(kind: type[Exception]) -> None:
    """One except clause catches all that is shown without a traceback."""
    assert issubclass(kind, DetenteError)
