"""What a new process does before it takes chunks."""

from __future__ import annotations

import signal

from detente.ensemble.warming import warm_kernels


def ready() -> None:
    """Leave Ctrl-C to the client, and load the kernels once."""
    leave_interrupts_alone()
    warm_kernels()


def leave_interrupts_alone() -> None:
    """Ctrl-C on a terminal goes to every process; only the client has something to say."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def dask_setup(_: object) -> None:
    """What a worker of a local Dask cluster does first: Dask calls this by its name."""
    leave_interrupts_alone()
