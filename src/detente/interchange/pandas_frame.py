"""Outcomes as a pandas data frame."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from detente.errors import NotInstalled
from detente.interchange.outcomes import Source, arrow_of, pa

try:  # an extra: pandas
    pd: Any = import_module("pandas")
except ImportError:
    pd = None


def to_pandas(source: Source) -> Any:
    """Outcomes as a ``pandas.DataFrame``: one row a draw and scenario.

    Whole numbers and truth values use the types that can be missing (``Int64``, ``boolean``),
    names are categories, blocking sets lists. Columns are those of ``outcomes.parquet``.

    Args:
        source: what ``detente.answer`` returned, a folder that ``detente run --out`` wrote, or its
            ``outcomes.parquet``.

    Raises:
        NotInstalled: pandas is missing.
        UsageError: a file that is no outcome table.
    """
    if pd is None:
        raise NotInstalled(
            "pandas is not installed; the extra pandas brings it; in a clone: "
            ".venv/bin/pip install -e '.[pandas]'"
        )
    kinds = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    return arrow_of(source).to_pandas(types_mapper=kinds.get)
