"""The answer under every protocol as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping

from altair.utils.schemapi import debug_mode

from detente.analysis.probabilities import MEANINGS, NAMES
from detente.analysis.robustness import Conclusion, Robustness
from detente.bargaining.protocols import PROTOCOLS
from detente.figures.conclusions import conclusion_name
from detente.figures.naming import Names, percent
from detente.figures.robustness import robustness_figure
from detente.report.comparing import TITLES
from detente.report.page import picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.report.robustness import sentences, verdict
from detente.sampling.draws import Plan
from detente.situation.schema import Situation


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_robustness(
    situation: Situation,
    found: Robustness,
    plan: Plan,
    *,
    file: str,
    version: str,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of one meeting under every protocol.

    Args:
        situation: what was run.
        found: the answer under every protocol.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    loose = [one for one in found.conclusions if not one.settled]
    firm = [one for one in found.conclusions if one.settled]
    return printed(
        "robustness.html.j2", situation, plan, file, version, laid,
        round=names.round(found.round),
        meaning=MEANINGS[found.target],
        sentences=sentences(names, found),
        picture=picture(robustness_figure(names, found)),
        protocols=[
            (PROTOCOLS[n].letter, PROTOCOLS[n].title, PROTOCOLS[n].says, PROTOCOLS[n].axioms,
             PROTOCOLS[n].source)
            for n in found.protocols
        ],
        readings=[(names.reading(r), _rows(found, r)) for r in found.found],
        chances=[TITLES[name] for name in _carried(found)],
        loose=[_row(names, found, one) for one in loose],
        firm=[_row(names, found, one) for one in firm],
    )  # fmt: skip


def _carried(found: Robustness) -> list[str]:
    """Probabilities that stand under some protocol."""
    known = {n for table in found.found.values() for u in table.values() for n in u.probabilities}
    return [name for name in NAMES if name in known]


def _rows(found: Robustness, reading: str | None) -> list[tuple[str, list[str]]]:
    """Each protocol's chances under a reading."""
    return [
        (
            PROTOCOLS[name].title,
            [
                percent(under.probabilities[n].p) if n in under.probabilities else "–"
                for n in _carried(found)
            ],
        )
        for name, under in found.found[reading].items()
    ]


def _row(names: Names, found: Robustness, one: Conclusion) -> tuple[str, str, list[str]]:
    cells = [verdict(one.holds[name]) for name in found.protocols]
    return names.reading(one.reading), conclusion_name(names, one), cells
