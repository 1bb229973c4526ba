"""What an import yields: a situation as data, and an account of how it was translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from detente.errors import Place, Problem, SituationError

MAX_ACTORS, MAX_ISSUES, MAX_OPTIONS, MAX_LINKS = 60, 40, 12, 60
LISTED = 6

Sort = Literal["taken", "chosen", "left out"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing an importer did: took it over, chose it where the source is silent, or left it out."""

    sort: Sort
    text: str

    def __str__(self) -> str:
        return f"{self.sort}: {self.text}"


@dataclass(frozen=True, slots=True)
class Imported:
    """A situation as plain data, in the order of the schema.

    Attributes:
        form: the format it was read in.
        files: names of the files it was read from.
        data: what a situation file holds.
        notes: what to say above a part of the file, by its path.
        remarks: what was translated how, and what was not.
    """

    form: str
    files: tuple[str, ...]
    data: dict[str, Any]
    notes: Mapping[tuple[str, ...], str]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose where a source leaves it open.

    Attributes:
        steps: most options that a range of numbers becomes, 2 to 11.
        status_quo: the option that holds without a deal, by issue, as the source writes both.
        as_genius: whether evaluations above 1 are divided by the largest of their issue, as
            Genius does; NegMAS takes them as they stand.
    """

    steps: int = MAX_OPTIONS - 1
    status_quo: Mapping[str, str] = field(default_factory=dict[str, str])
    as_genius: bool = False


@dataclass(slots=True)
class Account:
    """Problems and remarks, collected while a file is read."""

    problems: list[Problem] = field(default_factory=list[Problem])
    remarks: list[Remark] = field(default_factory=list[Remark])

    def wrong(self, place: Place, found: str, allowed: str, remedy: str, address: str = "") -> None:
        """A mistake that makes the file unusable; reading goes on to find the others."""
        self.problems.append(Problem(place, address, found, allowed, remedy))

    def taken(self, text: str) -> None:
        """Something was translated."""
        self.remarks.append(Remark("taken", text))

    def chosen(self, text: str) -> None:
        """The source is silent, and this was put in its place."""
        self.remarks.append(Remark("chosen", text))

    def left_out(self, text: str) -> None:
        """Something has no counterpart."""
        self.remarks.append(Remark("left out", text))

    def stop_if_wrong(self) -> None:
        """Raise SituationError if there is any mistake."""
        if self.problems:
            raise SituationError(self.problems)


def refusal(place: Place, found: str, allowed: str, remedy: str) -> SituationError:
    """The one mistake that ends the reading."""
    return SituationError([Problem(place, "", found, allowed, remedy)])


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Names for a sentence: the first few, and how many more."""
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")


def within_limits(account: Account, place: Place, actors: int, issues: int) -> None:
    """Note what a situation file cannot hold: too many actors or issues."""
    for count, most, what in ((actors, MAX_ACTORS, "actors"), (issues, MAX_ISSUES, "issues")):
        if count > most:
            account.wrong(
                place, f"{count} {what}", f"a situation holds at most {most} {what}",
                "leave out those that matter least",
            )  # fmt: skip
    if actors < 2:
        account.wrong(place, f"{actors} actor{'s' * (actors != 1)}", "at least two", "add another")
    if issues < 1:
        account.wrong(place, "no issue", "at least one", "add one")
