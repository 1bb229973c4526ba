"""Outcomes as data frames, datasets and CSV: the same numbers, whichever tool reads them."""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
import xarray as xr
from pyarrow import parquet

import detente
from detente.analysis.answer import Run, answer
from detente.ensemble.tables import write_outcomes
from detente.errors import NotInstalled, UsageError
from detente.interchange import pandas_frame, polars_frame, xarray_dataset
from detente.interchange.outcomes import arrow_of, write_csv
from detente.interchange.xarray_dataset import write_netcdf
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

arrow: Any = import_module("pyarrow")
DRAWS = 40


@pytest.fixture(scope="module")
def ran(three_acts: Situation) -> Run:
    """Two rounds under three readings, one round without dates."""
    return answer(three_acts, None, scenarios(three_acts, None), Plan(DRAWS, 1))


@pytest.fixture(scope="module")
def folder(ran: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the outcomes, as a run writes it."""
    path = tmp_path_factory.mktemp("results")
    pieces = [[one] for one in ran.outcomes]
    structure = structure_of(ran.situation)
    write_outcomes(structure, ran.scenarios, pieces, path / "outcomes.parquet")
    return path


def test_frames_hold_every_row_and_number(ran: Run) -> None:
    """Pandas and Polars have the columns and values of the Arrow table."""
    table = arrow_of(ran)
    wide, narrow = detente.to_pandas(ran), detente.to_polars(ran)
    assert isinstance(wide, pd.DataFrame)
    assert isinstance(narrow, pl.DataFrame)
    assert list(wide.columns) == narrow.columns == table.column_names
    assert len(wide) == len(narrow) == DRAWS * len(ran.scenarios)
    for name in ("closing", "deal", "draw", "zone", "tension"):
        expected = table.column(name).to_pylist()
        assert wide[name].tolist() == narrow[name].to_list() == expected
    column = f"gain.{structure_of(ran.situation).parties[0]}"
    assert narrow[column].to_list() == table.column(column).to_pylist()
    assert wide[column].isna().sum() == table.column(column).null_count


def test_a_dataset_has_named_axes(ran: Run) -> None:
    """Gains by scenario, draw and party are the arrays that the run computed."""
    found = detente.to_xarray(ran)
    assert isinstance(found, xr.Dataset)
    assert dict(found.sizes)["draw"] == DRAWS
    assert list(found.scenario.values) == [scenario.name for scenario in ran.scenarios]
    structure = structure_of(ran.situation)
    for index, outcomes in enumerate(ran.outcomes):
        one = found.isel(scenario=index)
        assert np.array_equal(one.gain.sel(party=list(structure.parties)), outcomes.gain, True)
        assert np.array_equal(one.deal, outcomes.deal)
        at_table = list(structure.parties[: structure.at_table])
        assert np.array_equal(one.demand.sel(party=at_table), outcomes.demand)
    none = found.package.isel(issue=0).where(found.zone == 0, "")
    assert set(np.unique(none.values)) == {""}


def test_a_folder_gives_what_the_run_gave(ran: Run, folder: Path) -> None:
    """From the run, its folder, or the file in it: the same frame."""
    expected = detente.to_pandas(ran)
    for source in (folder, str(folder), folder / "outcomes.parquet"):
        pd.testing.assert_frame_equal(detente.to_pandas(source), expected)


def test_csv_reads_back(ran: Run, tmp_path: Path) -> None:
    """Numbers to the last digit, blocking sets in one cell, missing values empty."""
    table = arrow_of(ran)
    path = tmp_path / "outcomes.csv"
    write_csv(table, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == table.num_rows
    assert [float(row["closing"]) for row in rows] == table.column("closing").to_pylist()
    sets = table.column("blockers").to_pylist()
    assert [row["blockers"] for row in rows] == ["; ".join(found) for found in sets]
    assert any(len(found) > 0 for found in sets)


def test_netcdf_reads_back(ran: Run, tmp_path: Path) -> None:
    """The file holds the dataset, axis names and all."""
    path = tmp_path / "outcomes.nc"
    write_netcdf(ran, path)
    with xr.open_dataset(path, engine="scipy") as found:
        expected = detente.to_xarray(ran)
        assert {name: found.sizes[name] for name in expected.sizes} == dict(expected.sizes)
        assert np.array_equal(found.gain, expected.gain, True)
        assert np.array_equal(found.package.to_numpy().astype(np.str_), expected.package)


@pytest.mark.parametrize(
    ("module", "name", "call"),
    [
        (pandas_frame, "pd", pandas_frame.to_pandas),
        (polars_frame, "pl", polars_frame.to_polars),
        (xarray_dataset, "xr", xarray_dataset.to_xarray),
    ],
)
def test_a_missing_library_is_named_with_its_extra(
    module: Any, name: str, call: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what is missing and how to get it."""
    monkeypatch.setattr(module, name, None)
    with pytest.raises(NotInstalled, match=r"pip install -e '\.\[(pandas|polars|xarray)\]'"):
        call(folder)


def test_files_that_are_no_outcomes_are_refused(tmp_path: Path) -> None:
    """Nothing there, no Parquet, another table: each is said."""
    other = tmp_path / "other.parquet"
    parquet.write_table(arrow_of_columns(), other)
    text = tmp_path / "text.parquet"
    text.write_text("no parquet at all", encoding="utf-8")
    for path, told in ((tmp_path, "no such file"), (text, "no Parquet"), (other, "no outcomes")):
        with pytest.raises(UsageError, match=told):
            arrow_of(path)


def arrow_of_columns() -> Any:
    """Some other table."""
    return arrow.table({"a": [1]})
