"""The forecast beside the outside view as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping

from altair.utils.schemapi import debug_mode

from detente.analysis.outside_view import OutsideView
from detente.figures.naming import Names
from detente.report.outside import sentences
from detente.report.outside_page import outside_page
from detente.report.rendering import NOTHING_LAID, printed
from detente.sampling.draws import Plan
from detente.situation.schema import Situation


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_outside(
    situation: Situation,
    view: OutsideView,
    plan: Plan,
    *,
    file: str,
    version: str,
    laid: Mapping[str, str] = NOTHING_LAID,
) -> str:
    """The page of one meeting beside the reference classes.

    Args:
        situation: what was run.
        view: the forecast, the classes and the pool.
        plan: seed and draws.
        file: what was run, as the user named it.
        version: of the program that ran it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    return printed(
        "outside.html.j2", situation, plan, file, version, laid,
        sentences=sentences(names, view), outside=outside_page(names, view),
    )  # fmt: skip
