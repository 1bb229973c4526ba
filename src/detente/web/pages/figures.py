"""Figures as files: each as SVG, PNG and CSV."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from detente.cases.opening import Opened
from detente.figures.naming import Names
from detente.figures.pressures import pressures
from detente.figures.record import Figure
from detente.web.bench import bench_of, state_of
from detente.web.describing import STATE
from detente.web.library import Unknown
from detente.web.pictures import TYPES, Form, drawing
from detente.web.state import State, concrete

router = APIRouter(tags=["figures"])
PRESSURES = "pressures"


@router.get("/s/{key}/figures.json", operation_id="list_figures", openapi_extra=STATE)
def figures_json(request: Request, key: str) -> list[str]:
    """Names of the figures of a state's answer."""
    bench, state = bench_of(request), state_of(request)
    opened = bench.library.open(key)
    pressed = pressing(opened, state)
    return [*bench.figures(opened, state), *([pressed.name] if pressed else [])]


@router.get(
    "/s/{key}/figure/{name}.{form}",
    operation_id="get_figure",
    openapi_extra=STATE,
    responses={200: {"content": {media: {} for media in TYPES.values()}}},
    response_class=Response,
)
def figure(
    request: Request, key: str, name: str, form: Form, mode: Literal["light", "dark"] = "light"
) -> Response:
    """One figure of a state's answer, by the name the page gives it."""
    bench, state = bench_of(request), state_of(request)
    opened = bench.library.open(key)
    found = pressing(opened, state) if name == PRESSURES else bench.figures(opened, state).get(name)
    if found is None:
        raise Unknown(f"{name}: this answer has no such figure; see figures.json")
    version = bench.library.version(key)
    content = bench.answers.shelf.get(
        ("figure", key, version, state, name, form, mode), lambda: drawing(found, form, mode)
    )
    return picture_response(content, found.name, form)


def pressing(opened: Opened, state: State) -> Figure | None:
    """What presses whom in the situation of a state; it needs no draws."""
    return pressures(Names(opened.situation), concrete(opened, state).scenario.values, PRESSURES)


def picture_response(content: bytes, name: str, form: Form) -> Response:
    """A drawing as a file of its own."""
    headers = {"content-disposition": f"inline; filename*=UTF-8''{quote(f'{name}.{form}')}"}
    if form == "svg":  # drawn by us, and alone: it needs its own style and nothing else
        headers["content-security-policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return Response(content, media_type=TYPES[form], headers=headers)
