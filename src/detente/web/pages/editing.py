"""The file itself, edited in the page, with its mistakes beside it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from detente.errors import SituationError
from detente.situation.load import loads
from detente.web.bench import bench_of, state_of
from detente.web.completing import Word, completions
from detente.web.pages.saving import Saved, target
from detente.web.rendering import address_of, has, page
from detente.web.saving import with_line_ends, write

router = APIRouter(tags=["changes"])
EDITOR = "editor.js"  # made when the package was built, where that could be


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


@router.get("/s/{key}/edit", response_class=HTMLResponse, include_in_schema=False)
def edit_page(request: Request, key: str) -> HTMLResponse:
    """The file itself, with its mistakes beside it."""
    library = bench_of(request).library
    entry = library.entry(key)
    text = library.text(key)
    return page(
        "edit.html.j2", key=key, editor=address_of(EDITOR) if has(EDITOR) else "", state=state_of(request), section="edit", text=text,
        file=str(entry.file), shipped=entry.shipped, target=target(request, key),
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
