"""What a backtest found, in sentences and as tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.backtest import CLIMATOLOGY, Backtest, Tested
from detente.analysis.backtest_scores import ALL
from detente.analysis.grouped import Measured
from detente.figures.backtest import beaten
from detente.figures.naming import and_list

POINT_COLUMNS = (
    ("mae", "mean error"), ("mae_less_main", "less compromise"), ("rmse", "RMSE"),
    ("median_error", "median"), ("within_10", "within 10"),
)  # fmt: skip
DISTRIBUTION_COLUMNS = (
    ("crps", "CRPS"), ("crps_less_climatology", "less others’ outcomes"),
    ("central_50", "50 %"), ("central_80", "80 %"), ("central_95", "95 %"),
)  # fmt: skip
IN_FULL = 2  # columns of a table on a terminal that have intervals
SHARES = ("within_10", "central_", "shown_", "held_")
LESS = "_less_"


def cell(name: str, score: Measured) -> str:
    """A score with its interval, for a table; nothing for a difference from itself."""
    if score.low == score.high == 0.0 and LESS in name:
        return "\u2013"
    if name.startswith(SHARES):
        return f"{100 * score.value:.0f} %  {100 * score.low:.0f}..{100 * score.high:.0f}"
    sign = "+" if LESS in name else ""
    return minus(f"{score.value:{sign}.1f}  {score.low:{sign}.1f}..{score.high:{sign}.1f}")


def short_cell(name: str, score: Measured) -> str:
    """A score without its interval."""
    return f"{100 * score.value:.0f} %" if name.startswith(SHARES) else f"{score.value:.1f}"


def sentences(found: Backtest) -> tuple[str, ...]:
    """The answer, most important first."""
    return (
        _best(found), _worse(found), _distribution(found), _coverage(found), _lens(found),
        _pulls(found), _size(found),
    )  # fmt: skip


def _best(found: Backtest) -> str:
    main, ahead = found.main, beaten(found)
    start = f"The compromise is off by {_value(main.scores['mae'])} points of 100 on average. "
    if ahead:
        listed = and_list(f"{one.title} (by {_less(one.scores['mae_less_main'])})" for one in ahead)
        return f"{start}Beyond doubt better, each by itself: {listed}."
    rivals = [one for one in found.models if one is not main]
    if not rivals:
        return f"{start}No other model was asked for."
    best = min(rivals, key=lambda one: one.scores["mae_less_main"].value)
    return (
        f"{start}No model and no baseline beats it beyond doubt. Nearest to that is {best.title}, "
        f"whose error differs by {_less(best.scores['mae_less_main'])}; the interval holds zero."
    )


def _worse(found: Backtest) -> str:
    worse = [one.title for one in found.models if one.scores["mae_less_main"].low > 0.0]
    return (
        f"Beyond doubt worse than the compromise: {'; '.join(worse)}."
        if worse
        else "None is beyond doubt worse than the compromise."
    )


def _distribution(found: Backtest) -> str:
    scores = found.main.scores
    return (
        f"The calibrated distribution around the compromise has a CRPS of {_value(scores['crps'])}. "
        f"Against the compromise as a bare point that is {_less(scores['crps_less_point'])}, against "
        f"the outcomes of all other proposals {_less(scores['crps_less_climatology'])}. "
        + _median(scores["median_mae"], scores["median_less_main"])
    )


def _median(error: Measured, less: Measured) -> str:
    told = "beyond doubt" if less.excludes_zero else "not beyond doubt"
    return f"Its median is off by {_value(error)}, {_less(less)} against the point: {told}."


def _coverage(found: Backtest) -> str:
    scores = found.main.scores
    held = and_list(f"{100 * scores[f'central_{level}'].value:.1f}" for level in (50, 80, 95))
    shown = scores["shown_80"]
    return (
        "On proposals that a fit did not see, its central 50, 80 and 95 % intervals hold "
        f"{held} % of outcomes. "
        f"The shortest interval that holds at least 80 % holds {_percent(scores['held_80'])} by its "
        f"own word and {_percent(shown)} of outcomes ({_range(shown, 100.0, ' %')})."
    )


def _lens(found: Backtest) -> str:
    whole = [one for one in found.models if one.cases.all()]
    crps = sorted(whole, key=lambda one: one.scores["crps"].value)
    first, last = crps[0], crps[-1]
    return (
        f"Around which forecast the distribution lies matters little: the CRPS runs from "
        f"{first.scores['crps'].value:.1f} ({first.title}) to {last.scores['crps'].value:.1f} "
        f"({last.title}). What it learns of focal points is worth more than the choice of a model."
    )


def _pulls(found: Backtest) -> str:
    plain = found.others[0].scores
    return (
        "Without pulls of the single actors, as for actors that the data do not know, the CRPS is "
        f"{_value(plain['crps'])}, {_less(plain['crps_less_main'])} against the distribution with them."
    )


def _size(found: Backtest) -> str:
    issues, proposals = found.main.scores.counts[ALL]
    left = (
        f" {found.left_out} more have no outcome on record, or positions of fewer than three actors."
        if found.left_out
        else ""
    )
    return (
        f"{issues} issues of {proposals} proposals.{left} Intervals are 95 %, from "
        f"{found.replicates:,} draws of whole proposals; none is corrected for their number."
    )


def print_backtest(console: Console, found: Backtest, tail: str) -> None:
    """Print the answer in words, then errors of points, distributions, and parts of the data."""
    for sentence in sentences(found):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    console.print()
    console.print(_table("Errors of the points", found.models, POINT_COLUMNS))
    console.print()
    every = (*found.models, *found.others)
    console.print(_table("Distributions, and coverage", every, DISTRIBUTION_COLUMNS))
    console.print()
    console.print(_parts(found))
    console.print(f"\n{tail}", soft_wrap=True, style="dim")


def _table(title: str, rows: Sequence[Tested], columns: Sequence[tuple[str, str]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("", overflow="fold")
    for _, heading in columns:
        table.add_column(heading, justify="right")
    for one in rows:
        told = [
            (cell if index < IN_FULL else short_cell)(name, one.scores[name])
            for index, (name, _) in enumerate(columns)
        ]
        table.add_row(title_of(one), *told)
    return table


def title_of(one: Tested) -> str:
    """Its name, with the number of issues where it has no forecast for all."""
    issues = one.scores.counts[ALL][0]
    return one.title if issues == len(one.cases) else f"{one.title} (n = {issues})"


def _parts(found: Backtest) -> Table:
    table = Table(
        title="The compromise by wave and voting rule, and the CRPS of all other outcomes",
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    table.add_column("")
    for heading in ("issues", "mean error", "CRPS", "80 %", "others’ outcomes"):
        table.add_column(heading, justify="right")
    climate = next(one for one in found.others if one.name == CLIMATOLOGY)
    for part, scores in found.main.scores.by.items():
        table.add_row(
            part, str(found.main.scores.counts[part][0]),
            *(cell(name, scores[name]) for name in ("mae", "crps")),
            short_cell("central_80", scores["central_80"]),
            short_cell("crps", climate.scores.by[part]["crps"]),
        )  # fmt: skip
    return table


def _value(score: Measured) -> str:
    return f"{score.value:.1f} ({_range(score)})"


def _less(score: Measured) -> str:
    return minus(f"{score.value:+.1f} ({score.low:+.1f} to {score.high:+.1f})")


def _percent(score: Measured) -> str:
    return f"{100 * score.value:.1f} %"


def _range(score: Measured, scale: float = 1.0, unit: str = "") -> str:
    return minus(f"{scale * score.low:.1f} to {scale * score.high:.1f}{unit}")


def minus(text: str) -> str:
    """With true minus signs."""
    return text.replace("-", "\u2212")
