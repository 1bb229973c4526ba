"""A scenario as a situation whose zone and Nash package are the scenario's own.

A situation measures gains against a status quo; a scenario has none. So every issue gets
one more option, *no agreement*, worth to each party what its worst value there is worth,
and links make it all or nothing. With U the utility, L the sum of the worst values and S the
sum of the spans (best less worst), the gain of a package is (U - L) / S, and no deal is
worth (reservation - L) / S, the outlook. Surpluses are then the scenario's, divided by S: the
zone is the same set, and so is the package with the largest product.

Where a reservation lies beyond the span, everything of that party is shrunk until its
outlook fits between -1 and 1; shares stay what they are.

The extra option costs room. Where an issue has as many values as a situation takes, or where
the extra option makes the package space too large and a smaller one would do, one more
issue *agreement* (none or signed) takes its place: then the status quo of the others is their first
value, and the outlook is measured from the utility of those.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from detente.bargaining.layout import MOST_ENUMERATED
from detente.bargaining.space import MAX_PACKAGES
from detente.errors import Place
from detente.interchange.naming import Names, label
from detente.interchange.record import MAX_OPTIONS, Account, listed, within_limits
from detente.interchange.scenario import Profile, Scenario

NO_DEAL = "no-agreement"
SIGNED = "signed"
DIGITS = 12

Notes = dict[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Shares:
    """A party's utility in stakes.

    Attributes:
        salience: one an issue, summing to 1; all 1 for a party that likes everything alike.
        preference: one a value, by issue, 0 to 1.
        outlook: what no deal is worth, measured from the worst value of every issue, or from the
            first where an issue *agreement* stands apart.
    """

    salience: tuple[float, ...]
    preference: tuple[tuple[float, ...], ...]
    outlook: float


def situation_of(
    scenario: Scenario, place: Place, account: Account, about: str
) -> tuple[dict[str, Any], Notes]:
    """The situation as data, with what to say above its parts. Raises SituationError."""
    _check_sizes(scenario, place, account)
    apart = _needs_own_issue(scenario)
    if apart:
        scenario = _without_settled(scenario, account)
    parties = Names("party")
    who = [parties.give(profile.name) for profile in scenario.profiles]
    shares = [_shares(profile, account, apart) for profile in scenario.profiles]
    issues, ids = _issues(scenario, who, shares, apart)
    data: dict[str, Any] = {
        "detente": 1,
        "title": label(scenario.name),
        "question": "Which package do the parties agree on?",
        "about": about,
        "actors": {
            name: {"name": label(profile.name), "role": "principal", "sort": "group"}
            for name, profile in zip(who, scenario.profiles, strict=True)
        },
        "issues": issues,
        "outlook": {name: _rounded(share.outlook) for name, share in zip(who, shares, strict=True)},
        "links": _one_link(ids) if apart else ring(ids),
    }
    if not data["links"]:
        del data["links"]
    _tell(scenario, account, apart)
    return data, _notes(apart)


def _check_sizes(scenario: Scenario, place: Place, account: Account) -> None:
    within_limits(account, place, len(scenario.profiles), len(scenario.issues))
    for issue in scenario.issues:
        if len(issue.values) > MAX_OPTIONS:
            account.wrong(
                place, f"{label(issue.name)} has {len(issue.values)} values",
                f"a situation takes at most {MAX_OPTIONS} options an issue",
                "merge values that nobody tells apart",
            )  # fmt: skip
    account.stop_if_wrong()


def _needs_own_issue(scenario: Scenario) -> bool:
    """Whether the extra option does not fit, or makes too large what would else be small enough."""
    if any(len(issue.values) >= MAX_OPTIONS for issue in scenario.issues):
        return True
    total = math.prod(len(issue.values) + 1 for issue in scenario.issues)
    return total > MOST_ENUMERATED >= 2 * scenario.packages


def _without_settled(scenario: Scenario, account: Account) -> Scenario:
    """The scenario without issues of one value, which count as a constant."""
    open_ = [k for k, issue in enumerate(scenario.issues) if len(issue.values) > 1]
    settled = [issue for issue in scenario.issues if len(issue.values) == 1]
    if settled:
        told = listed([f"{label(issue.name)} ({label(issue.values[0])})" for issue in settled])
        account.taken(f"issues of one value became a constant of each utility: {told}")
    profiles = tuple(
        Profile(
            profile.name,
            tuple(profile.worth[k] for k in open_),
            profile.bias + sum(row[0] for row in profile.worth if len(row) == 1),
            profile.reserved,
        )
        for profile in scenario.profiles
    )
    return Scenario(scenario.name, tuple(scenario.issues[k] for k in open_), profiles)


def _shares(profile: Profile, account: Account, apart: bool) -> Shares:
    lows = [min(row) for row in profile.worth]
    spans = [max(row) - min(row) for row in profile.worth]
    whole = sum(spans)
    least = sum(lows) + profile.bias
    base = sum(row[0] for row in profile.worth) + profile.bias if apart else least
    reserved = least if profile.reserved is None else profile.reserved
    if whole == 0.0:
        account.chosen(f"{label(profile.name)} is indifferent between all packages")
        rows = tuple(tuple(0.0 for _ in row) for row in profile.worth)
        return Shares(tuple(1.0 for _ in spans), rows, float(reserved > least))
    over = (reserved - base) / whole
    shrunk = 1.0 / max(1.0, abs(over))
    if shrunk < 1.0:
        account.chosen(
            f"the reservation of {label(profile.name)} lies beyond its packages, so its "
            f"preferences run from 0 to {shrunk:.3g} only: the shares of gain stay what they are"
        )
    rows = tuple(
        tuple(_rounded(shrunk * (x - low) / span) if span else 0.0 for x in row)
        for row, low, span in zip(profile.worth, lows, spans, strict=True)
    )
    return Shares(tuple(_rounded(span / whole) for span in spans), rows, shrunk * over)


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}") + 0.0


def _issues(
    scenario: Scenario, who: list[str], shares: list[Shares], apart: bool
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The section ``issues``, and the real options of each."""
    names = Names("issue", {"agreement": None} if apart else {})
    data: dict[str, Any] = {}
    ids: dict[str, list[str]] = {}
    if apart:
        data["agreement"] = _agreement()
    for k, issue in enumerate(scenario.issues):
        name = names.give(issue.name)
        inside = Names("option", {} if apart else {NO_DEAL: None})
        ids[name] = [inside.give(value) for value in issue.values]
        shown = dict(zip(ids[name], map(label, issue.values), strict=True))
        extra = {} if apart else {NO_DEAL: 0.0}
        data[name] = {
            "name": label(issue.name),
            "status_quo": ids[name][0] if apart else NO_DEAL,
            "options": shown if apart else {NO_DEAL: "no agreement", **shown},
            "salience": {p: share.salience[k] for p, share in zip(who, shares, strict=True)},
            "preferences": {
                p: {**extra, **dict(zip(ids[name], share.preference[k], strict=True))}
                for p, share in zip(who, shares, strict=True)
            },
        }
    return data, ids


def _agreement() -> dict[str, Any]:
    return {
        "name": "Whether there is an agreement at all",
        "status_quo": NO_DEAL,
        "options": {NO_DEAL: "no agreement", SIGNED: "an agreement"},
    }


def ring(ids: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Links by which no agreement on one issue is none on the next, and so on all, in a ring.

    ``ids`` holds the other options of each issue.
    """
    names = list(ids)
    if len(names) == 1:
        return []
    return [
        {
            "id": f"all-or-nothing-{number}",
            "if": f"{name}.{NO_DEAL}",
            "excludes": [f"{after}.{option}" for option in ids[after]],
        }
        for number, (name, after) in enumerate(
            zip(names, [*names[1:], names[0]], strict=True), start=1
        )
    ]


def _one_link(ids: dict[str, list[str]]) -> list[dict[str, Any]]:
    rest = [f"{name}.{option}" for name, options in ids.items() for option in options[1:]]
    if not rest:
        return []
    return [{"id": "all-or-nothing", "if": f"agreement.{NO_DEAL}", "excludes": rest}]


def _tell(scenario: Scenario, account: Account, apart: bool) -> None:
    account.taken(
        "utilities became salience (the span of an issue) and preferences (0 for the worst "
        "value, 1 for the best), reservation values the outlook; the zone of possible agreement and the "
        "Nash package are those of the source"
    )
    silent = [label(p.name) for p in scenario.profiles if p.reserved is None]
    if silent:
        account.chosen(
            f"no reservation value for {listed(silent)}: no deal is worth the worst package to them"
        )
    account.chosen(
        "the source has no status quo: an issue agreement (none or signed) says whether there is "
        "a deal, and the first value of each issue stands for its status quo"
        if apart
        else f"the source has no status quo: each issue has one more option, {NO_DEAL}, and links "
        "make it all or nothing"
    )
    packages = (
        2 * scenario.packages if apart else math.prod(len(i.values) + 1 for i in scenario.issues)
    )
    tell_of_size(packages, account)
    account.chosen("power, misreading and tangible are not in the source: the defaults hold")


def tell_of_size(packages: int, account: Account) -> None:
    """Note a package space that is larger than what is allowed."""
    if packages > MAX_PACKAGES:
        account.chosen(
            f"the size was left as it is: {packages:.3g} packages, where at most {MAX_PACKAGES:.1e} are "
            "allowed; fewer options (--steps) or issues make it fit"
        )


def _notes(apart: bool) -> Notes:
    base = "the utility of the first values" if apart else "the worst value of every issue"
    return {
        ("actors",): "one principal a profile, every consent needed; power: the default, equal",
        (
            "issues",
        ): "salience and preferences are the utilities of the profiles; values drawn from "
        "nowhere else",
        ("outlook",): f"the reservation values, in stakes, measured from {base}",
        ("links",): "not in the source: they keep no agreement all or nothing",
    }
