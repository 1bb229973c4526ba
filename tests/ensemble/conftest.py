"""A run in parts, and what it should equal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields

import pytest

from detente.ensemble.checkpoint import Parts
from detente.ensemble.chunk import Outcomes, joined
from detente.ensemble.run import run
from detente.ensemble.scouting import scout
from detente.ensemble.streaming import Task
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

Same = Callable[[Sequence[Outcomes], Sequence[Outcomes]], None]


@pytest.fixture(scope="session")
def task(three_acts: Situation) -> Task:
    """300 draws of four scenarios, some with dates and some without."""
    structure, found, plan = structure_of(three_acts), scenarios(three_acts, None), Plan(300, 7)
    scouts = tuple(scout(structure, one, seed=plan.seed) for one in found)
    return Task(structure, tuple(found), plan, scouts)


@pytest.fixture(scope="session")
def at_once(task: Task) -> list[Outcomes]:
    """The same in memory, on threads."""
    return run(task.structure, task.scenarios, task.plan)


@pytest.fixture(scope="session")
def same() -> Same:
    """Asserts that tables are the same to the last bit, NaN included."""

    def assert_same(first: Sequence[Outcomes], second: Sequence[Outcomes]) -> None:
        for one, other in zip(first, second, strict=True):
            for field in fields(Outcomes):
                a, b = getattr(one, field.name), getattr(other, field.name)
                assert (a is None) == (b is None), field.name
                if a is not None:
                    assert (a.dtype, a.shape) == (b.dtype, b.shape), field.name
                    assert a.tobytes() == b.tobytes(), field.name

    return assert_same


@pytest.fixture(scope="session")
def from_parts() -> Callable[[Parts], list[Outcomes]]:
    """Reads every scenario's table back from its parts."""

    def read(parts: Parts) -> list[Outcomes]:
        return [joined(list(parts.read(index))) for index in range(parts.scenarios)]

    return read
