"""A point of a situation as a scenario: utilities from 0 to 1, and reservation values."""

from __future__ import annotations

import numpy as np

from detente.bargaining.rows import TOLERANCE
from detente.interchange.point import Point, tell_of_others
from detente.interchange.scenario import Profile, Scenario, ScenarioIssue


def scenario_of(point: Point, name: str) -> Scenario:
    """The scenario among the principals of a point; its account says what is lost.

    Every party's utility is its gain, moved and divided so that its worst package is worth 0 and
    its best 1; its reservation value is its demand on the same scale. Options that no package
    left holds are dropped. Names are those of addresses.
    """
    structure = point.structure
    kept = point.kept()
    issues = tuple(
        ScenarioIssue(issue, tuple(structure.options[place].name for place in places))
        for issue, places in zip(structure.issues, kept, strict=True)
    )
    profiles = tuple(
        _profile(point, p, party, kept)
        for p, party in enumerate(structure.parties[: structure.principals])
    )
    scenario = Scenario(name, issues, profiles)
    _tell(point, scenario, kept)
    return scenario


def _profile(point: Point, p: int, party: str, kept: tuple[tuple[int, ...], ...]) -> Profile:
    rows = [point.gain[p, list(places)] for places in kept]
    least = float(sum(row.min() for row in rows))
    span = float(sum(np.ptp(row) for row in rows)) or 1.0
    worth = tuple(tuple(float(x) for x in (row - row.min()) / span) for row in rows)
    return Profile(party, worth, 0.0, (float(point.demand[p]) - least) / span)


def _tell(point: Point, scenario: Scenario, kept: tuple[tuple[int, ...], ...]) -> None:
    structure, account = point.structure, point.account
    gone = sum(structure.sizes) - sum(map(len, kept))
    if gone:
        account.taken(f"options that no package left holds are not in the scenario: {gone}")
    extra = scenario.packages - len(point.packages)
    nothing = all(sq in row for sq, row in zip(structure.status_quo, kept, strict=True))
    if extra - nothing:
        account.left_out(
            f"links and red lines that forbid {extra - nothing} of its {scenario.packages} packages: "
            "there they are allowed"
        )
    if nothing and (point.demand[: structure.principals] <= TOLERANCE).all():
        account.left_out(
            "that changing nothing is no deal: there it is a package that suits everybody"
        )
    tell_of_others(point)
