"""The answer to a state: how likely, what blocks it; what changes when values or sources do."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from detente.report.page import scenario_view
from detente.sources.claims import Claims
from detente.sources.removal import Removal, removals
from detente.web.answering import Pair
from detente.web.bench import Seen, as_json, bench_of, kept
from detente.web.describing import STATE
from detente.web.held import forecasts_of
from detente.web.pictures import shown_figure
from detente.web.questions import QUESTIONS
from detente.web.rendering import page
from detente.web.state import FULL
from detente.web.telling import Told, told
from detente.web.values import Part, parts_of
from detente.web.what_if_files import what_if_file

router = APIRouter(tags=["answers"])
SORTS = {
    "group": "Every speaker of a sort", "speaker": "A speaker's own word",
    "channel": "All that comes through somebody", "source": "A text", "grade": "Below a grade",
    "unjudged": "What cannot be judged", "claim": "A single claim",
}  # fmt: skip


class WhatIf(BaseModel):
    """An answer, and what could be changed."""

    answer: Told
    parts: list[Part]


class Removable(BaseModel):
    """Somebody's word that may be left out."""

    without: str = Field(description="As it is written in an address: sort:name.")
    sort: str
    what: str
    claims: int = Field(description="How many claims go.")


class WhoseWord(BaseModel):
    """An answer, and whose word may be left out."""

    answer: Told
    removable: list[Removable]


@router.get("/s/{key}", response_class=HTMLResponse, include_in_schema=False)
@router.get("/s/{key}/run", response_class=HTMLResponse, include_in_schema=False)
def run_page(request: Request, key: str) -> Response:
    """How likely, the way there, the packages, the zone, who blocks."""
    return kept(request, key, _run_page, bench_of(request).ledgers_stamp())


def _run_page(seen: Seen) -> Response:
    pair, situation = seen.pair(), seen.opened.situation
    figures = seen.bench.figures(seen.opened, seen.state).values()
    library, saved = seen.bench.library, seen.request.query_params.get("saved")
    what_if = saved == "what-if"
    file = what_if_file(library, seen.key) if what_if else library.entry(seen.key).file
    return page(
        "run.html.j2", key=seen.key, state=seen.state, section="run", situation=situation,
        asked=pair.asked.scenario, told=told(pair, seen.key),
        figures=[shown_figure(one) for one in figures],
        view=scenario_view(pair.run, pair.run.answers[0]), ask=QUESTIONS["report"],
        saved=str(file) if saved else "", saved_what_if=what_if, forecasts=forecasts_of(seen),
    )  # fmt: skip


@router.get(
    "/s/{key}/run.json", operation_id="get_answer", openapi_extra=STATE, response_model=Told
)
def run_json(request: Request, key: str) -> Response:
    """The chances of a state, beside those of its reading as written, and what is changed.

    ``round``, ``reading``, ``draws``, ``seed`` as in the address of a page; ``set`` is
    ``ADDRESS=VALUE`` and ``without`` is ``sort:name``, each as often as need be.
    """
    return kept(request, key, _run_json)


def _run_json(seen: Seen) -> Response:
    return as_json(told(seen.pair(), seen.key))


@router.get("/s/{key}/whatif", response_class=HTMLResponse, include_in_schema=False)
def whatif_page(request: Request, key: str) -> Response:
    """Every value with something to move it by, and the answer beside."""
    return kept(request, key, _whatif_page)


def _whatif_page(seen: Seen) -> Response:
    pair = seen.pair()
    record = _what_if(seen, pair)
    return page(
        "whatif.html.j2", key=seen.key, state=seen.state, section="whatif",
        situation=seen.opened.situation, asked=pair.asked.scenario, told=record.answer,
        parts_shown=record.parts, full=FULL,
        settings={a: one.partition("=")[2] for a, one in seen.state.by_address.items()},
    )  # fmt: skip


@router.get(
    "/s/{key}/whatif.json", operation_id="get_what_if", openapi_extra=STATE, response_model=WhatIf
)
def whatif_json(request: Request, key: str) -> Response:
    """The answer of a state, and every value of its reading with the words it may take."""
    return kept(request, key, _whatif_json)


def _whatif_json(seen: Seen) -> Response:
    return as_json(_what_if(seen, seen.pair()))


def _what_if(seen: Seen, pair: Pair) -> WhatIf:
    plain = parts_of(seen.opened, pair.asked.base.values, pair.asked.base.reading)
    return WhatIf(answer=told(pair, seen.key), parts=plain)


@router.get("/s/{key}/word", response_class=HTMLResponse, include_in_schema=False)
def word_page(request: Request, key: str) -> Response:
    """Whose word the answer rests on: leave sources, speakers or claims out and see."""
    return kept(request, key, _word_page)


def _word_page(seen: Seen) -> Response:
    pair = seen.pair()
    return page(
        "word.html.j2", key=seen.key, state=seen.state, section="word",
        situation=seen.opened.situation, asked=pair.asked.scenario, told=told(pair, seen.key),
        sorts=_sorts(seen.opened.claims), full=FULL, ask=QUESTIONS["knockouts"],
    )  # fmt: skip


@router.get(
    "/s/{key}/word.json",
    operation_id="get_whose_word",
    openapi_extra=STATE,
    response_model=WhoseWord,
)
def word_json(request: Request, key: str) -> Response:
    """The answer of a state, and whose word may be left out."""
    return kept(request, key, _word_json)


def _word_json(seen: Seen) -> Response:
    found = [
        Removable(without=name, sort=title, what=words, claims=count)
        for title, few in _sorts(seen.opened.claims)
        for name, words, count in few
    ]
    return as_json(WhoseWord(answer=told(seen.pair(), seen.key), removable=found))


def _sorts(claims: Claims | None) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """What can be left out, sort by sort: as written in an address, in words, how many claims."""
    if claims is None:
        return []
    found: dict[str, list[tuple[str, str, int]]] = {title: [] for title in SORTS.values()}
    for one in removals(claims):
        title = SORTS[one.sort]
        found[title].append((f"{one.sort}:{one.name}", _named(claims, one), len(one.claims)))
    return [(title, few) for title, few in found.items() if few]


def _named(claims: Claims, one: Removal) -> str:
    match one.sort:
        case "speaker" | "channel":
            return claims.speakers[one.name].name
        case "source":
            return claims.sources[one.name].title
        case "claim":
            return claims.claims[one.name].says
        case "group":
            return f"every {one.name}"
        case "grade":
            return f"everything graded worse than {one.name}"
        case _:
            return "everything that nobody can judge (F or 6)"
