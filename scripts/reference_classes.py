"""Count the reference classes of `detente outside`, and write src/detente/outside/counts.csv.

    python scripts/reference_classes.py DATA_DIR [--check]

DATA_DIR holds other people's data, a folder each: unsc_meetings, mid_settlement, icb_v14 and
ucdp_peace_termination. Their sources, and the rules by which each class is counted, stand in
src/detente/outside/classes.yaml. The leaders' meetings are counted from the project's own
table, src/detente/outside/summits.csv. With --check nothing is written; it fails if the
shipped counts are not those of the data.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from detente.files import write_text
from detente.outside.classes import COUNTS
from detente.outside.summits import CLASSES, Counted, count
from detente.outside.survival import Survival, kaplan_meier

HEADINGS = (
    "id", "n", "k", "first", "last", "left_out", "certain_n", "certain_k",
    "cases", "ended", "share", "low", "high",
)  # fmt: skip
UNITED_STATES, RUSSIA = 2, 365  # state codes of the Correlates of War
FORMAL, MEDIATED, NOT_MEDIATED = 1, {4}, {1, 2, 3}
NEGOTIATED, MISSING, WAR = 1, -9, 5
AGREEMENT, CEASEFIRE, INTERSTATE = 1, 2, 2
END_OF_AGREEMENTS, END_OF_FIGHTING = date(2021, 12, 31), 2020
DAYS_A_YEAR = 365.25
YEARS = (1, 2, 5, 10)

FILES = (
    "unsc_meetings/unsc_1946_2019.xlsx", "mid_settlement/gml_mid_disps.csv",
    "mid_settlement/gml_dirdisp.csv", "icb_v14/icb1v14.csv",
    "ucdp_peace_termination/ucdp-peace-agreements-221.csv",
    "ucdp_peace_termination/ucdp-term-dyad-3-2021.csv",
)  # fmt: skip
UNUSABLE = 2

Row = dict[str, str]
Line = dict[str, str]


def tables(path: Path) -> list[Row]:
    """A CSV file as rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> int | None:
    """A code, or None where the cell is empty."""
    return int(float(text)) if text.strip() else None


def counted(name: str, cases: Iterable[tuple[int, bool]], left_out: int = 0) -> Line:
    """A line from (year, whether it counts) pairs."""
    known = list(cases)
    years = [year for year, _ in known]
    return {
        "id": name, "n": str(len(known)), "k": str(sum(yes for _, yes in known)),
        "first": str(min(years)), "last": str(max(years)), "left_out": str(left_out),
    }  # fmt: skip


def followed(name: str, found: Survival, years: list[int]) -> Line:
    """A line from a survival estimate: the counts are those that would be as uncertain."""
    k, n = found.counted
    return {
        "id": name, "n": f"{n:.4f}", "k": f"{k:.4f}", "first": str(min(years)),
        "last": str(max(years)), "left_out": "0", "cases": str(found.cases),
        "ended": str(found.ended), "share": f"{found.share:.6f}", "low": f"{found.low:.6f}",
        "high": f"{found.high:.6f}",
    }  # fmt: skip


def summits() -> Iterator[Line]:
    """Leaders' meetings planned and held, and signed at."""
    return (_summits(name, count(name)) for name in CLASSES)


def _summits(name: str, found: Counted) -> Line:
    return {
        "id": name, "n": str(found.n), "k": str(found.k), "first": str(found.first),
        "last": str(found.last), "left_out": str(found.left_out),
        "certain_n": str(found.certain_n), "certain_k": str(found.certain_k),
    }  # fmt: skip


def security_council(folder: Path) -> Iterator[Line]:
    """Meetings by result, and votes by result."""
    with closing(load_workbook(folder / "unsc_1946_2019.xlsx", read_only=True)) as book:
        sheet = book.active.iter_rows(min_row=2, values_only=True)
        rows = [(int(row[0]), str(row[3] or "")) for row in sheet]
    yield counted("unsc-meetings-resolution", ((y, "S/RES/" in text) for y, text in rows))
    yield counted(
        "unsc-meetings-product",
        ((y, "S/RES/" in text or "PRST" in text) for y, text in rows),
    )
    votes = [(year, adopted) for year, text in rows for adopted in votes_in(text)]
    yield counted("unsc-votes-adopted", votes)
    yield counted("unsc-votes-adopted-since-1992", (vote for vote in votes if vote[0] >= 1992))


def votes_in(result: str) -> list[bool]:
    """Of each draft that a result tells of, whether it was adopted."""
    adopted = len(re.findall(r"S/RES/", result))
    failed = len(re.findall(r"vetoed|not adopted", result))
    return [True] * adopted + [False] * failed


def disputes(folder: Path) -> Iterator[Line]:
    """Militarised disputes settled by negotiation."""
    rows = tables(folder / "gml_mid_disps.csv")

    def line(name: str, which: Callable[[Row], bool]) -> Line:
        some = [row for row in rows if which(row)]
        known = [row for row in some if number(row["settle"]) != MISSING]
        return counted(
            name, ((number(r["styear"]) or 0, number(r["settle"]) == NEGOTIATED) for r in known),
            len(some) - len(known),
        )  # fmt: skip

    yield line("mid-negotiated", lambda _: True)
    yield line("mid-negotiated-since-1946", lambda row: (number(row["styear"]) or 0) >= 1946)
    yield line("mid-negotiated-war", lambda row: number(row["hostlev"]) == WAR)
    between = {
        row["dispnum"]
        for row in tables(folder / "gml_dirdisp.csv")
        if {number(row["ccode1"]), number(row["ccode2"])} == {UNITED_STATES, RUSSIA}
    }
    yield line("mid-negotiated-us-russia", lambda row: row["dispnum"] in between)


def crises(folder: Path) -> Iterator[Line]:
    """International crises that ended with a formal agreement."""
    rows = tables(folder / "icb1v14.csv")

    def line(name: str, codes: set[int] | None) -> Line:
        some = [row for row in rows if codes is None or number(row["mediate"]) in codes]
        known = [row for row in some if number(row["forout"]) is not None]
        return counted(
            name, ((number(r["yrtrig"]) or 0, number(r["forout"]) == FORMAL) for r in known),
            len(some) - len(known),
        )  # fmt: skip

    yield line("icb-formal", None)
    yield line("icb-formal-mediated", MEDIATED)
    yield line("icb-formal-unmediated", NOT_MEDIATED)


def agreements(folder: Path) -> Iterator[Line]:
    """Peace agreements that outlast a time, in years."""
    found: list[tuple[float, bool]] = []
    years: list[int] = []
    for row in tables(folder / "ucdp-peace-agreements-221.csv"):
        signed, over = day(row["pa_date"]), row["ended"] == "True"
        end = day(row["duration"]) if over else None
        last = end or END_OF_AGREEMENTS
        if signed is None or last < signed or (over and end is None):
            continue
        found.append((max((last - signed).days, 0.5) / DAYS_A_YEAR, over))
        years.append(signed.year)
    for at in YEARS:
        yield followed(f"peace-agreements-{at}y", kaplan_meier(found, at), years)


def day(text: str) -> date | None:
    """The date that a cell begins with, if any."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def quiet(folder: Path) -> Iterator[Line]:
    """Armed conflicts of two sides, ended by agreement, that stay quiet, in years."""
    rows = tables(folder / "ucdp-term-dyad-3-2021.csv")
    fought: dict[str, list[int]] = {}
    for row in rows:
        fought.setdefault(row["dyad_id"], []).append(int(row["year"]))

    def line(name: str, which: Callable[[Row], bool]) -> Line:
        ends = [
            row for row in rows
            if number(row["outcome"]) in {AGREEMENT, CEASEFIRE} and which(row)
        ]  # fmt: skip
        cases: list[tuple[float, bool]] = []
        for row in ends:
            year = int(row["year"])
            again = min((y for y in fought[row["dyad_id"]] if y > year), default=None)
            cases.append(((again or END_OF_FIGHTING) - year, again is not None))
        return followed(name, kaplan_meier(cases, 5), [int(row["year"]) for row in ends])

    yield line("agreed-ends-quiet-5y", lambda _: True)
    yield line(
        "interstate-agreed-ends-quiet-5y",
        lambda row: number(row["type_of_conflict2"]) == INTERSTATE,
    )


def every_line(data: Path) -> Iterator[Line]:
    """All classes, in the order of the shipped table."""
    yield from summits()
    yield from security_council(data / "unsc_meetings")
    yield from disputes(data / "mid_settlement")
    yield from crises(data / "icb_v14")
    yield from agreements(data / "ucdp_peace_termination")
    yield from quiet(data / "ucdp_peace_termination")


def table(lines: Iterable[Line]) -> str:
    """The lines as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def main(data: Path, *, check: bool) -> int:
    """Write the table, or say whether the shipped one is that of the data."""
    text = table(every_line(data))
    if check:
        same = COUNTS.read_text(encoding="utf-8") == text
        print("the counts are those of the data" if same else f"{COUNTS} is out of date")
        return 0 if same else 1
    write_text(COUNTS, text)
    print(text, end="")
    return 0


def asked(arguments: Sequence[str]) -> int:
    """What is asked on the command line; one line and exit code 2 where it cannot be done."""
    given = [one for one in arguments if one != "--check"]
    if len(given) != 1:
        print("usage: python scripts/reference_classes.py DATA_DIR [--check]", file=sys.stderr)
        return UNUSABLE
    data = Path(given[0])
    missing = [name for name in FILES if not (data / name).is_file()]
    if missing:
        told = f"without {', '.join(missing)}" if data.is_dir() else "no such folder"
        print(
            f"{data}: {told}; a folder with the files of "
            "unsc_meetings, mid_settlement, icb_v14 and ucdp_peace_termination is allowed",
            file=sys.stderr,
        )
        return UNUSABLE
    return main(data, check=len(given) < len(arguments))


if __name__ == "__main__":
    sys.exit(asked(sys.argv[1:]))
