"""Templates of the pages: every value is escaped unless it is our own drawing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente.figures.naming import tidy
from detente.figures.theme import css_properties
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.schema import Situation

NOTHING_LAID: Mapping[str, str] = MappingProxyType({})


def templates(package: str) -> Environment:
    """The templates of a package: everything escaped, nothing left undefined."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def environment() -> Environment:
    """The templates of the reports."""
    found = templates("detente.report")
    found.filters["drawing"] = Markup
    return found


def printed(
    template: str,
    situation: Situation,
    plan: Plan,
    file: str,
    version: str,
    laid: Mapping[str, str],
    **content: Any,
) -> str:
    """A page of one answer, with what it takes to get it again at its foot.

    ``laid`` is what the command line laid over the file, by address.
    """
    return environment().get_template(template).render(
        situation=situation, plan=plan, file=file, version=version, laid=laid,
        digest=content_hash(situation), light=css_properties("light"),
        dark=css_properties("dark"), **content,
    )  # fmt: skip


def _clean(value: object) -> object:
    """Plain text without characters that are no text; our own markup as it is."""
    return tidy(value) if type(value) is str else value
