"""Data of the exchange model (Stokman & Van Oosten 1994), as the program DECIDE reads it.

Each line starts with a mark: ``#A`` an actor, ``#P`` an issue, ``#M`` a point of an issue and
what it means, ``#D`` an actor's position, salience and power on an issue; ``#O`` and ``#/`` are
remarks. Salience and power are 0 to 1. An issue runs from its lowest to its highest ``#M``, or from
0 to 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from detente.delimited import Row
from detente.interchange.naming import label
from detente.interchange.reading import Source
from detente.interchange.record import Account, Settings, listed
from detente.interchange.scales import Scale, Seat, Table
from detente.interchange.tables import number_in, rows_of

MARKS = ("#A", "#P", "#M", "#D")
REMARKS = ("#/", "#0", "#O")
LARGEST = 1e9


def looks_like_decide(source: Source) -> bool:
    """Whether lines start with the marks of the format."""
    starts = {line.lstrip(" '\"")[:2].upper() for line in source.text.splitlines() if line.strip()}
    return {"#A", "#D"} <= starts


@dataclass(slots=True)
class _Found:
    actors: dict[str, str] = field(default_factory=dict[str, str])
    issues: dict[str, str] = field(default_factory=dict[str, str])
    marks: dict[str, dict[float, str]] = field(default_factory=dict[str, dict[float, str]])
    rows: dict[tuple[str, str], Row] = field(default_factory=dict[tuple[str, str], Row])
    uneven: list[str] = field(default_factory=list[str])
    silent: list[str] = field(default_factory=list[str])


def read_decide(sources: Sequence[Source], _: Settings, account: Account) -> Table:
    """The table in this file. Raises SituationError with every mistake."""
    source = sources[0]
    found = _Found()
    for row in rows_of(source, account):
        _take(row, found, account)
    scales = {name: _scale(name, found) for name in found.issues}
    seats = tuple(_seat(name, scales, found, account) for name in found.actors)
    _check_references(found, account)
    account.stop_if_wrong()
    _tell(found, account)
    return Table(source.path.stem, tuple(scales.values()), seats)


def _take(row: Row, found: _Found, account: Account) -> None:
    mark = row.text(0).upper()
    if mark == "#A":
        _name(row, found.actors, "actor", account)
    elif mark == "#P":
        _name(row, found.issues, "issue", account)
    elif mark == "#M":
        point = number_in(row, 2, "the point", -LARGEST, LARGEST, account)
        if point is not None:
            found.marks.setdefault(row.text(1), {})[point] = row.text(3)
    elif mark == "#D":
        key = (row.text(1), row.text(2))
        if key in found.rows:
            account.wrong(
                row.at(0), f"a second #D for {label(key[0])} on {label(key[1])}", "one each",
                "drop one of them",
            )  # fmt: skip
        found.rows.setdefault(key, row)
    elif not mark.startswith(REMARKS):
        account.wrong(
            row.at(0), f"a line that starts with {label(row.text(0))!r}",
            f"{', '.join(MARKS)}, or {' and '.join(REMARKS)} for remarks", "give it a mark",
        )  # fmt: skip


def _name(row: Row, names: dict[str, str], what: str, account: Account) -> None:
    key = row.text(1)
    if not key or key in names:
        account.wrong(
            row.at(1), f"a second {what} {label(key)!r}" if key else f"an {what} without a key",
            "a key, each once", "rename one of them",
        )  # fmt: skip
    names.setdefault(key, row.text(2) or key)


def _scale(name: str, found: _Found) -> Scale:
    marks = found.marks.get(name, {})
    low, high = (min(marks), max(marks)) if len(marks) > 1 else (0.0, 100.0)
    if len(marks) < 2:
        found.silent.append(label(name))
    return Scale(name, found.issues[name], low, high, tuple(sorted(marks.items())))


def _seat(name: str, scales: dict[str, Scale], found: _Found, account: Account) -> Seat:
    position: dict[str, float] = {}
    salience: dict[str, float] = {}
    power: list[float] = []
    for issue, scale in scales.items():
        row = found.rows.get((name, issue))
        if row is None:
            continue
        where = number_in(row, 3, "the position", scale.low, scale.high, account)
        weight = number_in(row, 4, "the salience", 0.0, 1.0, account)
        might = number_in(row, 5, "the power", 0.0, 1.0, account)
        if where is not None and weight is not None and might is not None:
            position[issue], salience[issue] = where, weight
            power.append(might)
    if power and max(power) > min(power):
        found.uneven.append(f"{label(name)} ({min(power):g} to {max(power):g})")
    return Seat(name, found.actors[name], fmean(power) if power else 0.0, position, salience)


def _check_references(found: _Found, account: Account) -> None:
    for (actor, issue), row in found.rows.items():
        for key, known, index, mark in (
            (actor, found.actors, 1, "#A"), (issue, found.issues, 2, "#P"),
        ):  # fmt: skip
            if key not in known:
                account.wrong(
                    row.at(index), f"{label(key)} has no line {mark}", f"keys of {mark}",
                    f"add a line {mark}, or correct the key",
                )  # fmt: skip
    stray = [label(name) for name in found.marks if name not in found.issues]
    if stray:
        account.left_out(f"#M of issues without #P: {listed(stray)}")


def _tell(found: _Found, account: Account) -> None:
    if found.silent:
        account.chosen(
            f"fewer than two #M, so from 0 to 100, as in the source's program: {listed(found.silent)}"
        )
    if found.uneven:
        account.left_out(f"that power differs by issue; its mean was taken: {listed(found.uneven)}")
    silent = [
        f"{label(actor)} on {label(issue)}"
        for actor in found.actors
        for issue in found.issues
        if (actor, issue) not in found.rows
    ]
    if silent:
        account.chosen(f"no position, so no salience: {listed(silent)}")
