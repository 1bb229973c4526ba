"""From what a user typed after --executor to those who do the work."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType

from detente.addresses import suggestion
from detente.ensemble.executors import Workforce, processes, threads
from detente.errors import NotInstalled, UsageError

THREADS, PROCESSES, DASK = "threads", "processes", "dask"
NAMES = (THREADS, PROCESSES, DASK)
_ADDRESS = re.compile(r"tcp://(\[[0-9a-fA-F:]+\]|[^\s/:]+):\d{1,5}")


def check_executor(where: str) -> None:
    """Whether ``where`` can be an executor at all. Raises UsageError."""
    if where not in NAMES and not _ADDRESS.fullmatch(where):
        allowed = (*NAMES, "tcp://host:port")
        raise UsageError(
            f"--executor {where}: no such executor; {', '.join(allowed)} are allowed; "
            f"{suggestion(where, NAMES)}"
        )


@contextmanager
def working(where: str) -> Generator[Workforce, None, None]:
    """Those who do the work, until the block ends. Raises UsageError and NotInstalled."""
    check_executor(where)
    if where == THREADS:
        hired = threads()
    elif where == PROCESSES:
        hired = processes()
    else:
        cluster = _cluster(where)
        hired = cluster.local_cluster() if where == DASK else cluster.remote_cluster(where)
    with hired as force:
        yield force


def _cluster(where: str) -> ModuleType:
    try:
        from detente.ensemble import cluster  # noqa: PLC0415 -- slow to import, and an extra
    except ImportError as error:
        raise NotInstalled(
            f"--executor {where}: a library that is missing or too old ({error.name}) is needed; "
            f"{THREADS} and {PROCESSES} are allowed without it; it is an extra of its own; "
            "in a clone: .venv/bin/pip install -e '.[cluster]'"
        ) from None
    return cluster
