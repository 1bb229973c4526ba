"""A user is told what a run takes before it starts, and what does not fit is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from detente.cli import foretelling, running
from detente.cli.foretelling import Foretold, announcement, foretell, must_fit, size
from detente.ensemble.estimate import DrawCost, Measured
from detente.ensemble.executors import Workforce
from detente.ensemble.scouting import NOBODY
from detente.ensemble.streaming import Task
from detente.errors import UsageError
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

Typed = Callable[..., Any]
COST = Measured(seconds=1e-3, seconds_alone=2e-3, memory=400.0, disk=150.0)
TABLE = DrawCost(seconds=1e-5, disk=3000.0)


class Usage(NamedTuple):
    """What ``shutil.disk_usage`` says."""

    total: int
    used: int
    free: int


@pytest.fixture
def task(three_acts: Situation) -> Task:
    """A million draws of all scenarios."""
    found = tuple(scenarios(three_acts, None))
    return Task(structure_of(three_acts), found, Plan(1_000_000, 1), (NOBODY,) * len(found))


@pytest.fixture
def force() -> Workforce:
    """Two threads that are never started."""
    return Workforce(ThreadPoolExecutor(2), 2, "2 threads")


def test_time_and_disk_are_rows_times_what_a_row_takes(task: Task, force: Workforce) -> None:
    """Time of all rows, then of the tables; parts and tables on disk side by side."""
    told = foretell(task, force, COST, TABLE, writes=True)
    assert task.rows == 4_000_000
    assert told.seconds == pytest.approx(4000 + 4_000_000 * 40e-6 + 10, rel=0.01)
    assert told.disk == 2 * 4_000_000 * 150 + 1_000_000 * 3000
    assert told.streams
    without = foretell(task, force, COST, None, writes=True)
    assert without.disk == 2 * 4_000_000 * 150


def test_memory_does_not_grow_with_the_draws_of_a_streamed_run(
    task: Task, force: Workforce
) -> None:
    """Ten times the draws: some bytes a draw more, not the hundreds a row has."""
    small = foretell(task, force, COST, None, writes=True)
    large = foretell(replace(task, plan=Plan(10_000_000, 1)), force, COST, None, writes=True)
    assert 0 < large.memory - small.memory < 9_000_000 * 50
    apart = foretell(task, replace(force, apart=True), COST, None, writes=True)
    assert apart.memory > small.memory


def test_what_streams_is_what_is_long_or_large(task: Task, force: Workforce) -> None:
    """A slow run streams only where it has a folder; a fast one of few rows never."""
    few = replace(task, plan=Plan(1000, 1))
    slow = replace(COST, seconds=0.1, seconds_alone=0.2)
    assert foretell(few, force, slow, None, writes=True).streams
    assert not foretell(few, force, slow, None, writes=False).streams
    assert not foretell(few, force, COST, None, writes=True).streams
    assert foretell(task, force, COST, None, writes=False).streams


def test_the_announcement_says_all_there_is_to_know(task: Task, force: Workforce) -> None:
    """Draws, scenarios, time, who, memory, disk, folder, and how to stop it."""
    told = Foretold(11_400.0, 1.2e9, 31e9, streams=True, block=1000)
    said = announcement(task, force, told, Path("out"))
    assert said == (
        "1,000,000 draws of 4 scenarios: about 3 h 10 min on 2 threads, 1.2 GB of memory, "
        "31 GB on disk in out. Ctrl-C stops it, --resume goes on."
    )
    half = announcement(task, force, told, Path("out"), done=0.5)
    assert "50% of them there already: about 1 h 35 min" in half
    alone = announcement(task, force, replace(told, disk=0.0), None)
    assert "disk" not in alone
    assert alone.endswith("Ctrl-C stops it; nothing is kept.")


def test_what_does_not_fit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disk and memory, with what is there, and what to do."""

    def disk(_: Path) -> Usage:
        return Usage(10**12, 0, 10**9)

    monkeypatch.setattr(shutil, "disk_usage", disk)
    told = Foretold(100.0, 1e9, 3e9, streams=True, block=1000)
    with pytest.raises(
        UsageError, match=r"3\.0 GB would be .* where 1\.0 GB are free.*--without-draws"
    ):
        must_fit(told, tmp_path)
    must_fit(told, tmp_path, already=2.5e9)
    must_fit(replace(told, disk=0.9e9), tmp_path)
    monkeypatch.setattr(foretelling, "physical_memory", lambda: 8 * 10**9)
    with pytest.raises(UsageError, match=r"about 20 GB of memory .* has 8\.0 GB"):
        must_fit(replace(told, memory=20e9, disk=0.0), tmp_path)


def test_a_long_run_is_told_before_it_starts(
    detente: Typed, three_acts_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error; an ordinary run says nothing."""
    words = ("run", three_acts_file, "--draws", "100", "--json")
    assert detente(*words).err == ""
    costs = [replace(COST, seconds=2.0), replace(COST, disk=1e15)]

    def costs_next(_: Task, __: Workforce) -> Measured:
        return costs.pop(0)

    monkeypatch.setattr(running, "measured", costs_next)
    said = detente(*words, "--out", tmp_path / "out")
    assert said.code == 0
    assert said.err.startswith("100 draws of 4 scenarios: about 6 h 53 min on ")
    said = detente(*words, "--out", tmp_path / "other", "--draws", "200000")
    assert said.code == 2
    assert "are free" in said.err
    assert not list((tmp_path / "other").iterdir())


@pytest.mark.parametrize(
    ("bytes_", "words"),
    [(3, "less than 1 MB"), (8.5e8, "850 MB"), (1.23e9, "1.2 GB"), (3.1e10, "31 GB"), (2e12, "2.0 TB")],
)  # fmt: skip
def test_sizes_have_two_figures(bytes_: float, words: str) -> None:
    """And the unit that suits them."""
    assert size(bytes_) == words


def test_a_question_that_takes_long_is_foretold(
    monkeypatch: pytest.MonkeyPatch, river: Path, detente: Typed
) -> None:
    """One line before it starts, with all the runs it takes; nothing for a short one."""
    monkeypatch.setattr(foretelling, "LONG", 0.0)
    assert "Ctrl-C stops it" not in detente("robustness", river, "--draws", 100).err
    monkeypatch.setattr(foretelling, "QUICK", 0)
    said = detente("robustness", river, "--draws", 200, "--protocol", "nash,utilitarian").err
    assert said.startswith("200 draws of 2 scenarios: about ")
    assert "of memory. Ctrl-C stops it; nothing is kept." in said


def test_a_question_too_large_for_memory_is_refused(
    monkeypatch: pytest.MonkeyPatch, river: Path, detente: Typed
) -> None:
    """Before it starts, with exit code 2."""
    monkeypatch.setattr(foretelling, "physical_memory", lambda: 1e9)
    said = detente("robustness", river, "--draws", 10_000_000)
    assert said.code == 2
    assert "of memory would be needed, and this machine has 1.0 GB" in said.err
