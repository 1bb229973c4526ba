"""What the account claims, claim by claim; and the user's own copy of it, marked."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from detente.cases.opening import Opened
from detente.report.whose_word import claim_texts
from detente.web.bench import as_json, bench_of, kept, state_of
from detente.web.describing import STATE
from detente.web.library import Unknown
from detente.web.rendering import page
from detente.web.safety import ALONE
from detente.web.source import marked_page
from detente.web.state import State, concrete
from detente.web.values import parts_of

router = APIRouter(tags=["situations"])


class Resting(BaseModel):
    """A value that rests on a claim."""

    address: str
    what: str
    value: str


class Claimed(BaseModel):
    """One claim: who says what, how surely, where, and what rests on it."""

    key: str
    says: str
    chain: str = Field(description="Who says it, citing whom.")
    letter: str
    basis: str
    kind: str
    hedge: str
    strength: str
    grade: str
    grade_words: str
    places: str
    note: str
    only_in: list[str]
    resting: list[Resting]


class Source(BaseModel):
    """A text that claims stand in."""

    title: str
    author: str
    published: str


class Account(BaseModel):
    """Every claim of a situation, in the order of its claims file."""

    title: str
    sources: list[Source]
    claims: list[Claimed]


@router.get("/s/{key}/text", response_class=HTMLResponse, include_in_schema=False)
def text_page(request: Request, key: str) -> Response:
    """Every claim in the analyst's words, with what rests on it."""
    return kept(request, key, _text_page)


@router.get(
    "/s/{key}/text.json", operation_id="get_claims", openapi_extra=STATE, response_model=Account
)
def text_json(request: Request, key: str) -> Response:
    """Every claim in the analyst's words, with what rests on it under a state's reading."""
    return kept(request, key, _text_json)


@router.get("/s/{key}/marked", operation_id="get_marked_text", response_class=HTMLResponse)
def marked(request: Request, key: str) -> Response:
    """The user's own copy of the text, marked: one page without scripts."""
    answer = kept(request, key, _marked)
    answer.headers["content-security-policy"] = ALONE
    return answer


def _text_page(request: Request, key: str) -> Response:
    opened, state = bench_of(request).library.open(key), state_of(request)
    return page(
        request, "text.html.j2", key=key, state=state, section="text",
        told=account(opened, state), own_copy=bench_of(request).source is not None,
    )  # fmt: skip


def _text_json(request: Request, key: str) -> Response:
    return as_json(account(bench_of(request).library.open(key), state_of(request)))


def _marked(request: Request, key: str) -> Response:
    bench = bench_of(request)
    if bench.source is None:
        raise Unknown("no text is open; give your own copy of it: detente serve CASE --source FILE")
    return HTMLResponse(marked_page(bench.library.open(key), bench.source))


def account(opened: Opened, state: State) -> Account:
    """The claims of a situation. Raises UsageError for a state it does not have."""
    asked = concrete(opened, state)
    resting: dict[str, list[Resting]] = {}
    for part in parts_of(opened, asked.scenario.values, asked.scenario.reading):
        for row in part.rows:
            for claim in row.claims:
                one = Resting(address=row.address, what=row.what, value=row.value)
                resting.setdefault(claim.id, []).append(one)
    sources = opened.claims.sources.values() if opened.claims else ()
    return Account(
        title=opened.situation.title,
        sources=[
            Source(title=one.title, author=one.author, published=str(one.published or ""))
            for one in sources
        ],
        claims=[
            Claimed(**asdict(one), resting=resting.get(one.key, []))
            for one in claim_texts(opened.situation, opened.claims)
        ],
    )
