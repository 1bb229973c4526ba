"""Kernels made ready, then progress told: for every command that runs the model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial

from rich.console import Console

from detente.cli.telling import Teller, Told, telling
from detente.ensemble.warming import warm_kernels
from detente.errors import Interrupted

SLOW = 1.5  # seconds after which compiling is worth a word


@contextmanager
def ready_and_told() -> Generator[Told, None, None]:
    """Compile or load the kernels, then yield a callback that moves a progress bar."""
    with ready() as teller:
        yield teller.step("Running")


@contextmanager
def ready(
    *, searching: bool = False, warm: Callable[[], None] | None = None
) -> Generator[Teller, None, None]:
    """Compile or load the kernels, then yield what tells of the steps of something long.

    ``warm`` does that for a command that has kernels of its own.
    """
    console = Console(stderr=True)
    try:
        _warm(console, warm or partial(warm_kernels, searching=searching))
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was written") from None
    with telling(console) as teller:
        yield teller


def _warm(console: Console, warm: Callable[[], None]) -> None:
    """Compile the kernels, or load them; say so if that takes noticeably long."""
    note = threading.Timer(
        SLOW,
        console.print,
        [
            "Compiling the kernels: once after each installation, about half a minute, two for large spaces …"
        ],
    )
    note.start()
    try:
        warm()
    finally:
        note.cancel()
