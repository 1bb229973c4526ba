"""Levers as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.analysis.leverage import Leverage, Ways
from detente.analysis.moving import WHY_WORDS
from detente.analysis.probing import STEPS
from detente.figures.levers import levers_figure
from detente.figures.naming import Names, percent
from detente.report.lever_words import asked, common, headline, sentences, what, whose_pair
from detente.report.levers import Line, lines_of_root, short_lines
from detente.report.page import Picture, picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.sampling.draws import Plan
from detente.situation.schema import Situation


@dataclass(frozen=True, slots=True)
class PairView:
    """Two moves at once, and whose they would be."""

    whose: str
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One scenario, flat and in words; ``to`` is ``to 50%`` or ``below 50%``."""

    key: str
    title: str
    speaker: str
    sentences: tuple[str, ...]
    picture: Picture | None
    to: str
    single: tuple[Line, ...]
    larger: int
    pairs: tuple[PairView, ...]
    short: tuple[Line, ...]
    zone: tuple[Line, ...]
    zone_does: str


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_levers(
    situation: Situation,
    found: Sequence[Leverage],
    plan: Plan,
    *,
    file: str,
    version: str,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of what would have to be true.

    Args:
        situation: what was run.
        found: levers, scenario by scenario; all of one round and goal.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names, shared = Names(situation), common(Names(situation), found)
    return printed(
        "levers.html.j2", situation, plan, file, version, laid,
        round=names.round(found[0].scenario.round),
        what=what(found[0].target),
        asked=asked(found[0].target),
        overall=[headline(names, found), *([shared] if shared else [])],
        views=[_view(names, one, f"reading-{i}") for i, one in enumerate(found, 1)],
        rights=list(WHY_WORDS.values()),
        steps=STEPS,
    )  # fmt: skip


def _view(names: Names, one: Leverage, key: str) -> ReadingView:
    ways = one.target
    return ReadingView(
        key,
        names.reading(one.scenario.reading),
        names.speaker(one.scenario.reading),
        sentences(names, one),
        picture(levers_figure(names, one, f"levers-{key}")),
        f"{'to' if ways.raising else 'below'} {percent(ways.goal.p)}",
        _single(names, ways),
        ways.larger,
        tuple(PairView(whose_pair(names, root), lines_of_root(names, root)) for root in ways.pairs),
        tuple(short_lines(names, ways)),
        _single(names, one.zone),
        "open the zone in half of the draws" if one.zone.raising else "close it in half of them",
    )


def _single(names: Names, ways: Ways) -> tuple[Line, ...]:
    return tuple(line for root in ways.roots for line in lines_of_root(names, root))
