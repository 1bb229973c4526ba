"""A scan as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping

from altair.utils.schemapi import debug_mode

from detente.analysis.probabilities import MEANINGS
from detente.analysis.scan import Scan
from detente.figures.heatmap import heatmap
from detente.figures.naming import Names
from detente.figures.scans import chance_figure, difference_figure
from detente.report.page import Picture, picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.report.scan_tables import chance_cell, difference_cell
from detente.report.scanning import sentences, step_words
from detente.sampling.draws import Plan
from detente.situation.schema import Situation


def render_scan(
    situation: Situation,
    scan: Scan,
    plan: Plan,
    *,
    file: str,
    version: str,
    note: str = "",
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of one scan.

    Args:
        situation: what was run.
        scan: what was found, over one address or two.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.
        note: what a reader should know of what was asked.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    with debug_mode(False):  # tests check the specifications; here it would only cost time
        pictures = _pictures(names, scan)
    return printed(
        "scan.html.j2", situation, plan, file, version, laid,
        round=names.round(scan.round),
        against=None if scan.against is None else names.round(scan.against),
        meaning=MEANINGS[scan.target],
        over=[(names.address(one.address), one.address) for one in scan.sweeps],
        sentences=sentences(names, scan),
        note=note,
        pictures=pictures,
        readings=[names.reading(track.reading) for track in scan.tracks],
        rows=_rows(scan),
    )  # fmt: skip


def _pictures(names: Names, scan: Scan) -> list[Picture]:
    if len(scan.sweeps) == 1:
        found = [chance_figure(names, scan), difference_figure(names, scan)]
    else:
        found = [heatmap(names, scan, t, f"plane-{i}") for i, t in enumerate(scan.tracks, 1)]
    return [one for one in map(picture, found) if one is not None]


def _rows(scan: Scan) -> list[tuple[str, list[tuple[str, str]]]]:
    """Over one address: each step, and for each reading the chance and the difference."""
    if len(scan.sweeps) == 2:
        return []
    return [
        (
            step_words(value),
            [
                (
                    chance_cell(track.steps[i]),
                    difference_cell(track.steps[i]) if scan.against else "",
                )
                for track in scan.tracks
            ],
        )
        for i, value in enumerate(scan.sweeps[0].values)
    ]
