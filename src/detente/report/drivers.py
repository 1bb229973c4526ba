"""What drives an answer, in sentences computed from the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.driver_scopes import DRAW, MOST_DRAWS, Drivers, Reading, Scope
from detente.analysis.groupings import DRIVER, REST
from detente.analysis.outputs import ZONE
from detente.analysis.ranking import Order, order_of
from detente.analysis.resampling import Share
from detente.analysis.shapley_effects import READING
from detente.analysis.sobol import Effect
from detente.figures.group_names import group_name, what_is_driven
from detente.figures.naming import Names, and_list, percent
from detente.figures.ranks import players_of, ranked
from detente.figures.shares import share_words, whole_percent
from detente.figures.spans import Z
from detente.sources.claims import Claims

_KIND = {
    "driver": "drivers", "actor": "owners", "issue": "issues", "source": "sources",
    "value": "values told apart", "draw": "causes",
}  # fmt: skip
_LEAD = {
    "driver": "By driver",
    "actor": "By whose value it is",
    "issue": "By issue",
    "source": "By whose word it rests on",
    "value": "Value by value",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells what of whom: names, claims, and what was found."""

    names: Names
    claims: Claims | None
    found: Drivers

    def group(self, part: str, group: str) -> str:
        """A group in words."""
        return group_name(self.names, self.claims, part, group)


def sentences(tell: Telling) -> tuple[str, ...]:
    """The answer over readings, most important first."""
    found = tell.found
    told = [whole_sentence(tell), together_sentence(tell), chance_sentence(tell, found.over)]
    if not found.over.faint(found.target):
        told += [part_sentence(tell, found.over, part) for part in _LEAD]
        told.append(readings_sentence(tell))
    told += [draw_sentence(tell, found.over), zone_sentence(tell)]
    told += [below_sentence(found.over), *skipped_sentences(tell)]
    return tuple(sentence for sentence in told if sentence)


def whole_sentence(tell: Telling) -> str:
    """The chance itself, with its Monte Carlo error."""
    found = tell.found
    where, target = tell.names.round(found.round), found.target
    estimate = found.over.chances.get(target)
    if estimate is None:
        return f"{where}: {what_is_driven(target)} cannot be told."
    over = f" over {len(found.readings)} readings by their weights" if _several(found) else ""
    if target == ZONE:
        return (
            f"{where}: the size of the zone of possible agreement is told as the logarithm of one "
            f"more than its packages, on average {estimate.p:.2f}{over}."
        )
    return (
        f"{where}: {what_is_driven(target)} is {percent(estimate.p)}{over} "
        f"(±{100 * Z * estimate.mc_se:.1f} points, Monte Carlo error)."
    )


def chance_sentence(tell: Telling, scope: Scope) -> str | None:
    """How much is chance, and whether the rest can be divided."""
    share = scope.inputs.get(tell.found.target)
    if share is None:
        return None
    if share.low == share.high:
        return "Nothing varies from draw to draw, so there is nothing to divide."
    if share.value <= 0.0:
        return (
            "As far as these draws can tell, all of the variance from draw to draw is chance; "
            "more draws may find what the uncertain values do."
        )
    within = "Within a reading, " if _several(tell.found) else ""
    chance = Share(1.0 - share.value, 1.0 - share.high, 1.0 - share.low)
    start = (
        f"{within}{share_words(chance)} of the variance from draw to draw is chance: it would stay "
        "if every value were known exactly."
    )
    if scope.faint(tell.found.target):
        wanted = (2.0 * (share.value - share.low) / share.value) ** 2
        return (
            f"{start} So little is left that these draws are too few to divide it; "
            f"{_draws(tell, wanted)} would begin to."
        )
    return (
        f"{start} The rest is what the uncertain values move, and shares of that are told here: "
        "alone, what a group does by itself; in all, what it has a part in, which overlaps."
    )


def part_sentence(tell: Telling, scope: Scope, part: str) -> str | None:
    """Who leads one grouping, who comes next, and how far the order is settled."""
    effects = scope.effects.get(part, {}).get(tell.found.target)
    if not effects:
        return None
    names = [name for name in ranked(effects) if name != REST]
    order = order_of({name: effects[name].total for name in names})
    clear = [name for name in order.names if not effects[name].total.blurred]
    if not clear:
        return f"{_LEAD[part]}: none can be told from nothing."
    first, *others = clear
    text = (
        f"{_LEAD[part]}: {tell.group(part, first)}, {share_words(effects[first].total)} in all and "
        f"{whole_percent(effects[first].first.value)} alone"
    )
    if others:
        listed = and_list(
            f"{tell.group(part, name)}, {share_words(effects[name].total)}" for name in others[:2]
        )
        text += f"; then {listed}"
    return f"{text}. {order_sentence(tell, order, part)}"


def order_sentence(tell: Telling, order: Order, part: str) -> str:
    """Up to which place the order is settled, and what would settle the next."""
    every, kind = len(order.names), _KIND[part]
    clear = every - order.nothing
    if order.settled >= clear:
        told = (
            f"The order of all {every} {kind} is settled"
            if clear == every
            else f"The order is settled as far as any of the {every} {kind} can be told from nothing"
        )
        return f"{told}."
    if order.settled:
        places = f"the first {order.settled}" if order.settled > 1 else "the first place"
        start = f"The order is settled for {places} of {every} {kind}"
    else:
        start = f"The sample is too small to rank the {every} {kind}: intervals overlap"
    nothing = f"; {order.nothing} cannot be told from nothing" if order.nothing else ""
    place = "next" if order.settled else "first"
    return f"{start}; {_draws(tell, order.factor)} would settle the {place}{nothing}."


def _draws(tell: Telling, factor: float | None) -> str:
    """So many times as many draws in words, as far as the command takes them."""
    wanted = None if factor is None else factor * tell.found.plan.draws
    if wanted is None or wanted > MOST_DRAWS:
        return "no number of draws that this command takes"
    return f"about {_round_up(wanted):,} draws"


def _round_up(wanted: float) -> int:
    """To a number that says itself how rough it is."""
    step = 10 ** max(len(str(int(wanted))) - 2, 0)
    return int(-(-wanted // step) * step)


def readings_sentence(tell: Telling) -> str | None:
    """Which driver leads under each reading, as far as that can be told."""
    found = tell.found
    if not _several(found) or DRIVER not in found.members:
        return None
    leads: dict[str, list[str]] = {}
    open_: list[str] = []
    for reading, scope in found.readings.items():
        lead = _lead(scope, found.target)
        told = f"“{tell.names.reading(reading)}”"
        if lead is None:
            open_.append(told)
        else:
            leads.setdefault(lead, []).append(told)
    parts = [
        f"{tell.group(DRIVER, name)} clearly leads under {and_list(titles)}"
        for name, titles in leads.items()
    ]
    if open_:
        parts.append(f"no driver clearly leads under {and_list(open_)}")
    return f"Reading by reading: {'; '.join(parts)}."


def _lead(scope: Scope, target: str) -> str | None:
    """The driver in the first place, where that place is settled."""
    effects = scope.effects[DRIVER].get(target)
    if not effects or scope.faint(target):
        return None
    order = order_of({name: effect.total for name, effect in effects.items()})
    return order.names[0] if order.settled else None


def together_sentence(tell: Telling) -> str | None:
    """How much is which reading, how much each driver, how much chance."""
    shapley = tell.found.together.get(tell.found.target)
    if shapley is None:
        return None
    told = [
        f"{tell.group('together', name)} {share_words(shapley.parts[name])}"
        for name in players_of(shapley)
        if not shapley.parts[name].blurred
    ]
    if not told:
        return None
    where = " within readings and between them" if _several(tell.found) else ""
    text = (
        f"Of all that varies{where}: {and_list(told)}. Here what groups do only together is "
        "divided evenly among them, so chance has less than what would stay without it."
    )
    reading = shapley.known.get(READING)
    faint = shapley.inputs.low <= shapley.inputs.value / 2.0
    if reading is None or faint:
        return text
    return (
        f"{text} Leaving chance out, which reading holds makes {share_words(reading)} of the rest."
    )


def draw_sentence(tell: Telling, scope: Scope) -> str | None:
    """What decides a single draw, chance included."""
    effects = scope.effects.get(DRAW, {}).get(tell.found.target)
    if not effects:
        return None
    order = [name for name in ranked(effects) if not effects[name].total.blurred]
    told = [f"{tell.group(DRAW, n)} {share_words(effects[n].total)}" for n in order[:4]]
    if not told:
        return None
    return f"In a single draw these have a part in the result, chance included: {and_list(told)}."


def zone_sentence(tell: Telling) -> str | None:
    """What drives the size of the zone, where something else was asked for."""
    found = tell.found
    effects = found.over.effects.get(DRIVER, {}).get(ZONE)
    if found.target == ZONE or not effects or found.over.faint(ZONE):
        return None
    first = ranked(effects)[0]
    return (
        f"The size of the zone of possible agreement is moved most by {tell.group(DRIVER, first)}: "
        f"{share_words(effects[first].total)} of what the values move, "
        f"{whole_percent(effects[first].first.value)} alone."
    )


def below_sentence(scope: Scope) -> str | None:
    """That estimates below nothing stand for what is too small to tell."""
    low = sum(
        share.value < 0.0
        for part, by_output in scope.effects.items()
        for output, groups in by_output.items()
        if part == DRAW or not scope.faint(output)
        for effect in groups.values()
        for share in _both(effect)
    )
    if not low:
        return None
    return (
        f"{low} of the estimates behind this {'lies' if low == 1 else 'lie'} below nothing, where no "
        "share can be: what they stand for is too small for these draws. They are shown as they "
        "came out."
    )


def _both(effect: Effect) -> tuple[Share, Share]:
    return effect.first, effect.total


def skipped_sentences(tell: Telling) -> list[str]:
    """What could not be told, and why."""
    found, told = tell.found, list[str]()
    for output, reason in found.over.skipped.items():
        told.append(f"Left out: {what_is_driven(output)}, since {reason}.")
    for reading, scope in found.readings.items():
        for output, reason in scope.skipped.items():
            if output not in found.over.skipped:
                where = tell.names.reading(reading)
                what = what_is_driven(output)
                told.append(f"Left out under “{where}”: {what}, since {reason}.")
    return told


def readings_told(found: Drivers) -> list[Reading]:
    """Readings to show by themselves: none where there is but one."""
    return list(found.readings) if _several(found) else []


def _several(found: Drivers) -> bool:
    return len(found.readings) > 1


def top_values(found: Drivers, most: int) -> list[tuple[str, Share]]:
    """Addresses by given-data estimates for the target, the largest first."""
    shares = {
        address: by_output[found.target]
        for address, by_output in found.over.addresses.items()
        if found.target in by_output
    }
    return [(name, shares[name]) for name in order_of(shares).names[:most]]
