"""Hand calls to an executor, a bounded number at a time, and take results as they come."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import TypeVar

AHEAD = 64  # calls in flight where nothing is known of the executor
PATIENCE = 5.0  # seconds between two looks at whether anybody is still working

Key = TypeVar("Key")
Result = TypeVar("Result")


def as_done(
    pool: Executor,
    calls: Iterable[tuple[Key, Callable[[], Result]]],
    *,
    ahead: int = AHEAD,
    look: Callable[[], None] | None = None,
) -> Generator[tuple[Key, Result], None, None]:
    """Results with their keys, in the order in which they are done.

    No more than ``ahead`` calls are in flight: whoever is slow to take results slows the
    handing out, and memory stays bounded. Calls not yet begun are cancelled on the way out.

    Args:
        pool: any ``concurrent.futures`` executor.
        calls: keys and calls without arguments, taken from as there is room.
        ahead: at least 1.
        look: called whenever nothing was done for a while; may raise to give up.

    Raises:
        Exception: whatever a call raised, at its result.
    """
    waiting: dict[Future[Result], Key] = {}
    left = iter(calls)
    try:
        while True:
            for key, call in islice(left, ahead - len(waiting)):
                waiting[pool.submit(call)] = key
            if not waiting:
                return
            done, _ = wait(waiting, timeout=PATIENCE, return_when=FIRST_COMPLETED)
            if not done and look is not None:
                look()
            for future in done:
                yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()
