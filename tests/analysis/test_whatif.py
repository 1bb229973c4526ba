"""Before and after, on common random numbers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from detente.analysis.answer import answer
from detente.analysis.compare import difference
from detente.analysis.whatif import MOST_EXACT, Asked, WhatIfs, ask
from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.quantities import Quantity
from detente.situation.scenarios import Scenario, read_settings, scenarios
from detente.situation.schema import Situation
from detente.situation.what_ifs import WhatIf

PLAN = Plan(800, 6)
CALMER = ("outlook.east=0.1..0.3", "trust.east.west=0.9", "runup.tension=0")
MANY = (
    *CALMER, "hardening.east=0", "runup.fear=0.5", "misreading.east=0.1", "pressures.winter.felt=1",
)  # fmt: skip


def laid(situation: Situation, *settings: tuple[str, ...]) -> list[tuple[Scenario, list[Asked]]]:
    """Every reading in spring, with a what-if for each tuple of settings."""
    what_ifs = [
        WhatIf(f"w{i}", f"W{i}", read_settings(situation, one)) for i, one in enumerate(settings)
    ]
    bases = scenarios(situation, None, rounds=["spring"])
    after = [_with(situation, one.patch) for one in what_ifs]
    return [
        (base, [(w, after[j][i]) for j, w in enumerate(what_ifs)]) for i, base in enumerate(bases)
    ]


def _with(situation: Situation, patch: Mapping[str, Quantity]) -> list[Scenario]:
    return scenarios(situation, None, rounds=["spring"], patch=patch)


@pytest.fixture(scope="module")
def found(three_acts: Situation) -> WhatIfs:
    return ask(three_acts, laid(three_acts, CALMER, ("misreading.west=0",)), PLAN, "tangible")


def test_both_sides_are_runs_and_the_error_is_that_of_the_pair(
    three_acts: Situation, found: WhatIfs
) -> None:
    for one in found.effects:
        result = answer(three_acts, None, [one.before, one.after], PLAN)
        first, second = (each.probabilities for each in result.answers)
        assert set(one.differences) | set(one.untold) == set(first) | set(second)
        for name, d in one.differences.items():
            assert (d.first.p, d.second.p) == pytest.approx((first[name].p, second[name].p))
            points, se = difference(result.outcomes[0], result.outcomes[1], name)
            assert (d.points, d.se) == pytest.approx((points, se), abs=1e-12)


def test_shares_of_several_values_sum_to_the_difference(found: WhatIfs) -> None:
    for one in found.of(found.what_ifs[0]):
        assert one.exact
        assert {share.address for share in one.shares} == set(one.changed)
        whole = one.differences["tangible"].points
        assert sum(share.points for share in one.shares) == pytest.approx(whole, abs=1e-12)
        assert abs(whole) > 0.05


def test_a_what_if_that_changes_no_value_changes_nothing(found: WhatIfs) -> None:
    """West misreads nothing already."""
    for one in found.of(found.what_ifs[1]):
        assert one.changed == ()
        assert one.shares == ()
        assert all(d.points == 0.0 and d.se == 0.0 for d in one.differences.values())


def test_beyond_six_values_each_is_put_back_by_itself(three_acts: Situation) -> None:
    assert len(MANY) > MOST_EXACT
    wanted = laid(three_acts, MANY)[:1]
    (one,) = ask(three_acts, wanted, PLAN, "tangible").effects
    assert not one.exact
    share = next(s for s in one.shares if s.address == "outlook.east")
    others = tuple(setting for setting in MANY if not setting.startswith("outlook.east"))
    ((_, [(_, without)]),) = laid(three_acts, others)[:1]
    both = run(structure_of(three_acts), [without, one.after], PLAN)
    assert (share.points, share.se) == pytest.approx(difference(both[0], both[1], "tangible"))


def test_results_do_not_depend_on_chunks_or_on_other_what_ifs(
    three_acts: Situation, found: WhatIfs
) -> None:
    told: list[tuple[int, int]] = []
    alone = ask(
        three_acts, laid(three_acts, CALMER), PLAN, "tangible", chunk=111,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert alone.effects == found.of(found.what_ifs[0])
    assert told[-1][0] == told[-1][1]
    assert sum(1 for done, of in told if done > of) == 0


def test_what_a_condition_seldom_allows_is_untold_and_not_split(three_acts: Situation) -> None:
    never = ("runup.calling_off.least.east=1", "runup.calling_off.least.west=1")
    found = ask(three_acts, laid(three_acts, never), Plan(300, 1), "tangible_given_held")
    for one in found.effects:
        assert "tangible_given_held" in one.untold
        assert one.shares == ()
        assert one.differences["held"].second.p < 0.1
