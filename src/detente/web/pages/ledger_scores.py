"""How good the forecasts of a ledger are, and the ledger as files that anyone can keep."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from altair.utils.schemapi import debug_mode
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from detente import __version__
from detente.addresses import suggestion
from detente.errors import UsageError
from detente.figures.calibration import calibration_figure
from detente.figures.record import Figure
from detente.ledger.calibrating import Calibration, calibration
from detente.ledger.choosing import Choice, tagged
from detente.ledger.copies import open_to_read
from detente.ledger.exchange.log import log_csv
from detente.ledger.references import REFERENCES
from detente.ledger.scoring import GROUPINGS, Group, Scored, grouped, late, score
from detente.report.ledger_html import render_ledger, score_tables
from detente.report.ledger_scores_json import calibration_object, scores_object
from detente.report.ledger_scores_words import (
    NO_SCORE,
    SCORE_NOTE,
    against_words,
    calibration_sentences,
    late_words,
)
from detente.web.describing import JSON, answers
from detente.web.ledger_views import tags_of
from detente.web.pages.ledger import Looked, Mode, Tag, Which, as_json, drawn, looked
from detente.web.pictures import TYPES, Form, shown_figure
from detente.web.rendering import page
from detente.web.safety import ALONE

router = APIRouter(tags=["ledger"])
SHOWN = 200  # rows of a table; the JSON has all
SEED = 1  # of the band of a calibration curve
By = Annotated[str, Query(alias="group", description=f"By {', '.join(GROUPINGS)}.")]
Against = Annotated[str, Query(description=f"Less that of: {', '.join(REFERENCES)}.")]
Author = Annotated[str, Query(description="Only forecasts by this author.")]
Lens = Annotated[str, Query(description="Only forecasts with this lens.")]
Reading = Annotated[str, Query(description="Only forecasts under this reading.")]
After = Annotated[bool, Query(description="Forecasts made after the fact instead.")]
LABELS = {
    "stream": "author, lens and reading", "author": "author", "lens": "lens", "reading": "reading",
    "tag": "tag", "question": "question", "all": "all together",
}  # fmt: skip


@router.get("/ledger/scores", response_class=HTMLResponse, include_in_schema=False)
def scores_page(
    request: Request, ledger: Which = "", group: By = "stream", against: Against = "",
    tag: Tag = "",
) -> HTMLResponse:  # fmt: skip
    """Scores by what forecasts have in common."""
    at = looked(request, ledger)
    groups, _, left = _scored(at, group, against, tag)
    return page(
        "scores.html.j2", section="ledger", at=at, group=group, against=against, tag=tag,
        tables=score_tables(groups, f"By {LABELS[group]}", against or None), shown=SHOWN,
        labels=LABELS, references=REFERENCES, tags=tags_of(at.read.book), note=SCORE_NOTE,
        compared=against_words(groups, against) if against else "", none=NO_SCORE, late=late_words(left) if left else "",
    )  # fmt: skip


@router.get(
    "/ledger/scores.json", operation_id="get_scores", response_class=Response, responses=JSON
)
def scores_json(
    request: Request, ledger: Which = "", group: By = "stream", against: Against = "",
    tag: Tag = "",
) -> Response:  # fmt: skip
    """Scores, as ``detente ledger score --json`` has them."""
    groups, scored, left = _scored(looked(request, ledger), group, against, tag)
    return as_json(
        scores_object(
            groups, scored, group=group, against=against or None, late=left, version=__version__
        )
    )


def _scored(
    at: Looked, group: str, against: str, tag: str
) -> tuple[list[Group], list[Scored], int]:
    """Means by group, every score, and how many forecasts came too late. Raises UsageError."""
    if group not in GROUPINGS:
        raise UsageError(f"group {group}: none such; {suggestion(group, GROUPINGS)}")
    if against and against not in REFERENCES:
        raise UsageError(f"against {against}: none such; {suggestion(against, REFERENCES)}")

    def made() -> tuple[list[Scored], int]:
        names = tagged(at.read.book, (tag,) if tag else ())
        scored = score(at.read.book, at.now, against=against or None, names=names)
        return scored, late(at.read.book, at.now, names)

    scored, left = at.worked_out(("scores", against, tag), made)
    key = ("groups", group, against, tag)
    return at.worked_out(key, lambda: grouped(scored, group)), scored, left


@router.get("/ledger/calibration", response_class=HTMLResponse, include_in_schema=False)
def calibration_page(
    request: Request, ledger: Which = "", tag: Tag = "", author: Author = "", lens: Lens = "",
    reading: Reading = "", after_the_fact: After = False,
) -> HTMLResponse:  # fmt: skip
    """Whether things said to be 70 % likely happen in 70 %."""
    at = looked(request, ledger)
    wanted = _choice(tag, author, lens, reading, after_the_fact)
    calibrated = _calibrated(at, wanted)
    figures = _figures(at, wanted)
    said = [k.record for one in at.read.book.values() for k in one.forecasts]
    return page(
        "calibration.html.j2", section="ledger", at=at, wanted=wanted, query=_query(at, wanted),
        sentences=calibration_sentences(calibrated),
        figures=[shown_figure(one) for one in figures.values()], tags=tags_of(at.read.book),
        authors=sorted({one.by for one in said}), lenses=sorted({one.lens for one in said}),
        readings=sorted({one.reading for one in said if one.reading}),
        any_after=any(one.after_the_fact for one in said),
    )  # fmt: skip


@router.get(
    "/ledger/calibration.json",
    operation_id="get_calibration",
    response_class=Response,
    responses=JSON,
)
def calibration_json(
    request: Request, ledger: Which = "", tag: Tag = "", author: Author = "", lens: Lens = "",
    reading: Reading = "", after_the_fact: After = False,
) -> Response:  # fmt: skip
    """Calibration, as ``detente ledger calibration --json`` has it."""
    wanted = _choice(tag, author, lens, reading, after_the_fact)
    return as_json(calibration_object(_calibrated(looked(request, ledger), wanted), __version__))


@router.get(
    "/ledger/calibration/figure/{figure}.{form}", operation_id="get_calibration_figure",
    response_class=Response, responses=answers(*TYPES.values()),
)  # fmt: skip
def calibration_picture(
    request: Request, figure: str, form: Form, ledger: Which = "", tag: Tag = "",
    author: Author = "", lens: Lens = "", reading: Reading = "", after_the_fact: After = False,
    mode: Mode = "light",
) -> Response:  # fmt: skip
    """The figure of a calibration, as SVG, PNG or CSV."""
    at = looked(request, ledger)
    wanted = _choice(tag, author, lens, reading, after_the_fact)
    return drawn(at, _figures(at, wanted), figure, form, mode, wanted, called=figure)


def _choice(tag: str, author: str, lens: str, reading: str, after_the_fact: bool) -> Choice:
    return Choice(
        (tag,) if tag else (), author or None, lens or None, reading or None, after_the_fact
    )


def _query(at: Looked, wanted: Choice) -> str:
    """The choice as the end of an address, with its question mark; empty if plain."""
    pairs = [("ledger", at.one.key)] if at.which else []
    pairs += [("tag", tag) for tag in wanted.tags]
    for name in ("author", "lens", "reading"):
        value: str | None = getattr(wanted, name)
        pairs += [(name, value)] if value else []
    pairs += [("after_the_fact", "true")] if wanted.after_the_fact else []
    return "?" + urlencode(pairs) if pairs else ""


def _calibrated(at: Looked, wanted: Choice) -> Calibration:
    book = at.read.book
    return at.worked_out(
        ("calibration", wanted),
        lambda: calibration(
            book, at.now, SEED, counts=wanted.takes, names=tagged(book, wanted.tags),
            after_the_fact=wanted.after_the_fact,
        ),
    )  # fmt: skip


def _figures(at: Looked, wanted: Choice) -> dict[str, Figure]:
    """The figure of a calibration by its name, where there is one."""

    @debug_mode(False)  # tests check the specifications; here it would only cost time
    def made() -> dict[str, Figure]:
        one = calibration_figure(_calibrated(at, wanted))
        return {} if one is None else {one.name: one}

    return at.worked_out(("calibration figure", wanted), made)


@router.get(
    "/ledger/log.csv",
    operation_id="get_log",
    response_class=Response,
    responses=answers("text/csv"),
)
def log_file(request: Request, ledger: Which = "") -> Response:
    """The log with its hashes, as ``detente ledger export`` writes it: whoever has it can verify."""
    at = looked(request, ledger)
    with open_to_read(at.one.where) as opened:
        return _file(log_csv(opened.entries()).encode(), "ledger.csv", "text/csv; charset=utf-8")


@router.get("/ledger/public.html", operation_id="get_public_page", response_class=HTMLResponse)
def public_page(request: Request, ledger: Which = "", save: bool = False) -> Response:
    """The ledger as one page that anyone can host, as ``detente ledger show --out`` writes it."""
    at = looked(request, ledger)
    text: str = at.worked_out(("page",), lambda: _public(at))
    if save:
        return _file(text.encode(), "ledger.html", "text/html; charset=utf-8")
    return HTMLResponse(text, headers={"content-security-policy": ALONE})


def _public(at: Looked) -> str:
    book, names = at.read.book, list(at.read.book)
    return render_ledger(
        book, names, at.now, groups=grouped(score(book, at.now, names=names), "stream"),
        calibrated=calibration(book, at.now, names=names), head=at.read.head,
        title="Forecasts and what became of them", version=__version__,
    )  # fmt: skip


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers: dict[str, Any] = {"content-disposition": f'attachment; filename="{name}"'}
    if name.endswith(".html"):
        headers["content-security-policy"] = ALONE
    return Response(content, media_type=media_type, headers=headers)
