"""The reference classes that ship with Detente: what is counted, how many, from where."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from detente.addresses import suggestion
from detente.errors import UsageError
from detente.outside import summits
from detente.yamltree import parse_tree

FOLDER = Path(__file__).parent
WORDS = FOLDER / "classes.yaml"
COUNTS = FOLDER / "counts.csv"


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a class is a survival estimate: what it was estimated from.

    Attributes:
        years: the time that is outlasted.
        cases: how many were followed.
        ended: how many are known to have ended by then.
        share, low, high: Kaplan-Meier with its 95 % log-log interval.
    """

    years: int
    cases: int
    ended: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """Cases like the one at hand, and how many went so.

    Attributes:
        id: its name in a situation file.
        title: what the cases are.
        counts: what the counted ones did.
        n, k: how many cases, and how many of them count; of a survival estimate the counts
            that would give the same share with the same error.
        first, last: years of the first and the last case.
        left_out: cases without a code.
        certain: (n, k) of the rows that are not marked uncertain, if any are marked.
        followed: of a survival estimate, what it was estimated from.
        source, rules, caveats: where from, how coded, and what to mind.
    """

    id: str
    title: str
    counts: str
    n: float
    k: float
    first: int
    last: int
    left_out: int
    certain: tuple[int, int] | None
    followed: Followed | None
    source: str
    rules: str
    caveats: str


@cache
def class_names() -> tuple[str, ...]:
    """Names of all classes, in the order of the table of counts."""
    return tuple(row["id"] for row in _counts())


@cache
def reference_classes() -> Mapping[str, ReferenceClass]:
    """Every class by its name."""
    words = {str(one["id"]): one for one in parse_tree(WORDS.read_bytes(), WORDS.name).data}
    return MappingProxyType({row["id"]: _class(row, words[row["id"]]) for row in _counts()})


def reference_class(name: str) -> ReferenceClass:
    """One class. Raises UsageError with the nearest name for one that is not there."""
    known = reference_classes()
    if name not in known:
        raise UsageError(
            f"{name}: no such reference class; those of detente outside --list; "
            f"{suggestion(name, known)}"
        )
    return known[name]


def known_before(found: ReferenceClass, day: date | None) -> ReferenceClass:
    """The class as it stood on the eve of ``day``, where its cases are at hand one by one.

    Others stay as they are: ``last`` tells whether they hold later cases.
    """
    if day is None or found.id not in summits.CLASSES:
        return found
    then = summits.count(found.id, before=day)
    return replace(
        found, n=float(then.n), k=float(then.k), first=then.first, last=then.last,
        left_out=then.left_out, certain=(then.certain_n, then.certain_k),
    )  # fmt: skip


def _counts() -> list[dict[str, str]]:
    with COUNTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _class(row: Mapping[str, str], words: Mapping[str, Any]) -> ReferenceClass:
    return ReferenceClass(
        id=row["id"],
        title=str(words["title"]),
        counts=str(words["counts"]),
        n=float(row["n"]),
        k=float(row["k"]),
        first=int(row["first"]),
        last=int(row["last"]),
        left_out=int(row["left_out"]),
        certain=(int(row["certain_n"]), int(row["certain_k"])) if row["certain_n"] else None,
        followed=_followed(row, words),
        source=str(words["source"]),
        rules=str(words["rules"]),
        caveats=str(words["caveats"]),
    )


def _followed(row: Mapping[str, str], words: Mapping[str, Any]) -> Followed | None:
    if not row["cases"]:
        return None
    share, low, high = (float(row[name]) for name in ("share", "low", "high"))
    return Followed(
        int(words["at_years"]), int(row["cases"]), int(row["ended"]), share, low, high
    )  # fmt: skip
