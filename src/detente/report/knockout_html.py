"""Knock-outs as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.analysis.knockout import Knockout, Knockouts
from detente.analysis.probabilities import MEANINGS
from detente.figures.knockouts import OVER_ALL, knockout_figure
from detente.figures.naming import Names, percent
from detente.figures.removal_names import kinds_of, removal_name
from detente.report.attributing import Attributed, attributed
from detente.report.comparing import TITLES
from detente.report.knockouts import SINGLE, sentences, told
from detente.report.page import picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.sources.claims import Claims


@dataclass(frozen=True, slots=True)
class Fallen:
    """One value that falls back: what and where it is, before and after."""

    what: str
    address: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One removal, flat and in words.

    ``claim`` is the claim itself where one alone is taken away. ``changes`` has a row a
    reading, over readings first, and a cell a probability.
    """

    key: str
    name: str
    claim: Attributed | None
    taken: tuple[Attributed, ...]
    kinds: str
    barriers: int
    main: str
    most: str
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    fallen: tuple[Fallen, ...]


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_knockouts(
    situation: Situation,
    claims: Claims,
    found: Knockouts,
    plan: Plan,
    *,
    file: str,
    version: str,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of one round's knock-outs.

    Args:
        situation: what was run.
        claims: what was taken away from.
        found: the knock-outs.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    bundles = [row for row in found.found if row.removal.sort != SINGLE]
    single = [row for row in found.found if row.removal.sort == SINGLE]
    parts = [
        ("bundles", "Sources, speakers and grades", bundles),
        ("claims", "Claim by claim", single),
    ]
    return printed(
        "knockout.html.j2", situation, plan, file, version, laid,
        round=names.round(found.round),
        meaning=MEANINGS[found.target],
        sentences=sentences(names, claims, found),
        parts_of=[
            (key, title, _picture(names, claims, found, key, title, rows),
             [_row(names, claims, found, row, f"{key}-{i}") for i, row in enumerate(rows, 1)
              if row.changes],
             [removal_name(claims, row.removal) for row in rows if not row.changes])
            for key, title, rows in parts if rows
        ],
        probabilities=[TITLES[name] for name in found.whole],
        weights=[(names.reading(r), percent(w)) for r, w in found.weights.items()],
    )  # fmt: skip


def _picture(
    names: Names, claims: Claims, found: Knockouts, key: str, title: str, rows: list[Knockout]
) -> object:
    figure = knockout_figure(
        names, claims, found, rows, key, f"{title}: what taking one away changes"
    )
    return picture(figure)


def _row(names: Names, claims: Claims, found: Knockouts, row: Knockout, key: str) -> RowView:
    taken = tuple(attributed(claims, name) for name in claims.claims if name in row.removal.claims)
    most = row.most(found.target)
    told_most = ""
    if most is not None:
        reading, d = most
        told_most = f"{names.reading(reading)}: {percent(d.first.p)} → {percent(d.second.p)}"
    changes = [(OVER_ALL, row.overall)] if len(found.base) > 1 else []
    changes += [(names.reading(reading), one) for reading, one in row.changes.items()]
    return RowView(
        key,
        removal_name(claims, row.removal),
        taken[0] if row.removal.sort == SINGLE else None,
        taken,
        kinds_of(row.values),
        len(row.barriers),
        told(row.overall, found.target),
        told_most,
        tuple((label, tuple(told(one, name) for name in found.whole)) for label, one in changes),
        tuple(Fallen(names.address(address), address) for address in row.values),
    )
