"""What a new process does before it takes chunks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait

from detente.ensemble.warming import warm_kernels


def ready() -> None:
    """Leave Ctrl-C to the client, end when it ends, and load the kernels once."""
    leave_interrupts_alone()
    threading.Thread(target=_end_with_the_client, daemon=True).start()
    warm_kernels()


def leave_interrupts_alone() -> None:
    """Ctrl-C on a terminal goes to every process; only the client has something to say."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def dask_setup(_: object) -> None:
    """What a worker of a local Dask cluster does first: Dask calls this by its name."""
    leave_interrupts_alone()


def _end_with_the_client() -> None:
    """A client that is killed cannot tell its processes to stop; they would wait for ever."""
    client = multiprocessing.parent_process()
    if client is not None:
        wait([client.sentinel])
        os._exit(1)
