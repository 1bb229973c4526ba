"""Where chunks go beyond one machine: workers of a Dask cluster.

It needs the extra ``detente[cluster]``. A chunk whose worker dies is run again by another.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pkgutil import resolve_name
from typing import Any

from detente import __version__
from detente.ensemble import hired
from detente.ensemble.executors import Workforce, counted
from detente.ensemble.warming import warm_kernels
from detente.errors import UsageError, WorkerLost

# distributed carries no complete types, so it is brought in as Any
distributed: Any = import_module("distributed")

CONNECT = 10.0  # seconds to find a scheduler, and then its first worker
NOBODY = 120.0  # seconds without any worker after which a run gives up
ASKED = "detente:__version__"  # of every worker
RETRIES = 3  # how often a chunk is tried again after an error of transport


@contextmanager
def local_cluster(workers: int | None = None) -> Generator[Workforce, None, None]:
    """A cluster on this machine: as many workers of one thread as processors."""
    number = workers or os.cpu_count() or 1
    _hush()
    with _deaf_to_interrupts():  # half a cluster does not stop without a noise
        cluster = _started(number)
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        yield from _working(client, "of a local Dask cluster", apart=True)


def _started(workers: int) -> Any:
    try:
        return distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
            silence_logs=logging.CRITICAL, preload=[hired.__name__],
        )  # fmt: skip
    except RuntimeError as error:
        raise WorkerLost(f"a local Dask cluster did not start: {_first_line(error)}") from None


@contextmanager
def remote_cluster(address: str) -> Generator[Workforce, None, None]:
    """The workers of a scheduler that runs already, at ``tcp://host:port``.

    Raises UsageError where there is none, where it has no worker, or where a worker has
    another version of Detente or none.
    """
    _hush()
    try:
        client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--executor {address}: no scheduler answers there ({_first_line(error)}); "
            "tcp://host:port of a Dask scheduler is allowed; start one with: dask scheduler"
        ) from None
    with client:
        _check_workers(client, address)
        yield from _working(client, f"of the cluster at {address}", apart=False)


def _working(client: Any, where: str, *, apart: bool) -> Generator[Workforce, None, None]:
    """Yield the workforce, its kernels loaded."""
    client.run(warm_kernels)
    number = sum(client.nthreads().values())
    pool = client.get_executor(pure=False, retries=RETRIES)
    plainly = partial(_plainly, where)
    words = f"{counted(number, 'worker')} {where}"
    try:
        with plainly():
            yield Workforce(pool, number, words, _looking(client), apart, plainly)
    finally:
        pool.shutdown(wait=False)


@contextmanager
def _plainly(where: str) -> Generator[None, None, None]:
    """Turn what Dask says of lost workers into WorkerLost."""
    try:
        yield
    except distributed.KilledWorker:
        raise WorkerLost(
            f"the same chunk ended several workers {where}; perhaps their memory does not suffice"
        ) from None
    except CancelledError:
        raise WorkerLost(f"the scheduler {where} went away") from None


def _check_workers(client: Any, address: str) -> None:
    """Refuse workers that are not there, or that would not give the same numbers."""
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except distributed.TimeoutError:
        raise UsageError(
            f"--executor {address}: the scheduler has no workers; at least one is allowed; "
            f"start some with: dask worker {address} --nthreads 1"
        ) from None
    # a function of the standard library: it can be called where Detente is not installed
    found = client.run(resolve_name, ASKED, on_error="return")
    wrong = {name: said for name, said in found.items() if said != __version__}
    if wrong:
        name, said = min(wrong.items())
        has = f"Detente {said}" if isinstance(said, str) else f"no Detente ({_first_line(said)})"
        raise UsageError(
            f"--executor {address}: {len(wrong)} of {len(found)} workers would not give the same "
            f"numbers: {name} has {has}; {__version__} is allowed; install it there"
        )


def _looking(client: Any) -> Callable[[], None]:
    """A look at the cluster that gives up once nobody has worked for long."""
    seen = time.monotonic()

    def look() -> None:
        nonlocal seen
        if client.status != "running":
            raise WorkerLost("the scheduler went away")
        if client.nthreads():
            seen = time.monotonic()
        elif time.monotonic() - seen > NOBODY:
            raise WorkerLost(f"the cluster has had no worker for {NOBODY:.0f} seconds")

    return look


@contextmanager
def _deaf_to_interrupts() -> Generator[None, None, None]:
    """Ignore Ctrl-C for the moment; processes that are started in it do so for good.

    Signals reach the main thread alone, so in another there is nothing to do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _first_line(error: object) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _hush() -> None:
    """What matters of the cluster's log is said by Detente, once."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
