"""What pages show of the outside view, flat and in words."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.outside_view import OutsideView, Share, Together
from detente.analysis.probabilities import MEANINGS
from detente.figures.naming import Names, percent, tidy
from detente.figures.outside import outside_figure
from detente.report.outside import (
    counted,
    further,
    interval,
    margin_of,
    title_of,
    up_to,
    weight_words,
)
from detente.report.page import Picture, picture


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of an event."""

    id: str
    title: str
    counts: str
    source: str
    rules: str
    caveats: str
    why: str
    share: str
    half: str
    most: str
    further: str
    weight: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event."""

    meaning: str
    inside: str
    error: str
    inputs: str
    outside: str
    counts: str
    pooled: str
    both: str
    log_odds: str
    classes: tuple[ClassRow, ...]


@dataclass(frozen=True, slots=True)
class OutsidePage:
    """The whole, for a template."""

    round: str
    rows: tuple[EventRow, ...]
    figure: Picture | None
    weight: str
    prior: str
    note: str
    up_to: str


def outside_page(names: Names, view: OutsideView) -> OutsidePage:
    """The view flat and in words, with its picture."""
    return OutsidePage(
        names.round(view.round),
        tuple(_row(name, event) for name, event in view.events.items()),
        picture(outside_figure(names, view)) if view.events else None,
        weight_words(view),
        view.prior.capitalize() if view.prior == "jeffreys" else view.prior,
        tidy(view.note),
        up_to(view),
    )


def _row(name: str, event: Together) -> EventRow:
    inside, outside = event.inside, event.outside
    return EventRow(
        MEANINGS[name], percent(inside.estimate.p), margin_of(inside), interval(inside.most),
        percent(outside.mean), interval(outside.most), percent(event.linear),
        interval(event.most), percent(event.log_odds),
        tuple(_class(share) for share in outside.shares),
    )  # fmt: skip


def _class(share: Share) -> ClassRow:
    found = share.found
    return ClassRow(
        found.id, title_of(found), counted(found), tidy(found.source), tidy(found.rules),
        tidy(found.caveats), tidy(share.why), percent(share.share.mean), interval(share.half),
        interval(share.most), further(share), percent(share.weight),
    )  # fmt: skip
