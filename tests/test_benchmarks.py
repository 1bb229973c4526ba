"""The benchmarks run, at a size that takes no time; what they measure is not asserted."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Script = Callable[[str], Any]
Patch = pytest.MonkeyPatch
FOLDER = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A benchmark script as a module, by name; those it imports are found beside it."""
    monkeypatch.syspath_prepend(str(FOLDER))

    def load(name: str) -> Any:
        return importlib.import_module(name)

    return load


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """The scripts are no package: what was imported here is taken away again."""
    yield
    for path in FOLDER.glob("*.py"):
        sys.modules.pop(path.stem, None)


def test_the_two_solvers_agree_and_give_a_row(script: Script, monkeypatch: Patch) -> None:
    """The benchmark itself compares the packages both choose."""
    kernels = script("kernels")
    monkeypatch.setattr(kernels, "SIZES", ((3, 4, 2, 0.0, 100),))
    assert kernels.kernel_lines()[-1].startswith("| 4^3 | 4 | 2 |")


def test_the_paths_are_walked(script: Script, monkeypatch: Patch) -> None:
    """One line on the run-up."""
    kernels = script("kernels")
    monkeypatch.setattr(kernels, "PATHS", 200)
    assert "200 of 60 steps with 3 kinds" in kernels.runup_lines()[0]


def test_every_kind_of_search_gives_a_row(script: Script, monkeypatch: Patch) -> None:
    """A few draws of each, all resolved."""
    search = script("search")
    monkeypatch.setattr(search, "DRAWS", 4)
    monkeypatch.setattr(script("measuring"), "RUNS", 1)
    lines = search.search_lines()
    assert len([line for line in lines if line.startswith("| 4^20 | 2 |")]) == 6
    assert all(line.endswith(" | 0 |") for line in lines[5:])


def test_frontiers_give_rows_without_a_rival(script: Script, monkeypatch: Patch) -> None:
    """Where NegMAS cannot be had, the reason is said and the rest is measured."""
    frontiers = script("frontiers")

    def none(_: object) -> tuple[None, str]:
        return None, "no index"

    monkeypatch.setattr(frontiers, "rival", none)
    monkeypatch.setattr(frontiers, "SPACES", FOLDER / "absent.json")
    monkeypatch.setattr(frontiers, "OURS", 1)
    lines = frontiers.rival_lines()
    assert lines[0].startswith("Frontier and Nash point of random spaces of that shape")
    assert lines[1] == "NegMAS is not beside it: no index."
    assert [line.split(" | ")[0] for line in lines[-3:]] == ["| 4^6", "| 4^8", "| 4^10"]
    assert all(line.endswith(" | - | - |") for line in lines[-3:])
    size = script("problems").Size(4)
    monkeypatch.setattr(frontiers, "SIZES", (size,))
    assert frontiers.frontier_lines()[-1].startswith("| 4^4 | 2 | 0 | 0.1 |")


def test_an_answer_that_differs_is_no_comparison(script: Script) -> None:
    """Speed counts only where the answers are the same."""
    frontiers = script("frontiers")
    _, cases = frontiers.spaces()
    ours = frontiers.solved(cases["6"])
    theirs = {"frontier": ours.frontier.tolist(), "nash": ours.nash.tolist()}
    frontiers.check_same(ours, theirs)
    with pytest.raises(AssertionError, match="sizes"):
        frontiers.check_same(ours, theirs | {"frontier": theirs["frontier"][1:]})
    with pytest.raises(AssertionError, match="Nash points differ"):
        frontiers.check_same(ours, theirs | {"nash": [0.0, 0.0, 0.0]})


def test_a_rival_that_cannot_be_had_is_said(
    script: Script, monkeypatch: Patch, tmp_path: Path
) -> None:
    """No index, no network: a reason, and no traceback."""
    frontiers = script("frontiers")

    def fail(*_: object) -> str:
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(frontiers, "RIVALS", tmp_path)
    monkeypatch.setattr(frontiers, "_call", fail)
    assert frontiers.rival([]) == (
        None, "negmas==0.16.0 could not be installed or run (CalledProcessError)"
    )  # fmt: skip


def test_growth_is_a_slope(script: Script, monkeypatch: Patch) -> None:
    """The square of a size has slope 2."""
    growth = script("growth")
    assert growth.slope((1, 2, 4), (3.0, 12.0, 48.0)) == pytest.approx(2.0)
    monkeypatch.setattr(growth, "DRAWS", 2)
    small = {name: ((2, 3), cost) for name, (_, cost) in growth.GROWTH.items()}
    monkeypatch.setattr(growth, "GROWTH", small)
    assert len(growth.growth_lines()) == 5 + len(small)


def test_the_results_are_written(script: Script, monkeypatch: Patch, tmp_path: Path) -> None:
    """Machine, versions, a section each."""
    run = script("run")
    monkeypatch.setattr(run, "RESULTS", tmp_path / "results.md")
    monkeypatch.setattr(run, "PARTS", {"One": lambda: ["a line"]})
    run.main()
    told = (tmp_path / "results.md").read_text(encoding="utf-8").splitlines()
    assert "numba" in told[2]
    assert told[3:] == ["", "## One", "", "a line"]


def test_starting_gives_a_row_a_command(script: Script, monkeypatch: Patch) -> None:
    """Least, median and most seconds of each; one run makes all three the same."""
    startup = script("startup")
    monkeypatch.setattr(startup, "COMMANDS", ((("--version",), 0.5),))
    rows = startup.startup_lines(runs=1)[-3:]
    assert [row.split(" | ")[0] for row in rows] == [
        "| Python itself", "| `import detente`", "| `detente --version`",
    ]  # fmt: skip
    for row in rows:
        least, middle, most = row.split(" | ")[1:4]
        assert 0.0 <= float(least) == float(middle) == float(most)


def test_a_command_that_fails_is_no_measurement(script: Script) -> None:
    """A benchmark of an error message would look very good."""
    startup = script("startup")
    with pytest.raises(subprocess.CalledProcessError):
        startup.once(["-c", "raise SystemExit(2)"])
