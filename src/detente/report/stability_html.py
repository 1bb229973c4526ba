"""What would hold as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.analysis.holding import Told
from detente.figures.conflict_graph import conflict_figure, numbered
from detente.figures.naming import Names
from detente.figures.theme import css_properties
from detente.report.conflict_words import fate, marks, shares, verdict, who_leaves
from detente.report.page import Picture, picture
from detente.report.rendering import NOTHING_LAID, environment
from detente.report.stability import (
    SIDE_BY_SIDE,
    View,
    moves_words,
    notes,
    outcome_words,
    overview,
    sentences,
)
from detente.sampling.draws import Plan
from detente.stability.concepts import CONCEPTS


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One outcome, flat and in words."""

    number: str
    what: str
    verdict: str
    concepts: str
    share: str
    leaves: str
    moves: str
    fate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphView:
    """One graph, flat and in words."""

    key: str
    title: str
    sentences: tuple[str, ...]
    picture: Picture | None
    outcomes: tuple[OutcomeView, ...]
    counts: tuple[tuple[str, str, int], ...]
    notes: tuple[str, ...]
    besides: tuple[tuple[int, str], ...]


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_stability(
    views: Sequence[View],
    names: Names | None,
    *,
    title: str,
    file: str,
    version: str,
    digest: str,
    plan: Plan | None = None,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of what would hold.

    Args:
        views: the graphs, told under one concept.
        names: what the things of a situation are called; None for a conflict file.
        title: of the situation or the file.
        file: what was asked about, as the user named it.
        version: of the program.
        digest: fingerprint of the situation or the file.
        plan: seed and draws; None for a conflict file.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    chosen = CONCEPTS[views[0].holding.concept]
    return environment().get_template("stability.html.j2").render(
        title=title, views=[_view(names, view, f"view-{i}") for i, view in enumerate(views, 1)],
        rows=overview(views), aid=SIDE_BY_SIDE, concept=chosen, concepts=list(CONCEPTS.values()), situation=names is not None, plan=plan,
        file=file, version=version, digest=digest, laid=laid,
        light=css_properties("light"), dark=css_properties("dark"),
    )  # fmt: skip


def _view(names: Names | None, view: View, key: str) -> GraphView:
    found = view.holding
    heading = f"The graph: {view.title}" if view.title else "The graph"
    figure = conflict_figure(view.words.makers, found, heading, f"graph-{key}")
    told_notes = notes(names, view.found) if names is not None and view.found is not None else []
    return GraphView(
        key,
        view.title or "The conflict",
        tuple(sentences(names, view)),
        picture(figure),
        tuple(_outcome(view, told) for told in found.told),
        tuple((one.title, one.about, found.count(name)) for name, one in CONCEPTS.items()),
        tuple(told_notes),
        _besides(view),
    )


def _besides(view: View) -> tuple[tuple[int, str], ...]:
    """Outcomes that are drawn and not told: where others would be left for."""
    told = {one.state for one in view.holding.told}
    drawn = view.words.number.items()
    return tuple((number, view.words.whole(s)) for s, number in drawn if s not in told)


def _outcome(view: View, told: Told) -> OutcomeView:
    number = numbered(view.holding).get(told.state)
    return OutcomeView(
        "" if number is None else str(number),
        outcome_words(view, told),
        verdict(told, view.holding.concept),
        marks(told),
        "" if view.found is None else shares(view.found, told.state),
        who_leaves(view.words, told),
        moves_words(view.holding, told.state),
        tuple(fate(view.words, told)),
    )
