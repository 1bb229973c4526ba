"""Checks that need the whole file: names that must exist, sums that must hold.

Each check yields the path in the file, what was found, what is allowed and what
to do. They run on whatever part of the file could be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from detente.addresses import beneath, nearest, suggestion
from detente.situation.schema import Link, Situation
from detente.situation.values import Values, base_values, parties, patched
from detente.yamltree import TreePath

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken reference or sum, by its path in the file."""

    path: TreePath
    found: str
    allowed: str
    remedy: str


Faults = Iterator[Fault]


@dataclass(frozen=True, slots=True)
class Names:
    """Names the file defines, even where their definition has mistakes of its own."""

    actors: frozenset[str]
    options: Mapping[str, frozenset[str]]

    @property
    def option_refs(self) -> list[str]:
        """Every option as ``issue.option``."""
        return [f"{issue}.{option}" for issue, names in self.options.items() for option in names]


def names_of(situation: Situation) -> Names:
    """The names a readable situation defines."""
    options = {name: frozenset(issue.options) for name, issue in situation.issues.items()}
    return Names(frozenset(situation.actors), options)


def faults(situation: Situation, names: Names, *, complete: bool = True) -> list[Fault]:
    """Every fault of ``situation``, in no particular order; sums only if it is ``complete``."""
    checks: list[Callable[[Situation, Names], Faults]] = [
        _actors, _issues, _red_lines, _links, _requires_cycles, _pressures, _relations,
        _tables_by_actor, _escalation, _runup, _dates, _endings, _repeats, _patch_addresses, _reading_priors,
    ]  # fmt: skip
    found = [fault for check in checks for fault in check(situation, names)]
    return found or (list(_sums(situation)) if complete else [])


def _unknown_actor(path: TreePath, actor: str, names: Names) -> Faults:
    if actor not in names.actors:
        yield Fault(
            path, f"no actor is called {actor}", "an actor of this file",
            suggestion(actor, names.actors),
        )  # fmt: skip


def _unknown_option(path: TreePath, ref: str, names: Names) -> Faults:
    issue, _, option = ref.partition(".")
    if issue not in names.options:
        known, what = names.option_refs, f"no issue is called {issue}"
    elif option not in names.options[issue]:
        known = [f"{issue}.{o}" for o in names.options[issue]]
        what = f"{issue} has no option {option}"
    else:
        return
    yield Fault(path, what, "an option of this file, as issue.option", suggestion(ref, known))


def _is_status_quo(ref: str, situation: Situation) -> bool:
    name, _, option = ref.partition(".")
    issue = situation.issues.get(name)
    return issue is not None and issue.status_quo == option


def _options(path: TreePath, refs: Iterable[str], names: Names) -> Faults:
    for index, ref in enumerate(refs):
        yield from _unknown_option((*path, index), ref, names)


def _actors(situation: Situation, names: Names) -> Faults:
    principals = situation.with_role("principal")
    if len(principals) < 2:
        yield Fault(
            ("actors",), f"{len(principals)} principal", "at least two", "give two actors that role"
        )
    for name, actor in situation.actors.items():
        path = ("actors", name, "consents_to")
        yield from _options(path, actor.consents_to, names)
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
                yield from _unknown_actor((*at, "obligors", index), actor, names)
            if body.undelivered is not None and body.undelivered not in options:
                yield Fault(
                    (*at, "undelivered"), f"{name} has no option {body.undelivered}",
                    "one of its options", suggestion(body.undelivered, options),
                )  # fmt: skip
        for actor in issue.salience:
            yield from _unknown_actor((*path, "salience", actor), actor, names)
        for actor, row in issue.preferences.items():
            yield from _unknown_actor((*path, "preferences", actor), actor, names)
            for option in row:
                if option not in options:
                    yield Fault(
                        (*path, "preferences", actor, option), f"{name} has no option {option}",
                        "one of its options", suggestion(option, options),
                    )  # fmt: skip


def _red_lines(situation: Situation, names: Names) -> Faults:
    for index, line in enumerate(situation.red_lines):
        path = ("red_lines", index)
        yield from _unknown_actor((*path, "actor"), line.actor, names)
        if line.actor in situation.actors and line.actor not in parties(situation):
            yield Fault(
                (*path, "actor"), f"{line.actor} is no party",
                "red lines belong to principals, consenters and spoilers", "change its role",
            )  # fmt: skip
        yield from _unknown_option((*path, "option"), line.option, names)
        if _is_status_quo(line.option, situation):
            yield Fault(
                (*path, "option"), f"{line.option} is the status quo", "an option that changes it",
                "name the option that would cross the line",
            )  # fmt: skip
        if line.cost is None and line.absolute is None:
            yield Fault(path, "a red line without a price", "cost, absolute or both", "add one")


def _links(situation: Situation, names: Names) -> Faults:
    for index, link in enumerate(situation.links):
        path = ("links", index)
        given = {"requires": link.requires, "excludes": link.excludes, "with": link.together}
        written = [key for key, refs in given.items() if refs is not None]
        if len(written) != 1:
            yield Fault(
                path, f"found {' and '.join(written) or 'none of them'}",
                "exactly one of requires, excludes and with", "split it into one link each",
            )  # fmt: skip
        for key, refs in [("if", link.when), *given.items()]:
            yield from _options((*path, key), refs or (), names)
        for actor in link.worth:
            yield from _unknown_actor((*path, "worth", actor), actor, names)
        if bool(link.worth) != (link.together is not None):
            yield Fault(
                path, "found worth without with" if link.worth else "found with without worth",
                "with: [options] and worth: {actor: ..} go together", "add the other one",
            )  # fmt: skip
        yield from _never(path, link)


def _never(path: TreePath, link: Link) -> Faults:
    """A link whose condition can never be met, because one issue takes one option."""
    needed = [ref.split(".")[0] for ref in link.requires or ()]
    own = {ref.split(".")[0] for ref in link.when}
    clash = len(own) == 1 and (link.match == "all" or len(set(needed)) == 1) and own & set(needed)
    if clash or (link.match == "all" and len(needed) > len(set(needed))):
        yield Fault(
            (*path, "requires"), "an issue would need two options at once",
            "one option an issue", "require options of other issues, or match: any",
        )  # fmt: skip


def _requires_cycles(situation: Situation, _: Names) -> Faults:
    edges: dict[str, set[str]] = {}
    where: dict[str, int] = {}
    for index, link in enumerate(situation.links):
        for ref in link.when:
            edges.setdefault(ref, set()).update(link.requires or ())
            where.setdefault(ref, index)
    seen: set[frozenset[str]] = set()
    for start in edges:
        cycle = _cycle_through(start, edges)
        if cycle and frozenset(cycle) not in seen:
            seen.add(frozenset(cycle))
            yield Fault(
                ("links", where[start], "requires"),
                f"the links run in a circle: {' requires '.join([*cycle, cycle[0]])}",
                "what comes first must not need what comes after",
                "drop one of these links, or make the options one",
            )


def _cycle_through(start: str, edges: Mapping[str, set[str]]) -> list[str]:
    """A shortest way from ``start`` back to itself, or nothing."""
    trails = [[start]]
    reached: set[str] = set()
    while trails:
        trail = trails.pop(0)
        for ref in sorted(edges.get(trail[-1], ())):
            if ref == start:
                return trail
            if ref not in reached:
                reached.add(ref)
                trails.append([*trail, ref])
    return []


def _pressures(situation: Situation, names: Names) -> Faults:
    for index, pressure in enumerate(situation.pressures):
        path = ("pressures", index)
        yield from _unknown_actor((*path, "on"), pressure.on, names)
        if pressure.on in situation.actors and pressure.on not in parties(situation):
            yield Fault(
                (*path, "on"), f"{pressure.on} is no party",
                "pressure moves principals, consenters and spoilers", "change its role",
            )  # fmt: skip
        for ref in pressure.relieved_by:
            at = (*path, "relieved_by", ref)
            yield from _unknown_option(at, ref, names)
            if _is_status_quo(ref, situation):
                yield Fault(
                    at, f"{ref} is the status quo", "an option that changes something",
                    "lower the severity instead",
                )  # fmt: skip


def _relations(situation: Situation, names: Names) -> Faults:
    for index, bond in enumerate(situation.influence):
        path = ("influence", index)
        yield from _unknown_actor((*path, "from"), bond.from_, names)
        yield from _unknown_actor((*path, "to"), bond.to, names)
        if bond.from_ == bond.to:
            yield Fault(
                path, f"{bond.to} influences itself", "two different actors", "drop the line"
            )
    for truster, row in situation.trust.items():
        yield from _unknown_actor(("trust", truster), truster, names)
        for trusted in row:
            yield from _unknown_actor(("trust", truster, trusted), trusted, names)


_PARTY_TABLES = ("outlook", "signing_cost", "hardening", "sincerity")


def _tables_by_actor(situation: Situation, names: Names) -> Faults:
    allowed = {head: (parties(situation), "a party") for head in _PARTY_TABLES}
    allowed["misreading"] = (situation.with_role("principal"), "a principal")
    allowed["leverage"] = (situation.with_role("consenter"), "a consenter")
    for head, (known, what) in allowed.items():
        table: Mapping[str, object] = getattr(situation, head)
        for actor in table:
            yield from _unknown_actor((head, actor), actor, names)
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
            yield from _unknown_actor(path, actor, names)
            if actor in situation.actors and actor not in parties(situation):
                yield Fault(path, f"{actor} is no party", "a party of this file", "drop the line")
    for ref in situation.escalation.removed_by:
        yield from _unknown_option(("escalation", "removed_by", ref), ref, names)


def _runup(situation: Situation, names: Names) -> Faults:
    runup = situation.runup
    kinds = [kind.id for kind in runup.incidents]
    for head, entries in (("recorded", runup.recorded), ("incidents", runup.incidents)):
        for index, entry in enumerate(entries):
            for place, actor in enumerate(entry.accused):
                yield from _unknown_actor(("runup", head, index, "accused", place), actor, names)
    for index, entry in enumerate(runup.sabotage):
        path = ("runup", "sabotage", index)
        yield from _unknown_actor((*path, "by"), entry.by, names)
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
            yield from _unknown_actor(path, actor, names)
            if actor in situation.actors and actor not in situation.with_role("principal"):
                yield Fault(
                    path, f"{actor} is no principal", "a principal of this file", "drop the line"
                )


def _dates(situation: Situation, _: Names) -> Faults:
    for name, body in situation.rounds.items():
        meeting = body.planned or body.met
        if body.announced and meeting and meeting < body.announced:
            yield Fault(
                ("rounds", name), f"meets on {meeting}, before it is announced on {body.announced}",
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
        yield from _options(("tangible", field), refs, names)
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


def _sums(situation: Situation) -> Faults:
    """Sums that must hold before and after every patch the file contains."""
    base = base_values(situation)
    yield from _sum_faults(situation, base, (), "")
    for head, bodies in (("rounds", situation.rounds), ("readings", situation.readings)):
        for name, body in bodies.items():
            if body.set:
                values = patched(base, body.set, name)
                yield from _sum_faults(situation, values, (head, name, "set"), f" in {name}")


def _sum_faults(situation: Situation, values: Values, root: TreePath, where: str) -> Faults:
    for index, pressure in enumerate(situation.pressures):
        most = _most_share(values, f"pressures.{pressure.id}.relieved_by")
        if most > 1 + TOLERANCE:
            yield Fault(
                root or ("pressures", index, "relieved_by"),
                f"one package could relieve {most:.0%} of {pressure.id}{where}",
                "at most 100 %, the best option of each issue taken together",
                "lower the shares",
            )
    most = _most_share(values, "escalation.removed_by")
    if most > 1 + TOLERANCE:
        yield Fault(
            root or ("escalation", "removed_by"),
            f"one package could remove {most:.0%} of the risk{where}",
            "at most 100 %, the best option of each issue taken together",
            "lower the shares",
        )
    yield from _influence_sums(situation, values, root, where)
    for actor in parties(situation):
        if not any(
            values[f"salience.{actor}.{issue}"].quantity.span[1] for issue in situation.issues
        ):
            yield Fault(
                root or ("actors", actor), f"nothing on the table matters to {actor}{where}",
                "weights that can be normalised: some salience above none",
                f"give {actor} a salience on an issue, or another role",
            )  # fmt: skip


def _influence_sums(situation: Situation, values: Values, root: TreePath, where: str) -> Faults:
    total: dict[str, float] = {}
    for bond in situation.influence:
        weight = values[f"influence.{bond.from_}.{bond.to}"].quantity.span[1]
        total[bond.to] = total.get(bond.to, 0.0) + weight
    for actor, weight in total.items():
        if weight > 1 + TOLERANCE:
            yield Fault(
                root or ("influence",),
                f"others could count for {weight:.0%} of {actor}'s judgement{where}",
                "at most 100 %, each weight at its highest", "lower the weights",
            )  # fmt: skip


def _most_share(values: Values, stem: str) -> float:
    """The greatest total of shares below ``stem`` that one package can reach."""
    best: dict[str, float] = {}
    for address in beneath(stem, values):
        issue = address.removeprefix(stem + ".").split(".")[0]
        share = values[address].quantity.span[1]
        best[issue] = max(best.get(issue, 0.0), share)
    return sum(best.values())
