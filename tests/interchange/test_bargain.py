"""Scenarios as situations: the zone and the Nash package, against counting every package."""

from __future__ import annotations

import itertools
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import Place, SituationError
from detente.interchange.bargain import situation_of
from detente.interchange.record import Account, Imported
from detente.interchange.scenario import Profile, Scenario, ScenarioIssue

UTILITY = st.integers(-20, 20).map(lambda n: n / 8)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Two or three parties, up to three issues; one issue may be as large as a situation takes."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))
    sizes += draw(st.sampled_from([[], [2], [12]]))
    issues = tuple(
        ScenarioIssue(f"issue {k}", tuple(f"value {v}" for v in range(size)))
        for k, size in enumerate(sizes)
    )
    profiles = tuple(
        Profile(
            f"party {p}",
            tuple(tuple(draw(UTILITY) for _ in range(size)) for size in sizes),
            draw(UTILITY),
            draw(UTILITY | st.none() | st.sampled_from([-40.0, 40.0])),
        )
        for p in range(draw(st.integers(2, 3)))
    )
    return Scenario("made up", issues, profiles)


def imported(scenario: Scenario) -> Imported:
    """The situation it becomes."""
    account = Account()
    data, notes = situation_of(scenario, Place("made-up"), account, "Made up.")
    return Imported("genius", ("made-up",), data, notes, tuple(account.remarks))


def utility(profile: Profile, package: tuple[int, ...]) -> float:
    """The utility of a package."""
    return profile.bias + sum(row[o] for row, o in zip(profile.worth, package, strict=True))


def counted(scenario: Scenario) -> tuple[int, float]:
    """How many packages give everybody its reservation, and the largest product of surpluses."""
    least = [p.bias + sum(map(min, p.worth)) for p in scenario.profiles]
    needs = [
        low if p.reserved is None else p.reserved
        for p, low in zip(scenario.profiles, least, strict=True)
    ]
    products = [
        math.prod(s)
        for package in itertools.product(*(range(len(i.values)) for i in scenario.issues))
        if min(s := [utility(p, package) - need
                     for p, need in zip(scenario.profiles, needs, strict=True)]) >= -1e-9
    ]  # fmt: skip
    return len(products), max(products, default=0.0)


def product_of(scenario: Scenario, package: dict[str, str]) -> float:
    """The product of surpluses of the package a situation agrees on."""
    chosen = tuple(  # an issue of one value may have become a constant
        issue.values.index(package.get(issue.name, issue.values[0])) for issue in scenario.issues
    )
    return math.prod(
        utility(p, chosen) - (p.bias + sum(map(min, p.worth)) if p.reserved is None else p.reserved)
        for p in scenario.profiles
    )


@given(scenario=scenarios())
def test_zone_and_nash_product_are_the_scenarios(
    scenario: Scenario, situation_in: Any, solved: Any
) -> None:
    """Whatever the utilities, biases and reservations, and in both ways of adding no deal."""
    zone, best = counted(scenario)
    found = solved(situation_in(imported(scenario)))
    assert found.zone == zone
    if zone:
        assert product_of(scenario, found.package) == pytest.approx(best, rel=1e-6, abs=1e-6)


def test_an_issue_with_all_options_gets_an_agreement_beside_it(situation_in: Any) -> None:
    """Twelve values leave no room for a thirteenth; thirteen are refused."""
    values = tuple(f"v{n}" for n in range(12))
    rows = tuple(float(n) for n in range(12)), tuple(float(-n) for n in range(12))
    profiles = tuple(Profile(f"p{i}", (row,), 0.0, None) for i, row in enumerate(rows))
    found = situation_in(imported(Scenario("s", (ScenarioIssue("price", values),), profiles)))
    assert list(found.issues) == ["agreement", "price"]
    assert found.issues["price"].status_quo == "v0"
    more = Scenario("s", (ScenarioIssue("price", (*values, "v12")),), profiles)
    with pytest.raises(SituationError, match="price has 13 values; a situation takes at most 12"):
        imported(more)


def test_large_spaces_keep_their_published_nash_outcome(
    shared: Any, situation_in: Any, solved: Any
) -> None:
    """Six, eight and ten issues of four options: the outcome computed independently."""
    published = json.loads((shared / "package_spaces_4x6_4x8_4x10.json").read_text("utf-8"))
    for space, nash in (("6", 752), ("8", 51155), ("10", 602730)):
        given_ = published[space]
        issues = tuple(ScenarioIssue(f"i{k}", tuple("abcd")) for k in range(given_["n_issues"]))
        profiles = tuple(
            Profile(
                f"p{p}",
                tuple(tuple(w * v for v in row) for w, row in zip(weights, rows, strict=True)),
                0.0,
                0.3,
            )
            for p, (weights, rows) in enumerate(
                zip(given_["weights"], given_["values"], strict=True)
            )
        )
        found = solved(situation_in(imported(Scenario("random", issues, profiles))))
        digits = ["abcd".index(found.package[issue.name]) for issue in issues]
        assert sum(d * 4**k for k, d in enumerate(reversed(digits))) == nash


def test_sizes_beyond_a_situation_are_refused_all_at_once() -> None:
    """Sixty-one parties, forty-one issues: both are said."""
    issues = tuple(ScenarioIssue(f"i{k}", ("a", "b")) for k in range(41))
    row = tuple((0.0, 1.0) for _ in issues)
    profiles = tuple(Profile(f"p{n}", row, 0.0, 0.0) for n in range(61))
    with pytest.raises(SituationError) as caught:
        imported(Scenario("s", issues, profiles))
    assert [problem.found for problem in caught.value.problems] == ["41 issues", "61 actors"]
