"""Which named driver each difference between two scenarios belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.errors import UsageError
from detente.situation.calendar import Calendar
from detente.situation.scenarios import Scenario
from detente.situation.schema import Recorded, Situation

PRESSURE, TENSION, FEAR, POSITIONS = "pressure", "tension", "fear", "positions"
TRUST, OUTLOOK, DANGER, ROAD = "trust", "outlook", "danger", "road"
DRIVER_WORDS = {
    PRESSURE: "pressure",
    TENSION: "bilateral tension",
    FEAR: "fear of staged incidents",
    POSITIONS: "positions and links",
    TRUST: "trust and sincerity",
    OUTLOOK: "what waiting and signing cost",
    DANGER: "the danger of war and what comes after",
    ROAD: "the road to the meeting",
}
MOST_DRIVERS = 8

_PREFIXES: tuple[tuple[str, str], ...] = (
    ("runup.tension", TENSION),
    ("runup.half_life.tension", TENSION),
    ("hardening", TENSION),
    ("runup.fear", FEAR),
    ("runup.half_life.fear", FEAR),
    ("escalation.suspicion", FEAR),
    ("runup", ROAD),
    ("trust", TRUST),
    ("sincerity", TRUST),
    ("outlook", OUTLOOK),
    ("signing_cost", OUTLOOK),
    ("leverage", OUTLOOK),
    ("escalation", DANGER),
    ("aftermath", DANGER),
    ("pressures", PRESSURE),
)


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two scenarios, by driver.

    Attributes:
        addresses: addresses whose value differs, by driver.
        incidents: recorded incidents that count in one only, or at another distance.
        timing: whether the time from announcement to meeting differs.
    """

    addresses: dict[str, tuple[str, ...]]
    incidents: dict[str, tuple[str, ...]]
    timing: bool

    @property
    def drivers(self) -> tuple[str, ...]:
        """Drivers with any difference, in a fixed order. Raises UsageError beyond eight."""
        found = {*self.addresses, *self.incidents, *((ROAD,) if self.timing else ())}
        known = [name for name in DRIVER_WORDS if name in found]
        named = (*known, *sorted(found - set(known)))
        if len(named) > MOST_DRIVERS:
            raise UsageError(
                f"{len(named)} drivers differ ({', '.join(named)}); at most {MOST_DRIVERS} can be "
                "told apart exactly; give several pressures the same driver"
            )
        return named


def driver_of(situation: Situation, address: str) -> str:
    """The driver an address belongs to.

    A pressure may name its own; a recorded incident's is ``incident_driver``.
    """
    head, *rest = address.split(".")
    if head == "pressures":
        return next(p.driver for p in situation.pressures if p.id == rest[0])
    if address.startswith("runup.recorded."):
        return incident_driver(next(i for i in situation.runup.recorded if i.id == rest[1]))
    for prefix, driver in _PREFIXES:
        if address == prefix or address.startswith(prefix + "."):
            return driver
    return POSITIONS


def incident_driver(incident: Recorded) -> str:
    """What a recorded incident counts as: as written, or by whether it is thought staged."""
    if incident.driver is not None:
        return incident.driver
    low, high = incident.staged.span if incident.staged else (0.0, 0.0)
    return FEAR if low + high >= 1.0 else TENSION


def differences(situation: Situation, a: Scenario, b: Scenario) -> Differences:
    """Everything that differs between two scenarios of one situation."""
    addresses: dict[str, list[str]] = {}
    for address, value in a.values.items():
        if value.quantity.shape != b.values[address].quantity.shape:
            addresses.setdefault(driver_of(situation, address), []).append(address)
    first, second = _recorded(a.calendar), _recorded(b.calendar)
    incidents: dict[str, list[str]] = {}
    for incident in situation.runup.recorded:
        if first.get(incident.id) != second.get(incident.id):
            incidents.setdefault(incident_driver(incident), []).append(incident.id)
    return Differences(
        {driver: tuple(found) for driver, found in addresses.items()},
        {driver: tuple(found) for driver, found in incidents.items()},
        _times(a.calendar) != _times(b.calendar),
    )


def hybrid(situation: Situation, a: Scenario, b: Scenario, taken: frozenset[str]) -> Scenario:
    """Scenario ``a`` with what belongs to the drivers in ``taken`` as it is in ``b``."""
    values = {
        address: b.values[address] if driver_of(situation, address) in taken else value
        for address, value in a.values.items()
    }
    frame = b.calendar if ROAD in taken else a.calendar
    if frame is None:
        return Scenario(a.round, a.reading, values, None)
    first, second = _recorded(a.calendar), _recorded(b.calendar)
    recorded: list[tuple[str, int]] = []
    for incident in situation.runup.recorded:
        source = second if incident_driver(incident) in taken else first
        if 0 < source.get(incident.id, 0) <= frame.days:
            recorded.append((incident.id, source[incident.id]))
    return Scenario(a.round, a.reading, values, replace(frame, recorded=tuple(recorded)))


def _recorded(calendar: Calendar | None) -> dict[str, int]:
    return dict(calendar.recorded) if calendar else {}


def _times(calendar: Calendar | None) -> tuple[int, ...] | None:
    return (calendar.step, calendar.ahead, calendar.lookback) if calendar else None
