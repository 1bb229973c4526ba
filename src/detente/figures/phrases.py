"""What stands at each form of address, in words. Capitals are names of the situation."""

from __future__ import annotations

# form, phrase; OPTION in a phrase is the issue with its option, ON whom a pressure is on
_PHRASES: tuple[tuple[str, str], ...] = (
    ("preferences.ACTOR.ISSUE.OPTION", "{ACTOR} on {OPTION}"),
    ("salience.ACTOR.ISSUE", "{ACTOR}: weight of {ISSUE}"),
    ("power.ACTOR", "{ACTOR}: weight at the table"),
    ("outlook.ACTOR", "{ACTOR}: what time alone is expected to bring"),
    ("signing_cost.ACTOR", "{ACTOR}: price at home of signing"),
    ("misreading.ACTOR", "{ACTOR}: misreading at the table"),
    ("hardening.ACTOR", "{ACTOR}: hardening by tension"),
    ("leverage.ACTOR", "{ACTOR}: how far it can be brought round"),
    ("influence.FROM.TO", "Influence of {FROM} on {TO}"),
    ("trust.WHO.WHOM", "Trust of {WHO} in {WHOM}"),
    ("sincerity.ACTOR", "{ACTOR}: chance that it means to deliver"),
    ("impatience", "How far felt pressure costs weight at the table"),
    ("red_lines.ACTOR.ISSUE.OPTION.cost", "{ACTOR}: cost of crossing its red line, {OPTION}"),
    (
        "red_lines.ACTOR.ISSUE.OPTION.absolute",
        "{ACTOR}: chance that its red line is absolute, {OPTION}",
    ),
    ("links.LINK.holds", "Chance that a link is in force: {LINK}"),
    ("links.LINK.worth.ACTOR", "{ACTOR}: worth of a link, {LINK}"),
    ("pressures.PRESSURE.severity", "{ON}: severity of a pressure, {PRESSURE}"),
    ("pressures.PRESSURE.felt", "{ON}: chance that a pressure is felt, {PRESSURE}"),
    (
        "pressures.PRESSURE.relieved_by.ISSUE.OPTION",
        "{ON}: relief from a pressure, {PRESSURE}, by {OPTION}",
    ),
    ("escalation.rate", "Escalation: events a month in a calm time"),
    ("escalation.tension_effect", "Escalation: effect of tension"),
    ("escalation.horizon", "Escalation: months looked ahead"),
    ("escalation.loss.ACTOR", "{ACTOR}: loss from escalation"),
    ("escalation.suspicion.ACTOR", "{ACTOR}: how far fear raises the risk it sees"),
    ("escalation.removed_by.ISSUE.OPTION", "Share of the risk of war removed by {OPTION}"),
    ("runup.tension", "Tension at the start"),
    ("runup.fear", "Fear of being manipulated into war at the start"),
    ("runup.half_life.tension", "Days in which tension falls by half"),
    ("runup.half_life.fear", "Days in which that fear falls by half"),
    ("runup.recorded.INCIDENT.severity", "Severity of what happened: {INCIDENT}"),
    ("runup.recorded.INCIDENT.staged", "Chance given to staging: {INCIDENT}"),
    ("runup.incidents.INCIDENT.rate", "Incidents a month: {INCIDENT}"),
    ("runup.incidents.INCIDENT.severity", "Severity of such incidents: {INCIDENT}"),
    ("runup.incidents.INCIDENT.staged", "Chance given to staging such incidents: {INCIDENT}"),
    (
        "runup.sabotage.ACTOR.INCIDENT.capability",
        "{ACTOR}: incidents a month it could add, {INCIDENT}",
    ),
    ("runup.sabotage.ACTOR.INCIDENT.cost", "{ACTOR}: cost to it of adding incidents, {INCIDENT}"),
    (
        "runup.sabotage.ACTOR.INCIDENT.after",
        "{ACTOR}: incidents a month it could add after a deal, {INCIDENT}",
    ),
    ("runup.noise", "Spread of a spoiler\u2019s judgement"),
    ("runup.calling_off.rate", "Called off a month, at full tension"),
    ("runup.calling_off.least.ACTOR", "{ACTOR}: least chance of a result worth going for"),
    ("runup.calling_off.foresight.ACTOR", "{ACTOR}: how well it foresees a result"),
    ("aftermath.rate", "Agreements ending a month"),
    ("aftermath.surplus_effect", "How far a larger gain makes a deal last"),
    ("aftermath.trust_effect", "How far trust makes a deal last"),
    ("aftermath.tension_effect", "How far tension shortens a deal"),
    ("aftermath.horizon", "Months a deal should last"),
)
_FORMS = tuple((form.split("."), phrase) for form, phrase in _PHRASES)


def phrase_of(address: str) -> tuple[str, dict[str, str]] | None:
    """The phrase for an address and what its capitals stand for; None for an unknown form."""
    parts = address.split(".")
    for form, phrase in _FORMS:
        if len(form) == len(parts):
            pairs = list(zip(form, parts, strict=True))
            if all(token.isupper() or token == part for token, part in pairs):
                return phrase, {token: part for token, part in pairs if token.isupper()}
    return None
