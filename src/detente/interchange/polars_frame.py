"""Outcomes as a Polars data frame."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from detente.errors import NotInstalled
from detente.interchange.outcomes import Source, arrow_of

try:  # an extra: polars
    pl: Any = import_module("polars")
except ImportError:
    pl = None


def to_polars(source: Source) -> Any:
    """Outcomes as a ``polars.DataFrame``: one row a draw and scenario.

    Names are categories, blocking sets lists. Columns are those of ``outcomes.parquet``.

    Args:
        source: what ``detente.answer`` returned, a folder that ``detente run --out`` wrote, or its
            ``outcomes.parquet``.

    Raises:
        NotInstalled: Polars is missing.
        UsageError: a file that is no outcome table.
    """
    if pl is None:
        raise NotInstalled(
            "polars is not installed; the extra polars brings it; in a clone: "
            ".venv/bin/pip install -e '.[polars]'"
        )
    return pl.from_arrow(arrow_of(source))
