"""Scenarios of GeniusWeb, the successor of Genius, in JSON: each profile brings its domain along.

A domain that stands in a file of its own is compared with that of the profiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.interchange.genius import issue_of_range
from detente.interchange.naming import label
from detente.interchange.plain_data import Reader, as_number, parse
from detente.interchange.reading import Source
from detente.interchange.record import Account, Settings, listed
from detente.interchange.scenario import Profile, Range, Scenario, ScenarioIssue, number_text
from detente.yamltree import TreePath

SPACE = "LinearAdditiveUtilitySpace"
DISCRETE = ("DiscreteValueSetUtilities", "discreteutils")
NUMBERS = ("NumberValueSetUtilities", "numberutils")
KNOWN = frozenset({"issueUtilities", "issueWeights", "domain", "name", "reservationBid"})


def is_geniusweb(data: Any) -> bool:
    """Whether this is a profile or a domain of GeniusWeb."""
    return isinstance(data, dict) and (SPACE in data or "issuesValues" in data)


def read_geniusweb(sources: Sequence[Source], settings: Settings, account: Account) -> Scenario:
    """The scenario in these files. Raises SituationError."""
    readers = [(source, Reader(parse(source), account)) for source in sources]
    profiles = [(s, r) for s, r in readers if isinstance(r.at((SPACE,)), dict)]
    for source, reader in readers:
        if not is_geniusweb(reader.tree.data):
            account.left_out(f"{source.file}: neither a profile nor a domain")
    if len(profiles) < 2:
        account.wrong(
            sources[0].place, f"{len(profiles)} profile{'s' * (len(profiles) != 1)}",
            f"at least two profiles ({SPACE})", "name their files, or the folder that holds them",
        )  # fmt: skip
    account.stop_if_wrong()
    _, first = profiles[0]
    domain: TreePath = (SPACE, "domain")
    issues = _issues(first, domain, settings)
    account.stop_if_wrong()
    expected = first.table((*domain, "issuesValues"))
    for source, reader in readers:
        at = domain if SPACE in reader.tree.data else ()
        if is_geniusweb(reader.tree.data) and reader.at((*at, "issuesValues")) != expected:
            account.wrong(
                source.place, "another domain than that of the first profile", "one domain",
                "name the files of one scenario",
            )  # fmt: skip
    account.stop_if_wrong()
    read = [_profile(source, reader, issues) for source, reader in profiles]
    account.stop_if_wrong()
    return Scenario(str(first.at((*domain, "name")) or sources[0].path.stem), issues, tuple(read))


def _issues(reader: Reader, domain: TreePath, settings: Settings) -> tuple[ScenarioIssue, ...]:
    path: TreePath = (*domain, "issuesValues")
    return tuple(_issue(reader, (*path, name), name, settings) for name in reader.table(path))


def _issue(reader: Reader, path: TreePath, name: str, settings: Settings) -> ScenarioIssue:
    if reader.at((*path, "range")) is not None:
        low, high = (reader.number((*path, "range", end)) for end in (0, 1))
        if low > high:
            reader.wrong((*path, "range"), "[lowest, highest, step]", "put the ends in order")
            return ScenarioIssue(name, ("?",))
        whole = reader.number((*path, "range", 2), 0.0) == 1.0
        return issue_of_range(name, Range(low, high, whole), settings, reader.account)
    values = [_text(value) for value in reader.items((*path, "values"))]
    if not values or len(set(values)) < len(values):
        reader.wrong((*path, "values"), "values, each once", "give every value once")
    return ScenarioIssue(name, tuple(values) or ("?",))


def _text(value: object) -> str:
    return number_text(value) if isinstance(value, float) else str(value)


def _profile(source: Source, reader: Reader, issues: tuple[ScenarioIssue, ...]) -> Profile:
    extra = [key for key in reader.table((SPACE,)) if key not in KNOWN]
    if extra:
        reader.account.left_out(f"{source.file}: {listed(extra)}")
    worth = tuple(_row(reader, issue) for issue in issues)
    name = str(reader.at((SPACE, "name")) or source.path.stem)
    return Profile(name, worth, 0.0, _reserved(reader, issues, worth))


def _row(reader: Reader, issue: ScenarioIssue) -> tuple[float, ...]:
    weight = reader.number((SPACE, "issueWeights", issue.name))
    path: TreePath = (SPACE, "issueUtilities", issue.name)
    for key in DISCRETE:
        if reader.at((*path, key)) is not None:
            at: TreePath = (*path, key, "valueUtilities")
            return tuple(weight * reader.number((*at, value)) for value in issue.values)
    for key in NUMBERS:
        if reader.at((*path, key)) is not None and issue.numbers is not None:
            return tuple(weight * x for x in _straight(reader, (*path, key), issue.numbers))
    reader.wrong(path, f"{DISCRETE[0]}, or {NUMBERS[0]} for a range", "state the utilities")
    return tuple(0.0 for _ in issue.values)


def _straight(reader: Reader, path: TreePath, points: tuple[float, ...]) -> list[float]:
    """Straight from the utility of the lowest value to that of the highest."""
    low, high = reader.number((*path, "lowValue")), reader.number((*path, "highValue"))
    bottom, top = reader.number((*path, "lowUtility")), reader.number((*path, "highUtility"))
    if low == high:
        return [bottom for _ in points]
    return [bottom + (top - bottom) * (x - low) / (high - low) for x in points]


def _reserved(
    reader: Reader, issues: tuple[ScenarioIssue, ...], worth: tuple[tuple[float, ...], ...]
) -> float | None:
    """The utility of the reservation bid, if it is a whole one."""
    path: TreePath = (SPACE, "reservationBid")
    if reader.at(path) is None:
        return None
    total = 0.0
    for issue, row in zip(issues, worth, strict=True):
        value = reader.at((*path, "issuevalues", issue.name))
        text = _text(value)
        number = as_number(value) if issue.numbers is not None else None
        text = text if number is None else number_text(number)
        if text not in issue.values:
            reader.account.chosen(
                f"the reservation bid says {label(text)} of {label(issue.name)}, which is no option: "
                "taken as no reservation"
            )
            return None
        total += row[issue.values.index(text)]
    return total
