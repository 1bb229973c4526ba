"""Times, and the machine they were taken on."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from detente import __version__

RUNS = 5
WORKERS = 2
T = TypeVar("T")


def seconds(work: Callable[[], T], runs: int | None = None) -> tuple[float, T]:
    """Median time of ``work`` over ``runs``, RUNS unless given, after one not counted; its result."""
    times: list[float] = []
    result = work()
    for _ in range(RUNS if runs is None else runs):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def in_threads(work: Callable[[int, int], T], count: int) -> list[T]:
    """``work(start, stop)`` on each of WORKERS threads, which share ``count`` evenly."""
    edges = [count * index // WORKERS for index in range(WORKERS + 1)]
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, edges[:-1], edges[1:]))


def machine_line() -> str:
    """Processor, load and versions."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy"))
    return (
        f"{_processor()}, {os.cpu_count()} processors{load}; Detente {__version__}, "
        f"Python {platform.python_version()}, {libraries}."
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{platform.machine()} ({models[0]})" if models else platform.machine()
