"""A comparison as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from detente.analysis.compare import Comparison
from detente.figures.naming import Names
from detente.report.comparing import headline
from detente.sampling.draws import Plan
from detente.situation.schema import Situation


def render_comparison(
    situation: Situation, found: Sequence[Comparison], plan: Plan, *, file: str, version: str
) -> str:
    """The page for pairs of scenarios."""
    words = escape(headline(Names(situation), found))
    return f"<!DOCTYPE html>\n<title>{escape(file)} {plan.seed} {version}</title><p>{words}</p>\n"
