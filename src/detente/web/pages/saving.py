"""Changes saved as a reading, or as a what-if, after their difference was shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from detente.cases.opening import Opened
from detente.errors import SituationError, UsageError
from detente.figures.naming import Names
from detente.web.bench import bench_of, state_of
from detente.web.describing import STATE
from detente.web.library import Library
from detente.web.rendering import in_words, page, spoken
from detente.web.saving import Draft, Stale, copy_place, draft, is_saved, write
from detente.web.state import Asked, State, concrete, form_fields
from detente.web.what_if_files import (
    draft_what_if,
    is_saved_what_if,
    version_of,
    what_if_file,
    write_what_if,
)

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
    return _save_page(_Sent.of(request, key), {}, None, [])


@router.post("/s/{key}/save", response_class=HTMLResponse, include_in_schema=False)
async def save_form(request: Request, key: str) -> Response:
    """The same form sent: show the difference, or, once that was seen, write it."""
    given = form_fields(await request.body())
    return await run_in_threadpool(_sent, request, key, given)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A request, and what its address stands for: asked once for the whole of it."""

    request: Request
    key: str
    library: Library
    opened: Opened
    asked: Asked

    @classmethod
    def of(cls, request: Request, key: str) -> _Sent:
        """Raises UsageError for an address that stands for nothing."""
        library = bench_of(request).library
        opened = library.open(key)
        return cls(request, key, library, opened, concrete(opened, state_of(request)))


def _sent(request: Request, key: str, given: dict[str, str]) -> Response:
    fields = {name: given[name] for name in FIELDS if name in given}
    sent = _Sent.of(request, key)
    try:
        proposal = Proposal.model_validate({"name": "", **fields})
        if "write" not in given:
            return _save_page(sent, fields, _draft(sent, proposal), [])
        saved = _save(sent, proposal)
    except ValidationError as error:
        return _save_page(sent, fields, None, in_words(error.errors()), 422)
    except (SituationError, UsageError) as error:
        return _save_page(sent, fields, None, spoken(error), 422)
    except Stale as error:
        return _save_page(sent, fields, None, [str(error)], 409)
    state = sent.asked.state
    if proposal.kind == "reading":
        state = State(state.round, saved.name, seed=state.seed)
    and_ = "&" if state.query else "?"
    return RedirectResponse(f"/s/{key}/run{state.query}{and_}saved={proposal.kind}", 303)


@router.post("/s/{key}/draft.json", operation_id="draft_changes", openapi_extra=STATE)
def draft_json(request: Request, key: str, proposal: Proposal) -> Drafted:
    """What saving a state's changes would write, as a unified diff."""
    sent = _Sent.of(request, key)
    drafted = _draft(sent, proposal)
    return Drafted(
        diff=drafted.diff, file=_file(sent, proposal.kind), version=_version(sent, proposal.kind)
    )


@router.post("/s/{key}/save.json", operation_id="save_changes", openapi_extra=STATE)
def save_json(request: Request, key: str, proposal: Proposal) -> Saved:
    """Save a state's changes; as a reading of a shipped case, in a copy of it."""
    return _save(_Sent.of(request, key), proposal)


def _save(sent: _Sent, proposal: Proposal) -> Saved:
    """Write it; what is there just so already, since it was sent twice, is saved.

    Raises UsageError, SituationError, Stale.
    """
    try:
        return _write(sent, proposal, _draft(sent, proposal))
    except (UsageError, Stale):
        now = _Sent.of(sent.request, sent.key)  # another request may have written meanwhile
        if not _is_saved(now, proposal):
            raise
        return Saved(file=_saved_file(now, proposal.kind), name=proposal.name.strip())


def _named(proposal: Proposal) -> dict[str, str]:
    """How an entry is called, without blanks around it; a what-if is nobody's."""
    names = ("name", "title", "note") + (("speaker",) if proposal.kind == "reading" else ())
    return {name: getattr(proposal, name).strip() for name in names}


def _draft(sent: _Sent, proposal: Proposal) -> Draft:
    named = _named(proposal)
    if proposal.kind == "what-if":
        return draft_what_if(sent.library, sent.opened, sent.asked, **named)
    return draft(sent.opened, sent.library.text(sent.key), sent.asked, **named)


def _is_saved(sent: _Sent, proposal: Proposal) -> bool:
    named = _named(proposal)
    if proposal.kind == "what-if":
        return is_saved_what_if(sent.library, sent.opened, sent.asked, **named)
    return is_saved(sent.opened, sent.asked, **named)


def _write(sent: _Sent, proposal: Proposal, drafted: Draft) -> Saved:
    if proposal.kind == "what-if":
        file = write_what_if(sent.library, sent.key, drafted, proposal.version)
    else:
        file = write(sent.library, sent.key, drafted.text, proposal.version)
    return Saved(file=str(file), name=drafted.name)


def _save_page(
    sent: _Sent, fields: dict[str, str], drafted: Draft | None, messages: list[str],
    status: int = 200,
) -> HTMLResponse:  # fmt: skip
    kind = "what-if" if fields.get("kind") == "what-if" else "reading"
    asked, library, key = sent.asked, sent.library, sent.key
    return page(
        "save.html.j2", key=key, state=asked.state, section="whatif", status=status,
        situation=sent.opened.situation, asked=asked.scenario,
        under=Names(sent.opened.situation).reading(asked.base.reading), kind=kind,
        fields=fields, drafted=drafted, messages=messages, target=_file(sent, kind),
        beside=what_if_file(library, key).name, shipped=library.entry(key).shipped,
        version=_version(sent, kind),
    )  # fmt: skip


def _version(sent: _Sent, kind: str) -> str:
    what_if = kind == "what-if"
    return version_of(sent.library, sent.key) if what_if else sent.library.version(sent.key)


def _file(sent: _Sent, kind: str) -> str:
    """The file that would be written."""
    if kind == "what-if":
        return str(what_if_file(sent.library, sent.key))
    return target(sent.request, sent.key)


def _saved_file(sent: _Sent, kind: str) -> str:
    """The file that something was written into."""
    return _file(sent, kind) if kind == "what-if" else str(sent.library.entry(sent.key).file)


def target(request: Request, key: str) -> str:
    """The situation file that would be written."""
    library = bench_of(request).library
    entry = library.entry(key)
    return str(copy_place(library, key) / entry.file.name if entry.shipped else entry.file)
