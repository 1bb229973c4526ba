"""The ledger: what was asked, what was said of it, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from altair.utils.schemapi import debug_mode
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from detente import __version__
from detente.errors import DetenteError
from detente.figures.record import Figure
from detente.figures.said import said_figure
from detente.figures.said_over_time import over_time_figure
from detente.ledger.author import usual_author
from detente.ledger.choosing import check_status, tagged, with_status
from detente.ledger.history import standing, window
from detente.ledger.keeping import unknown
from detente.ledger.latest import by_stream, latest
from detente.ledger.scoring import grouped, score
from detente.report.ledger_html import ScoreTable, score_tables
from detente.report.ledger_json import ledger_object, verified_object
from detente.report.ledger_scores_words import SCORE_NOTE
from detente.report.ledger_words import NOTE_HASH, STATUS_WORDS, sound_words, standing_words
from detente.web.bench import Bench, bench_of
from detente.web.describing import JSON, answers
from detente.web.ledger_views import found, leaf, moment_words, question_page, row, tags_of
from detente.web.ledgers import BEGIN, Offered, Read, chosen
from detente.web.library import Unknown
from detente.web.origins import forecast_from, places
from detente.web.pages.figures import picture_response
from detente.web.pictures import TYPES, Form, drawing, shown_figure
from detente.web.rendering import page, spoken

router = APIRouter(tags=["ledger"])
SHOWN_FAULTS = 20  # on the page; the JSON has all
Which = Annotated[str, Query(description="A ledger by its key; the first if left out.")]
Tag = Annotated[str, Query(description="Only questions with this tag.")]
Status = Annotated[str, Query(description=f"Only questions that are {', '.join(STATUS_WORDS)}.")]
FromSituation = Annotated[
    str, Query(description="Only questions forecast from this situation, by its key.")
]
Find = Annotated[str, Query(max_length=200, description="Words of the question.")]
Part = Annotated[int, Query(ge=1, le=10**6, description="Of a long list.")]
Mode = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a request looks at: a ledger among those there are, as it was read, now."""

    request: Request
    bench: Bench
    offered: tuple[Offered, ...]
    one: Offered
    read: Read
    now: datetime

    def worked_out(self, what: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """Something made of the ledger; made once."""
        return self.bench.ledgers.worked_out(self.read, what, make)

    @property
    def which(self) -> str:
        """The end of an address that names the ledger: empty for the first."""
        return "" if self.one == self.offered[0] else f"ledger={self.one.key}"


def looked(request: Request, which: str) -> Looked:
    """The ledger that a request names. Raises Unknown; DetenteError where it cannot be read."""
    bench = bench_of(request)
    offered = bench.offered()
    one = chosen(offered, which)
    return Looked(request, bench, offered, one, bench.ledgers.read(one), datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions are listed."""

    status: str
    tag: str
    situation: str
    find: str

    def names(self, at: Looked) -> list[str]:
        """Their names in the order asked. Raises UsageError, Unknown."""
        book = at.read.book
        check_status(self.status or None)
        names = tagged(book, (self.tag,) if self.tag else ())
        if self.situation:
            place = next((p for p in places(at.bench) if p.key == self.situation), None)
            if place is None:
                raise Unknown(f"{self.situation}: no such situation is open")
            of_it = set(forecast_from(book, place))
            names = [name for name in names if name in of_it]
        return found(book, with_status(book, names, self.status or None, at.now), self.find)


@router.get("/ledger", response_class=HTMLResponse, include_in_schema=False)
def ledger_page(
    request: Request, ledger: Which = "", status: Status = "", tag: Tag = "",
    situation: FromSituation = "", find: Find = "", part: Part = 1,
) -> HTMLResponse:  # fmt: skip
    """The questions of a ledger, and whether its log is sound."""
    bench = bench_of(request)
    offered = bench.offered()
    if not offered and not ledger:
        return page("no_ledger.html.j2", section="ledger", begin=BEGIN)
    one = chosen(offered, ledger)
    try:
        at = looked(request, ledger)
    except DetenteError as error:
        return page(
            "ledger_trouble.html.j2", section="ledger", status=422, offered=offered, one=one,
            messages=spoken(error),
        )  # fmt: skip
    wanted = Filter(status, tag, situation, find)
    names = wanted.names(at)
    parted = leaf(len(names), part)
    return page(
        "ledger.html.j2", section="ledger", at=at, wanted=wanted, part=parted,
        rows=[row(at.read.book, name, at.now) for name in names[parted.span]],
        statuses=STATUS_WORDS, tags=tags_of(at.read.book), checked=moment_words(at.read.at),
        sound=sound_words(at.read.head[0], len(at.read.faults)), note_hash=NOTE_HASH,
        faults=[str(fault) for fault in at.read.faults[:SHOWN_FAULTS]],
        more_faults=max(len(at.read.faults) - SHOWN_FAULTS, 0), begin=BEGIN,
    )  # fmt: skip


@router.get("/ledger.json", operation_id="get_ledger", response_class=Response, responses=JSON)
def ledger_json(
    request: Request, ledger: Which = "", status: Status = "", tag: Tag = "",
    situation: FromSituation = "", find: Find = "",
) -> Response:  # fmt: skip
    """The questions with all that was said of them, as ``detente ledger show --json`` has them."""
    at = looked(request, ledger)
    return _questions(at, Filter(status, tag, situation, find).names(at))


@router.get("/ledgers.json", operation_id="list_ledgers")
def ledgers_json(request: Request) -> list[dict[str, str | bool]]:
    """The ledgers that can be looked at: key, name, and whether they may be written to."""
    return [
        {"key": one.key, "title": one.title, "writable": one.writable}
        for one in bench_of(request).offered()
    ]


@router.get(
    "/ledger/verify.json", operation_id="verify_ledger", response_class=Response, responses=JSON
)
def verify_json(request: Request, ledger: Which = "") -> Response:
    """Whether the log is sound, as ``detente ledger verify --json`` tells it."""
    at = looked(request, ledger)
    return as_json(verified_object(at.read.where, at.read.head, at.read.faults))


# a question may be named like a file, so the twin comes first and gives way to such a one
@router.get(
    "/ledger/q/{question}.json",
    operation_id="get_question",
    response_class=Response,
    responses=JSON,
)
def question_json(request: Request, question: str, ledger: Which = "") -> Response:
    """One question with all that was said of it, as ``detente ledger show NAME --json``."""
    at = looked(request, ledger)
    if question not in at.read.book and f"{question}.json" in at.read.book:
        return question_html(at, f"{question}.json", 1)
    return _questions(at, [_known(at, question)])


@router.get("/ledger/q/{question}", response_class=HTMLResponse, include_in_schema=False)
def one_question(
    request: Request, question: str, ledger: Which = "", part: Part = 1
) -> HTMLResponse:
    """A question: what counts as which answer, what was said, and what became of it."""
    return question_html(looked(request, ledger), question, part)


def question_html(
    at: Looked, question: str, part: int, *, status: int = 200, **writing: Any
) -> HTMLResponse:
    """The page of a question. ``writing`` is what a form that was sent has to say."""
    name = _known(at, question)
    written = at.request.query_params.get("written", "")
    fields = {"by": usual_author()}
    content: dict[str, Any] = {"fields": fields, "messages": (), "drafted": None, **writing}
    return page(
        "question.html.j2", section="ledger", status=status, at=at,
        told=question_page(at.read.book, name, at.now, part, places(at.bench)),
        figures=[shown_figure(one) for one in figures_of(at, name).values()],
        scores=_scores(at, name), score_note=SCORE_NOTE,
        written=written if written.isdecimal() else "", **content,
    )  # fmt: skip


def _scores(at: Looked, name: str) -> list[ScoreTable]:
    """How good the forecasts of a question were; none where it has no answer."""
    book = at.read.book
    return at.worked_out(
        ("scores of", name),
        lambda: score_tables(grouped(score(book, at.now, names=(name,)), "stream")),
    )


@router.get("/ledger/q/{question}/figures.json", operation_id="list_question_figures")
def question_figures(request: Request, question: str, ledger: Which = "") -> list[str]:
    """Names of the figures of a question."""
    at = looked(request, ledger)
    return list(figures_of(at, _known(at, question)))


@router.get(
    "/ledger/q/{question}/figure/{figure}.{form}", operation_id="get_question_figure",
    response_class=Response, responses=answers(*TYPES.values()),
)  # fmt: skip
def question_figure(
    request: Request, question: str, figure: str, form: Form, ledger: Which = "",
    mode: Mode = "light",
) -> Response:  # fmt: skip
    """One figure of a question, as SVG, PNG or CSV."""
    at = looked(request, ledger)
    name = _known(at, question)
    return drawn(at, figures_of(at, name), figure, form, mode, name, called=f"{name}-{figure}")


def figures_of(at: Looked, name: str) -> dict[str, Figure]:
    """The figures of a question, by name."""

    @debug_mode(False)  # tests check the specifications; here it would only cost time
    def made() -> dict[str, Figure]:
        book = at.read.book
        question, stands = book[name].question, standing(book, name, at.now)
        end = min(window(question, stands)[1], at.now)
        both = (
            said_figure(
                question, latest(book, name, at.now), stands.answer, standing_words(stands)
            ),
            over_time_figure(question, by_stream(book, name, at.now), stands.answer, end),
        )
        return {one.name: one for one in both if one is not None}

    return at.worked_out(("figures", name), made)


def drawn(
    at: Looked, figures: dict[str, Figure], figure: str, form: Form, mode: Mode, *what: Any,
    called: str,
) -> Response:  # fmt: skip
    """A figure of a ledger as a file, ``called`` so. Raises Unknown."""
    if figure not in figures:
        raise Unknown(f"{figure}: there is no such figure here")
    key = ("figure", *what, figure, form, mode)
    content = at.worked_out(key, lambda: drawing(figures[figure], form, mode))
    return picture_response(content, called, form)


def as_json(plain: Any) -> Response:
    """Plain data as the answer to a request."""
    return Response(json.dumps(plain, ensure_ascii=False), media_type="application/json")


def _questions(at: Looked, names: list[str]) -> Response:
    read = at.read
    return as_json(
        ledger_object(
            read.book, names, at.now, where=read.where, head=read.head, version=__version__
        )
    )


def _known(at: Looked, name: str) -> str:
    """The name of a question that was asked. Raises Unknown."""
    if name not in at.read.book:
        raise Unknown(str(unknown(name, list(at.read.book))))
    return name
