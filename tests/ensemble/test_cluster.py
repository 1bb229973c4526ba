"""A real cluster: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from detente.ensemble import cluster as module
from detente.ensemble.checkpoint import Parts, begin, identity
from detente.ensemble.chunk import Outcomes
from detente.ensemble.cluster import local_cluster, remote_cluster
from detente.ensemble.run import run
from detente.ensemble.streaming import Task, stream
from detente.errors import UsageError, WorkerLost

Same = Callable[[Sequence[Outcomes], Sequence[Outcomes]], None]
Read = Callable[[Parts], list[Outcomes]]
DASK = (sys.executable, "-m", "dask")
LOOPBACK = ("--host", "127.0.0.1")
PATIENCE = 60.0


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler is, its process, and those of the two workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Generator[Cluster, None, None]:
    """A scheduler on a free port and two workers of one thread; all are ended afterwards."""
    file = tmp_path / "scheduler.json"
    scheduler = _quiet(
        [*DASK, "scheduler", *LOOPBACK, "--port", "0", "--no-dashboard"], ["--scheduler-file", file]
    )
    workers: list[subprocess.Popen[bytes]] = []
    try:
        address = _address(file)
        worker = [*DASK, "worker", address, *LOOPBACK, "--nthreads", "1"]
        workers += [_quiet(worker, ["--no-nanny", "--no-dashboard"]) for _ in range(2)]
        with module.distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
        yield Cluster(address, scheduler, workers)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def _quiet(command: list[str], options: list[str | Path]) -> subprocess.Popen[bytes]:
    words = [*command, *map(str, options)]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _address(file: Path) -> str:
    """What the scheduler writes once it listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if file.exists() and (text := file.read_text(encoding="utf-8")):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def test_a_run_outlives_a_worker(
    task: Task, at_once: list[Outcomes], same: Same, from_parts: Read, tmp_path: Path,
    cluster: Cluster,
) -> None:  # fmt: skip
    """One of two workers is killed in the middle: the table is that of threads, bit for bit."""
    folder = tmp_path / "parts"
    named = identity(task.structure, task.scenarios, task.plan)
    parts = begin(folder, named, task.plan, len(task.scenarios), 5)
    killed_at: list[int] = []

    def kill_one(done: int, every: int) -> None:
        if not killed_at and done >= every // 4:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)
            cluster.workers[0].wait()
            killed_at.append(done)

    with remote_cluster(cluster.address) as force:
        assert force.workers == 2
        stream(task, parts, force, kill_one)
        again = run(task.structure, task.scenarios, task.plan, executor=force.pool, chunk=90)
    assert 0 < killed_at[0] < task.rows
    assert cluster.workers[0].returncode == -signal.SIGKILL
    assert cluster.workers[1].poll() is None
    same(from_parts(parts), at_once)
    same(again, at_once)


def test_who_would_give_other_numbers_is_refused(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker with another version, or with none; and the one that is left is named."""
    monkeypatch.setattr(module, "__version__", "0.0.1")
    with pytest.raises(UsageError, match=r"has Detente .*; 0\.0\.1 is allowed; install it"):
        remote_cluster(cluster.address).__enter__()
    monkeypatch.setattr(module, "ASKED", "no_such_package:__version__")
    with pytest.raises(UsageError, match="has no Detente"):
        remote_cluster(cluster.address).__enter__()


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to start."""
    monkeypatch.setattr(module, "CONNECT", 0.3)
    with pytest.raises(UsageError, match=r"no scheduler answers there .*dask scheduler"):
        remote_cluster("tcp://127.0.0.1:9").__enter__()


@pytest.mark.parametrize("who", ["workers", "scheduler"])
def test_a_cluster_that_is_gone_is_given_up(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, task: Task, tmp_path: Path, who: str
) -> None:
    """Both workers or the scheduler are killed: the run ends with a message, its parts kept."""
    monkeypatch.setattr(module, "NOBODY", 0.5)
    monkeypatch.setattr("detente.ensemble.handing_out.PATIENCE", 0.2)
    named = identity(task.structure, task.scenarios, task.plan)
    parts = begin(tmp_path / "parts", named, task.plan, len(task.scenarios), 5)

    def kill_them(done: int, _: int) -> None:
        if done > 100:
            for process in [cluster.scheduler] if who == "scheduler" else cluster.workers:
                process.kill()

    with remote_cluster(cluster.address) as force:
        with pytest.raises(WorkerLost, match=r"no worker|several workers|scheduler .*went away"):
            stream(task, parts, force, kill_them)
        assert 0 < len(parts.done()) < len(parts.starts)


def test_a_local_cluster_gives_the_same_table(
    task: Task, at_once: list[Outcomes], same: Same
) -> None:
    """Started and ended by the run itself."""
    with local_cluster(2) as force:
        assert force.words == "2 workers of a local Dask cluster"
        same(run(task.structure, task.scenarios, task.plan, executor=force.pool), at_once)
