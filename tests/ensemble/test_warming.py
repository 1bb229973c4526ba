"""Warming: afterwards no kernel is left to compile, whether or not there is a deal."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from detente.bargaining import blocking, nash
from detente.ensemble.warming import warm_kernels
from detente.model import table
from detente.sampling import streams
warm_kernels()
for kernel in (nash.solve_draws, blocking.block_draws, table.closing_chance, streams._uniforms):
    print(len(kernel.signatures))
"""


def test_warming_compiles_what_a_run_needs() -> None:
    """In a fresh process every top kernel is ready, the search for blocking sets among them."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["1", "1", "1", "1"]
