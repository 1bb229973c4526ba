"""The original table of Decision-making in the EU: a row an issue, a column an actor's position.

Columns pcom, pep, pat and so on are positions, scom, sep, sat saliences, rp the reference
point, out the outcome. The second row holds gross domestic products and no issue.
"""

from __future__ import annotations

import re

from detente.delimited import Row
from detente.interchange.council import SEATS
from detente.interchange.deu_record import (
    FULL,
    SETTERS,
    Decisions,
    Issue,
    assembled,
    columns,
    number_or_none,
    wave_of,
)
from detente.interchange.reading import Source
from detente.interchange.record import Account
from detente.interchange.tables import rows_of

ACTORS = (*SETTERS, *sorted(SEATS))
_PLAIN = ("isnr", "prnr", "council", "proc", "counvte", "intro", "rp", "out")
COLUMNS = (*_PLAIN, *(kind + actor for kind in "ps" for actor in ACTORS))
_DAY_FIRST = re.compile(r"\d{2}-\d{2}-(?:(?P<short>\d{2})|(?P<long>\d{4}))")
_TURNED = re.compile(r"(?:19|20)\d{2}-\d{2}-(?P<short>\d{2})")


def looks_wide(source: Source) -> bool:
    """Whether the first line names the columns of the original."""
    return {"isnr", "prnr", "pcom", "scom"} <= set(re.findall(r"\w+", source.text[:2000]))


def read_wide(source: Source) -> Decisions:
    """The issues of the original. Raises SituationError with every mistake."""
    account = Account()
    rows = rows_of(source, account)
    at = {name: columns(rows[0], COLUMNS, account)(name) for name in COLUMNS}
    issues: dict[str, Issue] = {}
    for row in rows[1:]:
        name = row.text(at["isnr"])
        if not name:
            continue
        if name in issues:
            account.wrong(
                row.at(at["isnr"]), "a second row of this issue", "one row an issue",
                "drop or rename one", name,
            )  # fmt: skip
        issues[name] = _issue(row, at, name, account)
    account.stop_if_wrong()
    return assembled(issues.values(), SEATS, source.place)


def _issue(row: Row, at: dict[str, int], name: str, account: Account) -> Issue:
    year = _year(row, at["intro"], name, account)
    return Issue(
        name, row.text(at["prnr"]), row.text(at["council"]), row.text(at["proc"]),
        row.text(at["counvte"]), year, wave_of(year),
        number_or_none(row, at["rp"], "the reference point", FULL, account, name),
        number_or_none(row, at["out"], "the outcome", FULL, account, name),
        _of_actors(row, at, "p", "position", name, account),
        _of_actors(row, at, "s", "salience", name, account),
    )  # fmt: skip


def _of_actors(
    row: Row, at: dict[str, int], kind: str, what: str, name: str, account: Account
) -> dict[str, float]:
    return {
        actor: number_or_none(
            row, at[kind + actor], f"the {what} of {actor}", FULL, account, f"{name}.{actor}"
        )
        for actor in ACTORS
    }


def _year(row: Row, column: int, name: str, account: Account) -> int:
    """The year of a date, day first.

    Some dates went through a spreadsheet that read the day as the year: 14-07-04 became
    2014-07-04, and is the fourteenth of July 2004 still.
    """
    text = row.text(column)
    found = _DAY_FIRST.fullmatch(text) or _TURNED.fullmatch(text)
    if found is None:
        account.wrong(
            row.at(column), f"found {text!r} as the date of introduction" if text else "no date",
            "a date as 26-01-00 or 26-01-2000", "correct it", name,
        )  # fmt: skip
        return 0
    parts = found.groupdict()
    if parts.get("long"):
        return int(parts["long"])
    short = int(parts["short"])
    return short + (1900 if short >= 50 else 2000)
