"""Scores, pools and calibration of a ledger on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.ledger.calibrating import Calibration
from detente.ledger.combining import Pooled
from detente.ledger.records import AFTER
from detente.ledger.scoring import Group
from detente.report.ledger_scores_words import (
    NO_SCORE,
    RELATIVE,
    SCORE_HEADINGS,
    SCORE_NOTE,
    against_words,
    calibration_sentences,
    mean_words,
    score_names,
)

SHOWN = 60  # rows on a terminal; JSON has all


def print_scores(
    console: Console, groups: Sequence[Group], group: str, against: str | None
) -> None:
    """Means by group, those made after the fact apart."""
    if not groups:
        console.print(NO_SCORE)
        return
    _print_part(console, [g for g in groups if not g.after_the_fact], group, against)
    _print_part(console, [g for g in groups if g.after_the_fact], group, None, title=AFTER)
    console.print(SCORE_NOTE, style="dim")
    if against is not None:
        console.print(against_words(groups, against), style="dim", soft_wrap=True)


def _print_part(
    console: Console, groups: Sequence[Group], group: str, against: str | None, title: str = ""
) -> None:
    if not groups:
        return
    names = score_names(groups)
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    table.add_column(group, overflow="fold")
    table.add_column("ques-\ntions", justify="right", no_wrap=True)
    for name in names:
        table.add_column(_heading(name, "at close"), justify="right", no_wrap=True)
    timed = [n for n in names if any(n in g.time_weighted for g in groups)]
    for name in timed:
        table.add_column(_heading(name, "over time"), justify="right", no_wrap=True)
    relative = next((n for n in RELATIVE if any(n in g.less_reference for g in groups)), None)
    if against is not None and relative is not None:
        table.add_column(_heading(relative, "less"), justify="right", no_wrap=True)
    for one in groups[:SHOWN]:
        cells = [mean_words(one.at_close.get(n)) for n in names]
        cells += [mean_words(one.time_weighted.get(n)) for n in timed]
        if against is not None and relative is not None:
            cells.append(mean_words(one.less_reference.get(relative)))
        table.add_row(Text(one.name), str(one.questions), *cells)
    console.print(table)
    if len(groups) > SHOWN:
        console.print(f"{len(groups) - SHOWN:,} more: --json has all.")


def _heading(name: str, when: str) -> str:
    """In short lines, so that the numbers below keep their room."""
    return "\n".join([*SCORE_HEADINGS[name].split(", "), when])


def print_pools(console: Console, found: Sequence[Pooled]) -> None:
    """Ways of pooling, and what the pool would be without each forecaster."""
    if not found:
        console.print("No yes-no question with an answer has forecasts of two people.")
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for one in found:
        table.add_column(one.method, justify="right")
    table.add_row(
        f"pool of all, {found[0].questions} questions", *(f"{p.brier_halved:.3f}" for p in found)
    )
    for at, without in enumerate(found[0].without[:SHOWN]):
        told = f"without {without.by} (own {without.own:.3f}, {without.questions} questions)"
        table.add_row(Text(told), *(f"{p.without[at].change:+.3f}" for p in found))
    console.print(table)
    console.print(
        "Mean halved Brier scores as they stood at the close. Without: how much the score of the "
        "pool changes; above 0, the pool is worse off without.", style="dim",
    )  # fmt: skip


def print_calibration(console: Console, found: Calibration) -> None:
    """Sentences, then the bins, or the points where they are few."""
    for sentence in calibration_sentences(found):
        console.print(sentence)
    if found.murphy is None:
        return
    console.print()
    table = Table(box=None, pad_edge=False)
    if found.curve is None:
        for heading in ("question", "by", "said", "happened"):
            table.add_column(heading, overflow="fold")
        for x in found.points[:SHOWN]:
            table.add_row(
                Text(x.question), Text(x.stream.by), f"{x.p:.2f}", "yes" if x.happened else "no"
            )
    else:
        for heading in ("said, from", "to", "forecasts", "mean", "came true"):
            table.add_column(heading, justify="right")
        for b in found.murphy.bins:
            table.add_row(
                f"{b.low:.1f}", f"{b.high:.1f}", str(b.count), f"{b.mean:.3f}", f"{b.came_true:.3f}"
            )
    console.print(table)
