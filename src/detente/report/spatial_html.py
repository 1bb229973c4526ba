"""Forecasts on scales as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.analysis.spatial import Placed, Whole
from detente.figures.naming import percent, tidy
from detente.figures.positions import positions
from detente.figures.scatter import scattered
from detente.figures.theme import css_properties
from detente.report.page import Picture, picture
from detente.report.rendering import environment
from detente.report.spatial import Located, ends_text, notes, scatter_text, spread_text
from detente.sampling.draws import Plan


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers come from, for the foot of the page; no plan for a table of one case.

    ``laid`` is what the command line laid over the file, by address.
    """

    heading: str
    file: str
    version: str
    laid: Mapping[str, str]
    plan: Plan | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class ScaleView:
    """One scale, flat and in words."""

    key: str
    title: str
    ends: str
    picture: Picture | None
    scatter: str
    scattered: Picture | None
    actors: tuple[tuple[str, ...], ...]
    models: tuple[tuple[str, ...], ...]


@debug_mode(False)  # tests check the specifications; here it would only cost time
def render_located(found: Sequence[Located], origin: Origin) -> str:
    """A whole HTML document. The same arguments give the same text."""
    views = [
        _view(placed, f"{tidy(one.title)}: " if len(found) > 1 else "", f"scale-{i}-{k}")
        for i, one in enumerate(found, 1)
        for k, placed in enumerate(one.scales, 1)
    ]
    return environment().get_template("spatial.html.j2").render(
        heading=origin.heading, file=origin.file, version=origin.version, laid=origin.laid,
        plan=origin.plan, digest=origin.digest, views=views, notes=notes(found),
        sentences=[sentence for one in found for sentence in sentences(one, len(found) > 1)],
        wholes=[(one.title, [_whole(row) for row in one.whole]) for one in found if one.whole],
        light=css_properties("light"), dark=css_properties("dark"),
    )  # fmt: skip


def sentences(one: Located, several: bool) -> list[str]:
    """What the models agree on and where they part, a sentence a scale."""
    said: list[str] = []
    for placed in one.scales:
        means = [
            (forecast.spread.mean, forecast.model.title)
            for forecast in placed.forecasts
            if forecast.spread is not None and not forecast.model.baseline
        ]
        before = f"{tidy(one.title)}, " if several else ""
        title = tidy(placed.scale.title)
        if not means:
            said.append(f"{before}{title}: no model expects anything.")
            continue
        (low, least), (high, most) = min(means), max(means)
        said.append(
            f"{before}{title}: {len(means)} models expect from {low:.0f} ({least}) to {high:.0f} ({most})."
            if len(means) > 1
            else f"{before}{title}: {least} expects {low:.0f}."
        )
    return said


def _view(placed: Placed, before: str, key: str) -> ScaleView:
    return ScaleView(
        key,
        before + tidy(placed.scale.title),
        ends_text(placed),
        picture(positions(placed, f"positions-{key}")),
        scatter_text(placed),
        picture(scattered(placed, f"scatter-{key}")) if placed.scatter is not None else None,
        tuple(
            (
                one.name, spread_text(one.position), f"{one.salience:.2f}",
                f"{one.power:.4g}{'*' * one.power_assumed}", percent(one.weight),
            )
            for one in placed.standings
        ),
        tuple(
            (
                one.model.title, spread_text(one.spread), one.model.says,
                "To beat." if one.model.baseline else one.model.source,
            )
            for one in placed.forecasts
        ),
    )  # fmt: skip


def _whole(row: Whole) -> tuple[str, ...]:
    return row.name, percent(row.conditional), percent(row.uniform), percent(row.incentive)
