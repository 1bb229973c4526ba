"""The table of leaders' meetings keeps its own rules, and its page counts it rightly."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src" / "detente" / "outside" / "summits.csv"
PAGE = ROOT / "docs" / "reference" / "summits.md"
COLUMNS = (
    "id", "planned_for", "place", "kind", "us_leader", "other_leader", "status", "held_on",
    "reason", "signed", "what", "source", "uncertain", "note",
)  # fmt: skip
WORDS = {
    "kind": {"summit", "margin"},
    "status": {"held", "called_off", "postponed_then_held"},
    "signed": {"yes", "no", "unclear"},
    "uncertain": {"yes", "no"},
}
MAY_BE_EMPTY = {"held_on", "reason", "what", "note"}
GRACE = 30  # days after which a meeting was postponed, by the rules of the page
Row = dict[str, str]
Days = tuple[date, date]
CLASSES: dict[str, Callable[[Row], bool]] = {
    "all": lambda _: True,
    "summits": lambda row: row["kind"] == "summit",
    "margins": lambda row: row["kind"] == "margin",
    "since 1992": lambda row: row["planned_for"] >= "1992",
    "summits since 1992": lambda row: row["planned_for"] >= "1992" and row["kind"] == "summit",
    "certain": lambda row: row["uncertain"] == "no",
}


def read() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read()
each_row = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def days(text: str) -> Days:
    """First and last day that a date of a year, a month or a day leaves open."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    assert match is not None, text
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    low = date(year, month or 1, day or 1)
    end = month or 12
    return low, date(year, end, day or calendar.monthrange(year, end)[1])


def counted(rows: list[Row]) -> list[int]:
    """Planned, held, postponed, called off, then signed, unclear and not, of those held."""
    held = [row for row in rows if row["status"] != "called_off"]
    postponed = [row for row in held if row["status"] == "postponed_then_held"]
    signed = [sum(row["signed"] == word for row in held) for word in ("yes", "unclear", "no")]
    return [len(rows), len(held), len(postponed), len(rows) - len(held), *signed]


def test_the_file_is_plain() -> None:
    """UTF-8, line feeds alone, every row with the columns of the page, no stray spaces."""
    raw = TABLE.read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    lines = list(csv.reader(raw.decode("utf-8").splitlines(), strict=True))
    assert tuple(lines[0]) == COLUMNS
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert all(cell == cell.strip() for line in lines for cell in line)


def test_ids_are_unique_and_rows_in_order() -> None:
    """A row is named once, by place and year planned or held; rows follow the plans in time."""
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*-\d{4}", name) for name in ids)
    plans = [row["planned_for"] for row in ROWS]
    assert plans == sorted(plans)
    for row in ROWS:
        assert row["id"][-4:] in {row["planned_for"][:4], row["held_on"][:4]}, row["id"]


@each_row
def test_a_row_uses_the_words_of_the_page(row: Row) -> None:
    """Closed columns hold the words allowed; only those that may be empty are."""
    for column, allowed in WORDS.items():
        assert row[column] in allowed, column
    assert not [name for name in COLUMNS if not row[name] and name not in MAY_BE_EMPTY]
    assert row["uncertain"] == "no" or row["note"], "an uncertain row says why"


@each_row
def test_dates_are_in_order_and_fit_the_status(row: Row) -> None:
    """Held rows have a day not before the plan; late ones are postponed; others have none."""
    low, high = days(row["planned_for"])
    assert low >= date(1955, 1, 1)
    if row["status"] == "called_off":
        assert row["held_on"] == ""
        assert row["reason"]
        assert (row["signed"], row["what"]) == ("no", "")
        return
    held, latest = days(row["held_on"])
    assert low <= latest
    late = (held - high).days > GRACE
    assert late == (row["status"] == "postponed_then_held")
    assert row["reason"] or not late


@each_row
def test_a_source_can_be_looked_up(row: Row) -> None:
    """Every row names a public record, and where it stands."""
    assert re.search(r"https?://\S+\.\w+|github\.com/\S+|\w+\.wikipedia\.org/\S+", row["source"])
    assert ";;" not in row["source"]


@each_row
def test_leaders_are_named_by_office_and_surname(row: Row) -> None:
    """The American side is the President; the other one of the offices the rules allow."""
    assert row["us_leader"].startswith("President ")
    office = "President|Premier|General Secretary|First Secretary"
    assert re.match(rf"(?:{office})(?: and (?:{office}))? [A-Z]", row["other_leader"])


def test_the_counts_of_the_page_are_those_of_the_file() -> None:
    """Every line of the table of counts is computed again; no decade is missing."""
    lines = re.findall(r"^\| ([\w ]+?) ((?:\| \d+ ){7})\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    shown = {name: [int(n) for n in numbers.split("|") if n.strip()] for name, numbers in lines}
    decades = {row["planned_for"][:3] + "0s" for row in ROWS}
    assert set(shown) == {*CLASSES, *decades}
    for name, numbers in shown.items():
        chosen = CLASSES.get(name, lambda row, start=name[:3]: row["planned_for"][:3] == start)
        assert numbers == counted([row for row in ROWS if chosen(row)]), name


def test_the_page_says_every_share_it_draws_from_the_counts() -> None:
    """The shares in the sentences of the page are those of the file."""
    text = " ".join(PAGE.read_text("utf-8").split())
    for name in ("all", "summits"):
        _, held, _, _, yes, unclear, no = counted([row for row in ROWS if CLASSES[name](row)])
        assert f"{yes} of {yes + no}" in text
        assert f"{yes} of {held}" in text
        assert f"{yes + unclear} of {held}" in text
    planned, held, *_ = counted(ROWS)
    certain, kept, *_ = counted([row for row in ROWS if row["uncertain"] == "no"])
    assert f"from {held} of {planned} to {kept} of {certain}" in text
