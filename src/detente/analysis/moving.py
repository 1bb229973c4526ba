"""Which values an actor could plausibly move, and by what right.

A written table, one rule a form of address: every form is either somebody's lever or
nobody's. A lever is no prediction that anybody will move it, nor a claim that it is
easy. It says whose it would be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from detente.situation.schema import Situation
from detente.situation.values import DEFAULT, Values

Given = Mapping[str, str]  # what the capitals of a form stand for
Owners = Callable[[Situation, Given], tuple[str, ...]]

# By what right. The words stand in docs/how-to/find-levers.md.
POSITION, WEIGHT, WAITING, PRICE, HARDENING = "position", "weight", "waiting", "price", "hardening"
LINE, STAYING, SINCERITY, EARNED, EAR = "red line", "threshold", "sincerity", "trust", "ear"
PERSUASION, PRESSURE, RELIEF, GUARANTEE = "persuasion", "pressure", "relief", "guarantee"
WAIVER, RESTRAINT, DETERRENCE = "waiver", "restraint", "deterrence"
WHY_WORDS = {
    POSITION: "its own position",
    WEIGHT: "what it gives weight to",
    WAITING: "what it expects of waiting",
    PRICE: "the price at home of signing, which it can prepare its public for",
    HARDENING: "how far it lets tension harden it",
    LINE: "its own red line",
    STAYING: "the least chance for which it would go",
    SINCERITY: "whether it means to deliver",
    EARNED: "trust that it can earn or lose",
    EAR: "whom it listens to, and who lobbies it",
    PERSUASION: "how far a principal brings a consenter round",
    PRESSURE: "pressure that others than the one it is on may apply or ease",
    RELIEF: "what a term that it delivers relieves",
    GUARANTEE: "how much danger a term that it delivers removes",
    WAIVER: "a precondition that the principals may waive, but only together",
    RESTRAINT: "sabotage that it may forgo",
    DETERRENCE: "what sabotage costs whoever commits it, which a principal may raise",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Whose lever a form of address is, and by what right: one of WHY_WORDS.

    ``together``: its owners can move it only jointly; otherwise any of them alone.
    """

    form: str
    why: str
    owners: Owners
    together: bool = False


@dataclass(frozen=True, slots=True)
class Lever:
    """An address that somebody could move. ``owners`` are actors, in file order."""

    address: str
    why: str
    owners: tuple[str, ...]
    together: bool

    def moved_by(self, actor: str) -> bool:
        """Whether ``actor`` could move it without anybody's leave."""
        return actor in self.owners and (not self.together or len(self.owners) == 1)


def _actor(_: Situation, given: Given) -> tuple[str, ...]:
    return (given["ACTOR"],)


def _trusted(_: Situation, given: Given) -> tuple[str, ...]:
    return (given["WHOM"],)


def _both_ends(_: Situation, given: Given) -> tuple[str, ...]:
    return given["FROM"], given["TO"]


def _principals(situation: Situation, _: Given) -> tuple[str, ...]:
    return situation.with_role("principal")


def _those_not_under_it(situation: Situation, given: Given) -> tuple[str, ...]:
    """Principals and spoilers, but for the party that a pressure is on."""
    on = _pressed(situation, given)
    acting = {*situation.with_role("principal"), *situation.with_role("spoiler")} - {on}
    return tuple(name for name in situation.actors if name in acting)


def _other_obligors(situation: Situation, given: Given) -> tuple[str, ...]:
    """Who has to deliver an option, but for the party that a pressure is on."""
    return tuple(n for n in _obligors(situation, given) if n != _pressed(situation, given))


def _obligors(situation: Situation, given: Given) -> tuple[str, ...]:
    return situation.issues[given["ISSUE"]].options[given["OPTION"]].obligors


def _pressed(situation: Situation, given: Given) -> str:
    return next(one.on for one in situation.pressures if one.id == given["PRESSURE"])


RULES: tuple[Rule, ...] = (
    Rule("preferences.ACTOR.ISSUE.OPTION", POSITION, _actor),
    Rule("salience.ACTOR.ISSUE", WEIGHT, _actor),
    Rule("outlook.ACTOR", WAITING, _actor),
    Rule("signing_cost.ACTOR", PRICE, _actor),
    Rule("hardening.ACTOR", HARDENING, _actor),
    Rule("leverage.ACTOR", PERSUASION, _principals),
    Rule("influence.FROM.TO", EAR, _both_ends),
    Rule("trust.WHO.WHOM", EARNED, _trusted),
    Rule("sincerity.ACTOR", SINCERITY, _actor),
    Rule("red_lines.ACTOR.ISSUE.OPTION.cost", LINE, _actor),
    Rule("red_lines.ACTOR.ISSUE.OPTION.absolute", LINE, _actor),
    Rule("links.LINK.holds", WAIVER, _principals, together=True),
    Rule("links.LINK.worth.ACTOR", POSITION, _actor),
    Rule("pressures.PRESSURE.severity", PRESSURE, _those_not_under_it),
    Rule("pressures.PRESSURE.felt", PRESSURE, _those_not_under_it),
    Rule("pressures.PRESSURE.relieved_by.ISSUE.OPTION", RELIEF, _other_obligors),
    Rule("escalation.removed_by.ISSUE.OPTION", GUARANTEE, _obligors),
    Rule("runup.sabotage.ACTOR.INCIDENT.capability", RESTRAINT, _actor),
    Rule("runup.sabotage.ACTOR.INCIDENT.after", RESTRAINT, _actor),
    Rule("runup.sabotage.ACTOR.INCIDENT.cost", DETERRENCE, _principals),
    Rule("runup.calling_off.least.ACTOR", STAYING, _actor),
)
# What nobody moves at will, and why: facts, moods, ways of seeing, published figures.
NOBODYS: Mapping[str, str] = {
    "power.ACTOR": "strength at the table is not chosen",
    "misreading.ACTOR": "nobody misreads on purpose",
    "impatience": "a way of seeing",
    "escalation.rate": "the danger is what it is",
    "escalation.tension_effect": "the danger is what it is",
    "escalation.horizon": "how far ahead the model looks",
    "escalation.loss.ACTOR": "what war would cost is not chosen",
    "escalation.suspicion.ACTOR": "a way of seeing",
    "runup.tension": "a mood that everybody makes",
    "runup.fear": "a mood that everybody makes",
    "runup.half_life.tension": "moods fade at their own pace",
    "runup.half_life.fear": "moods fade at their own pace",
    "runup.recorded.INCIDENT.severity": "it has happened",
    "runup.recorded.INCIDENT.staged": "it has happened",
    "runup.incidents.INCIDENT.rate": "whose hand it is stays open",
    "runup.incidents.INCIDENT.severity": "whose hand it is stays open",
    "runup.incidents.INCIDENT.staged": "whose hand it is stays open",
    "runup.noise": "a way of seeing",
    "runup.calling_off.rate": "a hazard",
    "runup.calling_off.foresight.ACTOR": "a way of seeing",
    "aftermath.rate": "published",
    "aftermath.surplus_effect": "published or assumed for all",
    "aftermath.trust_effect": "published or assumed for all",
    "aftermath.tension_effect": "published or assumed for all",
    "aftermath.horizon": "how far ahead the model looks",
}


def levers(situation: Situation, values: Values, actors: tuple[str, ...] = ()) -> tuple[Lever, ...]:
    """Every address that somebody could move and that can matter, in file order.

    With ``actors``, only what one of them could move alone. Left out is what can matter
    to nothing: views on an issue without weight for whoever holds them, weights that
    nobody stated, demands of those who demand nothing, the word of those who owe nothing.
    """
    idle = _Idle(situation, values)
    found = (lever_at(situation, address) for address in values if not idle(address))
    return tuple(
        lever
        for lever in found
        if lever is not None and (not actors or any(map(lever.moved_by, actors)))
    )


def lever_at(situation: Situation, address: str) -> Lever | None:
    """Whose lever an address is; None if nobody's."""
    parts = address.split(".")
    for rule in RULES:
        given = _given(rule.form, parts)
        if given is not None:
            owners = rule.owners(situation, given)
            return Lever(address, rule.why, owners, rule.together) if owners else None
    return None


def _given(form: str, parts: list[str]) -> Given | None:
    """What the capitals of a form stand for in an address; None if it has another form."""
    tokens = form.split(".")
    if len(tokens) != len(parts):
        return None
    pairs = list(zip(tokens, parts, strict=True))
    if not all(token.isupper() or token == part for token, part in pairs):
        return None
    return {token: part for token, part in pairs if token.isupper()}


class _Idle:
    """Tells addresses that can matter to nothing, whatever stands there."""

    def __init__(self, situation: Situation, values: Values) -> None:
        self._values = values
        self._demanding = {*situation.with_role("principal"), *situation.with_role("consenter")}
        self._owing = {
            name
            for issue in situation.issues.values()
            for option in issue.options.values()
            for name in option.obligors
        }

    def __call__(self, address: str) -> bool:
        head, *rest = address.split(".")
        match head:
            case "preferences":
                return self._values[f"salience.{rest[0]}.{rest[1]}"].quantity.fixed == 0.0
            case "salience":
                value = self._values[address]
                return value.origin == DEFAULT and value.quantity.fixed == 0.0
            case "outlook" | "signing_cost" | "hardening":
                return rest[0] not in self._demanding
            case "sincerity":
                return rest[0] not in self._owing
            case _:
                return False
