"""Outcomes as an xarray dataset with named axes, and as NetCDF."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from detente.errors import NotInstalled
from detente.files import whole
from detente.interchange.outcomes import Source, arrow_of, flat
from detente.situation.scenarios import AS_WRITTEN

try:  # an extra: xarray
    xr: Any = import_module("xarray")
except ImportError:
    xr = None

BY_PARTY = ("gain", "demand", "felt")
ROWS = ("scenario", "draw")
Columns = dict[str, np.ndarray[Any, Any]]


def to_xarray(source: Source) -> Any:
    """Outcomes as an ``xarray.Dataset`` over scenario and draw.

    ``gain``, ``demand`` and ``felt`` have the axis party besides, ``package`` the axis issue; round
    and reading are coordinates of scenario. A missing number is NaN, a missing text empty.

    Args:
        source: what ``detente.answer`` returned, a folder that ``detente run --out`` wrote, or its
            ``outcomes.parquet``.

    Raises:
        NotInstalled: xarray is missing.
        UsageError: a file that is no outcome table.
    """
    if xr is None:
        raise NotInstalled(
            "xarray is not installed; the extra xarray brings it; in a clone: "
            ".venv/bin/pip install -e '.[xarray]'"
        )
    table = flat(arrow_of(source))
    columns = {name: _column(table, name) for name in table.column_names}
    draws = int(columns["draw"].max()) + 1
    grid = {name: column.reshape(-1, draws) for name, column in columns.items()}
    rounds, readings = grid.pop("round")[:, 0], grid.pop("reading")[:, 0]
    names = [
        " / ".join(t for t in pair if t) or AS_WRITTEN
        for pair in zip(rounds, readings, strict=True)
    ]
    variables: dict[str, Any] = {
        name: (ROWS, column) for name, column in grid.items() if "." not in name and name != "draw"
    }
    parties, issues = _names(grid, "gain"), _names(grid, "package")
    for head in BY_PARTY:
        stacked = [
            grid.get(f"{head}.{party}", np.full_like(grid["risk"], np.nan)) for party in parties
        ]
        variables[head] = ((*ROWS, "party"), np.stack(stacked, axis=-1))
    packages = [grid[f"package.{issue}"] for issue in issues]
    variables["package"] = ((*ROWS, "issue"), np.stack(packages, axis=-1))
    return xr.Dataset(
        variables,
        coords={
            "scenario": names, "draw": np.arange(draws), "party": parties, "issue": issues,
            "round": ("scenario", rounds), "reading": ("scenario", readings),
        },
    )  # fmt: skip


def write_netcdf(source: Source, path: Path) -> None:
    """Write outcomes as NetCDF 3, whole or not at all. Raises as ``to_xarray``."""
    dataset = to_xarray(source)
    with whole(path) as scratch:
        dataset.to_netcdf(scratch, engine="scipy")


def _column(table: Any, name: str) -> np.ndarray[Any, Any]:
    """A column as numbers, with NaN where there is none, or as texts, empty where there is none."""
    column = table.column(name).combine_chunks()
    if str(column.type) == "string":
        return np.array(column.fill_null("").to_pylist(), dtype=np.str_)
    if str(column.type) == "bool" and not column.null_count:
        return np.asarray(column.to_numpy(zero_copy_only=False))
    numbers = column.cast("float64") if column.null_count else column
    return np.asarray(numbers.to_numpy(zero_copy_only=False))


def _names(grid: Columns, head: str) -> list[str]:
    return [name.partition(".")[2] for name in grid if name.startswith(f"{head}.")]
