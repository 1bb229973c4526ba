"""What is left of the forecast without a source, a speaker or a claim."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from detente.analysis.compare import difference
from detente.analysis.knockout import Knockout, Knockouts, changed, knockouts
from detente.analysis.probabilities import probabilities
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import without
from detente.situation.schema import Situation
from detente.sources.claims import Claims
from detente.sources.removal import Removal, removals, single, speaker, together

PLAN = Plan(1000, 4)


@pytest.fixture(scope="module")
def found(three_acts: Situation, bridge_claims: Claims) -> Knockouts:
    return knockouts(three_acts, bridge_claims, removals(bridge_claims), "spring", PLAN)


def same(a: Outcomes, b: Outcomes) -> bool:
    """Equal in every bit of every column."""
    return all(
        np.array_equal(getattr(a, f.name), getattr(b, f.name), equal_nan=True)
        if getattr(a, f.name) is not None and getattr(a, f.name).dtype.kind == "f"
        else np.array_equal(getattr(a, f.name), getattr(b, f.name))
        for f in fields(Outcomes)
    )


def test_taking_away_an_unused_claim_changes_nothing_bit_for_bit(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    pairs = without(three_acts, bridge_claims, [single("idle")], rounds=["spring"])
    structure = structure_of(three_acts)
    for base, (left,) in pairs:
        before, after = run(structure, [base, left], PLAN)
        assert same(before, after)
    (row,) = [row for row in found.found if row.removal.name == "idle"]
    assert (row.values, row.changes, row.overall) == ((), {}, {})


def test_a_change_is_that_of_two_separate_runs_on_common_random_numbers(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    removal = speaker(bridge_claims, "scouts")
    row = next(r for r in found.found if r.removal == removal)
    for base, (left,) in without(three_acts, bridge_claims, [removal], rounds=["spring"]):
        before, after = run(structure_of(three_acts), [base, left], PLAN)
        assert row.fallen[base.reading] == changed(base, left)
        for name, told in row.changes[base.reading].items():
            points, se = difference(before, after, name)
            assert (told.points, told.se) == pytest.approx((points, se), abs=1e-12)
            assert told.second.p == pytest.approx(probabilities(after)[name].p)


def test_the_largest_change_comes_first_and_every_removal_is_there(
    bridge_claims: Claims, found: Knockouts
) -> None:
    sizes = [abs(m[1].points) if (m := row.most("tangible")) else 0.0 for row in found.found]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0.0
    assert {row.removal for row in found.found} == set(removals(bridge_claims))


def test_over_readings_means_by_their_weights(
    three_acts: Situation, bridge_claims: Claims, found: Knockouts
) -> None:
    assert found.weights == {"calm": 0.5, "dark": 0.5}
    each = [one["tangible"].p for one in found.base.values()]
    assert found.whole["tangible"].p == pytest.approx(sum(each) / 2)
    lopsided = knockouts(
        three_acts, bridge_claims, [single("time-works")], "spring", PLAN,
        weights={"calm": 1.0, "dark": 0.0},
    )  # fmt: skip
    row = lopsided.found[0]
    assert row.overall["tangible"].points == pytest.approx(row.changes["calm"]["tangible"].points)


def test_joint_removals_do_not_depend_on_their_order(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    parts = [single("time-works"), speaker(bridge_claims, "scouts"), single("leaflets")]
    one, other = (
        knockouts(three_acts, bridge_claims, [together(order)], "spring", PLAN).found[0]
        for order in (parts, parts[::-1])
    )
    assert one == other


def test_equal_scenarios_are_run_once_and_chunks_do_not_matter(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    """Removing an unused claim needs no run beyond the two with everything in place."""
    told: list[tuple[int, int]] = []
    some = [
        single("idle"),
        single("time-works"),
        Removal("several", "x", frozenset({"time-works"})),
    ]
    first = knockouts(
        three_acts, bridge_claims, some, "spring", PLAN, chunk=77,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told[-1] == (4, 4)
    assert first == knockouts(three_acts, bridge_claims, some, "spring", PLAN)


def test_links_and_red_lines_that_go_are_told_as_barriers() -> None:
    row = Knockout(
        single("x"),
        {"a": ("links.order.holds", "preferences.n.k.o"), "b": ("red_lines.n.k.o.cost",)},
        {},
        {},
    )
    assert row.barriers == ("links.order", "red_lines.n.k.o")
    assert row.values == ("links.order.holds", "preferences.n.k.o", "red_lines.n.k.o.cost")
