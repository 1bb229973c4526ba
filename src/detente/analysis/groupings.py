"""Addresses put together: by driver, by whose they are, by issue, by who speaks for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from detente.analysis.bases import ANALYST, ASKED, NOT_BELIEVED, SILENT
from detente.analysis.driving import driver_of
from detente.analysis.support import is_idle
from detente.situation.believing import Voices
from detente.situation.kinds import kind_forms
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation
from detente.situation.values import ASKED as ASKED_HERE
from detente.situation.values import DEFAULT, Value

DRIVER, ACTOR, ISSUE, SOURCE, VALUE = "driver", "actor", "issue", "source", "value"
GROUPINGS = (DRIVER, ACTOR, ISSUE, SOURCE, VALUE)
MOST = 12  # groups told apart in one grouping; what else there is makes one more
# Names that are no identifier, so they clash with none of a file.
REST, NOBODY, NO_ISSUE, SEVERAL = "*rest", "*nobody", "*no-issue", "*several"
UNSPOKEN = {SILENT: "*default", ANALYST: "*analyst", NOT_BELIEVED: "*open", ASKED: "*set"}
INPUTS = "*inputs"

Members = dict[str, tuple[str, ...]]
_OWNERS = ("ACTOR", "TO", "WHO")


@dataclass(frozen=True, slots=True)
class Ground:
    """What addresses are grouped by. ``voices`` is None for a situation without claims."""

    situation: Situation
    scenario: Scenario
    voices: Voices | None


def uncertain(scenario: Scenario) -> tuple[str, ...]:
    """Addresses that are drawn and can matter, in order."""
    return tuple(
        address
        for address, value in scenario.values.items()
        if value.quantity.fixed is None and not is_idle(address, value, scenario.values)
    )


def grouped(ground: Ground, by: str) -> Members:
    """Every uncertain address in exactly one group, groups in the order they are met."""
    key = _KEYS[by]
    found: dict[str, list[str]] = {}
    for address in uncertain(ground.scenario):
        found.setdefault(key(ground, address), []).append(address)
    return {name: tuple(addresses) for name, addresses in found.items()}


def chosen(
    found: Sequence[Members], weight: Mapping[str, float], most: int = MOST + 1
) -> tuple[str, ...]:
    """The groups that are told apart, by name, over several scenarios.

    All of them, or those whose addresses weigh most, the rest being one more.

    Args:
        found: the groups of each scenario.
        weight: how much each address is thought to matter.
        most: groups in all, the rest among them.
    """
    sizes: dict[str, float] = {}
    for members in found:
        for name, addresses in members.items():
            sizes[name] = sizes.get(name, 0.0) + sum(weight.get(a, 0.0) for a in addresses)
    if len(sizes) <= most:
        return tuple(sizes)
    kept = sorted(sizes, key=lambda name: -sizes[name])[: most - 1]
    return tuple(name for name in sizes if name in kept)


def folded(members: Members, kept: Collection[str]) -> Members:
    """The groups kept, in their order, then what is left as one group."""
    rest = tuple(a for name, found in members.items() if name not in kept for a in found)
    told = {name: members.get(name, ()) for name in kept}
    return {**told, REST: rest} if rest else told


def _driver(ground: Ground, address: str) -> str:
    return driver_of(ground.situation, address)


def _actor(ground: Ground, address: str) -> str:
    parts = _parts(address)
    if "PRESSURE" in parts:
        return next(p.on for p in ground.situation.pressures if p.id == parts["PRESSURE"])
    return next((parts[token] for token in _OWNERS if token in parts), NOBODY)


def _issue(_: Ground, address: str) -> str:
    return _parts(address).get("ISSUE", NO_ISSUE)


def _source(ground: Ground, address: str) -> str:
    """Where the word comes from that an address rests on."""
    value = ground.scenario.values[address]
    names = _speaking(ground, address, value)
    if ground.voices is None or not names:
        return UNSPOKEN[_unspoken(value)]
    claims = ground.voices.claims
    origins = {claims.claims[name].origin for name in names}
    return origins.pop() if len(origins) == 1 else SEVERAL


def _speaking(ground: Ground, address: str, value: Value) -> tuple[str, ...]:
    """Claims that speak for a value: a reading's own for what it patches, none for a default."""
    if ground.voices is None or value.origin in {DEFAULT, ASKED_HERE}:
        return ()
    if value.origin.endswith("not believed"):
        return ()
    told = ground.voices.own if value.origin.startswith("reading ") else ground.voices.shared
    return told.get(address, ())


def _unspoken(value: Value) -> str:
    if value.origin == ASKED_HERE:
        return ASKED
    if value.origin.endswith("not believed"):
        return NOT_BELIEVED
    return SILENT if value.origin == DEFAULT else ANALYST


_KEYS: dict[str, Callable[[Ground, str], str]] = {
    DRIVER: _driver,
    ACTOR: _actor,
    ISSUE: _issue,
    SOURCE: _source,
    VALUE: lambda _, address: address,
}


@cache
def _parts(address: str) -> dict[str, str]:
    """What the capitals of an address's form stand for in it."""
    parts = address.split(".")
    for form, _ in kind_forms():
        pairs = list(zip(form.split("."), parts, strict=False))
        if form.count(".") == len(parts) - 1 and all(t.isupper() or t == p for t, p in pairs):
            return {token: part for token, part in pairs if token.isupper()}
    return {}


def events(situation: Situation, scenario: Scenario) -> Members:
    """What is left to chance in a draw, by what it decides: names of streams.

    What is certain, or not modelled in this scenario, is left out.
    """
    dated = scenario.calendar is not None
    found = {
        "pressures": _uncertain_events(scenario, [f"pressures.{p.id}.felt" for p in situation.pressures]),
        "red-lines": _uncertain_events(
            scenario, [f"red_lines.{line.actor}.{line.option}.absolute" for line in situation.red_lines]
        ),
        "links": _uncertain_events(scenario, [f"links.{link.id}.holds" for link in situation.links]),
        "road": (
            ("event runup.called_off", "event runup.war",
             *(f"runup.incidents.{kind.id}" for kind in situation.runup.incidents))
            if dated else ()
        ),
        "table": tuple(f"event table.{what}" for what in ("proposes", "lottery", "closes")),
        "afterwards": ("event aftermath.lasts", "event aftermath.war"),
    }  # fmt: skip
    return {name: streams for name, streams in found.items() if streams}


def _uncertain_events(scenario: Scenario, addresses: Sequence[str]) -> tuple[str, ...]:
    """The streams of events whose probability is neither 0 nor 1 for certain."""
    return tuple(
        f"event {address}"
        for address in addresses
        if scenario.values[address].quantity.fixed not in {0.0, 1.0}
    )
