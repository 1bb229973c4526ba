"""What blocks, in sentences, each computed from its numbers, as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis.kept_out import CAP, Barrier, Blocked, KeptOut
from detente.analysis.probabilities import Estimate
from detente.figures.constraint_kinds import KEY, giving_way, letters
from detente.figures.naming import Names, and_list, percent
from detente.figures.spans import half_width
from detente.report.sentences import margin
from detente.sampling.draws import Plan
from detente.situation.dumping import content_hash
from detente.situation.quantities import Quantity
from detente.situation.schema import Situation

SHOWN = 6  # sets a scenario on a terminal
METHOD = (
    "A set is a smallest one: all of it has to give way, and then something suits everybody. "
    "A link gives way by not being in force, a red line by costing nothing, a consenter by not "
    "being asked, a principal by signing for less than it demands, but not for less than the "
    "status quo is worth to it."
)


def rounds_in(found: Sequence[Blocked]) -> tuple[str | None, ...]:
    """The rounds that were looked at, the last first."""
    return tuple(dict.fromkeys(one.round for one in reversed(found)))


def in_round(found: Sequence[Blocked], round_: str | None) -> tuple[Blocked, ...]:
    """What was found in one round, reading by reading."""
    return tuple(one for one in found if one.round == round_)


def overview(names: Names, found: Sequence[Blocked], plan: Plan) -> tuple[str, ...]:
    """For each round, the last first: how often nothing suits everybody, and what is enough."""
    told: list[str | None] = []
    for round_ in rounds_in(found):
        some = in_round(found, round_)
        told += [_how_often(names, some, plan), _enough_alone(names, some)]
    return tuple(sentence for sentence in told if sentence)


def _how_often(names: Names, some: Sequence[Blocked], plan: Plan) -> str:
    where = names.round(some[0].round)
    if len(some) == 1:
        return f"{where}: nothing suits everybody in {_told(some[0].no_zone, plan.draws)} of draws."
    least, most = (pick(some, key=lambda one: one.no_zone.p) for pick in (min, max))
    if least.no_zone.p == most.no_zone.p:
        share = percent(least.no_zone.p)
        return (
            f"{where}: nothing suits everybody in {share} of draws under every one of the "
            f"{len(some)} readings."
        )
    return (
        f"{where}: over {len(some)} readings, the share of draws in which nothing suits everybody "
        f"runs from {percent(least.no_zone.p)} (“{names.reading(least.reading)}”) to "
        f"{percent(most.no_zone.p)} (“{names.reading(most.reading)}”)."
    )


def _enough_alone(names: Names, some: Sequence[Blocked]) -> str | None:
    """The one constraint that is enough most often on average over readings; None with one."""
    shut = [one for one in some if one.empty]
    alone = {name for one in shut for name in one.found.alone}
    if len(shut) < 2 or not alone:
        return None
    shares = {name: [one.found.alone.get(name, 0.0) for one in shut] for name in sorted(alone)}
    best = max(shares, key=lambda name: sum(shares[name]))
    low, high = min(shares[best]), max(shares[best])
    return (
        f"{names.round(some[0].round)}: what is most often enough by itself, on average over "
        f"readings, is that {giving_way(names, [best])}: in {_range(low, high)} of those draws, "
        "reading by reading."
    )


def _range(low: float, high: float) -> str:
    first, last = percent(low), percent(high)
    return first if first == last else f"{first} to {last}"


def _told(found: Estimate, draws: int) -> str:
    """``24% (±0.8 points)``."""
    return f"{percent(found.p)} ({margin(found, draws)})"


def scenario_sentences(names: Names, one: Blocked, plan: Plan) -> tuple[str, ...]:
    """How often nothing suits everybody, what is enough, and the deal that was there but for it."""
    frame = "As written" if one.reading is None else f"Under “{names.reading(one.reading)}”"
    if not one.empty:
        return (f"{frame}, some package suits everybody in every draw.",)
    start = f"{frame}, in {_told(one.no_zone, plan.draws)} of draws nothing suits everybody."
    if not one.barriers:
        return (f"{start} More than three constraints would have to give way each time.",)
    top, *others = one.barriers
    share = percent(top.share.p)
    enough = (
        f"In {_told(top.share, one.empty)} of these it is enough that "
        f"{giving_way(names, top.constraints)}."
    )
    for other in others[:1]:
        if percent(other.share.p) == share:
            enough += f" Just as often it is enough that {giving_way(names, other.constraints)}."
    if one.found.larger > 0.0:
        enough += (
            f" In {percent(one.found.larger)} of them more than three constraints would have to."
        )
    return f"{start} {enough}", deal_sentence(names, top)


def deal_sentence(names: Names, barrier: Barrier) -> str:
    """The deal that was there but for a set, or that there is none that all would want."""
    start, changes, end = deal_parts(names, barrier)
    parts = [start, f"{'; '.join(changes)}." if changes else "", end]
    return " ".join(part for part in parts if part)


def deal_parts(names: Names, barrier: Barrier) -> tuple[str, tuple[str, ...], str]:
    """Whom that deal would bring how much; what it consists of; where there is none."""
    what = giving_way(names, barrier.constraints)
    if not barrier.packages:
        return (
            (
                f"What that would allow, though, some principal likes less than no deal: if {what}, "
                "still no package is preferred to no deal by every principal."
            ),
            (),
            "",
        )
    top = barrier.packages[0]
    start = (
        f"If {what}, the deal that was there, in {percent(top.share.p)} of those draws, would "
        f"bring {_gains(names, top.gain, list(top.surplus))} stakes over the status quo:"
    )
    end = ""
    if barrier.nothing.p > 0.0:
        end = (
            f"In {percent(barrier.nothing.p)} of them what that would allow is liked less than no "
            "deal by some principal."
        )
    return start, tuple(names.option(ref) for ref in top.changes), end


def differing(names: Names, first: KeptOut, other: KeptOut) -> str:
    """What another package lacks, has instead and has more than the first."""
    before = {ref.partition(".")[0]: ref for ref in first.changes}
    after = {ref.partition(".")[0]: ref for ref in other.changes}
    gone = [names.option(ref) for issue, ref in before.items() if issue not in after]
    more = [names.option(ref) for issue, ref in after.items() if before.get(issue) != ref]
    parts = [f"without {'; '.join(gone)}"] if gone else []
    parts += [f"with {'; '.join(more)}"] if more else []
    return ", and ".join(parts)


def _gains(names: Names, gain: Mapping[str, float], who: Sequence[str]) -> str:
    return and_list(f"{names.actor(name)} {stakes(gain[name])}" for name in who)


def stakes(value: float) -> str:
    """A gain, signed, with a true minus sign."""
    return f"{round(value, 2) + 0.0:+.2f}".replace("-", "−")


def print_blocked(
    console: Console, names: Names, found: Sequence[Blocked], plan: Plan, tail: str
) -> None:
    """Print the answer in words, all scenarios in a table, then the last round in full."""
    for sentence in overview(names, found, plan):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    for round_ in rounds_in(found):
        console.print()
        console.print(_every_reading(names, in_round(found, round_), plan))
    last = rounds_in(found)[0]
    for one in in_round(found, last):
        _print_scenario(console, names, one, plan)
    console.print(Text(f"\n{METHOD} {KEY}.", style="dim"))
    console.print(
        "± is 95 % Monte Carlo error. Gains are means over the draws with that deal, in stakes: 1 "
        "is the distance from a party’s worst package to its best. A draw may have several sets. "
        f"Deals are looked for in the first {CAP:,} draws of a set.",
        style="dim",
    )
    if len(rounds_in(found)) > 1:
        console.print(Text("Other rounds in full: --round, or the page.", style="dim"))
    console.print(Text(tail, style="dim"))


def _every_reading(names: Names, some: Sequence[Blocked], plan: Plan) -> Table:
    table = Table(
        title=f"{names.round(some[0].round)}: where nothing suits everybody",
        title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column("reading", ratio=2)
    table.add_column("of draws", justify="right", no_wrap=True)
    table.add_column("what is most often enough", ratio=3)
    table.add_column("of those", justify="right", no_wrap=True)
    for one in some:
        cells: list[str | Text] = [names.reading(one.reading), share_of(one.no_zone, plan.draws)]
        top = one.barriers[:1]
        cells += [_named(names, top[0]), share_of(top[0].share, one.empty)] if top else ["–", "–"]
        table.add_row(*(Text(c) if isinstance(c, str) else c for c in cells))
    return table


def share_of(found: Estimate, draws: int) -> str:
    """``24% ±0.8``: a share with its Monte Carlo error in points."""
    return f"{percent(found.p)} ±{100 * half_width(found, draws):.1f}"


def _named(names: Names, barrier: Barrier) -> Text:
    return Text(f"{letters(barrier.constraints)}  {names.blocking(barrier.constraints)}")


def _print_scenario(console: Console, names: Names, one: Blocked, plan: Plan) -> None:
    console.print()
    console.rule(Text(names.scenario(one.round, one.reading), style="bold"), align="left")
    for sentence in scenario_sentences(names, one, plan):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    if not one.barriers:
        return
    table = Table(padding=(0, 1))
    table.add_column("it is enough without", ratio=3)
    table.add_column("of those", justify="right", no_wrap=True)
    table.add_column("deal most often there then", ratio=2)
    for barrier in one.barriers[:SHOWN]:
        table.add_row(
            _named(names, barrier),
            share_of(barrier.share, one.empty),
            Text(in_short(names, barrier)),
        )
    more = len(one.barriers) - SHOWN
    table.caption = f"and {more} more listed sets" if more > 0 else None
    table.caption_justify = "left"
    console.print(table)


def in_short(names: Names, barrier: Barrier) -> str:
    """How often the first deal is there, and what it brings the principals."""
    none = f"; none in {percent(barrier.nothing.p)}" if barrier.nothing.p > 0.0 else ""
    if not barrier.packages:
        return "none that every principal prefers to no deal"
    top = barrier.packages[0]
    return f"in {percent(top.share.p)}: {_gains(names, top.gain, list(top.surplus))}{none}"


def blocked_object(
    situation: Situation, found: Sequence[Blocked], plan: Plan, patch: Mapping[str, Quantity], *,
    name: str, version: str,
) -> dict[str, Any]:  # fmt: skip
    """What blocks as one JSON object. ``patch`` is what the command line laid over the file."""
    return {
        "format": "detente-blockers/1",
        "detente": version,
        "situation": name,
        "sha256": content_hash(situation),
        "set": {address: quantity.written for address, quantity in patch.items()},
        "seed": plan.seed,
        "draws": plan.draws,
        "most_looked_at": CAP,
        "scenarios": [_scenario(one) for one in found],
    }


def _scenario(one: Blocked) -> dict[str, Any]:
    return {
        "round": one.round,
        "reading": one.reading,
        "no_zone": _estimate(one.no_zone),
        "not_closed": one.found.not_closed,
        "larger_than_three": one.found.larger,
        "more_sets_than_kept": one.found.cut,
        "alone": one.found.alone,
        "involved": one.found.involved,
        "sets": [_barrier(barrier) for barrier in one.barriers],
    }


def _barrier(barrier: Barrier) -> dict[str, Any]:
    return {
        "constraints": list(barrier.constraints),
        "share": _estimate(barrier.share),
        "draws": barrier.draws,
        "looked_at": barrier.looked_at,
        "none_preferred": _estimate(barrier.nothing),
        "different_packages": barrier.kinds,
        "packages": [
            {
                "changes": list(package.changes),
                "share": _estimate(package.share),
                "gain": package.gain,
                "surplus": package.surplus,
            }
            for package in barrier.packages
        ],
    }


def _estimate(found: Estimate) -> dict[str, float]:
    return {"p": found.p, "mc_se": found.mc_se}
