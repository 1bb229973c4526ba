"""detente export, as a user types it: tables from results, problems from situations."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from detente.interchange import xarray_dataset

Typed = Callable[..., Any]


@pytest.fixture
def results(river: Path, tmp_path: Path, detente: Typed) -> Path:
    """A folder of results."""
    folder = tmp_path / "results"
    assert detente("run", river, "--draws", 100, "--out", folder).code == 0
    return folder


def test_results_become_tables(results: Path, tmp_path: Path, detente: Typed) -> None:
    """From the folder or the file in it; the ending says which kind."""
    for source in (results, results / "outcomes.parquet"):
        said = detente("export", source, "-o", tmp_path / "o.csv", "--force")
        assert (said.code, said.out) == (0, "")
        assert "100 rows" in said.err
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 100
    assert detente("export", results, "-o", tmp_path / "o.nc").code == 0
    with xr.open_dataset(tmp_path / "o.nc", engine="scipy") as found:
        assert found.sizes["draw"] == 100
    for words, told in (
        ((results, "-o", tmp_path / "o.xlsx"), "no such kind of table"),
        ((results, "-o", tmp_path / "o.csv"), "give --force"),
        ((tmp_path, "-o", tmp_path / "p.csv"), "run it with --out first"),
    ):
        said = detente("export", *words)
        assert said.code == 2
        assert told in said.err


def test_a_missing_library_ends_in_a_message(
    results: Path, tmp_path: Path, detente: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NetCDF needs xarray; without it nothing is written."""
    monkeypatch.setattr(xarray_dataset, "xr", None)
    said = detente("export", results, "-o", tmp_path / "o.nc")
    assert said.code == 2
    assert "pip install -e '.[xarray]'" in said.err
    assert not (tmp_path / "o.nc").exists()


@pytest.mark.parametrize("form", ["negmas", "negmas-json", "genius"])
def test_a_problem_goes_out_and_comes_back(
    form: str, river: Path, tmp_path: Path, detente: Typed
) -> None:
    """A folder that detente import reads, with an account of what is lost."""
    folder = tmp_path / "scenario"
    said = detente("export", river, "--to", form, "-o", folder, "--draw", 4)
    assert said.code == 0
    assert "gains and demands of draw 4 of 1,000 draws, seed 1" in said.err
    assert "left out: the consent of farmers" in said.err
    back = detente("import", folder)
    assert back.code == 0
    assert "lowland: {name: lowland, role: principal" in back.out
    again = detente("export", river, "--to", form, "-o", folder)
    assert again.code == 2
    assert "give --force" in again.err


def test_a_game_for_gambit(river: Path, tmp_path: Path, detente: Typed) -> None:
    """A .nfg file of the demand game; other endings are refused."""
    path = tmp_path / "game.nfg"
    said = detente("export", river, "--to", "gambit", "-o", path)
    assert said.code == 2
    assert "no package suits everybody here" in said.err
    patient = ("--set", "outlook.lowland=minus very high")
    said = detente("export", river, "--to", "gambit", "-o", path, *patient)
    assert said.code == 0
    assert path.read_text(encoding="utf-8").startswith('NFG 1 R "river" { "upland" "lowland" }')
    assert "all name the same one, or there is no deal" in said.err
    said = detente("export", river, "--to", "gambit", "-o", tmp_path / "game.txt")
    assert said.code == 2
    assert "ends in .nfg" in said.err
    said = detente("export", river, "--to", "gambit", "-o", path, "--force", "--draw", 1000)
    assert said.code == 2
    assert "0 to 999 are allowed" in said.err
