"""What the account claims, claim by claim; and the user's own copy of it, marked."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from detente.cases.opening import Opened
from detente.report.whose_word import ClaimView, claim_texts
from detente.web.bench import Seen, as_json, kept
from detente.web.describing import STATE
from detente.web.library import Unknown
from detente.web.rendering import page
from detente.web.safety import ALONE
from detente.web.source import marked_page, marked_text
from detente.web.state import State, concrete
from detente.web.values import parts_of

router = APIRouter(tags=["situations"])


class Resting(BaseModel):
    """A value that rests on a claim."""

    address: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Claimed(ClaimView):
    """One claim: who says what, how surely, where, and what rests on it."""

    resting: tuple[Resting, ...]


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


def _text_page(seen: Seen) -> Response:
    copy = seen.bench.source
    return page(
        "text.html.j2", key=seen.key, state=seen.state, section="text",
        told=account(seen.opened, seen.state),
        copy=marked_text(seen.opened, copy) if copy is not None else None,
    )  # fmt: skip


def _text_json(seen: Seen) -> Response:
    return as_json(account(seen.opened, seen.state))


def _marked(seen: Seen) -> Response:
    if seen.bench.source is None:
        raise Unknown("no text is open; give your own copy of it: detente serve CASE --source FILE")
    return HTMLResponse(marked_page(seen.opened, seen.bench.source))


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
            Claimed(**asdict(one), resting=tuple(resting.get(one.key, ())))
            for one in claim_texts(opened.situation, opened.claims)
        ],
    )
