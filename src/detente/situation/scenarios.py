"""Scenarios: one round under one reading, every patch laid on in a fixed order.

The order is: the file, the round, the reading, claims the reading does not
believe, then what the command line sets. Later patches win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.addresses import suggestion
from detente.errors import UsageError
from detente.situation.calendar import Calendar, calendar_of
from detente.situation.quantities import Quantity, Unreadable, neutral_of, read
from detente.situation.references import address_advice
from detente.situation.schema import Situation
from detente.situation.sums import sum_faults
from detente.situation.values import ASKED, Values, base_values, patched
from detente.sources.claims import Claims
from detente.sources.support import counted, disbelieved, resting_only_on

AS_WRITTEN = "as-written"  # the file itself, under no reading


@dataclass(frozen=True, slots=True)
class Scenario:
    """One round under one reading; None where the situation has none.

    ``calendar`` is None for a round without dates: its meeting is taken as held.
    """

    round: str | None
    reading: str | None
    values: Values
    calendar: Calendar | None = None

    @property
    def name(self) -> str:
        """``round / reading``, or what there is of it."""
        return " / ".join(part for part in (self.round, self.reading) if part) or AS_WRITTEN


def scenarios(
    situation: Situation,
    claims: Claims | None,
    *,
    rounds: Sequence[str] = (),
    readings: Sequence[str] = (),
    patch: Mapping[str, Quantity] | None = None,
) -> list[Scenario]:
    """Every wanted round under every wanted reading, rounds first; all if none is named.

    Raises UsageError for a name the situation does not have.
    """
    base = base_values(situation)
    found: list[Scenario] = []
    for round_ in _chosen("round", rounds, tuple(situation.rounds), ()):
        for reading in _chosen("reading", readings, tuple(situation.readings), (AS_WRITTEN,)):
            values = _with_round(situation, base, round_)
            values = _with_reading(situation, claims, values, reading)
            values = patched(values, patch or {}, ASKED)
            _must_add_up(situation, values, round_, reading)
            found.append(Scenario(round_, reading, values, calendar_of(situation, round_)))
    return found


def _must_add_up(
    situation: Situation, values: Values, round_: str | None, reading: str | None
) -> None:
    """Patches may be sound one by one and not together."""
    where = " / ".join(name for name in (round_, reading) if name)
    found = [
        f"{where or AS_WRITTEN}: {fault.found}; {fault.allowed}; {fault.remedy}"
        for fault in sum_faults(situation, values, (), "")
    ]
    if found:
        raise UsageError("\n".join(found))


def read_settings(situation: Situation, settings: Sequence[str]) -> dict[str, Quantity]:
    """``address=value`` texts as a patch. Raises UsageError naming every mistake."""
    base = base_values(situation)
    patch: dict[str, Quantity] = {}
    mistakes: list[str] = []
    for setting in settings:
        address, equals, written = setting.partition("=")
        address = address.strip()
        if not equals:
            mistakes.append(f"--set {setting}: no = found; address=value is allowed; add a value")
        elif address not in base:
            advice = address_advice(address, base)
            mistakes.append(
                f"--set {address}: not in this situation; an address of it is allowed; {advice}"
            )
        else:
            try:
                patch[address] = read(written.strip(), base[address].kind)
            except Unreadable as error:
                mistakes.append(f"--set {address}: {error}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return patch


def own_claims(situation: Situation) -> dict[str, tuple[str, ...]]:
    """Claims that count in one reading only, by reading."""
    return {name: reading.claims for name, reading in situation.readings.items()}


def _chosen(
    what: str, wanted: Sequence[str], known: tuple[str, ...], besides: tuple[str, ...]
) -> tuple[str | None, ...]:
    unknown = [name for name in wanted if name not in known and name not in besides]
    if unknown:
        raise UsageError(
            f"--{what} {unknown[0]}: not in this situation; "
            f"{', '.join((*known, *besides)) or 'none'} is allowed; "
            f"{suggestion(unknown[0], (*known, *besides))}"
        )
    if wanted:
        return tuple(None if name == AS_WRITTEN else name for name in dict.fromkeys(wanted))
    return known or (None,)


def _with_round(situation: Situation, values: Values, name: str | None) -> Values:
    if name is None:
        return values
    return patched(values, situation.rounds[name].set, f"round {name}")


def _with_reading(
    situation: Situation, claims: Claims | None, values: Values, name: str | None
) -> Values:
    if name is None:
        return values
    reading = situation.readings[name]
    values = patched(values, reading.set, f"reading {name}")
    refused = reading.disbelieve
    if claims is None or not (refused.claims or refused.speakers or refused.sources):
        return values
    gone = disbelieved(claims, refused.claims, refused.speakers, refused.sources)
    counting = counted(claims, own_claims(situation), name)
    unsupported = resting_only_on(claims, gone, values, counting)
    neutral = {a: neutral_of(values[a].kind) for a in values if a in unsupported}
    return patched(values, neutral, f"reading {name}, not believed")
