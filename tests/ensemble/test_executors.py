"""Executors of this machine: what they promise, and what happens when a process dies."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from detente.ensemble.executors import RESTARTS, counted, processes, threads
from detente.ensemble.handing_out import as_done
from detente.errors import WorkerLost


def die_once(mark: Path, number: int) -> int:
    """Ends its own process the first time it is asked for 3."""
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def die(_: int) -> int:
    """Ends its own process."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def fail(number: int) -> int:
    """Raises."""
    raise ValueError(number)


def test_a_process_that_dies_is_replaced_and_its_calls_run_again(tmp_path: Path) -> None:
    """Killed once in the middle: every result arrives, once."""
    calls = ((n, partial(die_once, tmp_path / "died", n)) for n in range(12))
    with processes(2) as force:
        found = dict(as_done(force.pool, calls, ahead=4))
        assert (tmp_path / "died").exists()
        assert found == {n: n * n for n in range(12)}


def test_a_call_that_kills_every_process_is_given_up() -> None:
    """With a message, after a few tries, not for ever."""
    with processes(1) as force, pytest.raises(WorkerLost, match=f"ended {RESTARTS + 1} processes"):
        list(as_done(force.pool, [(0, partial(die, 0))]))


def test_an_error_of_a_call_is_the_callers() -> None:
    """It is raised at its result and not tried again."""
    with processes(1) as force, pytest.raises(ValueError, match="5"):
        list(as_done(force.pool, [(0, partial(fail, 5))]))


def test_calls_that_have_not_begun_are_cancelled_on_the_way_out() -> None:
    """Whoever stops taking results does not wait for all of them."""
    ran: list[int] = []

    def slow(number: int) -> int:
        ran.append(number)
        time.sleep(0.05)
        return number

    with threads(1) as force:
        results = as_done(force.pool, ((n, partial(slow, n)) for n in range(50)), ahead=10)
        next(results)
        results.close()
    assert len(ran) <= 4


def test_a_look_is_taken_while_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a run whose workers are all gone can give up."""
    monkeypatch.setattr("detente.ensemble.handing_out.PATIENCE", 0.01)

    def look() -> None:
        raise WorkerLost("nobody is there")

    with threads(1) as force, pytest.raises(WorkerLost, match="nobody"):
        list(as_done(force.pool, [(0, partial(time.sleep, 0.2))], look=look))


@pytest.mark.parametrize(("number", "words"), [(1, "1 process"), (2, "2 processes")])
def test_workers_are_counted_in_words(number: int, words: str) -> None:
    """One is not several."""
    assert counted(number, "process", "processes") == words
