"""What blocks a deal as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.analysis.kept_out import CAP, Barrier, Blocked
from detente.figures.constraint_kinds import letters
from detente.figures.naming import Names, percent
from detente.figures.upset import upset
from detente.report.blocking import (
    deal_parts,
    differing,
    in_round,
    overview,
    rounds_in,
    scenario_sentences,
    share_of,
    stakes,
)
from detente.report.page import Picture, picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.sampling.draws import Plan
from detente.situation.schema import Situation

PACKAGES = 3  # packages a set that the page tells; the JSON has more


@dataclass(frozen=True, slots=True)
class PackageView:
    """A package kept out: its share, what it changes (or in what it differs from the first)."""

    share: str
    changes: tuple[str, ...]
    differs: str
    gains: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BarrierView:
    """A blocking set: its kinds, its name, how often, and what it keeps out."""

    letters: str
    name: str
    share: str
    none: str
    packages: tuple[PackageView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One round under one reading."""

    key: str
    title: str
    sentence: str
    deal: tuple[str, tuple[str, ...], str]
    picture: Picture | None
    barriers: tuple[BarrierView, ...]


def render_blocked(
    situation: Situation,
    found: Sequence[Blocked],
    plan: Plan,
    *,
    file: str,
    version: str,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of blocking sets and of the deals they keep out.

    Args:
        situation: what was run.
        found: what blocks, scenario by scenario; at least one.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    with debug_mode(False):  # tests check the specifications; here it would only cost time
        rounds = [
            (names.round(round_),
             [_scenario(names, one, plan, f"s{i}-{j}")
              for j, one in enumerate(in_round(found, round_), 1)])
            for i, round_ in enumerate(rounds_in(found), 1)
        ]  # fmt: skip
    return printed(
        "blockers.html.j2", situation, plan, file, version, laid,
        overview=overview(names, found, plan),
        rounds=rounds,
        cap=CAP,
    )  # fmt: skip


def _scenario(names: Names, one: Blocked, plan: Plan, key: str) -> ScenarioView:
    return ScenarioView(
        key,
        names.reading(one.reading),
        scenario_sentences(names, one, plan)[0],
        deal_parts(names, one.barriers[0]) if one.barriers else ("", (), ""),
        picture(upset(names, one, f"blocking-{key}")),
        tuple(_barrier(names, one, barrier) for barrier in one.barriers),
    )


def _barrier(names: Names, one: Blocked, barrier: Barrier) -> BarrierView:
    first = barrier.packages[0] if barrier.packages else None
    return BarrierView(
        letters(barrier.constraints),
        names.blocking(barrier.constraints),
        share_of(barrier.share, one.empty),
        percent(barrier.nothing.p) if barrier.nothing.p > 0.0 else "",
        tuple(
            PackageView(
                percent(package.share.p),
                tuple(names.option(ref) for ref in package.changes) if package is first else (),
                differing(names, first, package) if first is not None else "",
                tuple((names.actor(who), stakes(gain)) for who, gain in package.gain.items()),
            )
            for package in barrier.packages[:PACKAGES]
        ),
        max(barrier.kinds - PACKAGES, 0),
    )
