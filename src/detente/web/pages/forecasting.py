"""Forecasts written from a page: by hand on a question, or kept from the answer of a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from detente.analysis.probabilities import MEANINGS
from detente.errors import DetenteError, UsageError
from detente.figures.naming import percent
from detente.ledger.author import usual_author
from detente.ledger.chain import Entry
from detente.ledger.records import Forecast
from detente.report.ledger_entry_json import entry_object
from detente.web.bench import Bench, Seen, bench_of
from detente.web.describing import JSON, STATE
from detente.web.forecasts import (
    ByHand,
    Drafted,
    Keeping,
    WillWrite,
    by_hand,
    drafted,
    kept_from,
    moment_now,
    must_be_writable,
    open_questions,
    put_once,
)
from detente.web.ledgers import BEGIN, Offered
from detente.web.origins import name_of
from detente.web.pages.ledger import Looked, Which, as_json, looked, question_html
from detente.web.rendering import in_words, page, spoken
from detente.web.saving import Stale
from detente.web.state import form_fields

router = APIRouter(tags=["changes"])
STALE = "the situation has changed on disk since this was shown; look at it again"


@router.post("/ledger/q/{question}/forecast", response_class=HTMLResponse, include_in_schema=False)
async def said_form(request: Request, question: str, ledger: Which = "") -> Response:
    """What somebody typed: show what it would write, or, once that was seen, write it."""
    given = form_fields(await request.body())
    return await run_in_threadpool(_said, request, question, ledger, given)


def _said(request: Request, question: str, ledger: str, given: dict[str, str]) -> Response:
    at = looked(request, ledger)
    fields = {name: given.get(name, "") for name in ("probability", "by", "why")}
    messages: Sequence[str] = ()
    try:
        must_be_writable(at.one)
        one = by_hand(at.read.book, question, ByHand.model_validate(fields), moment_now())
        if "write" not in given:
            shown = drafted(one, at.read)
            return question_html(at, question, 1, fields=fields, drafted=shown)
        return _to_question(at, question, _written(at, one))
    except ValidationError as error:
        messages = in_words(error.errors())
    except UsageError as error:
        messages = spoken(error)
    return question_html(at, question, 1, status=422, fields=fields, messages=messages)


@router.post(
    "/ledger/q/{question}/forecast.json",
    operation_id="write_forecast",
    response_class=Response,
    responses=JSON,
)
def said_json(request: Request, question: str, given: ByHand, ledger: Which = "") -> Response:
    """Write what somebody expects of an open yes-no question; the entry as commands tell it."""
    at = looked(request, ledger)
    must_be_writable(at.one)
    one = by_hand(at.read.book, question, given, moment_now())
    return _entries(_written(at, one))


@router.get("/s/{key}/forecast", response_class=HTMLResponse, include_in_schema=False)
def keep_page(request: Request, key: str) -> Response:
    """Which probability of the answer shown is kept, as a forecast of which question."""
    fields = {"by": usual_author()}
    asked = request.query_params.get("question")
    return _keep_page(_seen(request, key), fields | ({"question": asked} if asked else {}))


@router.post("/s/{key}/forecast", response_class=HTMLResponse, include_in_schema=False)
async def keep_form(request: Request, key: str) -> Response:
    """The same form sent: show what it would write, or, once that was seen, write it."""
    given = form_fields(await request.body())
    return await run_in_threadpool(_keep, request, key, given)


def _keep(request: Request, key: str, given: dict[str, str]) -> Response:
    seen = _seen(request, key)
    fields = {n: given[n] for n in ("question", "event", "by", "why", "version") if n in given}
    try:
        wanted = Keeping.model_validate({"question": "", "by": "", **fields})
        at = _own(seen)
        one = _from_state(seen, at, wanted)
        if "write" not in given:
            return _keep_page(seen, fields, drafted_=drafted(one, at.read))
        _must_be_as_shown(seen, wanted)
        return _to_question(at, one.question, _written(at, one))
    except ValidationError as error:
        return _keep_page(seen, fields, in_words(error.errors()), status=422)
    except UsageError as error:
        return _keep_page(seen, fields, spoken(error), status=422)
    except Stale as error:
        return _keep_page(seen, fields, [str(error)], status=409)


@router.post("/s/{key}/draft-forecast.json", operation_id="draft_forecast", openapi_extra=STATE)
def draft_json(request: Request, key: str, wanted: Keeping) -> WillWrite:
    """What keeping the answer of a state as a forecast would write."""
    seen = _seen(request, key)
    at = _own(seen)
    shown = drafted(_from_state(seen, at, wanted), at.read)
    version = seen.bench.library.version(seen.key)
    return WillWrite(says=shown.says, record=shown.forecast, ledger=shown.ledger, version=version)


@router.post(
    "/s/{key}/forecast.json", operation_id="keep_forecast", openapi_extra=STATE,
    response_class=Response, responses=JSON,
)  # fmt: skip
def keep_json(request: Request, key: str, wanted: Keeping) -> Response:
    """Keep the answer of a state as a forecast, with its run; the entry as commands tell it."""
    seen = _seen(request, key)
    at = _own(seen)
    one = _from_state(seen, at, wanted)
    _must_be_as_shown(seen, wanted)
    return _entries(_written(at, one))


def _seen(request: Request, key: str) -> Seen:
    bench = bench_of(request)
    return Seen(request, bench, bench.library.open(key))


def _own(seen: Seen) -> Looked:
    """The ledger of one's own. Raises UsageError where there is none, or it cannot be opened."""
    one = writable(seen.bench)
    if one is None:
        raise UsageError(f"there is no ledger of your own here; begin one with: {BEGIN}")
    return looked(seen.request, one.key)


def writable(bench: Bench) -> Offered | None:
    """The ledger that may be written to, if there is one."""
    return next((one for one in bench.offered() if one.writable), None)


def _from_state(seen: Seen, at: Looked, wanted: Keeping) -> Forecast:
    entry = seen.bench.library.entry(seen.key)
    return kept_from(at.read.book, seen.pair(), wanted, name_of(entry), moment_now())


def _must_be_as_shown(seen: Seen, wanted: Keeping) -> None:
    if seen.bench.library.version(seen.key) != wanted.version:
        raise Stale(STALE)


def _written(at: Looked, one: Forecast) -> list[Entry]:
    return at.bench.ledgers.write(at.one, lambda ledger: put_once(ledger, one))


def _entries(entries: list[Entry]) -> Response:
    return as_json({"entries": [entry_object(entry) for entry in entries], "without": []})


def _to_question(at: Looked, question: str, entries: list[Entry]) -> Response:
    number = entries[-1].number
    place = f"/ledger/q/{quote(question)}?ledger={at.one.key}&written={number}"
    return RedirectResponse(f"{place}#entry-{number}", 303)


def _keep_page(
    seen: Seen, fields: dict[str, str], messages: Sequence[str] = (), *,
    drafted_: Drafted | None = None, status: int = 200,
) -> Response:  # fmt: skip
    pair, own = seen.pair(), writable(seen.bench)
    chances = pair.run.answers[0].probabilities
    content: dict[str, Any] = {"questions": [], "messages": list(messages)}
    try:
        if own is not None:
            at = looked(seen.request, own.key)
            content["questions"] = open_questions(at.read.book, at.now)
    except DetenteError as error:
        content["messages"] += spoken(error)
    return page(
        "keep.html.j2", key=seen.key, state=seen.state, section="run", status=status,
        situation=seen.opened.situation, asked=pair.asked.scenario, own=own, fields=fields,
        events=[
            (name.replace("_", "-"), MEANINGS[name], percent(chances[name].p))
            for name in MEANINGS
            if name in chances
        ],
        changed=seen.state.changed, drafted=drafted_, begin=BEGIN,
        version=seen.bench.library.version(seen.key), **content,
    )  # fmt: skip
