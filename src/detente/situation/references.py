"""Checks that need the whole file: names that must exist, sums that must hold.

Each check yields the path in the file, what was found, what is allowed and what
to do. They run on whatever part of the file could be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.addresses import beneath, nearest, suggestion
from detente.outside.classes import class_names
from detente.situation.faults import (
    Fault,
    Faults,
    Names,
    bystander,
    is_status_quo,
    unknown_actor,
    unknown_option,
    unknown_options,
)
from detente.situation.links import circle_faults, link_faults
from detente.situation.schema import Issue, Situation
from detente.situation.sums import all_sum_faults
from detente.situation.values import Values, base_values, parties

MOST_VOTERS = 20


def faults(situation: Situation, names: Names, *, complete: bool = True) -> list[Fault]:
    """Every fault of ``situation``, in no particular order; sums only if it is ``complete``."""
    checks: list[Callable[[Situation, Names], Faults]] = [
        _actors, _rule, _issues, _red_lines, link_faults, circle_faults, _pressures, _relations,
        _tables_by_actor, _escalation, _runup, _dates, _endings, _repeats, _patch_addresses, _reading_priors,
        _reference_classes,
    ]  # fmt: skip
    found = [fault for check in checks for fault in check(situation, names)]
    return found or (list(all_sum_faults(situation)) if complete else [])


def _actors(situation: Situation, names: Names) -> Faults:
    principals = situation.with_role("principal")
    if len(principals) < 2:
        yield Fault(
            ("actors",), f"{len(principals)} principal", "at least two", "give two actors that role"
        )
    for name, actor in situation.actors.items():
        path = ("actors", name, "consents_to")
        yield from unknown_options(path, actor.consents_to, names)
        if actor.consents_to and "consenter" not in actor.role:
            yield Fault(
                path, f"{name} is no consenter", "consents_to belongs to a consenter",
                "add consenter to its role",
            )  # fmt: skip
        if "consenter" in actor.role and not actor.consents_to:
            yield Fault(
                ("actors", name, "role"), f"{name} has nothing to consent to",
                "a consenter has consents_to", "list the options that need its consent",
            )  # fmt: skip
        if "consenter" in actor.role and "principal" in actor.role:
            yield Fault(
                ("actors", name, "role"), f"{name} is principal and consenter",
                "a principal agrees to every package already", "drop one of the two roles",
            )  # fmt: skip
        if actor.power is not None and "principal" not in actor.role:
            yield Fault(
                ("actors", name, "power"), f"{name} is no principal",
                "power weighs principals at the table", "use leverage or influence instead",
            )  # fmt: skip


def _rule(situation: Situation, names: Names) -> Faults:
    rule, principals = situation.rule, situation.with_role("principal")
    allowed = "principals of this file"
    for path, given in ((("rule", "weights"), rule.weights), (("rule", "veto"), rule.veto)):
        for name in given:
            at = (*path, name) if path[1] == "weights" else path
            if name in names.actors and name not in principals:
                yield Fault(
                    at, f"{name} is no principal", allowed,
                    "only principals vote; a consenter agrees to what it is asked for",
                )  # fmt: skip
            yield from unknown_actor(at, name, names)
    missing = [name for name in principals if name not in rule.weights]
    if rule.weights and missing:
        yield Fault(
            ("rule", "weights"), f"no votes for {', '.join(missing)}",
            "votes for every principal, or for none", "give each principal its votes",
        )  # fmt: skip
    if not rule.unanimity and len(principals) > MOST_VOTERS:
        yield Fault(
            ("rule",), f"{len(principals)} principals", f"at most {MOST_VOTERS} where they vote",
            "merge principals that want the same, and give them the votes of both",
        )  # fmt: skip
    if rule.majority and rule.quorum is not None:
        yield Fault(
            ("rule", "quorum"), "majority and a quorum", "one of the two", "drop one of them"
        )
    if rule.unanimity and (rule.weights or rule.veto):
        yield Fault(
            ("rule",), "weights or vetoes where everybody must agree", "a quorum or a majority",
            "add quorum: with the share of votes that carries a package",
        )  # fmt: skip


def _places(path: tuple[str, ...], issue: Issue) -> Faults:
    places = {body.at for body in issue.options.values() if body.at is not None}
    if len(places) == 1:
        yield Fault(
            path, f"one place on a scale: at {next(iter(places)):g}",
            "at least two different places, or none", "write at: for the other options too",
        )  # fmt: skip


def _issues(situation: Situation, names: Names) -> Faults:
    for name, issue in situation.issues.items():
        path = ("issues", name)
        options = names.options[name]
        if issue.status_quo not in options:
            yield Fault(
                (*path, "status_quo"), f"{name} has no option {issue.status_quo}",
                "one of its options", suggestion(issue.status_quo, options),
            )  # fmt: skip
        for option, body in issue.options.items():
            at = (*path, "options", option)
            for index, actor in enumerate(body.obligors):
                yield from unknown_actor((*at, "obligors", index), actor, names)
            if body.undelivered is not None and body.undelivered not in options:
                yield Fault(
                    (*at, "undelivered"), f"{name} has no option {body.undelivered}",
                    "one of its options", suggestion(body.undelivered, options),
                )  # fmt: skip
        yield from _places((*path, "options"), issue)
        for actor in issue.salience:
            yield from unknown_actor((*path, "salience", actor), actor, names)
            yield from bystander((*path, "salience", actor), actor, situation)
        for actor, row in issue.preferences.items():
            yield from unknown_actor((*path, "preferences", actor), actor, names)
            yield from bystander((*path, "preferences", actor), actor, situation)
            for option in row:
                if option not in options:
                    yield Fault(
                        (*path, "preferences", actor, option), f"{name} has no option {option}",
                        "one of its options", suggestion(option, options),
                    )  # fmt: skip


def _red_lines(situation: Situation, names: Names) -> Faults:
    for index, line in enumerate(situation.red_lines):
        path = ("red_lines", index)
        yield from unknown_actor((*path, "actor"), line.actor, names)
        if line.actor in situation.actors and line.actor not in parties(situation):
            yield Fault(
                (*path, "actor"), f"{line.actor} is no party",
                "red lines belong to principals, consenters and spoilers", "change its role",
            )  # fmt: skip
        yield from unknown_option((*path, "option"), line.option, names)
        if is_status_quo(line.option, situation):
            yield Fault(
                (*path, "option"), f"{line.option} is the status quo", "an option that changes it",
                "name the option that would cross the line",
            )  # fmt: skip
        if line.cost is None and line.absolute is None:
            yield Fault(path, "a red line without a price", "cost, absolute or both", "add one")


def _pressures(situation: Situation, names: Names) -> Faults:
    for index, pressure in enumerate(situation.pressures):
        path = ("pressures", index)
        yield from unknown_actor((*path, "on"), pressure.on, names)
        if pressure.on in situation.actors and pressure.on not in parties(situation):
            yield Fault(
                (*path, "on"), f"{pressure.on} is no party",
                "pressure moves principals, consenters and spoilers", "change its role",
            )  # fmt: skip
        for ref in pressure.relieved_by:
            at = (*path, "relieved_by", ref)
            yield from unknown_option(at, ref, names)
            if is_status_quo(ref, situation):
                yield Fault(
                    at, f"{ref} is the status quo", "an option that changes something",
                    "lower the severity instead",
                )  # fmt: skip


def _relations(situation: Situation, names: Names) -> Faults:
    for index, bond in enumerate(situation.influence):
        path = ("influence", index)
        yield from unknown_actor((*path, "from"), bond.from_, names)
        yield from bystander((*path, "from"), bond.from_, situation)
        yield from unknown_actor((*path, "to"), bond.to, names)
        if bond.from_ == bond.to:
            yield Fault(
                path, f"{bond.to} influences itself", "two different actors", "drop the line"
            )
    for truster, row in situation.trust.items():
        yield from unknown_actor(("trust", truster), truster, names)
        for trusted in row:
            yield from unknown_actor(("trust", truster, trusted), trusted, names)


_PARTY_TABLES = ("outlook", "signing_cost", "hardening", "sincerity")


def _tables_by_actor(situation: Situation, names: Names) -> Faults:
    allowed = {head: (parties(situation), "a party") for head in _PARTY_TABLES}
    allowed["misreading"] = (situation.with_role("principal"), "a principal")
    allowed["leverage"] = (situation.with_role("consenter"), "a consenter")
    for head, (known, what) in allowed.items():
        table: Mapping[str, object] = getattr(situation, head)
        for actor in table:
            yield from unknown_actor((head, actor), actor, names)
            if actor in situation.actors and actor not in known:
                yield Fault(
                    (head, actor), f"{actor} is not {what}", f"{head} belongs to {what}",
                    f"use one of {', '.join(known)}" if known else "drop the line",
                )  # fmt: skip


def _escalation(situation: Situation, names: Names) -> Faults:
    for field in ("loss", "suspicion"):
        table: Mapping[str, object] = getattr(situation.escalation, field)
        for actor in table:
            path = ("escalation", field, actor)
            yield from unknown_actor(path, actor, names)
            if actor in situation.actors and actor not in parties(situation):
                yield Fault(path, f"{actor} is no party", "a party of this file", "drop the line")
    for ref in situation.escalation.removed_by:
        yield from unknown_option(("escalation", "removed_by", ref), ref, names)


def _runup(situation: Situation, names: Names) -> Faults:
    runup = situation.runup
    kinds = [kind.id for kind in runup.incidents]
    for head, entries in (("recorded", runup.recorded), ("incidents", runup.incidents)):
        for index, entry in enumerate(entries):
            for place, actor in enumerate(entry.accused):
                yield from unknown_actor(("runup", head, index, "accused", place), actor, names)
    for index, entry in enumerate(runup.sabotage):
        path = ("runup", "sabotage", index)
        yield from unknown_actor((*path, "by"), entry.by, names)
        if entry.by in situation.actors and "spoiler" not in situation.actors[entry.by].role:
            yield Fault(
                (*path, "by"), f"{entry.by} is no spoiler", "a spoiler of this file",
                "add spoiler to its role",
            )  # fmt: skip
        if entry.kind not in kinds:
            yield Fault(
                (*path, "kind"), f"no kind of incident is called {entry.kind}",
                "a kind under runup: incidents", suggestion(entry.kind, kinds),
            )  # fmt: skip
    off = runup.calling_off
    for field in ("least", "foresight"):
        table: Mapping[str, object] = getattr(off, field)
        for actor in table:
            path = ("runup", "calling_off", field, actor)
            yield from unknown_actor(path, actor, names)
            if actor in situation.actors and actor not in situation.with_role("principal"):
                yield Fault(
                    path, f"{actor} is no principal", "a principal of this file", "drop the line"
                )


def _dates(situation: Situation, _: Names) -> Faults:
    for name, body in situation.rounds.items():
        for meeting in dict.fromkeys((body.planned, body.met)):
            if body.announced and meeting and meeting < body.announced:
                yield Fault(
                    ("rounds", name),
                    f"meets on {meeting}, before it is announced on {body.announced}",
                    "an announcement no later than the meeting", "correct one of the dates",
                )  # fmt: skip
    for index, event in enumerate(situation.events):
        if event.until and event.until < event.date:
            yield Fault(
                ("events", index, "until"), f"ends on {event.until}, before {event.date}",
                "an end no earlier than the beginning", "swap the two dates",
            )  # fmt: skip


def _endings(situation: Situation, names: Names) -> Faults:
    for field in ("any_of", "all_of"):
        refs: tuple[str, ...] = getattr(situation.tangible, field)
        yield from unknown_options(("tangible", field), refs, names)
    for index, event in enumerate(situation.events):
        if event.round not in situation.rounds:
            yield Fault(
                ("events", index, "round"), f"no round is called {event.round}",
                "a round of this file", suggestion(event.round, situation.rounds),
            )  # fmt: skip


def _repeats(situation: Situation, _: Names) -> Faults:
    entries: dict[str, list[str]] = {
        "red_lines": [f"{line.actor} {line.option}" for line in situation.red_lines],
        "links": [link.id for link in situation.links],
        "pressures": [pressure.id for pressure in situation.pressures],
        "influence": [f"{bond.from_} to {bond.to}" for bond in situation.influence],
        "events": [event.id for event in situation.events],
        "runup recorded": [incident.id for incident in situation.runup.recorded],
        "runup incidents": [kind.id for kind in situation.runup.incidents],
        "runup sabotage": [f"{s.by} by {s.kind}" for s in situation.runup.sabotage],
    }
    for head, names in entries.items():
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Fault(
                    (*head.split(), index),
                    f"{name} stands twice",
                    "each once",
                    "merge the two entries",
                )


def _patch_addresses(situation: Situation, _: Names) -> Faults:
    known = base_values(situation)
    for head in ("rounds", "readings"):
        for name, body in getattr(situation, head).items():
            for address in body.set:
                if address not in known:
                    yield Fault(
                        (head, name, "set", address), f"{address} is not in this situation",
                        "an address that exists before the patch", address_advice(address, known),
                    )  # fmt: skip


def address_advice(address: str, known: Values) -> str:
    """What to write instead of an unknown address."""
    below = beneath(address, known)
    if below:
        return f"name one value, such as {below[0]}"
    near = nearest(address, known, cutoff=0.6)
    return f"did you mean {near}?" if near else "list them with: detente case show NAME --addresses"


def _reading_priors(situation: Situation, _: Names) -> Faults:
    priors = [reading.prior for reading in situation.readings.values()]
    if priors and all(prior is not None and prior.fixed == 0.0 for prior in priors):
        yield Fault(
            ("readings",), "every prior is 0", "weights that can be normalised",
            "give at least one reading some weight",
        )  # fmt: skip


def _reference_classes(situation: Situation, names: Names) -> Faults:  # noqa: ARG001 -- a check
    """Each event names classes that ship with Detente, each once."""
    outside = situation.outside
    for event, uses in (outside.by_event if outside else {}).items():
        seen: set[str] = set()
        for index, use in enumerate(uses):
            path = ("outside", event, index, "class")
            if use.class_ not in class_names():
                yield Fault(
                    path, f"no reference class is called {use.class_}",
                    "a class of detente outside --list", suggestion(use.class_, class_names()),
                )  # fmt: skip
            if use.class_ in seen:
                yield Fault(
                    path, f"{use.class_} stands here twice", "each class once",
                    "give the first more weight, and drop this one",
                )  # fmt: skip
            seen.add(use.class_)
