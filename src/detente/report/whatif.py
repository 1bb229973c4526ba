"""What-ifs printed: sentences, one table of every probability before and after; and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.outcome_changes import Blocker, Leading
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import NAMES
from detente.analysis.whatif import Effect, WhatIfs
from detente.figures.naming import Names, percent, whatif_title
from detente.figures.sides import is_clear, points
from detente.figures.spans import Z
from detente.model.causes import CAUSES
from detente.report.comparing import TITLES
from detente.report.whatif_words import explanation, headline, ranking, setting_words, told_of
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.schema import Situation
from detente.situation.writing import plain

NOTE = (
    "± is 95 % Monte Carlo error; both sides use the same random numbers. ≈: no more than that. "
    "How sure anybody is of the values is not in it."
)


def print_whatifs(console: Console, names: Names, found: WhatIfs, tail: str) -> None:
    """Print each what-if in words, then every probability before and after."""
    if ranked := ranking(names, found):
        console.print(Text(ranked, style="bold"))
        console.print()
    for what_if in found.what_ifs:
        console.rule(Text(whatif_title(what_if)), align="left")
        console.print(Padding(Text(f"What if {setting_words(names, what_if)}?"), (0, 0, 0, 2)))
        console.print(Padding(Text(headline(names, found, what_if)), (0, 0, 0, 2)))
        for one in told_of(found, what_if):
            if sentences := explanation(names, one):
                where = f"How so under “{names.reading(one.before.reading)}”:"
                console.print(Padding(Text(where), (0, 0, 0, 2)))
                for sentence in sentences:
                    console.print(Padding(Text(sentence, style="dim"), (0, 0, 0, 4)))
        console.print()
    console.print(_table(names, found))
    console.print(Text(NOTE, style="dim"))
    console.print(Text(tail, style="dim"))


def _table(names: Names, found: WhatIfs) -> Table:
    table = Table(title="Before and after", title_justify="left", title_style="bold")
    several = len(found.what_ifs) > 1
    if several:
        table.add_column("what if", ratio=2)
    table.add_column("reading", ratio=2)
    table.add_column("chance", ratio=2)
    for heading in ("before", "after", "difference"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in found.effects:
        title, reading = whatif_title(one.what_if), names.reading(one.before.reading)
        rows = rows_of(one)
        for index, cells in enumerate(rows):
            head = [title, reading] if several else [reading]
            first = [Text(text if index == 0 else "") for text in head]
            table.add_row(*first, *cells, end_section=index == len(rows) - 1)
    return table


def rows_of(one: Effect) -> tuple[tuple[str, str, str, str], ...]:
    """Each chance before, after and their difference, in the order of all chances."""
    rows: list[tuple[str, str, str, str]] = []
    for name in NAMES:
        if name in one.untold:
            rows.append((TITLES[name], "–", "–", "too few draws"))
        elif name in one.differences:
            d = one.differences[name]
            rows.append((TITLES[name], percent(d.first.p), percent(d.second.p), told(d)))
    return tuple(rows)


def told(d: Difference) -> str:
    """A change in points with its error; ≈ where it is no more than that."""
    return f"{'' if is_clear(d) else '≈ '}{points(d.points)} ±{100 * Z * d.se:.1f}"


def whatif_object(
    situation: Situation, found: WhatIfs, plan: Plan, *, name: str, version: str
) -> dict[str, Any]:
    """The what-ifs as one JSON object."""
    return {
        "format": "detente-whatif/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "seed": plan.seed,
        "draws": plan.draws,
        "round": found.round,
        "target": found.target,
        "what_ifs": [
            {
                "name": what_if.name,
                "title": what_if.title,
                "set": {address: plain(value) for address, value in what_if.patch.items()},
                "readings": [_effect(one) for one in found.of(what_if)],
            }
            for what_if in found.what_ifs
        ],
    }


def _effect(one: Effect) -> dict[str, Any]:
    how = one.how
    return {
        "reading": one.before.reading,
        "changed": list(one.changed),
        "probabilities": {name: _difference(d) for name, d in one.differences.items()},
        "untold": list(one.untold),
        "zone": _difference(how.zone),
        "missed": None if how.missed is None else _difference(how.missed),
        "endings": {CAUSES[code]: _difference(d) for code, d in how.causes.items()},
        "options": {ref: _difference(d) for ref, d in how.options.items()},
        "likeliest": {"before": _package(how.packages[0]), "after": _package(how.packages[1])},
        "blocking": {"before": _blocker(how.blocking[0]), "after": _blocker(how.blocking[1])},
        "carried": [
            {"address": share.address, "points": share.points, "se": share.se}
            for share in one.shares
        ],
        "exact": one.exact,
    }


def _difference(d: Difference) -> dict[str, float]:
    return {"before": d.first.p, "after": d.second.p, "difference": d.points, "se": d.se}


def _package(found: Leading | None) -> dict[str, Any] | None:
    if found is None:
        return None
    package = found.package
    return {"changes": list(package.changes), "share": package.share, "leads": found.leads}


def _blocker(found: Blocker | None) -> dict[str, Any] | None:
    if found is None:
        return None
    one = found.found
    return {"constraints": list(one.constraints), "share": one.share, "leads": found.leads}
