"""What a user sees while something long is under way: on standard error, time left included."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from detente.ensemble.run import Progress as Told
from detente.ensemble.warming import warm_kernels
from detente.errors import Interrupted

SLOW = 1.5  # seconds after which compiling is worth a word


@contextmanager
def ready_and_told() -> Generator[Told, None, None]:
    """Compile or load the kernels, then yield a callback that moves a progress bar."""
    console = Console(stderr=True)
    try:
        _warm(console)
        bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(), console=console, transient=True,
            disable=not console.is_terminal,
        )  # fmt: skip
        with bar:
            task = bar.add_task("Running", total=None)
            yield lambda done, every: bar.update(task, completed=done, total=every)
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was written") from None


def _warm(console: Console) -> None:
    """Compile the kernels, or load them; say so if that takes noticeably long."""
    note = threading.Timer(
        SLOW,
        console.print,
        ["Compiling the kernels: once after each installation, about half a minute …"],
    )
    note.start()
    try:
        warm_kernels()
    finally:
        note.cancel()
