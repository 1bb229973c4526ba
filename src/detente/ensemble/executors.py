"""Where chunks go on this machine: threads, or processes that are started anew if they die."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from detente.ensemble.hired import ready
from detente.errors import WorkerLost

RESTARTS = 3  # how often a chunk is tried again after a process died
AHEAD = 4  # chunks in flight a worker, so that none waits for the client

T = TypeVar("T")


def nobody_looks() -> None:
    """Workers of this machine are watched by their executor."""


@dataclass(frozen=True, slots=True)
class Workforce:
    """An executor and what is known of it.

    Attributes:
        pool: a ``concurrent.futures`` executor.
        workers: how many chunks it runs at once.
        words: what to call them, such as ``2 threads``.
        look: raises WorkerLost if nobody is left to work.
        apart: whether they work in other processes of this machine, with memory of their own.
        plainly: a context that turns what the executor says of lost workers into WorkerLost.
    """

    pool: Executor
    workers: int
    words: str
    look: Callable[[], None] = nobody_looks
    apart: bool = False
    plainly: Callable[[], AbstractContextManager[None]] = nullcontext

    @property
    def ahead(self) -> int:
        """How many chunks to hand out ahead of results."""
        return max(AHEAD * self.workers, 2 * AHEAD)


def counted(number: int, one: str, several: str = "") -> str:
    """``1 thread``, ``2 threads``, ``2 processes``."""
    return f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"


@contextmanager
def threads(workers: int | None = None) -> Generator[Workforce, None, None]:
    """Threads of this process, one a processor: the kernels run outside the interpreter lock."""
    number = workers or os.cpu_count() or 1
    pool = ThreadPoolExecutor(number)
    try:
        yield Workforce(pool, number, counted(number, "thread"))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def processes(workers: int | None = None) -> Generator[Workforce, None, None]:
    """Processes of this machine, one a processor; one that dies is replaced."""
    number = workers or os.cpu_count() or 1
    pool = Restarting(number)
    try:
        yield Workforce(pool, number, counted(number, "process", "processes"), apart=True)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class Restarting(Executor):
    """Processes that are started anew when one of them dies, and their calls run again.

    A process pool of the standard library gives up for good when one of its processes is
    killed. Chunks are pure, so they may simply be run again: each up to RESTARTS times.
    """

    def __init__(self, workers: int) -> None:
        """Start no process yet: the first call does."""
        self._workers = workers
        self._lock = threading.Lock()
        self._closed = False
        self._pool = self._new()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run ``fn`` in a process. Its future raises WorkerLost if they keep dying."""
        promised: Future[T] = Future()
        self._start(promised, partial(fn, *args, **kwargs), RESTARTS)
        return promised

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the processes."""
        self._closed = True
        with self._lock:
            pool = self._pool
        pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _new(self) -> ProcessPoolExecutor:
        # spawned, not forked: the kernels' threads do not survive a fork
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=ready)

    def _start(self, promised: Future[T], call: Callable[[], T], left: int) -> None:
        with self._lock:
            try:
                pool, future = self._pool, self._pool.submit(call)
            except BrokenProcessPool:  # between its death and our hearing of it
                self._pool = self._new()
                pool, future = self._pool, self._pool.submit(call)
        future.add_done_callback(partial(self._deliver, promised, call, left, pool))

    def _deliver(
        self, promised: Future[T], call: Callable[[], T], left: int, pool: Executor,
        future: Future[T],
    ) -> None:  # fmt: skip
        """Pass a result on, or try again where the process died."""
        if future.cancelled():
            promised.cancel()
            return
        error = future.exception()
        died = isinstance(error, BrokenProcessPool)
        if died and left and not self._closed and not promised.cancelled():
            self._replace(pool)
            self._start(promised, call, left - 1)
        elif not promised.set_running_or_notify_cancel():
            return
        elif died:
            promised.set_exception(WorkerLost(
                f"the same chunk ended {RESTARTS + 1 - left} processes; perhaps the memory does "
                "not suffice; fewer workers or a smaller situation are allowed"
            ))  # fmt: skip
        elif error is not None:
            promised.set_exception(error)
        else:
            promised.set_result(future.result())

    def _replace(self, broken: Executor) -> None:
        with self._lock:
            if self._pool is broken:  # the first of several that heard of it
                self._pool = self._new()
