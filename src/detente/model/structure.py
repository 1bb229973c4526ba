"""The fixed part of a situation, with names turned into positions once.

Axes used everywhere downstream: ``draw``, ``party`` (principals first, then
consenters, then mere spoilers), ``option`` (all options of all issues in file
order, end to end), ``link``, ``line`` (red lines).
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.situation.schema import Issue, Link, Rule, Situation
from detente.situation.values import bearers, parties

MORE = 1e-6  # of the smallest vote: what makes half of the votes more than half


@dataclass(frozen=True, slots=True)
class OptionPlace:
    """One option of one issue, at its position on the option axis."""

    issue: str
    name: str
    obligors: tuple[str, ...]
    undelivered: int  # position of what is left if it is not delivered
    status_quo: int  # position of the issue's status quo

    @property
    def ref(self) -> str:
        """``issue.option``."""
        return f"{self.issue}.{self.name}"


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """A link between options, by position. ``form`` is requires, excludes or with."""

    id: str
    form: str
    when: tuple[int, ...]
    refs: tuple[int, ...]
    match_all: bool
    worth_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A red line: whose, and at which option."""

    address: str
    party: int
    option: int


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who must agree where not everybody need.

    Attributes:
        weights: votes by principal, positive.
        needed: the votes that carry a package.
        veto: positions of principals without whom no package passes.
    """

    weights: tuple[float, ...]
    needed: float
    veto: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """A kind of incident that may come, and the spoilers who might add to it."""

    id: str
    saboteurs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything about a situation that no draw and no patch changes."""

    bearers: tuple[str, ...]
    parties: tuple[str, ...]
    principals: int  # the first so many parties
    consenters: int  # the next so many
    issues: tuple[str, ...]
    sizes: tuple[int, ...]  # options an issue
    options: tuple[OptionPlace, ...]
    links: tuple[LinkPlace, ...]
    lines: tuple[LinePlace, ...]
    pressures: tuple[tuple[str, int], ...]  # name and the party it is on
    consent_to: tuple[tuple[int, ...], ...]  # option positions, one row a consenter
    incident_kinds: tuple[IncidentPlace, ...]
    has_aftermath: bool
    tangible_any: tuple[int, ...]
    tangible_all: tuple[int, ...]
    quorum: Quorum | None = None  # None: every principal must agree

    @property
    def packages(self) -> int:
        """How many packages there are, links aside."""
        total = 1
        for size in self.sizes:
            total *= size
        return total

    @property
    def at_table(self) -> int:
        """How many parties can stop a package: principals and consenters."""
        return self.principals + self.consenters

    @property
    def starts(self) -> tuple[int, ...]:
        """Position of each issue's first option."""
        found, at = list[int](), 0
        for size in self.sizes:
            found.append(at)
            at += size
        return tuple(found)

    @property
    def status_quo(self) -> tuple[int, ...]:
        """Position of each issue's status quo."""
        return tuple(self.options[start].status_quo for start in self.starts)


def structure_of(situation: Situation) -> Structure:
    """Resolve the names of a checked situation into positions."""
    principals = situation.with_role("principal")
    consenters = situation.with_role("consenter")
    spoilers = [p for p in parties(situation) if p not in principals and p not in consenters]
    at_table = (*principals, *consenters, *spoilers)
    options = _options(situation)
    where = {option.ref: index for index, option in enumerate(options)}
    return Structure(
        bearers=bearers(situation),
        parties=at_table,
        principals=len(principals),
        consenters=len(consenters),
        issues=tuple(situation.issues),
        sizes=tuple(len(issue.options) for issue in situation.issues.values()),
        options=options,
        links=tuple(_link(link, where) for link in situation.links),
        lines=tuple(
            LinePlace(
                f"red_lines.{line.actor}.{line.option}",
                at_table.index(line.actor),
                where[line.option],
            )
            for line in situation.red_lines
        ),
        pressures=tuple(
            (pressure.id, at_table.index(pressure.on))
            for pressure in situation.pressures
            if pressure.on in at_table
        ),
        consent_to=tuple(
            tuple(where[ref] for ref in situation.actors[name].consents_to) for name in consenters
        ),
        incident_kinds=tuple(
            IncidentPlace(
                kind.id, tuple(s.by for s in situation.runup.sabotage if s.kind == kind.id)
            )
            for kind in situation.runup.incidents
        ),
        has_aftermath=situation.aftermath is not None,
        tangible_any=tuple(where[ref] for ref in situation.tangible.any_of),
        tangible_all=tuple(where[ref] for ref in situation.tangible.all_of),
        quorum=_quorum(situation.rule, principals),
    )


def _quorum(rule: Rule, principals: tuple[str, ...]) -> Quorum | None:
    """The votes a package needs; None where that is all of them."""
    if rule.unanimity:
        return None
    weights = tuple(rule.weights.get(name, 1.0) for name in principals)
    total = sum(weights)
    needed = 0.5 * total + MORE * min(weights) if rule.majority else (rule.quorum or 1.0) * total
    veto = tuple(index for index, name in enumerate(principals) if name in rule.veto)
    outvoted = [w for index, w in enumerate(weights) if index not in veto]
    if not outvoted or total - min(outvoted) < needed - MORE * min(weights):
        return None  # nobody can be spared
    return Quorum(weights, needed, veto)


def _options(situation: Situation) -> tuple[OptionPlace, ...]:
    places: list[OptionPlace] = []
    for name, issue in situation.issues.items():
        places += _issue_options(name, issue, len(places))
    return tuple(places)


def _issue_options(name: str, issue: Issue, start: int) -> list[OptionPlace]:
    position = {option: start + index for index, option in enumerate(issue.options)}
    status_quo = position[issue.status_quo]
    return [
        OptionPlace(
            name,
            option,
            body.obligors,
            position[body.undelivered] if body.undelivered else status_quo,
            status_quo,
        )
        for option, body in issue.options.items()
    ]


def _link(link: Link, where: dict[str, int]) -> LinkPlace:
    forms = {"requires": link.requires, "excludes": link.excludes, "with": link.together}
    form, refs = next((form, refs) for form, refs in forms.items() if refs is not None)
    return LinkPlace(
        link.id,
        form,
        tuple(where[ref] for ref in link.when),
        tuple(where[ref] for ref in refs),
        link.match == "all",
        tuple(link.worth),
    )
