"""Decision-making in the EU as tidy tables: issues, positions of actors, power in the Council."""

from __future__ import annotations

from dataclasses import dataclass

from detente.addresses import suggestion
from detente.checking import shown
from detente.delimited import Row
from detente.interchange.council import SEATS, Seat
from detente.interchange.deu_record import (
    FULL,
    Decisions,
    Issue,
    assembled,
    columns,
    known_actors,
    number_or_none,
)
from detente.interchange.reading import Source
from detente.interchange.record import Account
from detente.interchange.tables import rows_of

MOST_ROWS = 200_000
MOST_POWER = 1e6
ISSUE_COLUMNS = (
    "issue_id", "proposal_id", "council", "proc", "council_rule", "intro_year", "wave",
    "reference_point", "outcome",
)  # fmt: skip
POSITION_COLUMNS = ("issue_id", "actor", "position", "salience")
POWER_COLUMNS = ("actor", "pre_nice_votes", "nice_votes", "population_2019_millions")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class Tidy:
    """The files: issues, positions, and power where it is given."""

    issues: Source
    positions: Source
    power: Source | None


def read_tidy(tidy: Tidy) -> Decisions:
    """The issues with who stood where. Raises SituationError with every mistake of every file."""
    account = Account()
    seats = SEATS if tidy.power is None else _seats(tidy.power, account)
    issues = _issues(tidy.issues, account)
    _positions(tidy.positions, issues, known_actors(seats), account)
    account.stop_if_wrong()
    return assembled(issues.values(), seats, tidy.issues.place)


def _issues(source: Source, account: Account) -> dict[str, Issue]:
    rows = rows_of(source, account, most=MOST_ROWS)
    at = columns(rows[0], ISSUE_COLUMNS, account)
    found: dict[str, Issue] = {}
    for row in rows[1:]:
        name = row.text(at("issue_id"))
        if not name or name in found:
            account.wrong(
                row.at(at("issue_id")), "a second row of this issue" if name else "no issue_id",
                "one row an issue, with its name", "drop or rename one", name,
            )  # fmt: skip
        found[name] = Issue(
            name, row.text(at("proposal_id")), row.text(at("council")), row.text(at("proc")),
            row.text(at("council_rule")), _year(row, at("intro_year"), name, account),
            row.text(at("wave")),
            number_or_none(row, at("reference_point"), "the reference point", FULL, account, name),
            number_or_none(row, at("outcome"), "the outcome", FULL, account, name),
        )  # fmt: skip
    return found


def _year(row: Row, column: int, name: str, account: Account) -> int:
    text = row.text(column)
    if text.isdecimal() and _FIRST_YEAR <= int(text[:9]) <= _LAST_YEAR:
        return int(text)
    account.wrong(
        row.at(column), f"found {shown(text)} as the year of introduction",
        f"a year from {_FIRST_YEAR} to {_LAST_YEAR}", "correct it", name,
    )  # fmt: skip
    return 0


def _positions(
    source: Source, issues: dict[str, Issue], actors: frozenset[str], account: Account
) -> None:
    rows = rows_of(source, account, most=MOST_ROWS)
    at = {name: columns(rows[0], POSITION_COLUMNS, account)(name) for name in POSITION_COLUMNS}
    for row in rows[1:]:
        issue, actor = row.text(at["issue_id"]), row.text(at["actor"])
        if issue not in issues:
            account.wrong(
                row.at(at["issue_id"]), f"unknown issue {shown(issue)}",
                "an issue_id of the file of issues", suggestion(issue, issues),
            )  # fmt: skip
        elif actor not in actors:
            account.wrong(
                row.at(at["actor"]), f"unknown actor {shown(actor)}",
                "com, ep or a member state of the file of power", suggestion(actor, actors), issue,
            )  # fmt: skip
        elif actor in issues[issue].position:
            account.wrong(
                row.at(at["actor"]), f"a second row of {actor}", "one row an actor and issue",
                "drop one", issue,
            )  # fmt: skip
        else:
            address = f"{issue}.{actor}"
            one = issues[issue]
            one.position[actor] = number_or_none(
                row, at["position"], "a position", FULL, account, address
            )
            one.salience[actor] = number_or_none(
                row, at["salience"], "a salience", FULL, account, address
            )


def _seats(source: Source, account: Account) -> dict[str, Seat]:
    rows = rows_of(source, account)
    at = columns(rows[0], POWER_COLUMNS, account)
    found: dict[str, Seat] = {}
    for row in rows[1:]:
        name = row.text(at("actor"))
        old, nice, millions = (
            number_or_none(row, at(column), column, MOST_POWER, account, name)
            for column in POWER_COLUMNS[1:]
        )
        if not name or name in found:
            account.wrong(
                row.at(at("actor")), "a second row of this state" if name else "no actor",
                "one row a member state", "drop one", name,
            )  # fmt: skip
        found[name] = Seat(_or_none(old), _or_none(nice), _or_none(millions) or 0.0)
    return found


def _or_none(number: float) -> float | None:
    return None if number != number else number  # noqa: PLR0124 -- NaN is the empty field
