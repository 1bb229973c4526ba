"""What-ifs as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.analysis.probabilities import MEANINGS
from detente.analysis.whatif import Effect, WhatIfs
from detente.figures.naming import Names, whatif_title
from detente.figures.sides import points
from detente.figures.spans import Z
from detente.figures.whatif import whatif_figure
from detente.report.page import picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.report.whatif import rows_of
from detente.report.whatif_words import explanation, headline, ranking
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.situation.what_ifs import WhatIf
from detente.situation.writing import in_words


@dataclass(frozen=True, slots=True)
class EffectView:
    """One what-if under one reading; ``rows`` are a chance, before, after, the difference."""

    title: str
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str], ...]
    carried: tuple[tuple[str, str, str], ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """One what-if. ``sets`` are what is set, its address and the value."""

    key: str
    title: str
    sets: tuple[tuple[str, str, str], ...]
    headline: str
    effects: tuple[EffectView, ...]


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_whatifs(
    situation: Situation,
    found: WhatIfs,
    plan: Plan,
    *,
    file: str,
    version: str,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of one round's what-ifs.

    Args:
        situation: what was run.
        found: the what-ifs.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    return printed(
        "whatif.html.j2", situation, plan, file, version, laid,
        round=names.round(found.round),
        meaning=MEANINGS[found.target],
        ranking=ranking(names, found),
        views=[
            _view(names, found, what_if, f"what-if-{i}")
            for i, what_if in enumerate(found.what_ifs, 1)
        ],
        picture=picture(whatif_figure(names, found)),
    )  # fmt: skip


def _view(names: Names, found: WhatIfs, what_if: WhatIf, key: str) -> WhatIfView:
    return WhatIfView(
        key,
        whatif_title(what_if),
        tuple((names.address(a), a, in_words(value)) for a, value in what_if.patch.items()),
        headline(names, found, what_if),
        tuple(_effect(names, one) for one in found.of(what_if)),
    )


def _effect(names: Names, one: Effect) -> EffectView:
    return EffectView(
        names.reading(one.before.reading),
        explanation(names, one),
        rows_of(one),
        tuple(
            (names.address(s.address), s.address, f"{points(s.points)} ±{100 * Z * s.se:.1f}")
            for s in one.shares
        ),
        one.exact,
    )
