"""The one address space: every uncertain quantity of a situation by its address.

``base_values`` lists them all, the unwritten ones with their defaults. A patch
lays other values over them and remembers who said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.situation.kinds import Kind, kind_of
from detente.situation.quantities import Quantity, default_of
from detente.situation.schema import Aftermath, Situation

DEFAULT = "default"
STATED = "stated"
ASKED = "--set"


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at an address and where it comes from.

    ``origin`` is ``stated`` (written in the file), ``default``, or the name of the
    patch that laid it there: ``round budapest``, ``reading article``, ``--set``.
    """

    kind: Kind
    quantity: Quantity
    origin: str


Values = dict[str, Value]


def base_values(situation: Situation) -> Values:
    """Every address of ``situation`` in a fixed order, before any patch."""
    values: Values = {}
    for address, quantity in _addresses(situation):
        kind = kind_of(address)
        assert kind is not None, address
        origin = DEFAULT if quantity is None else STATED
        values[address] = Value(kind, quantity or default_of(kind), origin)
    return values


def patched(values: Values, patch: Mapping[str, Quantity], origin: str) -> Values:
    """A copy of ``values`` with ``patch`` laid over. Addresses must exist."""
    result = dict(values)
    for address, quantity in patch.items():
        result[address] = Value(values[address].kind, quantity, origin)
    return result


def set_here(values: Values) -> dict[str, str]:
    """What the command line laid over the file, as written, by address."""
    return {a: value.quantity.written for a, value in values.items() if value.origin == ASKED}


def bearers(situation: Situation) -> tuple[str, ...]:
    """Actors that may hold preferences: all but mere bystanders, in file order."""
    return tuple(n for n, actor in situation.actors.items() if set(actor.role) != {"bystander"})


def parties(situation: Situation) -> tuple[str, ...]:
    """Principals, consenters and spoilers, in file order."""
    roles = {"principal", "consenter", "spoiler"}
    return tuple(n for n, actor in situation.actors.items() if roles & set(actor.role))


_Found = Iterator[tuple[str, Quantity | None]]


def _addresses(situation: Situation) -> _Found:
    yield from _interests(situation)
    yield from _actor_wide(situation)
    for line in situation.red_lines:
        stem = f"red_lines.{line.actor}.{line.option}"
        yield f"{stem}.cost", line.cost
        yield f"{stem}.absolute", line.absolute
    for link in situation.links:
        yield f"links.{link.id}.holds", link.holds
        for actor, worth in link.worth.items():
            yield f"links.{link.id}.worth.{actor}", worth
    for pressure in situation.pressures:
        stem = f"pressures.{pressure.id}"
        yield f"{stem}.severity", pressure.severity
        yield f"{stem}.felt", pressure.felt
        for option, share in pressure.relieved_by.items():
            yield f"{stem}.relieved_by.{option}", share
    for bond in situation.influence:
        yield f"influence.{bond.from_}.{bond.to}", bond.weight
    yield from _confidence(situation)
    yield from _danger(situation)
    yield from _road(situation)
    yield from _afterwards(situation)


def _interests(situation: Situation) -> _Found:
    for actor in bearers(situation):
        for name, issue in situation.issues.items():
            yield f"salience.{actor}.{name}", issue.salience.get(actor)
            stated = issue.preferences.get(actor, {})
            for option in issue.options:
                yield f"preferences.{actor}.{name}.{option}", stated.get(option)


def _actor_wide(situation: Situation) -> _Found:
    for name in situation.with_role("principal"):
        yield f"power.{name}", situation.actors[name].power
    for name in parties(situation):
        yield f"outlook.{name}", situation.outlook.get(name)
        yield f"signing_cost.{name}", situation.signing_cost.get(name)
        yield f"hardening.{name}", situation.hardening.get(name)
        yield f"sincerity.{name}", situation.sincerity.get(name)
    for name in situation.with_role("principal"):
        yield f"misreading.{name}", situation.misreading.get(name)
    for name in situation.with_role("consenter"):
        yield f"leverage.{name}", situation.leverage.get(name)
    yield "impatience", situation.impatience


def _confidence(situation: Situation) -> _Found:
    """Trust that matters: of every party in every obligor, and whatever is written."""
    obligors = dict.fromkeys(
        obligor
        for issue in situation.issues.values()
        for option in issue.options.values()
        for obligor in option.obligors
    )
    pairs = dict.fromkeys((a, b) for a in parties(situation) for b in obligors if a != b)
    pairs |= dict.fromkeys((a, b) for a, row in situation.trust.items() for b in row)
    for truster, trusted in pairs:
        yield f"trust.{truster}.{trusted}", situation.trust.get(truster, {}).get(trusted)


def _danger(situation: Situation) -> _Found:
    danger = situation.escalation
    yield "escalation.rate", danger.rate
    yield "escalation.tension_effect", danger.tension_effect
    yield "escalation.horizon", danger.horizon
    for name in parties(situation):
        yield f"escalation.loss.{name}", danger.loss.get(name)
        yield f"escalation.suspicion.{name}", danger.suspicion.get(name)
    for option, share in danger.removed_by.items():
        yield f"escalation.removed_by.{option}", share


def _road(situation: Situation) -> _Found:
    runup = situation.runup
    yield "runup.tension", runup.tension
    yield "runup.fear", runup.fear
    yield "runup.half_life.tension", runup.half_life.tension
    yield "runup.half_life.fear", runup.half_life.fear
    for incident in runup.recorded:
        yield f"runup.recorded.{incident.id}.severity", incident.severity
        yield f"runup.recorded.{incident.id}.staged", incident.staged
    for kind in runup.incidents:
        yield f"runup.incidents.{kind.id}.rate", kind.rate
        yield f"runup.incidents.{kind.id}.severity", kind.severity
        yield f"runup.incidents.{kind.id}.staged", kind.staged
    for sabotage in runup.sabotage:
        stem = f"runup.sabotage.{sabotage.by}.{sabotage.kind}"
        yield f"{stem}.capability", sabotage.capability
        yield f"{stem}.cost", sabotage.cost
        yield f"{stem}.after", sabotage.after
    yield "runup.noise", runup.noise
    off = runup.calling_off
    yield "runup.calling_off.rate", off.rate
    for name in situation.with_role("principal"):
        yield f"runup.calling_off.least.{name}", off.least.get(name)
        yield f"runup.calling_off.foresight.{name}", off.foresight.get(name)


def _afterwards(situation: Situation) -> _Found:
    aftermath = situation.aftermath or Aftermath()
    yield "aftermath.rate", aftermath.rate
    yield "aftermath.surplus_effect", aftermath.surplus_effect
    yield "aftermath.trust_effect", aftermath.trust_effect
    yield "aftermath.tension_effect", aftermath.tension_effect
    yield "aftermath.horizon", aftermath.horizon


def address_at(path: tuple[str | int, ...], data: Any) -> str:
    """The address, or dotted path, of a place in the file's data tree."""
    parts = [str(part) for part in path]
    match path:
        case ("issues", str(issue), "preferences" | "salience" as head, str(actor), *option):
            return ".".join([head, actor, issue, *map(str, option)])
        case ("actors", str(actor), "power"):
            return f"power.{actor}"
        case ("rounds" | "readings", str(), "set", str(address)):
            return f"{parts[0]}.{parts[1]}: {address}"
        case ("runup", "recorded" | "incidents" | "sabotage" as head, int(i), *rest):
            return ".".join(["runup", head, _runup_name(head, data, i), *map(str, rest)])
        case ("red_lines" | "links" | "pressures" | "influence" | "events" as head, int(i), *rest):
            tail = [{"with": "worth"}.get(str(part), str(part)) for part in rest]
            name = _entry_name(head, data, i)
            if head == "influence" and tail == ["weight"]:
                tail = []
            return ".".join([head, name, *tail])
        case _:
            return ".".join(parts)


def _entry_name(head: str, data: Any, index: int) -> str:
    """The name that addresses give to entry ``index`` of a list section."""
    try:
        entry = data[head][index]
        if head == "red_lines":
            return f"{entry['actor']}.{entry['option']}"
        if head == "influence":
            return f"{entry['from']}.{entry['to']}"
        return str(entry["id"])
    except (KeyError, TypeError, IndexError):
        return str(index)


def _runup_name(head: str, data: Any, index: int) -> str:
    try:
        entry = data["runup"][head][index]
        return f"{entry['by']}.{entry['kind']}" if head == "sabotage" else str(entry["id"])
    except (KeyError, TypeError, IndexError):
        return str(index)
