"""The benchmarks run, at a size that takes no time; what they measure is not asserted."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A benchmark script as a module."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def kernels(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The kernels' script, made small."""
    module = script("kernels", monkeypatch)
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


def test_starting_gives_a_row_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Least, median and most seconds of each; one run makes all three the same."""
    startup = script("startup", monkeypatch)
    monkeypatch.setattr(startup, "COMMANDS", ((("--version",), 0.5),))
    rows = startup.startup_lines(runs=1)[-3:]
    assert [row.split(" | ")[0] for row in rows] == [
        "| Python itself", "| `import detente`", "| `detente --version`",
    ]  # fmt: skip
    for row in rows:
        least, middle, most = row.split(" | ")[1:4]
        assert 0.0 <= float(least) == float(middle) == float(most)


def test_a_command_that_fails_is_no_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    """A benchmark of an error message would look very good."""
    startup = script("startup", monkeypatch)
    with pytest.raises(subprocess.CalledProcessError):
        startup.once(["-c", "raise SystemExit(2)"])
