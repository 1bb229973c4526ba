"""Levers in sentences, each computed from their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.leverage import UNWANTED, Leverage, Moved, Root, Short, Ways
from detente.analysis.probing import ZONE
from detente.figures.levels import size_words, way
from detente.figures.naming import Names, and_list, percent
from detente.figures.owners import owners_words
from detente.figures.spans import Z
from detente.report.chances import the_chance
from detente.situation.kinds import kind_of

MET, ONE, TWO, NONE, UNTOLD = "met", "one", "two", "none", "untold"


def headline(names: Names, found: Sequence[Leverage]) -> str:
    """Under which readings one move is enough, under which it takes two."""
    groups: dict[str, list[str]] = {}
    for one in found:
        title = f"“{names.reading(one.scenario.reading)}”"
        groups.setdefault(outcome(one.target), []).append(title)
    words = {
        MET: "it is there already under {}",
        ONE: "one move is enough under {}",
        TWO: "it takes two at once under {}",
        NONE: "no move of one value or two was found under {}",
        UNTOLD: "it cannot be told under {}, where its condition hardly ever holds",
    }
    if len(found) == 1:
        words = {key: text.split(" under {}")[0] for key, text in words.items()}
    parts = [text.format(and_list(groups[key])) for key, text in words.items() if key in groups]
    where, first = names.round(found[0].scenario.round), found[0].target
    return f"{where}, to bring {what(first)} {asked(first)}: {'; '.join(parts)}."


def asked(ways: Ways) -> str:
    """``to 50%``, or ``below 10%`` for what is asked to be low."""
    return f"{'below' if ways.goal.name in UNWANTED else 'to'} {percent(ways.goal.p)}"


def outcome(ways: Ways) -> str:
    """How the target is reached: already, by one move, by two, not, or untold."""
    if ways.base is None:
        return UNTOLD
    if ways.met:
        return MET
    return ONE if ways.roots else TWO if ways.pairs else NONE


def what(ways: Ways) -> str:
    """The chance that is asked about."""
    if ways.goal.name == ZONE:
        return "the share of draws in which some package suits everybody"
    return the_chance(ways.goal.name)


def common(names: Names, found: Sequence[Leverage]) -> str | None:
    """The value that does it by itself under most readings, if under several."""
    raising = [one.target for one in found if one.target.base and not one.target.met]
    by: dict[str, int] = {}
    for ways in raising:
        for root in ways.roots:
            address = root.moved[0].lever.address
            by[address] = by.get(address, 0) + 1
    if not by or max(by.values()) < 2:
        return None
    address = max(by, key=lambda one: by[one])
    return (
        f"“{names.address(address)}” does it by itself under {by[address]} of the {len(raising)} "
        "readings in which it is not there yet."
    )


def sentences(names: Names, one: Leverage) -> tuple[str, ...]:
    """The answer of one scenario, most important first."""
    ways = one.target
    told = [
        _stands(ways),
        _single(names, one),
        *_by_principal(names, one),
        _others(names, one),
        _paired(names, ways),
        zone_sentence(names, one.zone),
    ]
    return tuple(sentence for sentence in told if sentence)


def _stands(ways: Ways) -> str:
    if ways.base is None:
        return f"As things stand {what(ways)} cannot be told: its condition hardly ever holds."
    text = f"As things stand {what(ways)} is {told(ways)}"
    goal = f"{'less than ' if ways.goal.name in UNWANTED else ''}{percent(ways.goal.p)}"
    if not ways.met:
        return f"{text}; {goal} is asked for."
    return f"{text}: the {goal} asked for is there. What follows would undo that."


def told(ways: Ways) -> str:
    """The chance as things stand, with its Monte Carlo error."""
    assert ways.base is not None
    return f"{ways.base.p:.1%} ±{100 * Z * ways.base.mc_se:.1f}"


def _single(names: Names, one: Leverage) -> str | None:
    ways = one.target
    if ways.base is None:
        return None
    values = f"{one.looked_at} values that {_somebody(names, one)} could move"
    if not ways.roots:
        return f"None of {values} was found to bring it {_there(ways)} by itself."
    count, root = len(ways.roots) + ways.larger, ways.roots[0]
    smallest = (
        f"{moved_words(names, root.moved[0])}, by {size_words(root.size)}; it would be for "
        f"{owners_words(names, root.moved[0].lever)} to make."
    )
    if count == 1:
        return f"Only one of {values} brings it {_there(ways)} alone: {smallest}"
    about = "About " if ways.larger else ""
    return (
        f"{about}{count} of {values} bring it {_there(ways)} alone. The smallest move of all is "
        f"{smallest}"
    )


def _somebody(names: Names, one: Leverage) -> str:
    return and_list(map(names.actor, one.actors), "or") if one.actors else "somebody"


def _there(ways: Ways) -> str:
    return f"{'to' if ways.raising else 'below'} {percent(ways.goal.p)}"


def moved_words(names: Names, moved: Moved) -> str:
    """``“North: price at home of signing”, from low (0.08) to none``."""
    kind = kind_of(moved.lever.address)
    assert kind is not None
    return f"“{names.address(moved.lever.address)}” {way(kind, moved.start, moved.stop)}"


def _by_principal(names: Names, one: Leverage) -> list[str]:
    """What each principal could do alone, where that is not the smallest move of all."""
    if one.target.base is None:
        return []
    asked = one.actors or tuple(names.situation.actors)
    principals = [name for name in names.situation.with_role("principal") if name in asked]
    found = (_alone(names, one.target, name) for name in principals)
    return [sentence for sentence in found if sentence]


def _alone(names: Names, ways: Ways, actor: str) -> str | None:
    who, root = names.actor(actor), ways.alone(actor)
    if root is not None:
        if root is ways.roots[0]:
            return None
        return (
            f"For {who} the smallest single move is {moved_words(names, root.moved[0])}, by "
            f"{size_words(root.size)}."
        )
    short = next((short for short in ways.shorts if short.actor == actor), None)
    if short is None:
        return f"No single move that is for {who} alone brings it clearly nearer."
    return (
        f"{who} cannot do it alone by one move: what comes nearest is "
        f"{moved_words(names, short.moved)}, with {percent(short.chance.p)}."
    )


def _others(names: Names, one: Leverage) -> str | None:
    """What those who are no principals could do, alone."""
    ways, principals = one.target, names.situation.with_role("principal")
    others = [n for n in one.actors or names.situation.actors if n not in principals]
    doing: dict[str, list[str]] = {}
    for name in others:
        root = ways.alone(name)
        if root is not None and root is not ways.roots[0]:
            doing.setdefault(_with_size(names, root), []).append(names.actor(name))
    if doing:
        parts = [f"{and_list(who, 'or')} by {move}" for move, who in doing.items()]
        return f"Of those who are no principals, these could do it alone: {'; '.join(parts)}."
    nearest = [short for short in ways.shorts if short.actor in others]
    if not nearest or any(ways.alone(name) for name in others):
        return None
    top = nearest[0]
    who = [names.actor(s.actor) for s in nearest if s.moved == top.moved]
    return (
        f"Of those who are no principals none does it alone; nearest {_comes(who)} "
        f"{and_list(who, 'or')}, by {moved_words(names, top.moved)}, with {percent(top.chance.p)}."
    )


def _comes(who: Sequence[str]) -> str:
    return "comes" if len(who) == 1 else "come"


def _with_size(names: Names, root: Root) -> str:
    return f"{moved_words(names, root.moved[0])}, by {size_words(root.size)}"


def _paired(names: Names, ways: Ways) -> str | None:
    """The smallest pair, whose it is, and the smallest of another sort."""
    if ways.base is None:
        return None
    if not ways.pairs:
        return (
            None
            if ways.roots
            else f"No pair of moves that was looked at brings it {_there(ways)} either."
        )
    smallest = min((root.size for root in ways.roots), default=None)
    if smallest is not None and ways.pairs[0].size >= smallest:
        return "No two moves at once that were looked at are smaller than that."
    first = ways.pairs[0]
    text = f"Two moves at once: {pair_words(names, first)}; {whose_pair(names, first)}."
    other = next((root for root in ways.pairs if bool(root.movers) != bool(first.movers)), None)
    if other is not None:
        text += f" Or {pair_words(names, other)}; {whose_pair(names, other)}."
    return text


def pair_words(names: Names, root: Root) -> str:
    """Both moves and their size together."""
    both = ", and ".join(moved_words(names, moved) for moved in root.moved)
    return f"{both}, {size_words(root.size)} in all"


def whose_pair(names: Names, root: Root) -> str:
    """Who could make both moves, or that it takes several."""
    if root.movers:
        return f"{and_list((names.actor(name) for name in root.movers), 'or')} could make both"
    joint = {name for moved in root.moved if moved.lever.together for name in moved.lever.owners}
    sides = (
        owners_words(names, moved.lever)
        for moved in root.moved
        if moved.lever.together or not set(moved.lever.owners) <= joint
    )
    return f"it takes {' and '.join(dict.fromkeys(sides))}"


def zone_sentence(names: Names, ways: Ways) -> str | None:
    """What opens the zone in the median draw, or what would close it."""
    if ways.base is None:
        return None
    half = "at least half" if ways.raising else "fewer than half"
    text = f"Some package suits everybody in {percent(ways.base.p)} of draws."
    if ways.roots:
        root = ways.roots[0]
        change = "opens the zone in" if ways.raising else "leaves it open in"
        return (
            f"{text} The smallest single move that {change} {half} of them is "
            f"{_with_size(names, root)}."
        )
    nearest = f"; the nearest gets to {percent(ways.shorts[0].chance.p)}" if ways.shorts else ""
    return f"{text} No single move was found that makes it {half}{nearest}."


def shorts_once(ways: Ways) -> list[tuple[Short, tuple[str, ...]]]:
    """Nearest moves, each once, with the actors it is the nearest of."""
    found: dict[str, tuple[Short, list[str]]] = {}
    for short in ways.shorts:
        found.setdefault(short.moved.lever.address, (short, []))[1].append(short.actor)
    return [(short, tuple(actors)) for short, actors in found.values()]
