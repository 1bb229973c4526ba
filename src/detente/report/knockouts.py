"""Knock-outs in sentences, each computed from their numbers, as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.knockout import Changes, Knockout, Knockouts, Reading
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import MEANINGS, Estimate
from detente.figures.naming import Names, and_list, percent
from detente.figures.removal_names import kinds_of, removal_name, removal_phrase
from detente.figures.sides import is_clear, points
from detente.figures.spans import Z
from detente.report.attributing import attributed, claim_object, style_of, styled
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.schema import Situation
from detente.situation.values import set_here
from detente.sources.claims import Claims
from detente.sources.removal import independent
from detente.sources.support import repeats

SHOWN = 20
LARGEST = 6
ASKED = 5  # removals up to which each gets its sentence
SINGLE = "claim"


def sentences(names: Names, claims: Claims, found: Knockouts) -> tuple[str, ...]:
    """The answer, most important first."""
    told: list[str | None] = [
        whole_sentence(names, found),
        *(removal_sentence(names, claims, found, row) for row in _telling(found)),
        _graded(claims, found),
        _unjudged(claims, found),
        _idle(found),
        _repeated(claims, found),
    ]
    return tuple(sentence for sentence in told if sentence)


def _telling(found: Knockouts) -> list[Knockout]:
    """What is told in full: the claim, the speaker, the source that carry most, and services."""
    rows: list[Knockout] = []
    for sort, name in ((SINGLE, ""), ("source", ""), ("speaker", ""), ("group", "service")):
        some = [
            row
            for row in found.found
            if row.removal.sort == sort and row.changes and name in {"", row.removal.name}
        ]
        rows += some[:1]
    if len(found.found) <= ASKED:
        return list(found.found)
    return rows or [row for row in found.found if row.changes][:3]


def whole_sentence(names: Names, found: Knockouts) -> str:
    """The chance with everything in place, over readings and reading by reading."""
    where, what = names.round(found.round), MEANINGS[found.target]
    whole = percent(found.whole[found.target].p)
    each = [one[found.target].p for one in found.base.values() if found.target in one]
    if len(each) < 2:
        return f"{where}: with everything in place, the chance that {what} is {whole}."
    return (
        f"{where}: with everything in place, the chance that {what} is {whole} over "
        f"{len(each)} readings by their weights, and from {percent(min(each))} to "
        f"{percent(max(each))} reading by reading."
    )


def removal_sentence(names: Names, claims: Claims, found: Knockouts, row: Knockout) -> str:
    """What one removal does to the chance, and what goes with it."""
    one_by_one = sum(other.removal.sort == row.removal.sort for other in found.found) > 1
    what = removal_phrase(claims, row.removal)
    start = f"Without {what}"
    if row.removal.sort == SINGLE and one_by_one:
        start = f"No single claim carries more than {what.removeprefix('the claim ')}: without it"
    if not row.changes:
        return f"{start} nothing changes: no value rests on it alone in what was run."
    d = row.overall.get(found.target)
    if d is None:
        return f"{start} no chance can be told."
    text = f"{start} the chance is {_from_to(d)}"
    most = row.most(found.target)
    if most is not None and len(found.base) > 1:
        text += f" over readings; it moves most under “{names.reading(most[0])}”, where it is "
        text += _from_to(most[1])
    return f"{text}. {_gone(row)}"


def _gone(row: Knockout) -> str:
    """What falls with a removal, and that some of it stood in the way."""
    verb = "falls" if len(row.values) == 1 else "fall"
    text = f"With it {verb} {kinds_of(row.values)}."
    if not row.barriers:
        return text
    count = len(row.barriers)
    barriers = "a link or red line is" if count == 1 else f"{count} links and red lines are"
    return f"{text} So {barriers} gone that stood in the way of a deal."


def _from_to(d: Difference) -> str:
    if not is_clear(d):
        return f"{percent(d.second.p)}, which is no change beyond Monte Carlo error"
    return (
        f"{percent(d.second.p)} rather than {percent(d.first.p)} "
        f"({points(d.points)} points ±{100 * Z * d.se:.1f})"
    )


def _graded(claims: Claims, found: Knockouts) -> str | None:
    """What is left when only better grades count."""
    rows = [row for row in found.found if row.removal.sort == "grade" and row.changes]
    if not rows:
        return None
    ordered = sorted(rows, key=lambda row: row.removal.name)
    parts = [
        f"{percent(row.overall[found.target].second.p)} with nothing below {row.removal.name} "
        f"({len(row.removal.claims)} of {len(claims.claims)} claims go)"
        for row in ordered
        if found.target in row.overall
    ]
    return f"By grade{_over(found)}: {and_list(parts)}." if parts else None


def _over(found: Knockouts) -> str:
    """That a chance is over readings, where there are several."""
    return ", over readings" if len(found.base) > 1 else ""


def _unjudged(claims: Claims, found: Knockouts) -> str | None:
    """What rests on claims that nobody can judge: they are missing, neither good nor bad."""
    for row in found.found:
        if row.removal.sort == "unjudged" and found.target in row.overall:
            return (
                f"{len(row.removal.claims)} of {len(claims.claims)} claims have an F or a 6: on "
                "that side nobody can judge them, and no floor counts it for or against them. "
                f"Without them the chance is {percent(row.overall[found.target].second.p)}"
                f"{_over(found)}."
            )
    return None


def _idle(found: Knockouts) -> str | None:
    """How many single claims could go without anything changing."""
    rows = [row for row in found.found if row.removal.sort == SINGLE]
    if not rows:
        return None
    idle = sum(not row.changes for row in rows)
    quiet = sum(bool(row.changes) and not _clear(found, row) for row in rows)
    if len(rows) == 1:
        return None if rows[0].changes else "Without this claim no value moves."
    return (
        f"Of {len(rows)} claims, {idle} could go one by one without any value moving in what was "
        f"run; {quiet} more move values, and no chance beyond Monte Carlo error."
    )


def _clear(found: Knockouts, row: Knockout) -> bool:
    return any(is_clear(c[found.target]) for c in row.changes.values() if found.target in c)


def _repeated(claims: Claims, found: Knockouts) -> str | None:
    """Origins that reach one value by several ways."""
    any_scenario = next(iter(found.scenarios.values()))
    twice = repeats(claims, any_scenario.values)
    if not twice:
        return None
    origins = dict.fromkeys(claims.speakers[one.origin].name for one in twice)
    return (
        f"{len(twice)} {'value rests' if len(twice) == 1 else 'values rest'} on one origin that "
        f"is passed on in several ways ({and_list(origins)}): that counts once, and goes at once."
    )


def print_knockouts(
    console: Console, names: Names, claims: Claims, found: Knockouts, tail: str
) -> None:
    """Print the answer in words, then the removals, then what the largest took with them."""
    for sentence in sentences(names, claims, found):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    console.print()
    bundles = [row for row in found.found if row.removal.sort != SINGLE]
    single = [row for row in found.found if row.removal.sort == SINGLE]
    for title, rows in (
        ("Sources, speakers, grades, taken away one by one", bundles),
        ("Claims, taken away one by one", single),
    ):
        if any(row.changes for row in rows):
            console.print(_table(names, claims, found, rows, title))
    over = " Over readings: by their weights." if len(found.base) > 1 else ""
    console.print(
        f"± is 95 % Monte Carlo error; both sides use the same random numbers.{over} Values: how many rested on it alone, in brackets the links and red lines "
        "among them. What falls goes back to the neutral value of its kind: no pressure, no link, "
        "no red line; the whole range of a preference. A author, Q quoted third party, C commenter, "
        "R public record, N analyst.",
        style="dim",
    )
    _print_largest(console, claims, single)
    console.print(Text(tail, style="dim"))


def _table(
    names: Names, claims: Claims, found: Knockouts, rows: Sequence[Knockout], title: str
) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("without", ratio=3)
    table.add_column("values", justify="right", no_wrap=True)
    several = len(found.base) > 1
    table.add_column("over readings" if several else "chance", justify="right", no_wrap=True)
    if several:
        table.add_column("most under", ratio=2)
    shown = [row for row in rows if row.changes][:SHOWN]
    for row in shown:
        cells = [_heading(claims, row), _count(row), told(row.overall, found.target)]
        if several:
            cells.append(_most(names, found, row))
        table.add_row(*cells)
    more = sum(bool(row.changes) for row in rows) - len(shown)
    idle = sum(not row.changes for row in rows)
    rest = [f"{more} more that change less"] if more else []
    rest += [f"{idle} without which no value moves"] if idle else []
    table.caption = f"and {and_list(rest)}" if rest else None
    table.caption_justify = "left"
    return table


def _heading(claims: Claims, row: Knockout) -> Text:
    """A removal's name; of a claim, whose word it is, its id and its grade."""
    if row.removal.sort != SINGLE:
        return Text(removal_name(claims, row.removal))
    found = attributed(claims, row.removal.name)
    return Text.assemble((found.letter, style_of(claims, row.removal.name)), f" {found.name} ",
                         (found.grade, "dim"))  # fmt: skip


def _count(row: Knockout) -> str:
    return f"{len(row.values)}" + (f" ({len(row.barriers)})" if row.barriers else "")


def told(changes: Changes, target: str) -> str:
    """The chance without it, and the change with its error."""
    d = changes.get(target)
    return "–" if d is None else f"{percent(d.second.p)}  {points(d.points)} ±{100 * Z * d.se:.1f}"


def _most(names: Names, found: Knockouts, row: Knockout) -> Text:
    most = row.most(found.target)
    if most is None:
        return Text("–")
    reading, d = most
    return Text(f"{names.reading(reading)}: {percent(d.first.p)} → {percent(d.second.p)}")


def _print_largest(console: Console, claims: Claims, single: Sequence[Knockout]) -> None:
    """What the claims that matter most say, who says it, and what rests on each alone."""
    shown = [row for row in single if row.changes][:LARGEST]
    if not shown:
        return
    console.print(Text("\nThe claims that carry most", style="bold"))
    for row in shown:
        console.print(Padding(styled(claims, row.removal.name), (0, 0, 0, 2)))
        console.print(Padding(Text(attributed(claims, row.removal.name).says), (0, 0, 0, 4)))
        rests = Text(f"alone for {kinds_of(row.values)}", style="dim")
        console.print(Padding(rests, (0, 0, 0, 4)))
    console.print()


def knockouts_object(
    situation: Situation, claims: Claims, found: Knockouts, plan: Plan, *, name: str, version: str
) -> dict[str, Any]:
    """The knock-outs as one JSON object."""
    return {
        "format": "detente-knockout/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": set_here(next(iter(found.scenarios.values())).values),
        "seed": plan.seed,
        "draws": plan.draws,
        "round": found.round,
        "target": found.target,
        "weights": {_key(reading): weight for reading, weight in found.weights.items()},
        "whole": _estimates(found.whole),
        "by_reading": {_key(r): _estimates(one) for r, one in found.base.items()},
        "knockouts": [_row(claims, row) for row in found.found],
    }


def _key(reading: Reading) -> str:
    return reading or "as-written"


def _estimates(found: dict[str, Estimate]) -> dict[str, Any]:
    return {name: {"p": one.p, "mc_se": one.mc_se} for name, one in found.items()}


def _row(claims: Claims, row: Knockout) -> dict[str, Any]:
    return {
        "removal": f"{row.removal.sort}:{row.removal.name}",
        "name": removal_name(claims, row.removal),
        "claims": [claim_object(claims, name) for name in sorted(row.removal.claims)],
        "origins": independent(claims, row.removal.claims),
        "fallen": {_key(reading): list(fallen) for reading, fallen in row.fallen.items()},
        "barriers": list(row.barriers),
        "overall": _changes(row.overall),
        "changes": {_key(reading): _changes(found) for reading, found in row.changes.items()},
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        name: {"before": d.first.p, "after": d.second.p, "difference": d.points, "se": d.se}
        for name, d in changes.items()
    }
