"""The list of what is open."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from detente.errors import SituationError
from detente.situation.values import base_values
from detente.web.bench import bench_of
from detente.web.library import Entry
from detente.web.rendering import page

router = APIRouter(tags=["situations"])


class Listed(BaseModel):
    """A situation that is open, or the mistakes that keep it closed."""

    key: str
    title: str
    question: str
    rounds: list[str]
    readings: list[str]
    values: int
    claims: int
    mistakes: list[str]


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def cases_page(request: Request) -> HTMLResponse:
    """Every situation that is open."""
    return page("cases.html.j2", section="cases", found=_listed(request))


@router.get("/cases.json", operation_id="list_situations")
def cases_json(request: Request) -> list[Listed]:
    """Every situation that is open, with the mistakes of those that cannot be read."""
    return _listed(request)


def _listed(request: Request) -> list[Listed]:
    return [_one(request, entry) for entry in bench_of(request).library.entries()]


def _one(request: Request, entry: Entry) -> Listed:
    try:
        opened = bench_of(request).library.open(entry.key)
    except SituationError as error:
        return Listed(
            key=entry.key, title=entry.key, question="", rounds=[], readings=[], values=0,
            claims=0, mistakes=[str(one) for one in error.problems],
        )  # fmt: skip
    situation = opened.situation
    return Listed(
        key=entry.key, title=situation.title, question=situation.question,
        rounds=[body.title for body in situation.rounds.values()],
        readings=[body.title for body in situation.readings.values()],
        values=len(base_values(situation)),
        claims=len(opened.claims.claims) if opened.claims else 0, mistakes=[],
    )  # fmt: skip
