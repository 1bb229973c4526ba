"""The benchmarks run, at a size that takes no time; what they measure is not asserted."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "kernels.py"


@pytest.fixture
def kernels(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark script, made small."""
    spec = importlib.util.spec_from_file_location("kernels", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PATHS", 200)
    monkeypatch.setattr(module, "RUNS", 1)
    return module


def test_the_two_solvers_agree_and_give_a_row(kernels: Any) -> None:
    """The benchmark itself compares the packages both choose."""
    row = kernels.compare(3, 4, 2, 0.0, 100)
    assert row.startswith("| 4^3 | 4 | 2 |")


def test_the_paths_are_walked(kernels: Any) -> None:
    """One line on the run-up."""
    assert "200 of 60 steps with 3 kinds" in kernels.runup_lines()[0]
