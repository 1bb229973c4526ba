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
    from detente.cases.catalog import case_file
    from detente.sampling.draws import Plan
    from detente.situation.load import load
    from detente.situation.scenarios import scenarios
    from detente.sources.reading import load_claims

__version__ = "0.1.0"

__all__ = [
    "Plan",
    "__version__",
    "answer",
    "case_file",
    "compare",
    "load",
    "load_claims",
    "scenarios",
]

_HOMES = {
    "Plan": "detente.sampling.draws",
    "answer": "detente.analysis.answer",
    "case_file": "detente.cases.catalog",
    "compare": "detente.analysis.compare",
    "load": "detente.situation.load",
    "load_claims": "detente.sources.reading",
    "scenarios": "detente.situation.scenarios",
}


def __getattr__(name: str) -> Any:
    """Import an exported name from its home the first time it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
