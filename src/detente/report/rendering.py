"""Templates of the pages: every value is escaped unless it is our own drawing."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente.figures.naming import tidy


@cache
def environment() -> Environment:
    """The templates of this package."""
    found = Environment(
        loader=PackageLoader("detente.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["drawing"] = Markup
    return found


def _clean(value: object) -> object:
    """Plain text without characters that are no text; our own markup as it is."""
    return tidy(value) if type(value) is str else value
