"""Pages from records: every value is escaped, and nothing in a page is a program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse

from detente import __version__
from detente.errors import SituationError
from detente.figures.naming import percent
from detente.figures.theme import css_properties
from detente.report.rendering import environment as report_templates
from detente.report.rendering import templates
from detente.web.linking import linked
from detente.web.state import State

STYLE = "style.css"
_FIELDS = {"set": "at"}  # of an address; other options are called as the field is
_OPTION = re.compile(r"--(set|over|round|reading|draws|seed|target|from|event)\b( ?)")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SECTIONS = (
    ("situation", "Situation"),
    ("run", "Answer"),
    ("whatif", "What if"),
    ("word", "Whose word"),
    ("compare", "Compare"),
    ("why", "Why"),
    ("text", "Text"),
    ("edit", "Edit"),
)


@cache
def environment() -> Environment:
    """The templates of the workbench."""
    found = templates("detente.web")
    found.filters["percent"] = percent
    shared: dict[str, Any] = found.globals  # pyright: ignore[reportAssignmentType]
    shared.update(program=__version__, sections=SECTIONS, asset=address_of, linked=linked)
    return found


def page(
    template: str, *, key: str = "", state: State | None = None,
    section: str = "", status: int = 200, **content: object,
) -> HTMLResponse:  # fmt: skip
    """A page. ``key`` is the situation it is of, ``section`` where it stands in the navigation."""
    text = (
        environment()
        .get_template(template)
        .render(key=key, state=state or State(), section=section, **content)
    )
    return HTMLResponse(text, status)


def spoken(error: Exception) -> list[str]:
    """What an error says, line by line: a page has fields where a command has options."""
    if isinstance(error, SituationError):
        return [str(one) for one in error.problems]
    return [_OPTION.sub(_field, line) for line in str(error).splitlines()]


def _field(option: re.Match[str]) -> str:
    return f"{_FIELDS.get(option[1], option[1])}{option[2]}"


def in_words(mistakes: Sequence[Mapping[str, Any]]) -> list[str]:
    """What pydantic has against what was sent, a line each; what was sent is not repeated."""
    return [
        f"{'.'.join(str(part) for part in one['loc'] if part != 'body') or 'body'}: {one['msg']}"
        for one in mistakes
    ]


@cache
def asset(name: str) -> tuple[bytes, str]:
    """A file of ours that pages load, and its media type. Raises FileNotFoundError."""
    if name == STYLE:
        return _style().encode(), "text/css"
    if name not in _names():
        raise FileNotFoundError(name)
    return (files("detente.web") / "assets" / name).read_bytes(), _TYPES[name[name.rindex(".") :]]


def has(name: str) -> bool:
    """Whether there is an asset of that name."""
    return name == STYLE or name in _names()


@cache
def digest_of(name: str) -> str:
    """Of the content of an asset."""
    return sha256(asset(name)[0]).hexdigest()[:12]


def address_of(name: str) -> str:
    """Where pages load an asset from: its content is part of the address."""
    return f"/assets/{digest_of(name)}/{name}"


@cache
def _names() -> frozenset[str]:
    folder = files("detente.web") / "assets"
    return frozenset(one.name for one in folder.iterdir() if one.name.endswith(tuple(_TYPES)))


def _style() -> str:
    """The style of the reports, and what only the workbench needs."""
    colours = {"light": css_properties("light"), "dark": css_properties("dark")}
    sheets = ("style.css.j2", "annotated.css.j2")
    basis = "\n".join(report_templates().get_template(one).render(colours) for one in sheets)
    return basis + "\n" + (files("detente.web") / "assets" / "workbench.css").read_text("utf-8")
