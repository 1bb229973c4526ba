"""Whether meetings are held, and what else becomes of them."""

from __future__ import annotations

from detente.analysis.answer import Run
from detente.figures.naming import Names, and_list
from detente.figures.record import Cell, Column, Figure
from detente.figures.stacking import stacked
from detente.figures.theme import CAUSE_MARKS
from detente.model.causes import CAUSES, HELD

COLUMNS = (
    Column("Scenario"),
    Column("What becomes of the meeting"),
    Column("Share of draws", "share"),
    Column("Monte Carlo error (1 s.e.)", "share"),
)


def causes(run: Run, name: str = "causes") -> Figure | None:
    """Share of meetings held and called off, by cause, scenario by scenario.

    None where no scenario has a run-up.
    """
    names = Names(run.situation)
    found = [
        (names.scenario(a.round, a.reading), {c: e.p for c, e in a.road.causes.items()})
        for a in run.answers
        if a.road is not None
    ]
    if not found:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (names.scenario(a.round, a.reading), cause, estimate.p, estimate.mc_se)
        for a in run.answers
        if a.road is not None
        for cause, estimate in a.road.causes.items()
    )
    return Figure(
        name,
        "What becomes of the meeting",
        _alt(found),
        "Each bar is all draws of one scenario. Letter and colour say whether the meeting is "
        "held and, if not, what came first.",
        COLUMNS,
        rows,
        stacked(found, {CAUSES[c]: (m, CAUSES[c]) for c, m in CAUSE_MARKS.items()}, told=True),
    )


def _alt(found: list[tuple[str, dict[str, float]]]) -> str:
    label, shares = min(found, key=lambda pair: pair[1][CAUSES[HELD]])
    text = f"In {label}, the meeting is held in {shares[CAUSES[HELD]]:.1%} of draws"
    if len(found) > 1:
        most, others = max(found, key=lambda pair: pair[1][CAUSES[HELD]])
        text += f", the least of {len(found)} scenarios; in {most}, in {others[CAUSES[HELD]]:.1%}"
    rest = [f"{cause} {p:.1%}" for cause, p in shares.items() if cause != CAUSES[HELD]]
    return f"{text}. In {label}, the rest: {and_list(rest)}."
