"""Changes saved as a reading, or as a what-if, after their difference was shown."""

from __future__ import annotations

from typing import Literal
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from detente.errors import SituationError, UsageError
from detente.figures.naming import Names
from detente.web.bench import bench_of, state_of
from detente.web.describing import STATE
from detente.web.rendering import in_words, page, spoken
from detente.web.saving import Draft, Stale, copy_place, draft, write
from detente.web.state import State, concrete
from detente.web.what_if_files import draft_what_if, version_of, what_if_file, write_what_if

router = APIRouter(tags=["changes"])
FIELDS = ("kind", "name", "title", "speaker", "note", "version")


class Proposal(BaseModel):
    """Changes to be saved: as a reading of the situation, or as a what-if in a file beside it."""

    kind: Literal["reading", "what-if"] = "reading"
    name: str = Field(max_length=80)
    title: str = Field("", max_length=200)
    speaker: str = Field("", max_length=200, description="Whose reading it is; a what-if has none.")
    note: str = Field("", max_length=2000)
    version: str = Field("", max_length=400, description="Of the files, as the draft said.")


class Drafted(BaseModel):
    """What saving would write."""

    diff: str
    file: str
    version: str


class Saved(BaseModel):
    """Where something was written."""

    file: str
    name: str


@router.get("/s/{key}/save", response_class=HTMLResponse, include_in_schema=False)
def save_page(request: Request, key: str) -> HTMLResponse:
    """Name the changes, and see what would be written."""
    return _save_page(request, key, {}, None, [])


@router.post("/s/{key}/save", response_class=HTMLResponse, include_in_schema=False)
async def save_form(request: Request, key: str) -> Response:
    """The same form sent: show the difference, or, once that was seen, write it."""
    given = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    return await run_in_threadpool(_sent, request, key, given)


def _sent(request: Request, key: str, given: dict[str, str]) -> Response:
    fields = {name: given[name] for name in FIELDS if name in given}
    try:
        proposal = Proposal.model_validate({"name": "", **fields})
        drafted = _draft(request, key, proposal)
        if "write" not in given:
            return _save_page(request, key, fields, drafted, [])
        saved = _write(request, key, proposal, drafted)
    except ValidationError as error:
        return _save_page(request, key, fields, None, in_words(error.errors()), 422)
    except (SituationError, UsageError) as error:
        return _save_page(request, key, fields, None, spoken(error), 422)
    except Stale as error:
        return _save_page(request, key, fields, None, [str(error)], 409)
    state = state_of(request)
    if proposal.kind == "reading":
        state = State(state.round, saved.name, seed=state.seed)
    and_ = "&" if state.query else "?"
    return RedirectResponse(f"/s/{key}/run{state.query}{and_}saved={proposal.kind}", 303)


@router.post("/s/{key}/draft.json", operation_id="draft_changes", openapi_extra=STATE)
def draft_json(request: Request, key: str, proposal: Proposal) -> Drafted:
    """What saving a state's changes would write, as a unified diff."""
    drafted = _draft(request, key, proposal)
    return Drafted(
        diff=drafted.diff,
        file=_file(request, key, proposal.kind),
        version=_version(request, key, proposal.kind),
    )


@router.post("/s/{key}/save.json", operation_id="save_changes", openapi_extra=STATE)
def save_json(request: Request, key: str, proposal: Proposal) -> Saved:
    """Save a state's changes; as a reading of a shipped case, in a copy of it."""
    return _write(request, key, proposal, _draft(request, key, proposal))


def _draft(request: Request, key: str, proposal: Proposal) -> Draft:
    library, state = bench_of(request).library, state_of(request)
    opened = library.open(key)
    name, title, note = proposal.name.strip(), proposal.title.strip(), proposal.note.strip()
    if proposal.kind == "what-if":
        return draft_what_if(library, opened, state, name=name, title=title, note=note)
    return draft(
        opened, library.text(key), state, name=name, title=title,
        speaker=proposal.speaker.strip(), note=note,
    )  # fmt: skip


def _write(request: Request, key: str, proposal: Proposal, drafted: Draft) -> Saved:
    library = bench_of(request).library
    if proposal.kind == "what-if":
        file = write_what_if(library, key, drafted, proposal.version)
    else:
        file = write(library, key, drafted.text, proposal.version)
    return Saved(file=str(file), name=drafted.name)


def _save_page(
    request: Request, key: str, fields: dict[str, str], drafted: Draft | None,
    messages: list[str], status: int = 200,
) -> HTMLResponse:  # fmt: skip
    library, state = bench_of(request).library, state_of(request)
    opened = library.open(key)
    asked = concrete(opened, state)
    kind = "what-if" if fields.get("kind") == "what-if" else "reading"
    return page(
        "save.html.j2", key=key, state=state, section="whatif", status=status,
        situation=opened.situation, asked=asked.scenario,
        under=Names(opened.situation).reading(asked.base.reading), kind=kind,
        fields=fields, drafted=drafted, messages=messages, target=_file(request, key, kind),
        beside=what_if_file(library, key).name, shipped=library.entry(key).shipped,
        version=_version(request, key, kind),
    )  # fmt: skip


def _version(request: Request, key: str, kind: str) -> str:
    library = bench_of(request).library
    return version_of(library, key) if kind == "what-if" else library.version(key)


def _file(request: Request, key: str, kind: str) -> str:
    library = bench_of(request).library
    return str(what_if_file(library, key)) if kind == "what-if" else target(request, key)


def target(request: Request, key: str) -> str:
    """The situation file that would be written."""
    library = bench_of(request).library
    entry = library.entry(key)
    return str(copy_place(library, key) / entry.file.name if entry.shipped else entry.file)
