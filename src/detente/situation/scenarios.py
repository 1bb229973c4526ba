"""Scenarios: one round under one reading, every patch laid on in a fixed order.

The order is: the file, the round, the reading, claims the reading does not
believe, then what the command line sets. Later patches win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.addresses import suggestion
from detente.errors import UsageError
from detente.situation.believing import Voices, fallen_back, voices
from detente.situation.calendar import Calendar, calendar_of
from detente.situation.quantities import Quantity, Unreadable, read
from detente.situation.references import address_advice
from detente.situation.schema import Situation
from detente.situation.sums import sum_faults
from detente.situation.values import ASKED, Values, base_values, patched
from detente.sources.claims import Claims
from detente.sources.removal import Removal, together
from detente.sources.support import disbelieved

AS_WRITTEN = "as-written"  # the file itself, under no reading
TAKEN_AWAY = "claims taken away"


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
    left_out: Removal | None = None,
) -> list[Scenario]:
    """Every wanted round under every wanted reading, rounds first; all if none is named.

    ``left_out`` is taken away from each, before ``patch`` is laid on.
    Raises UsageError for a name the situation does not have.
    """
    return [
        _scenario(situation, claims, ground, round_, reading, patch or {}, left_out)
        for ground, round_, reading in _wanted(situation, rounds, readings)
    ]


def without(
    situation: Situation,
    claims: Claims,
    removals: Sequence[Removal],
    *,
    rounds: Sequence[str] = (),
    readings: Sequence[str] = (),
    patch: Mapping[str, Quantity] | None = None,
    left_out: Removal | None = None,
) -> list[tuple[Scenario, tuple[Scenario, ...]]]:
    """Every wanted scenario, and what is left of it after each removal, in their order.

    What a reading does not believe anyway stays away, and so does what is ``left_out`` of all.
    Raises UsageError as ``scenarios``.
    """
    each = [together(one for one in (left_out, removal) if one) for removal in removals]
    found: list[tuple[Scenario, tuple[Scenario, ...]]] = []
    speaking: dict[str | None, Voices] = {}
    for ground, round_, reading in _wanted(situation, rounds, readings):
        if reading not in speaking:
            speaking[reading] = voices(situation, claims, ground, reading)
        told = speaking[reading]
        base, *left = (
            _scenario(situation, claims, ground, round_, reading, patch or {}, removal, told)
            for removal in (left_out, *each)
        )
        found.append((base, tuple(left)))
    return found


def _wanted(
    situation: Situation, rounds: Sequence[str], readings: Sequence[str]
) -> list[tuple[Values, str | None, str | None]]:
    """Rounds and readings asked for, each with the values before its reading."""
    base = base_values(situation)
    chosen = _chosen("reading", readings, tuple(situation.readings), (AS_WRITTEN,))
    return [
        (ground, round_, reading)
        for round_ in _chosen("round", rounds, tuple(situation.rounds), ())
        for ground in [_with_round(situation, base, round_)]
        for reading in chosen
    ]


def _scenario(
    situation: Situation,
    claims: Claims | None,
    ground: Values,
    round_: str | None,
    reading: str | None,
    patch: Mapping[str, Quantity],
    removal: Removal | None = None,
    speaking: Voices | None = None,
) -> Scenario:
    """One scenario: the reading, what is not believed, then the command line, laid on ``ground``."""
    values, refused = ground, _refused(situation, claims, reading)
    if reading is not None:
        values = patched(ground, situation.readings[reading].set, f"reading {reading}")
    gone = [one for one in (refused, removal) if one is not None]
    if claims is not None and gone:
        told = speaking or voices(situation, claims, ground, reading)
        origin = f"reading {reading}, not believed" if removal is None else TAKEN_AWAY
        values = fallen_back(ground, values, told, together(gone), origin)
    values = patched(values, patch, ASKED)
    _must_add_up(situation, values, round_, reading)
    return Scenario(round_, reading, values, calendar_of(situation, round_))


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


def _refused(situation: Situation, claims: Claims | None, name: str | None) -> Removal | None:
    """What a reading does not believe, None if it believes everything."""
    if name is None or claims is None:
        return None
    said = situation.readings[name].disbelieve
    gone = disbelieved(claims, said.claims, said.speakers, said.sources)
    return Removal("several", f"not believed in {name}", gone) if gone else None
