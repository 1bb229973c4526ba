"""A ledger, or a calibration, as one HTML file that anyone can host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from altair.utils.schemapi import debug_mode

from detente.figures.calibration import calibration_figure
from detente.figures.theme import css_properties
from detente.ledger.calibrating import Calibration
from detente.ledger.history import Book, History, standing
from detente.ledger.records import AFTER
from detente.ledger.scoring import Group
from detente.report.ledger_scores_words import (
    NO_SCORE,
    RELATIVE,
    SCORE_HEADINGS,
    SCORE_NOTE,
    calibration_sentences,
    mean_words,
    score_names,
)
from detente.report.ledger_terminal import value_of
from detente.report.ledger_words import (
    asked_words,
    day_words,
    forecast_notes,
    reasons_words,
    runs_words,
    standing_words,
    value_words,
)
from detente.report.page import picture
from detente.report.rendering import environment


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the page shows it, with its forecasts and its resolutions as rows."""

    history: History
    status: str
    stands: str
    asked: str
    forecasts: Sequence[Sequence[str]]
    reasons: Sequence[str]
    resolutions: Sequence[str]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Means by group: a heading, columns and rows."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_ledger(
    book: Book, names: Sequence[str], now: datetime, *, groups: Sequence[Group],
    calibrated: Calibration, head: tuple[int, str], title: str, version: str,
) -> str:  # fmt: skip
    """The page of a ledger: every question named, the scores, the calibration, the last hash.

    The same arguments give the same text.
    """
    return environment().get_template("ledger.html.j2").render(
        title=title, read_at=f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
        questions=[_question(book, name, now) for name in names], tables=score_tables(groups), score_note=SCORE_NOTE, no_score=NO_SCORE,
        picture=picture(calibration_figure(calibrated)),
        sentences=calibration_sentences(calibrated), entries=head[0], head=head[1],
        version=version, light=css_properties("light"), dark=css_properties("dark"),
    )  # fmt: skip


@debug_mode(False)  # the same
def render_calibration(found: Calibration, *, title: str, version: str) -> str:
    """The page of a calibration alone."""
    return environment().get_template("calibration.html.j2").render(
        title=title, picture=picture(calibration_figure(found)),
        sentences=calibration_sentences(found), version=version,
        light=css_properties("light"), dark=css_properties("dark"),
    )  # fmt: skip


def _question(book: Book, name: str, now: datetime) -> QuestionView:
    history, stands = book[name], standing(book, name, now)
    return QuestionView(
        history,
        stands.status,
        standing_words(stands),
        asked_words(history),
        [
            (
                day_words(one.record.at), one.record.by, value_words(one.record.value),
                forecast_notes(one.record), str(one.number),
            )
            for one in history.forecasts
        ],
        [*runs_words(history), *reasons_words(history)],
        [
            f"{one.record.verdict if one.record.answer is None else value_of(one.record.answer)}, "
            f"known {day_words(one.record.known)}: {one.record.source} "
            f"(entry {one.number}, by {one.record.by})"
            for one in history.resolutions
        ],
    )  # fmt: skip


def score_tables(
    groups: Sequence[Group], title: str = "By forecaster", against: str | None = None
) -> list[ScoreTable]:
    """Made in time, and made after the fact: two tables, never one.

    With ``against``, what those made in time have less than that reference, in a last column.
    """
    found: list[ScoreTable] = []
    for after, told in ((False, title), (True, AFTER[:1].upper() + AFTER[1:])):
        some = [one for one in groups if one.after_the_fact == after]
        if some:
            found.append(_table(some, told, compared=against is not None and not after))
    return found


def _table(some: Sequence[Group], title: str, *, compared: bool) -> ScoreTable:
    names = score_names(some)
    timed = [n for n in names if any(n in one.time_weighted for one in some)]
    less = [n for n in RELATIVE if compared and any(n in one.less_reference for one in some)][:1]
    headings = [f"{SCORE_HEADINGS[n]} at close" for n in names]
    headings += [f"{SCORE_HEADINGS[n]} over time" for n in timed]
    headings += [f"{SCORE_HEADINGS[n]} less" for n in less]
    rows = [
        (
            one.name, str(one.questions),
            *(mean_words(one.at_close.get(n)) for n in names),
            *(mean_words(one.time_weighted.get(n)) for n in timed),
            *(mean_words(one.less_reference.get(n)) for n in less),
        )
        for one in some
    ]  # fmt: skip
    return ScoreTable(title, headings, rows)
