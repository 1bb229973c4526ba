"""A comparison as one HTML file, in the look of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from detente.addresses import beneath
from detente.analysis.bases import BASIS_WORDS, base_basis
from detente.analysis.compare import Comparison
from detente.analysis.driving import ROAD
from detente.analysis.probabilities import MEANINGS
from detente.figures.naming import Names, percent
from detente.figures.sides import by_rounds, driver_name, shared, sides
from detente.figures.waterfall import waterfall
from detente.report.attributing import Attributed, attributed
from detente.report.comparing import (
    TITLES,
    change_sentence,
    drivers_sentence,
    headline,
    told,
    verdict_words,
)
from detente.report.page import Picture, picture
from detente.report.rendering import NOTHING_LAID, printed
from detente.sampling.draws import Plan
from detente.situation.calendar import Calendar
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation
from detente.situation.writing import in_words
from detente.sources.claims import Claims
from detente.sources.support import supported


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that differs: what, how it is on either side, and the claims it rests on."""

    what: str
    first: str
    second: str
    claims: tuple[Attributed, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class DriverView:
    """Everything that differs by one driver."""

    name: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """Two scenarios side by side, flat and in words."""

    key: str
    title: str
    verdict: str
    change: str
    carried: str
    picture: Picture | None
    chances: tuple[tuple[str, str, str, str], ...]
    drivers: tuple[DriverView, ...]


def render_comparison(
    situation: Situation, claims: Claims | None, found: Sequence[Comparison], plan: Plan, *,
    file: str, version: str, laid: Mapping[str, str] = NOTHING_LAID,
) -> str:  # fmt: skip
    """The page for pairs of scenarios.

    Args:
        situation: what both sides belong to.
        claims: what its values rest on, if anything is said of that.
        found: at least one comparison; all of the same two rounds or readings.
        plan: seed and draws.
        file: what was compared, as the user named it.
        version: of the program that compared it.
        laid: what the command line laid over the file, by address.

    Returns:
        A whole HTML document. The same arguments give the same text.
    """
    names = Names(situation)
    with debug_mode(False):  # tests check the specifications; here it would only cost time
        pairs = [_pair(situation, claims, one, f"p{i}") for i, one in enumerate(found, 1)]
    return printed(
        "compare.html.j2", situation, plan, file, version, laid,
        headline=headline(names, found),
        sides=sides(names, found[0]),
        meaning=MEANINGS[found[0].target],
        over="reading" if by_rounds(found[0]) else "round",
        pairs=pairs,
    )  # fmt: skip


def _pair(situation: Situation, claims: Claims | None, one: Comparison, key: str) -> PairView:
    names = Names(situation)
    return PairView(
        key,
        shared(names, one),
        verdict_words(one),
        change_sentence(names, one),
        drivers_sentence(one),
        picture(waterfall(names, one, f"waterfall-{key}")),
        tuple(
            (TITLES[name], percent(d.first.p), percent(d.second.p), told(one, name))
            for name, d in one.differences.items()
        ),
        tuple(_driver(situation, claims, one, driver) for driver in one.what.drivers),
    )


def _driver(
    situation: Situation, claims: Claims | None, one: Comparison, driver: str
) -> DriverView:
    names = Names(situation)
    rests = supported(claims, one.first.values) if claims else {}

    def said(prefix: str) -> tuple[tuple[Attributed, ...], str]:
        """The claims on an address, or on any value of an incident; else whose word it is."""
        found = dict.fromkeys(
            n for a in beneath(prefix, one.first.values) for n in rests.get(a, ())
        )
        told = tuple(attributed(claims, name) for name in found) if claims else ()
        value = one.first.values.get(prefix)
        return told, "" if told or value is None else BASIS_WORDS[base_basis(value, (), claims)]

    changes = [
        Changed(
            names.address(address),
            in_words(one.first.values[address].quantity),
            in_words(one.second.values[address].quantity),
            *said(address),
        )
        for address in one.what.addresses.get(driver, ())
    ]
    changes += [
        Changed(
            names.incident(incident),
            _distance(one.first, incident),
            _distance(one.second, incident),
            *said(f"runup.recorded.{incident}"),
        )
        for incident in one.what.incidents.get(driver, ())
    ]
    if driver == ROAD and one.what.timing:
        changes.append(
            Changed("The time before the meeting", _time(one.first), _time(one.second), (), "")
        )
    return DriverView(driver_name(driver), tuple(changes))


def _distance(scenario: Scenario, incident: str) -> str:
    """How long before a meeting an incident happened, if it counts at all."""
    recorded = dict(scenario.calendar.recorded) if scenario.calendar else {}
    days = recorded.get(incident)
    return "does not count" if days is None else f"{_days(days)} before the meeting"


def _time(scenario: Scenario) -> str:
    calendar: Calendar | None = scenario.calendar
    return "no dates" if calendar is None else f"{_days(calendar.ahead)} from the announcement"


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"
