"""The server: its pages, their JSON twins, its errors in words."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from detente import __version__
from detente.errors import DetenteError, SituationError
from detente.web.bench import Bench
from detente.web.describing import REFUSALS
from detente.web.ledgers import Ledgers
from detente.web.library import Library, Unknown
from detente.web.pages import (
    answers,
    assets,
    cases,
    editing,
    figures,
    forecasting,
    ledger,
    ledger_scores,
    questions,
    saving,
    situation,
    text,
)
from detente.web.rendering import in_words, page, spoken
from detente.web.safety import COOKIE, LOOPBACK, Doorkeeper, guard
from detente.web.saving import Stale

PARTS = (
    cases, situation, text, answers, figures, questions, saving, editing, ledger, ledger_scores,
    forecasting, assets,
)  # fmt: skip


def make_app(
    library: Library, token: str, hosts: tuple[str, ...] = LOOPBACK, source: Path | None = None,
    *, numbers: bool = False, cookie: str = COOKIE, ledgers: Ledgers | None = None,
) -> FastAPI:  # fmt: skip
    """The workbench over a library.

    Args:
        library: what is open.
        token: what a request that changes something must bring.
        hosts: names by which the server may be called.
        source: the user's own copy of the text that was coded.
        numbers: whether it may be called by any numeric address as well.
        cookie: what the token is kept in.
        ledgers: one's own; without it those that ship with open cases are all there are.
    """
    app = FastAPI(
        title="Detente workbench",
        version=__version__,
        summary="A situation, its answers, and what-ifs, as JSON.",
        docs_url=None,
        redoc_url=None,
        responses=REFUSALS,
    )
    app.state.bench = Bench(library, source, ledgers or Ledgers())
    for part in PARTS:
        app.include_router(part.router)
    app.add_exception_handler(Unknown, _unknown)
    app.add_exception_handler(Stale, _stale)
    app.add_exception_handler(SituationError, _mistakes)
    app.add_exception_handler(DetenteError, _refused)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(OSError, _not_written)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)
    app.add_middleware(Doorkeeper, token=token, hosts=hosts, numbers=numbers, cookie=cookie)
    return app


async def _unknown(request: Request, error: Exception) -> Response:
    return _said(request, 404, "There is no such page", [str(error)])


async def _stale(request: Request, error: Exception) -> Response:
    return _said(request, 409, "Changed in the meantime", [str(error)])


async def _mistakes(request: Request, error: Exception) -> Response:
    assert isinstance(error, SituationError)
    return _said(request, 422, "The file has mistakes", spoken(error))


async def _refused(request: Request, error: Exception) -> Response:
    return _said(request, 422, "That cannot be done", spoken(error))


async def _misshapen(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _said(request, 422, "That cannot be done", in_words(error.errors()))


async def _not_written(request: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    what = f"{error.filename or 'the file'}: {error.strerror or error}; nothing was written"
    return _said(request, 422, "That cannot be done", [what])


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = "There is no such page" if error.status_code == 404 else "That cannot be done"
    return _said(request, error.status_code, what, [str(error.detail)])


async def _unforeseen(request: Request, error: Exception) -> Response:
    """A mistake of ours: its kind, for a report; what it says may hold what a file says."""
    told = f"{type(error).__name__}. The terminal where detente serve runs says more."
    answer = _said(request, 500, "This should not have happened", [told])
    guard(answer.headers)  # it is sent from outside of the doorkeeper
    return answer


def _said(request: Request, status: int, what: str, messages: list[str]) -> Response:
    """An error as a page, or as JSON for whoever asked for that."""
    wants = request.headers.get("accept", "")
    if request.url.path.endswith(".json") or "text/html" not in wants:
        return JSONResponse({"error": what, "messages": messages}, status)
    return page("error.html.j2", status=status, what=what, messages=messages)
