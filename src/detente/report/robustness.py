"""The answer under every protocol: in sentences, as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.probabilities import MEANINGS
from detente.analysis.robustness import Conclusion, Robustness, Verdict
from detente.bargaining.protocols import NASH, PROTOCOLS
from detente.figures.conclusions import conclusion_name, spread
from detente.figures.naming import Names, and_list, percent
from detente.figures.sides import is_clear, points
from detente.figures.spans import Z
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.schema import Situation

LISTED = 4  # conclusions named in one sentence


def sentences(names: Names, found: Robustness) -> tuple[str, ...]:
    """The answer, most important first."""
    told = [
        _range(names, found),
        _moves_most(names, found),
        _settled(names, found, "likely", "likelier than not"),
        _settled(names, found, "rises", f"likelier than {names.round(found.before)}")
        if found.before is not None
        else None,
        _options(found),
        *_odd(names, found),
        _left_out(found),
    ]
    return tuple(sentence for sentence in told if sentence)


def _range(names: Names, found: Robustness) -> str:
    reading, low, high = spread(found)
    start = f"{names.round(found.round)}: "
    what = f"the chance that {MEANINGS[found.target]}"
    if len(found.protocols) == 1:
        return f"{start}only {PROTOCOLS[found.protocols[0]].title} was run, so nothing can differ."
    start += f"under {len(found.protocols)} protocols {what} "
    if percent(low) == percent(high):
        return f"{start}is the same in whole per cent" + (
            f", {percent(low)}." if len(found.found) == 1 else " under every reading."
        )
    if len(found.found) == 1:
        return f"{start}runs from {percent(low)} to {percent(high)}."
    return (
        f"{start}differs most under “{names.reading(reading)}”, from {percent(low)} to "
        f"{percent(high)}; under no other reading by more."
    )


def _moves_most(names: Names, found: Robustness) -> str | None:
    """The largest clear change from asymmetric Nash."""
    every = [
        (reading, name, under.change)
        for reading, table in found.found.items()
        for name, under in table.items()
        if under.change is not None and name != NASH and is_clear(under.change)
    ]
    if not every:
        return "No protocol moves it from asymmetric Nash by more than Monte Carlo error."
    reading, name, most = max(every, key=lambda row: abs(row[2].points))
    return (
        f"The largest change from asymmetric Nash: {PROTOCOLS[name].title} gives "
        f"{percent(most.second.p)} rather than {percent(most.first.p)} under "
        f"“{names.reading(reading)}” ({points(most.points)} points ±{100 * Z * most.se:.1f})."
    )


def _settled(names: Names, found: Robustness, sort: str, says: str) -> str | None:
    """Under which readings every protocol says so, and under which every one denies it."""
    some = [one for one in found.conclusions if one.sort == sort]
    if not some:
        return None
    yes = [one for one in some if one.settled and all(one.holds.values())]
    no = [one for one in some if one.settled and not any(one.holds.values())]
    open_ = [one for one in some if not one.settled]
    parts = [f"{says} under every protocol: {_under(names, yes)}"] if yes else []
    parts += [f"{says} under none: {_under(names, no)}"] if no else []
    parts += (
        [f"{says} under some and not under others, or too close to tell: {_under(names, open_)}"]
        if open_
        else []
    )
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _under(names: Names, some: Sequence[Conclusion]) -> str:
    return and_list(f"“{names.reading(one.reading)}”" for one in some)


def _options(found: Robustness) -> str | None:
    """How much of what a deal holds hangs on the protocol."""
    some = [one for one in found.conclusions if one.sort == "option"]
    if not some:
        return None
    settled = sum(one.settled for one in some)
    loose = len(some) - settled
    text = f"What deals hold: of {len(some)} choices that most deals hold under some protocol, "
    if not loose:
        return f"{text}all are the same under every one."
    return (
        f"{text}{settled} are the same under every one, and {loose} hang on it or are too close "
        "to tell. Whether there is a deal may be robust where what is in it is not."
    )


def _odd(names: Names, found: Robustness) -> list[str]:
    """Conclusions that one protocol alone draws, or alone denies."""
    texts: list[str] = []
    for name in found.protocols:
        for verdict, verb in ((True, "Only under"), (False, "Under every protocol but")):
            lone = [one for one in found.conclusions if one.odd == (name, verdict)]
            if not lone:
                continue
            listed = "; ".join(
                f"{conclusion_name(names, one)} (“{names.reading(one.reading)}”)"
                for one in lone[:LISTED]
            )
            more = f"; and {len(lone) - LISTED} more" if len(lone) > LISTED else ""
            texts.append(f"{verb} {PROTOCOLS[name].title}: {listed}{more}.")
    return texts


def _left_out(found: Robustness) -> str | None:
    if not found.left_out:
        return None
    listed = and_list(PROTOCOLS[name].title for name in found.left_out)
    return f"Left out, since this situation has too many principals or packages, or a quorum: {listed}."


def print_robustness(console: Console, names: Names, found: Robustness, tail: str) -> None:
    """Print the answer in words, then the chances, then the conclusions that differ."""
    for sentence in sentences(names, found):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    console.print()
    console.print(_chances(names, found))
    loose = [one for one in found.conclusions if not one.settled]
    if loose:
        console.print(_verdicts(names, found, loose))
    console.print(
        "All protocols use the same random numbers. yes and no are clear of Monte Carlo error; "
        "≈ is too close, or rests on too few deals.",
        style="dim",
    )
    for name in found.protocols:
        one = PROTOCOLS[name]
        console.print(Text(f"  {one.letter}  {one.title}: {one.says}", style="dim"))
    console.print(Text(tail, style="dim"))


def _chances(names: Names, found: Robustness) -> Table:
    table = Table(
        title=f"{names.round(found.round)}: chance that {MEANINGS[found.target]}",
        title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column("reading")
    for name in found.protocols:
        table.add_column(PROTOCOLS[name].letter, justify="right")
    for reading, under in found.found.items():
        cells = [under[name].probabilities.get(found.target) for name in found.protocols]
        table.add_row(
            Text(names.reading(reading)), *("–" if c is None else percent(c.p) for c in cells)
        )
    return table


def _verdicts(names: Names, found: Robustness, some: Sequence[Conclusion]) -> Table:
    table = Table(
        title="Conclusions that hang on the protocol", title_justify="left", title_style="bold"
    )
    table.add_column("conclusion", ratio=1)
    for name in found.protocols:
        table.add_column(PROTOCOLS[name].letter, justify="center", no_wrap=True)
    for one in some:
        text = f"{names.reading(one.reading)}: {conclusion_name(names, one)}"
        table.add_row(Text(text), *(verdict(one.holds[name]) for name in found.protocols))
    return table


def verdict(held: Verdict) -> str:
    """``yes``, ``no`` or, where it cannot be told, ``≈``."""
    return "≈" if held is None else "yes" if held else "no"


def robustness_object(
    situation: Situation, laid: dict[str, str], found: Robustness, plan: Plan, *, name: str,
    version: str,
) -> dict[str, Any]:  # fmt: skip
    """The answer under every protocol as one JSON object."""
    return {
        "format": "detente-robustness/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": laid,
        "seed": plan.seed,
        "draws": plan.draws,
        "round": found.round,
        "before": found.before,
        "target": found.target,
        "protocols": [
            {"name": n, "title": PROTOCOLS[n].title, "axioms": list(PROTOCOLS[n].axioms)}
            for n in found.protocols
        ],
        "left_out": list(found.left_out),
        "readings": [
            {
                "reading": reading,
                "protocol": protocol,
                "probabilities": {
                    n: {"p": e.p, "mc_se": e.mc_se} for n, e in under.probabilities.items()
                },
                "less_nash": None
                if under.change is None
                else {"difference": under.change.points, "se": under.change.se},
                "options": under.options,
            }
            for reading, table in found.found.items()
            for protocol, under in table.items()
        ],
        "conclusions": [
            {
                "sort": one.sort,
                "reading": one.reading,
                "detail": one.detail,
                "settled": one.settled,
                "holds": one.holds,
            }
            for one in found.conclusions
        ],
    }
