"""Decisions on record: who stood where on which issue, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.checking import shown
from detente.delimited import Row
from detente.errors import Place
from detente.interchange.council import SEATS, Seat
from detente.interchange.plain_data import as_number
from detente.interchange.record import Account
from detente.spatial.table import Table

COMMISSION, PARLIAMENT = "com", "ep"
SETTERS = (COMMISSION, PARLIAMENT)
NAN = float("nan")
FULL = 100.0
FEWEST = 3  # actors with position and salience, for an issue to be scored
_SECOND_WAVE, _THIRD_WAVE = 2003, 2012


@dataclass(slots=True)
class Issue:
    """One issue as a file has it; NaN where it is silent."""

    name: str
    proposal: str
    council: str
    procedure: str
    rule: str
    year: int
    wave: str
    reference: float
    outcome: float
    position: dict[str, float] = field(default_factory=dict[str, float])
    salience: dict[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Decisions:
    """Issues of proposals, as arrays.

    Attributes:
        issue, proposal, council, procedure, rule, wave: of each issue. ``rule`` is the Council's
            voting rule; issues of one proposal are decided together.
        year: when the proposal was introduced. Axis (case,).
        actors: Commission, Parliament and member states, the columns of ``table``.
        table: positions of those whose salience is known too; power as votes or people.
        outcome: 0 to 100, NaN where it is not known. Axis (case,).
    """

    issue: tuple[str, ...]
    proposal: tuple[str, ...]
    council: tuple[str, ...]
    procedure: tuple[str, ...]
    rule: tuple[str, ...]
    wave: tuple[str, ...]
    year: Ints
    actors: tuple[str, ...]
    table: Table
    outcome: Floats

    def __len__(self) -> int:
        return len(self.issue)

    def scored(self) -> Decisions:
        """Those whose outcome is known and on which at least three actors take a position."""
        enough = self.table.present().sum(axis=1) >= FEWEST
        return self.of(enough & ~np.isnan(self.outcome))

    def of(self, chosen: Bools) -> Decisions:
        """Some of the issues. ``chosen`` has axis (case,)."""
        rows = np.flatnonzero(chosen)

        def names(column: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(column[row] for row in rows.tolist())

        table = self.table
        return replace(
            self, issue=names(self.issue), proposal=names(self.proposal),
            council=names(self.council), procedure=names(self.procedure), rule=names(self.rule),
            wave=names(self.wave), year=self.year[rows], outcome=self.outcome[rows],
            table=Table(table.position[rows], table.salience[rows], table.power[rows],
                        table.reference[rows]),
        )  # fmt: skip

    def digest(self) -> str:
        """SHA-256 of all of it, the same for the same issues in whatever form they came."""
        content = sha256("\n".join((*self.issue, *self.proposal, *self.rule, *self.wave)).encode())
        table = self.table
        arrays = (table.position, table.salience, table.power, table.reference, self.outcome)
        for array in arrays:
            content.update(np.where(np.isnan(array), -1.0, array).astype("<f8").tobytes())
        return content.hexdigest()

    def setters(self) -> Floats:
        """Positions of Commission and Parliament. Axes (case, setter)."""
        return self.table.position[:, [self.actors.index(name) for name in SETTERS]]


def wave_of(year: int) -> str:
    """The wave of the data that a proposal of this year belongs to."""
    return "I" if year < _SECOND_WAVE else "II" if year < _THIRD_WAVE else "III"


def number_or_none(
    row: Row, column: int, what: str, high: float, account: Account, address: str
) -> float:
    """A number from 0 to ``high``; NaN where the field is empty, or wrong and noted."""
    text = row.text(column)
    if not text:
        return NAN
    number = as_number(text)
    if number is not None and 0.0 <= number <= high:
        return number
    account.wrong(
        row.at(column), f"found {shown(text)} as {what}", f"a number from 0 to {high:g}, or nothing",
        "correct it, or leave it empty", address,
    )  # fmt: skip
    return NAN


def columns(header: Row, needed: tuple[str, ...], account: Account) -> Callable[[str], int]:
    """Where each column stands, by its heading. Notes those that are missing, and stops."""
    found = {one.text: index for index, one in reversed(list(enumerate(header.fields)))}
    missing = [name for name in needed if name not in found]
    if missing:
        account.wrong(
            header.place, f"no column {', '.join(missing)}",
            f"the columns {', '.join(needed)}", "is this the right file? See its documentation",
        )  # fmt: skip
        account.stop_if_wrong()
    return found.__getitem__


def assembled(found: Iterable[Issue], seats: Mapping[str, Seat], place: Place) -> Decisions:
    """Arrays from what a file has, by name, so that a file's order does not matter.

    Raises SituationError where it has no issue.
    """
    issues = sorted(found, key=lambda one: one.name)
    if not issues:
        account = Account()
        account.wrong(place, "no issue", "a row for each issue", "is the file complete?")
        account.stop_if_wrong()
    actors = (*SETTERS, *sorted(seats))
    position, salience = _array(issues, actors, "position"), _array(issues, actors, "salience")
    unknown = np.isnan(position) | np.isnan(salience)
    year = np.array([one.year for one in issues], dtype=np.int64)
    states = np.array([[seats[name].power(one) for name in actors[2:]] for one in year.tolist()])
    largest = states.max(axis=1, keepdims=True)
    return Decisions(
        tuple(one.name for one in issues), tuple(one.proposal for one in issues),
        tuple(one.council for one in issues), tuple(one.procedure for one in issues),
        tuple(one.rule for one in issues), tuple(one.wave for one in issues), year, actors,
        Table(
            np.where(unknown, np.nan, position), np.where(unknown, 0.0, salience / FULL),
            np.concatenate([largest, largest, states], axis=1),
            np.array([one.reference for one in issues]),
        ),
        np.array([one.outcome for one in issues]),
    )  # fmt: skip


def _array(issues: list[Issue], actors: tuple[str, ...], what: str) -> Floats:
    return np.array([[getattr(one, what).get(name, NAN) for name in actors] for one in issues])


def known_actors(seats: Mapping[str, Seat] = SEATS) -> frozenset[str]:
    """Names that an actor of the data may have."""
    return frozenset({*SETTERS, *seats})
