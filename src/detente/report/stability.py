"""What would hold: in sentences, as a table on a terminal, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.holding import Holding, Told
from detente.analysis.stability import Stability
from detente.figures.conflict_graph import numbered
from detente.figures.naming import Names, and_list, percent
from detente.report.conflict_words import (
    Wording,
    fate,
    headline,
    marks,
    shares,
    start_sentences,
    verdict,
    who_leaves,
)
from detente.stability.concepts import CONCEPTS, equilibria

MOST_LISTED = 500  # equilibria a concept in the JSON
SIDE_BY_SIDE = (
    "Under mean preferences; in brackets the share of draws in which nobody would leave. Best: the "
    "other outcome that holds in most draws, of those told."
)
SHOWN = 16  # outcomes on a terminal


@dataclass(frozen=True, slots=True)
class View:
    """One graph to tell: a reading of a situation, or a conflict file."""

    title: str
    words: Wording
    holding: Holding
    found: Stability | None = None


def sentences(names: Names | None, view: View) -> list[str]:
    """The answer of one graph, most important first."""
    started = start_sentences(view.words, view.holding)
    if view.found is not None:
        start = f"{started[0][0].lower()}{started[0][1:-1]}"
        started[0] = (
            f"Under mean preferences {start}; draw by draw nobody would leave it on its own in "
            f"{shares(view.found, view.holding.start)}."
        )
    told = [headline(view.holding), *started]
    if view.found is not None and names is not None:
        told += [*_likely(view, view.found), *_best(view, view.found)]
    return [*told, _reach(view.holding)]


def _reach(found: Holding) -> str:
    """What can be reached from where things stand at all, and by moves that are preferred."""
    legal, wanted = (int((steps > 0).sum()) for steps in
                     (found.distance.legal, found.distance.improving))  # fmt: skip
    return (
        f"From what stands now, {legal:,} other outcomes can be reached, {wanted:,} of them by "
        "moves that all who make them prefer."
    )


def moves_words(found: Holding, state: int) -> str:
    """Fewest moves to a state, and fewest that are preferred, where it is reached."""
    legal, wanted = int(found.distance.legal[state]), int(found.distance.improving[state])
    if legal < 0:
        return "\u2013"
    return f"{legal} ({wanted})" if wanted >= 0 else f"{legal} (\u2013)"


def _likely(view: View, found: Stability) -> list[str]:
    """Whether what they would most likely agree on would hold."""
    if not found.likely:
        return ["At the table no draw ends with a deal, so no likely package can be told."]
    first, told = found.likely[0], _likeliest(found)
    if told is None:
        return ["The likeliest package breaks a link that is in force, and is no outcome here."]
    number = numbered(found.holding)[told.state]
    what = (
        f"The likeliest deal at the table (outcome {number}, {percent(first.share)} of deals) "
        f"{verdict(told, found.holding.concept)} once reached; under the preferences of single "
        f"draws nobody would leave it on its own in {shares(found, told.state)} of them."
    )
    return [what, *fate(view.words, told)]


def _likeliest(found: Stability) -> Told | None:
    """The likeliest deal at the table, if there is one and it is an outcome here."""
    state = found.state_of(found.likely[0].number) if found.likely else -1
    return next((one for one in found.holding.told if one.state == state), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One reading in short: what holds, and how the status quo and the likeliest deal fare."""

    title: str
    hold: str
    start: str
    deal: str
    best: str


def overview(views: Sequence[View]) -> list[Row]:
    """The readings of a situation side by side; none where there is only one."""
    return [_row(view, view.found) for view in views if view.found] if len(views) > 1 else []


def _row(view: View, found: Stability) -> Row:
    name, deal = found.holding.concept, _likeliest(found)
    held = [one for one in found.holding.told[1:] if one.holds(name)]
    best = max(held, key=lambda one: float(found.share[name][one.state]), default=None)
    return Row(
        view.title,
        f"{found.holding.count(name):,} of {found.holding.graph.states:,}",
        _fares(found, found.holding.told[0]),
        "no deal" if deal is None else _fares(found, deal),
        "none" if best is None else f"{view.words.number[best.state]}: {shares(found, best.state)}",
    )


def _fares(found: Stability, told: Told) -> str:
    """Yes, alone or no under mean preferences, and the share of draws."""
    alone, safe = told.holds(found.holding.concept), not told.groups
    word = "no" if not alone else "yes" if safe else "not against several"
    return f"{word} ({shares(found, told.state)})"


def _best(view: View, found: Stability) -> list[str]:
    """The outcomes that hold and suit every principal, by how often they hold."""
    graph, heads, name = found.holding.graph, list(found.control.heads), found.holding.concept
    better = graph.rank[heads] > graph.rank[heads][:, [found.holding.start]]
    gains = np.asarray(better.all(axis=0))
    held = equilibria(found.holding.stable[name])
    told = [one for one in found.holding.told if held[one.state] and gains[one.state]]
    if not told:
        return ["No outcome that holds is one that every principal prefers to what stands now."]
    told.sort(key=lambda one: -float(found.share[name][one.state]))
    number = view.words.number
    best = and_list(
        f"{number[one.state]} (in {shares(found, one.state)} of draws)" for one in told[:3]
    )
    count = int((held & gains).sum())
    verb = "holds and is one" if count == 1 else "hold and are ones"
    text = (
        f"{count:,} {verb} that every principal prefers to what stands now; most often "
        f"{best} {'holds' if len(told) == 1 else 'hold'}."
    )
    safe = [str(number[one.state]) for one in told if not one.groups]
    if not safe:
        return [f"{text} None of those told holds against several together."]
    return [f"{text} Also against several together: {and_list(safe)}."]


def notes(names: Names, found: Stability) -> list[str]:
    """What was taken how, and what was left out."""
    told = [_size(found)]
    for link, share in found.links_in_force.items():
        forced = "it is" if share >= 0.5 else "it is not"
        told.append(
            f"{names.constraint(f'links.{link}')}: in force in {percent(share)} of draws; here {forced}."
        )
    if found.control.idle:
        who = and_list(names.actor(name) for name in found.control.idle)
        told.append(f"Without anything in their hands, and so no decision makers here: {who}.")
    if found.control.left_out:
        who = and_list(names.actor(name) for name in found.control.left_out)
        told.append(f"Named in control, but without preferences and so passed over: {who}.")
    if found.doubting:
        told.append("Gains discount what parties doubt will be delivered, as at the table.")
    else:
        told.append("An outcome is what has come about: its gains are those of what is delivered.")
    return told


def _size(found: Stability) -> str:
    kept, count = found.kept, len(found.kept.numbers)
    if kept.whole:
        return f"Every package that links allow is an outcome: {count:,}."
    every = "more than can be looked at" if kept.allowed is None else f"{kept.allowed:,}"
    return (
        f"Packages that links allow: {every}. Of these {count:,} are outcomes: the status quo, "
        f"{len(kept.core) - 1} likely or efficient packages, and what single changes make of "
        f"them step by step. {kept.lost:,} single changes lead to a package that was left out and "
        "are not counted, so an outcome may look more stable than it is."
    )


def print_stability(
    console: Console, names: Names | None, views: Sequence[View], tail: str
) -> None:
    """Print one graph in words and as a table; several side by side, each in few words."""
    if len(views) > 1:
        console.print(_side_by_side(views))
        console.print(Text(SIDE_BY_SIDE, style="dim"))
        console.print()
    for view in views:
        if view.title:
            console.rule(Text(view.title), align="left")
        for sentence in sentences(names, view) if len(views) == 1 else brief(names, view):
            console.print(Padding(Text(sentence), (0, 0, 0, 2)))
        if len(views) == 1:
            console.print(_table(view))
            for note in notes(names, view.found) if names and view.found else []:
                console.print(Padding(Text(note, style="dim"), (0, 0, 0, 2)))
        console.print()
    if len(views) > 1:
        console.print("Name one --reading for its outcomes, or --out for the page of all.")
    console.print(Text(tail, style="dim"))


def brief(names: Names | None, view: View) -> list[str]:
    """The answer of one graph without who would leave for what."""
    told = sentences(names, view)
    if view.found is None or names is None:
        return told
    start = start_sentences(view.words, view.holding)
    deal = _likely(view, view.found)
    return [s for s in told if s not in start[2:] and s not in deal[2:]]


def _side_by_side(views: Sequence[View]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("reading", "outcomes that hold", "what stands now", "likeliest deal", "best"):
        table.add_column(heading)
    for row in overview(views):
        table.add_row(Text(row.title), row.hold, row.start, row.deal, row.best)
    return table


def _table(view: View) -> Table:
    """Outcomes by number: what they hold, who leaves, and under which concepts nobody does."""
    found = view.holding
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", justify="right")
    table.add_column("outcome", ratio=5, overflow="fold")
    table.add_column("who leaves", ratio=2)
    table.add_column("nobody does under", ratio=2)
    if view.found is not None:
        table.add_column("draws", justify="right", no_wrap=True)
    number = numbered(found)
    for told in found.told[:SHOWN]:
        cells = [str(number.get(told.state, "")), Text(_code(view, told))]
        cells += [Text(who_leaves(view.words, told)), marks(told)]
        table.add_row(*cells, *([shares(view.found, told.state)] if view.found else []))
    known = {told.state for told in found.told}
    for state in (state for state in number if state not in known):
        table.add_row(str(number[state]), Text(view.words.code(state), style="dim"))
    more = len(found.told) - SHOWN
    table.caption = f"and {more} more: --json or --out has all" if more > 0 else None
    return table


def _code(view: View, told: Told) -> str:
    place = deal_place(view, told.state)
    return view.words.code(told.state) + (f" [deal {place}]" if place else "")


def deal_place(view: View, state: int) -> int | None:
    """The place of a state among the likeliest deals at the table, from 1."""
    likely = () if view.found is None else view.found.likely
    for place, one in enumerate(likely, 1):
        if view.found is not None and view.found.state_of(one.number) == state:
            return place
    return None


def outcome_words(view: View, told: Told) -> str:
    """The outcome, and which of the likeliest deals it is."""
    text, place = view.words.whole(told.state), deal_place(view, told.state)
    if place is None or view.found is None:
        return text
    share = percent(view.found.likely[place - 1].share)
    return f"{text} (deal {place} at the table: {share} of deals)"


def stability_object(
    views: Sequence[View], *, name: str, version: str, again: dict[str, Any]
) -> dict[str, Any]:
    """The answer as one JSON object; ``again`` is what it takes to get it again."""
    return {
        "format": "detente-stability/1",
        "detente": version,
        "situation": name,
        **again,
        "concept": views[0].holding.concept,
        "views": [_view(view) for view in views],
    }


def _view(view: View) -> dict[str, Any]:
    found, holding = view.found, view.holding
    plain: dict[str, Any] = {
        "title": view.title,
        "reading": None if found is None else found.scenario.reading,
        "makers": list(holding.graph.makers),
        "states": holding.graph.states,
        "moves": len(holding.graph.to),
        "counts": {name: holding.count(name) for name in CONCEPTS},
        "equilibria": {name: _equilibria(view, name) for name in CONCEPTS},
        "outcomes": [_outcome(view, told) for told in holding.told],
    }
    if found is not None:
        plain |= {
            "allowed": found.kept.allowed,
            "whole": found.kept.whole,
            "changes_left_out": found.kept.lost,
            "links_in_force": found.links_in_force,
            "idle": list(found.control.idle),
            "passed_over": list(found.control.left_out),
            "with_doubt": found.doubting,
        }
    return plain


def _equilibria(view: View, name: str) -> list[Any]:
    states = np.flatnonzero(equilibria(view.holding.stable[name]))[:MOST_LISTED]
    return [_label(view, state) for state in states.tolist()]


def _label(view: View, state: int) -> int:
    """A package's number, or that of a conflict's state, from 1."""
    return state + 1 if view.found is None else int(view.found.kept.numbers[state])


def _outcome(view: View, told: Told) -> dict[str, Any]:
    holding, found = view.holding, view.found
    makers = holding.graph.makers
    plain: dict[str, Any] = {
        "number": _label(view, told.state),
        "drawn_as": numbered(holding).get(told.state),
        "says": view.words.whole(told.state),
        "start": told.state == holding.start,
        "stable": {
            name: dict(zip(makers, row, strict=True)) for name, row in told.stable.items()
        },
        "moves_from_start": _steps(holding.distance.legal[told.state]),
        "improvements_from_start": _steps(holding.distance.improving[told.state]),
        "leaves": [
            {"who": makers[one.maker], "to": _label(view, one.state),
             "changes": view.words.change(told.state, one.state)}
            for one in told.leavers
        ],
        "deterred": [
            {"who": makers[one.maker], "to": _label(view, one.state),
             "changes": view.words.change(told.state, one.state),
             "answer": [
                 {"who": [makers[m] for m in step.members], "to": _label(view, step.state)}
                 for step in one.answer
             ]}
            for one in told.tempted if one.deterred
        ],
        "together": [
            {"who": [makers[m] for m in one.members], "to": _label(view, one.state),
             "changes": view.words.change(told.state, one.state)}
            for one in told.groups
        ],
    }  # fmt: skip
    if found is not None:
        plain |= {
            "holds_in": {name: float(share[told.state]) for name, share in found.share.items()},
            "stable_in": dict(zip(makers, found.by_maker[:, told.state].tolist(), strict=True)),
            "worth": {
                maker: None if math.isnan(value) else value
                for maker, value in zip(makers, found.values[:, told.state].tolist(), strict=True)
            },
        }
    return plain


def _steps(count: int) -> int | None:
    return None if count < 0 else int(count)
