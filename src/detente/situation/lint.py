"""Beyond validity: what is allowed in a file but rarely meant.

Each rule has a stable code. Warnings are findings; notes inform.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from detente.addresses import beneath
from detente.errors import Place
from detente.situation.believing import own_claims
from detente.situation.load import Loaded
from detente.situation.schema import Disbelief, Situation
from detente.situation.values import (
    DEFAULT,
    STATED,
    Values,
    address_at,
    base_values,
    bearers,
    patched,
)
from detente.sources.claims import Claims
from detente.sources.support import counted, repeats, supported

Severity = Literal["warning", "note"]

RULES: dict[str, tuple[Severity, str]] = {
    "DT101": ("warning", "a pressure that no option relieves"),
    "DT102": ("warning", "an option nobody wants"),
    "DT103": ("warning", "a reading that changes nothing"),
    "DT104": ("note", "values that rest on no claim"),
    "DT105": ("note", "one source repeated as if it were several"),
    "DT106": ("warning", "a preference left out"),
    "DT107": ("warning", "a round that changes nothing"),
    "DT108": ("warning", "a situation that does not say what is tangible"),
    "DT109": ("note", "candidates for claims that nobody has finished"),
    "DT110": (
        "warning",
        "events that weigh readings, in a file that does not say when it was written",
    ),
    "DT201": ("warning", "a forecast beyond doubt under every reading"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a second look."""

    code: str
    place: Place
    address: str
    message: str
    remedy: str

    @property
    def severity(self) -> Severity:
        """``warning`` or ``note``."""
        return RULES[self.code][0]

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.address}: {self.message}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class _File:
    situation: Situation
    claims: Claims | None
    values: Values
    places: dict[str, Place]

    def finding(self, code: str, address: str, message: str, remedy: str) -> Finding:
        return Finding(code, self.place(address), address, message, remedy)

    def place(self, address: str) -> Place:
        parts = address.split(".")
        for end in range(len(parts), 0, -1):
            if ".".join(parts[:end]) in self.places:
                return self.places[".".join(parts[:end])]
        below = beneath(address, self.places)
        return self.places[below[0]] if below else self.places[""]


def lint(loaded: Loaded, claims: Claims | None) -> list[Finding]:
    """Every finding about a valid file, in file order."""
    places = {address_at(path, loaded.tree.data): at for path, at in loaded.tree.places.items()}
    file = _File(loaded.situation, claims, base_values(loaded.situation), places)
    rules: list[Callable[[_File], Iterator[Finding]]] = [
        _unrelieved, _unwanted, _idle_readings, _unclaimed, _repeated, _left_out, _idle_rounds,
        _tangible, _open, _undated,
    ]  # fmt: skip
    found = [finding for rule in rules for finding in rule(file)]
    return sorted(found, key=lambda f: (f.place, f.code, f.address))


def _unrelieved(file: _File) -> Iterator[Finding]:
    for pressure in file.situation.pressures:
        if not pressure.relieved_by:
            yield file.finding(
                "DT101",
                f"pressures.{pressure.id}",
                f"no option relieves {pressure.id}: it makes {pressure.on} impatient but gives it "
                "no reason to agree",
                "add relieved_by, or say in its note why nothing on the table helps",
            )


def _unwanted(file: _File) -> Iterator[Finding]:
    """An option that no one with a stake may like better than the status quo."""
    for name, issue in file.situation.issues.items():
        for option in issue.options:
            if option != issue.status_quo and not _wanted(file, name, option, issue.status_quo):
                yield file.finding(
                    "DT102",
                    f"issues.{name}.options.{option}",
                    f"nobody can like {name}.{option} better than {issue.status_quo}",
                    "drop it, or say whom it serves",
                )


def _wanted(file: _File, issue: str, option: str, status_quo: str) -> bool:
    ref, values = f"{issue}.{option}", file.values
    helps = any(ref in p.relieved_by for p in file.situation.pressures)
    helps |= ref in file.situation.escalation.removed_by
    helps |= any(
        ref in (*link.when, *(link.together or ())) for link in file.situation.links if link.worth
    )
    if helps:
        return True
    return any(
        values[f"preferences.{actor}.{ref}"].quantity.span[1]
        > values[f"preferences.{actor}.{issue}.{status_quo}"].quantity.span[0]
        for actor in bearers(file.situation)
        if values[f"salience.{actor}.{issue}"].quantity.span[1] > 0.0
    )


def _idle_readings(file: _File) -> Iterator[Finding]:
    for name, reading in file.situation.readings.items():
        same = all(file.values[a].quantity.shape == q.shape for a, q in reading.set.items())
        if same and reading.disbelieve == Disbelief():
            yield file.finding(
                "DT103",
                f"readings.{name}",
                f"the reading {name} changes no value",
                "say what its speaker disputes under set or disbelieve",
            )


def _idle_rounds(file: _File) -> Iterator[Finding]:
    """Rounds that differ from no other round."""
    tables = {
        name: {a: v.quantity.shape for a, v in patched(file.values, r.set, name).items()}
        for name, r in file.situation.rounds.items()
    }
    for name, table in tables.items():
        twins = [other for other in tables if other != name and tables[other] == table]
        if twins:
            yield file.finding(
                "DT107",
                f"rounds.{name}",
                f"the round {name} has the same values as {twins[0]}",
                "say under set what was different",
            )


def _unclaimed(file: _File) -> Iterator[Finding]:
    if file.claims is None:
        return
    rests = supported(file.claims, file.values)
    bare = Counter(
        ".".join(address.split(".")[:2])
        for address, value in file.values.items()
        if value.origin == STATED and not rests[address]
    )
    for stem, count in bare.items():
        yield file.finding(
            "DT104",
            stem,
            f"{count} stated value{'s' if count > 1 else ''} below {stem} rest on no claim",
            "add a claim, if only an assumption of the analyst",
        )


def _repeated(file: _File) -> Iterator[Finding]:
    if file.claims is None:
        return
    everyone = counted(file.claims, own_claims(file.situation), None)
    for repeat in repeats(file.claims, file.values, everyone):
        yield file.finding(
            "DT105",
            repeat.address,
            f"{', '.join(repeat.claims)} all go back to {repeat.origin}",
            "read them as one source",
        )


def _left_out(file: _File) -> Iterator[Finding]:
    for address, value in file.values.items():
        head, *rest = address.split(".")
        if head == "preferences" and value.origin == DEFAULT:
            actor, issue, option = rest
            if file.values[f"salience.{actor}.{issue}"].origin == STATED:
                yield file.finding(
                    "DT106",
                    f"preferences.{actor}.{issue}",
                    f"{actor} cares about {issue}, but its view of {option} is left out: "
                    "anything from 0 to 1 is drawn",
                    f"write what {actor} thinks of {option}",
                )


def _tangible(file: _File) -> Iterator[Finding]:
    tangible = file.situation.tangible
    if not tangible.any_of and not tangible.all_of:
        yield file.finding(
            "DT108",
            "tangible",
            "no option is named, so every deal counts as tangible",
            "list under tangible: any_of what would count",
        )


def _open(file: _File) -> Iterator[Finding]:
    if file.claims is not None and file.claims.open:
        names = list(file.claims.open)
        shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        yield file.finding(
            "DT109",
            "claims",
            f"{len(names)} {'entries are' if len(names) > 1 else 'entry is'} open and "
            f"count{'' if len(names) > 1 else 's'} for nothing: {shown}",
            "say in your own words what each claims, or strike it out",
        )


def _undated(file: _File) -> Iterator[Finding]:
    situation = file.situation
    if situation.events and len(situation.readings) > 1 and situation.as_of is None:
        yield file.finding(
            "DT110",
            "events",
            "the file does not say what its account could know of, so every event weighs readings, "
            "also those written in knowledge of it",
            "add as_of: with the last day the account knew of",
        )
