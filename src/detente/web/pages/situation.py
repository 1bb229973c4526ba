"""What the situation says: who is in it, what is on the table, every value."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from detente.cases.opening import Opened
from detente.figures.naming import Names
from detente.web.bench import Seen, as_json, kept
from detente.web.describing import STATE
from detente.web.pages.figures import pressing
from detente.web.pictures import shown_figure
from detente.web.rendering import page
from detente.web.state import State, concrete
from detente.web.values import Part, Row, parts_of

router = APIRouter(tags=["situations"])


class Actor(BaseModel):
    """A party or somebody who moves one."""

    id: str
    name: str
    roles: list[str]
    note: str


class Cell(BaseModel):
    """What one party thinks of one option: the middle of the range, from 0 to 1."""

    actor: str
    address: str
    value: str
    middle: float


class Option(BaseModel):
    """One way to settle an issue, and what parties think of it."""

    id: str
    name: str
    status_quo: bool
    cells: list[Cell]


class Issue(BaseModel):
    """One question on the table."""

    id: str
    name: str
    options: list[Option]


class Relief(BaseModel):
    """An option that relieves a pressure."""

    option: str
    share: str


class Pressure(BaseModel):
    """What presses whom, and what relieves it."""

    id: str
    name: str
    on: str
    severity: str
    relieved_by: list[Relief]


class Overview(BaseModel):
    """A situation as one reading has it in one round."""

    key: str
    title: str
    question: str
    about: str
    rounds: dict[str, str]
    readings: dict[str, str]
    actors: list[Actor]
    holders: list[str]
    issues: list[Issue]
    pressures: list[Pressure]
    links: list[str]
    parts: list[Part]


@router.get("/s/{key}/situation", response_class=HTMLResponse, include_in_schema=False)
def situation_page(request: Request, key: str) -> Response:
    """Actors, issues, preferences, pressures, links, red lines, and every value."""
    return kept(request, key, _situation_page)


def _situation_page(seen: Seen) -> Response:
    opened, state = seen.opened, seen.state
    pressed = pressing(opened, state)
    return page(
        "situation.html.j2", key=seen.key, state=state, section="situation",
        told=overview(opened, state), situation=opened.situation,
        asked=concrete(opened, state).base, pressed=shown_figure(pressed) if pressed else None,
    )  # fmt: skip


@router.get(
    "/s/{key}/situation.json",
    operation_id="get_situation",
    openapi_extra=STATE,
    response_model=Overview,
)
def situation_json(request: Request, key: str) -> Response:
    """The situation with every value, its range, its address and the claims it rests on."""
    return kept(request, key, _situation_json)


def _situation_json(seen: Seen) -> Response:
    return as_json(overview(seen.opened, seen.state))


def overview(opened: Opened, state: State) -> Overview:
    """A situation for its page. Raises UsageError for a state it does not have."""
    situation, names = opened.situation, Names(opened.situation)
    asked = concrete(opened, state)
    parts = parts_of(opened, asked.scenario.values, asked.scenario.reading)
    rows = {row.address: row for part in parts for row in part.rows}
    holders = [
        name for name in situation.actors
        if any(address.startswith(f"preferences.{name}.") for address in rows)
    ]  # fmt: skip
    return Overview(
        key=opened.name, title=situation.title, question=situation.question,
        about=situation.about,
        rounds={name: body.title for name, body in situation.rounds.items()},
        readings={name: body.title for name, body in situation.readings.items()},
        actors=[
            Actor(id=name, name=actor.name, roles=list(actor.role), note=actor.note)
            for name, actor in situation.actors.items()
        ],
        holders=[names.actor(name) for name in holders],
        issues=[_issue(opened, names, name, holders, rows) for name in situation.issues],
        pressures=_pressures(opened, names, rows),
        links=[names.link(link.id) for link in situation.links],
        parts=parts,
    )  # fmt: skip


def _issue(
    opened: Opened, names: Names, name: str, holders: list[str], rows: dict[str, Row]
) -> Issue:
    issue = opened.situation.issues[name]
    return Issue(
        id=name, name=issue.name,
        options=[
            Option(
                id=option, name=names.choice(f"{name}.{option}"),
                status_quo=option == issue.status_quo,
                cells=[
                    _cell(names, rows, holder, f"preferences.{holder}.{name}.{option}")
                    for holder in holders
                ],
            )
            for option in issue.options
        ],
    )  # fmt: skip


def _cell(names: Names, rows: dict[str, Row], holder: str, address: str) -> Cell:
    row = rows.get(address)
    middle = (row.low + row.high) / 2 if row else 0.5
    return Cell(
        actor=names.actor(holder), address=address, value=row.value if row else "", middle=middle
    )


def _pressures(opened: Opened, names: Names, rows: dict[str, Row]) -> list[Pressure]:
    return [
        Pressure(
            id=one.id, name=names.pressure(one.id), on=names.actor(one.on),
            severity=rows[f"pressures.{one.id}.severity"].value,
            relieved_by=[
                Relief(
                    option=names.option(ref),
                    share=rows[f"pressures.{one.id}.relieved_by.{ref}"].value,
                )
                for ref in one.relieved_by
            ],
        )
        for one in opened.situation.pressures
    ]  # fmt: skip
