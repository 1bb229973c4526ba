"""What changes files: a reading saved, a file edited; each after its difference was shown."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from detente.cases.opening import Opened
from detente.errors import SituationError, UsageError
from detente.figures.naming import Names
from detente.situation.load import loads
from detente.web.bench import bench_of, state_of
from detente.web.completing import Word, completions
from detente.web.describing import STATE
from detente.web.rendering import address_of, has, in_words, page
from detente.web.saving import Draft, Stale, copy_place, draft, with_line_ends, write
from detente.web.state import State, concrete

router = APIRouter(tags=["changes"])
EDITOR = "editor.js"  # made when the package was built, where that could be
FIELDS = ("name", "title", "speaker", "note", "version")


class Proposal(BaseModel):
    """A reading to be saved."""

    name: str = Field(max_length=80)
    title: str = Field("", max_length=200)
    speaker: str = Field("", max_length=200)
    note: str = Field("", max_length=2000)
    version: str = Field("", max_length=200, description="Of the file, as the draft said.")


class Drafted(BaseModel):
    """What saving would write."""

    diff: str
    file: str
    version: str


class Saved(BaseModel):
    """Where something was written."""

    file: str
    name: str


class Mistake(BaseModel):
    """Something that is wrong in a file."""

    line: int | None
    column: int | None
    address: str
    says: str


class Written(BaseModel):
    """A situation file as text."""

    text: str = Field(max_length=2_000_000)
    version: str = Field("", max_length=200)


@router.get("/s/{key}/save", response_class=HTMLResponse, include_in_schema=False)
def save_page(request: Request, key: str) -> HTMLResponse:
    """Name the changes as a reading, and see what would be written."""
    return _save_page(request, key, {}, None, [])


@router.post("/s/{key}/save", response_class=HTMLResponse, include_in_schema=False)
async def save_form(request: Request, key: str) -> Response:
    """The same form sent: show the difference, or, once that was seen, write it."""
    given = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    return await run_in_threadpool(_sent, request, key, given)


def _sent(request: Request, key: str, given: dict[str, str]) -> Response:
    fields = {name: given.get(name, "") for name in FIELDS}
    try:
        proposal = Proposal.model_validate(fields)
        drafted = _draft(request, key, proposal)
        if "write" not in given:
            return _save_page(request, key, fields, drafted, [])
        saved = _write(request, key, proposal, drafted)
    except ValidationError as error:
        return _save_page(request, key, fields, None, in_words(error.errors()), 422)
    except SituationError as error:
        return _save_page(request, key, fields, None, [str(one) for one in error.problems], 422)
    except Stale as error:
        return _save_page(request, key, fields, None, [str(error)], 409)
    except UsageError as error:
        return _save_page(request, key, fields, None, str(error).splitlines(), 422)
    state = State(state_of(request).round, saved.name, seed=state_of(request).seed)
    return RedirectResponse(f"/s/{key}/run{state.query}&saved=1", 303)


@router.post("/s/{key}/draft.json", operation_id="draft_reading", openapi_extra=STATE)
def draft_json(request: Request, key: str, proposal: Proposal) -> Drafted:
    """What saving a state's changes as a reading would write, as a unified diff."""
    drafted = _draft(request, key, proposal)
    library = bench_of(request).library
    return Drafted(diff=drafted.diff, file=_target(request, key), version=library.version(key))


@router.post("/s/{key}/save.json", operation_id="save_reading", openapi_extra=STATE)
def save_json(request: Request, key: str, proposal: Proposal) -> Saved:
    """Save a state's changes as a reading; of a shipped case, in a copy of it."""
    return _write(request, key, proposal, _draft(request, key, proposal))


@router.get("/s/{key}/edit", response_class=HTMLResponse, include_in_schema=False)
def edit_page(request: Request, key: str) -> HTMLResponse:
    """The file itself, with its mistakes beside it."""
    library = bench_of(request).library
    entry = library.entry(key)
    text = library.text(key)
    return page(
        "edit.html.j2", key=key, editor=address_of(EDITOR) if has(EDITOR) else "", state=state_of(request), section="edit", text=text,
        file=str(entry.file), shipped=entry.shipped, target=_target(request, key),
        version=library.version(key), mistakes=_mistakes(request, key, text),
    )  # fmt: skip


@router.get("/s/{key}/edit.json", operation_id="get_text")
def edit_json(request: Request, key: str) -> Written:
    """The file as text, and its version."""
    library = bench_of(request).library
    return Written(text=library.text(key), version=library.version(key))


@router.get("/s/{key}/completions.json", operation_id="get_completions")
def completions_json(request: Request, key: str) -> list[Word]:
    """What may be written in the file: keys, words, and, if it can be read, its own names."""
    library = bench_of(request).library
    try:
        opened = library.open(key)
    except SituationError:
        opened = None
    return completions(opened)


@router.get("/s/{key}/version.json", operation_id="get_version")
def version_json(request: Request, key: str) -> dict[str, str]:
    """Changes whenever the file does, by whoever."""
    return {"version": bench_of(request).library.version(key)}


@router.post("/s/{key}/check.json", operation_id="check_text")
def check_json(request: Request, key: str, written: Written) -> list[Mistake]:
    """Every mistake of a text, as the file would have it; nothing is written."""
    return _mistakes(request, key, written.text)


@router.post("/s/{key}/edit.json", operation_id="write_text")
def write_json(request: Request, key: str, written: Written) -> Saved:
    """Put a text in the place of the file, if it is a situation without mistakes."""
    library = bench_of(request).library
    file = library.entry(key).file
    text = with_line_ends(library.text(key), written.text)
    loads(text.encode(), str(file), file.parent)
    return Saved(file=str(write(library, key, text, written.version)), name=key)


def _draft(request: Request, key: str, proposal: Proposal) -> Draft:
    library = bench_of(request).library
    return draft(
        library.open(key), library.text(key), state_of(request), name=proposal.name.strip(),
        title=proposal.title.strip(), speaker=proposal.speaker.strip(), note=proposal.note.strip(),
    )  # fmt: skip


def _write(request: Request, key: str, proposal: Proposal, drafted: Draft) -> Saved:
    file = write(bench_of(request).library, key, drafted.text, proposal.version)
    return Saved(file=str(file), name=drafted.name)


def _save_page(
    request: Request, key: str, fields: dict[str, str], drafted: Draft | None,
    messages: list[str], status: int = 200,
) -> HTMLResponse:  # fmt: skip
    library, state = bench_of(request).library, state_of(request)
    opened = library.open(key)
    asked = concrete(opened, state)
    return page(
        "save.html.j2", key=key, state=state, section="whatif", status=status,
        situation=opened.situation, asked=asked.scenario, under=_under(opened, state),
        fields=fields, drafted=drafted, messages=messages, target=_target(request, key),
        shipped=library.entry(key).shipped, version=library.version(key),
    )  # fmt: skip


def _under(opened: Opened, state: State) -> str:
    return Names(opened.situation).reading(concrete(opened, state).base.reading)


def _target(request: Request, key: str) -> str:
    """The file that would be written."""
    library = bench_of(request).library
    entry = library.entry(key)
    return str(copy_place(library, key) / entry.file.name if entry.shipped else entry.file)


def _mistakes(request: Request, key: str, text: str) -> list[Mistake]:
    file = bench_of(request).library.entry(key).file
    try:
        loads(text.encode(), file.name, file.parent)
    except SituationError as error:
        return [
            Mistake(
                line=one.place.line, column=one.place.column, address=one.address, says=str(one)
            )
            for one in error.problems
        ]
    return []
