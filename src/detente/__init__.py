"""Detente: an account of a coming negotiation as an executable, attributed, checkable model.

The names below are what scripts and notebooks need. They are imported when first
used, so that ``import detente`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.analysis.answer import answer
    from detente.analysis.compare import compare
    from detente.analysis.knockout import knockouts
    from detente.analysis.weighing import weigh
    from detente.cases.catalog import case_file
    from detente.interchange.importing import import_files
    from detente.interchange.pandas_frame import to_pandas
    from detente.interchange.polars_frame import to_polars
    from detente.interchange.xarray_dataset import to_xarray
    from detente.sampling.draws import Plan
    from detente.situation.load import load
    from detente.situation.scenarios import scenarios
    from detente.sources.reading import load_claims
    from detente.sources.removal import removals

__version__ = "0.2.0"

__all__ = [
    "Plan",
    "__version__",
    "answer",
    "case_file",
    "compare",
    "import_files",
    "knockouts",
    "load",
    "load_claims",
    "removals",
    "scenarios",
    "to_pandas",
    "to_polars",
    "to_xarray",
    "weigh",
]

_HOMES = {
    "Plan": "detente.sampling.draws",
    "answer": "detente.analysis.answer",
    "case_file": "detente.cases.catalog",
    "compare": "detente.analysis.compare",
    "import_files": "detente.interchange.importing",
    "knockouts": "detente.analysis.knockout",
    "load": "detente.situation.load",
    "load_claims": "detente.sources.reading",
    "removals": "detente.sources.removal",
    "scenarios": "detente.situation.scenarios",
    "to_pandas": "detente.interchange.pandas_frame",
    "to_polars": "detente.interchange.polars_frame",
    "to_xarray": "detente.interchange.xarray_dataset",
    "weigh": "detente.analysis.weighing",
}


def __getattr__(name: str) -> Any:
    """Import an exported name from its home the first time it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
