"""Weighed readings as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping

from altair.utils.schemapi import debug_mode

from detente.analysis.probabilities import MEANINGS, NAMES, Estimate
from detente.analysis.weighing import Weighing
from detente.figures.candidate_names import indicator_name
from detente.figures.evidence import evidence_of, sign
from detente.figures.evidence_matrix import evidence_matrix
from detente.figures.naming import Names, percent
from detente.figures.spans import Z
from detente.figures.weights import weights_figure
from detente.report.comparing import TITLES
from detente.report.page import picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.report.weighing import sentences, target_of, weight
from detente.sampling.draws import Plan
from detente.situation.schema import Situation

SHOWN = 12  # indicators in the table; all are in readings.json


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_weighing(
    situation: Situation,
    found: Weighing,
    plan: Plan,
    *,
    file: str,
    version: str,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of one situation's readings, weighed.

    Args:
        situation: what was run.
        found: the readings and their weights.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    evidence = evidence_of(names, found)
    return printed(
        "readings.html.j2", situation, plan, file, version, laid,
        round=names.round(found.round),
        meaning=MEANINGS[target_of(found)],
        sentences=sentences(names, found),
        weights=picture(weights_figure(names, found)),
        matrix=picture(evidence_matrix(names, found)),
        evidence=evidence,
        events=[step.event for step in found.steps if step.event],
        known=[one.event for one in found.known],
        chances=[TITLES[name] for name in NAMES if name in found.before],
        rows=_rows(names, found),
        totals=_totals(found),
        cells=[
            (names.reading(r), [_cell(e.by_reading[r], sign(e, r)) for e in evidence])
            for r in found.readings
        ],
        indicators=[
            (indicator_name(names, one), f"{one.bits:.3f} ±{Z * one.se:.3f}", percent(one.p),
             [("–" if p is None else percent(p)) for p in one.by_reading.values()])
            for one in found.indicators[:SHOWN]
        ],
        readings=[names.reading(r) for r in found.readings],
    )  # fmt: skip


def _cell(p: float | None, mark: str) -> tuple[str, str]:
    return ("–" if p is None else percent(p)), mark.replace("-", "−")


def _rows(names: Names, found: Weighing) -> list[tuple[str, str, list[str], list[str]]]:
    """Each reading: title, speaker, its chances, its weights step by step."""
    return [
        (
            names.reading(name),
            names.speaker(name),
            _chances(found, found.by_reading[name]),
            [weight(step.weights[name]) if step.event else percent(step.weights[name].p)
             for step in found.steps],
        )
        for name in found.readings
    ]  # fmt: skip


def _totals(found: Weighing) -> list[tuple[str, list[str]]]:
    """The forecast over readings, by prior and by last weights."""
    rows = [("Over readings, by prior weights", _chances(found, found.before))]
    if found.events:
        label = "A further meeting, by the new weights" if found.resolved else "By the new weights"
        rows.append((label, _chances(found, found.after)))
    return rows


def _chances(found: Weighing, chances: dict[str, Estimate]) -> list[str]:
    return [
        percent(chances[name].p) if name in chances else "–"
        for name in NAMES
        if name in found.before
    ]
