"""Drivers of a small situation: complete, consistent, and independent of how they are run."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr

from detente.analysis.driver_scopes import DRAW, PARTS, TOGETHER, Drivers, Scope
from detente.analysis.drivers import drivers
from detente.analysis.groupings import DRIVER, INPUTS, SOURCE, VALUE
from detente.analysis.outputs import OUTPUTS
from detente.analysis.resampling import Share
from detente.analysis.shapley_effects import CHANCE, READING
from detente.errors import UsageError
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.sources.claims import Claims

PLAN = Plan(800, 4)


@pytest.fixture(scope="module")
def found(three_acts: Situation, bridge_claims: Claims) -> Drivers:
    return drivers(three_acts, bridge_claims, "spring", PLAN)


def numbers(scope: Scope) -> list[float]:
    return [
        number
        for by_output in scope.effects.values()
        for groups in by_output.values()
        for effect in groups.values()
        for share in (effect.first, effect.total)
        for number in (share.value, share.low, share.high)
    ]


def test_every_output_has_every_group_of_every_part(found: Drivers) -> None:
    """Over readings and reading by reading; nothing is left out without a word."""
    assert set(found.outputs) == set(OUTPUTS)
    assert list(found.members) == [part for part in PARTS if part != TOGETHER]
    for scope in (found.over, *found.readings.values()):
        assert set(scope.chances) | set(scope.skipped) == set(OUTPUTS)
        for part, members in found.members.items():
            assert set(scope.effects[part]) == set(scope.chances)
            for groups in scope.effects[part].values():
                assert list(groups) == list(members)
    assert np.isfinite(numbers(found.over)).all()


def test_chunks_and_the_other_readings_change_nothing(
    three_acts: Situation, bridge_claims: Claims, found: Drivers
) -> None:
    """Any chunk size gives the same numbers; so does running one reading by itself."""
    again = drivers(three_acts, bridge_claims, "spring", PLAN, chunk=77)
    assert again == found
    alone = drivers(
        three_acts, bridge_claims, "spring", PLAN, readings=["dark"], parts=[DRIVER]
    ).readings["dark"]
    assert alone.effects[DRIVER] == found.readings["dark"].effects[DRIVER]
    assert alone.addresses == found.readings["dark"].addresses


def test_one_reading_is_its_own_over_all(three_acts: Situation, bridge_claims: Claims) -> None:
    """To rounding: sums are taken in another order."""
    one = drivers(three_acts, bridge_claims, "spring", PLAN, readings=["calm"], parts=[DRIVER])
    assert numbers(one.over) == pytest.approx(numbers(one.readings["calm"]), abs=1e-9)
    assert READING not in one.players


def test_groups_of_one_address_agree_with_the_group_it_is(found: Drivers) -> None:
    """A driver with a single address has the effects of that address."""
    single = {m[0]: name for name, m in found.members[DRIVER].items() if len(m) == 1}
    assert single
    for address, name in single.items():
        assert (
            found.over.effects[VALUE]["tangible"][address]
            == found.over.effects[DRIVER]["tangible"][name]
        )


def test_players_share_everything_among_them(found: Drivers) -> None:
    """Shapley effects sum to one, with chance and the reading among the players."""
    assert {READING, CHANCE} <= set(found.players)
    for shapley in found.together.values():
        assert sum(part.value for part in shapley.parts.values()) == pytest.approx(1.0, abs=1e-9)
        assert set(shapley.parts) == set(found.players)


def test_draws_are_decided_by_inputs_and_events(found: Drivers) -> None:
    """In a single draw the total effects come to one or more, first-order ones to one or less."""
    groups = found.over.effects[DRAW]["held"]
    assert set(groups) >= {INPUTS, "road", "pressures", "table"}
    assert sum(effect.total.high for effect in groups.values()) > 1.0
    assert sum(effect.first.low for effect in groups.values()) < 1.0


def test_a_situation_that_can_be_integrated_has_its_analytic_effects(
    three_acts: Situation,
) -> None:
    """East signs with chance Phi((1 - outlook - price) / 0.45): all but additive in the two.

    First-order effects are 0.477 each by numerical integration, and sum to 0.95.
    """
    u = (np.arange(400) + 0.5) / 800
    chance = ndtr((1.0 - u[:, None] - u[None]) / 0.45)
    first = float(chance.mean(axis=1).var() / chance.var())
    assert first == pytest.approx(0.477, abs=1e-3)
    body = three_acts.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    bare = {
        "outlook": {"east": "0..0.5", "west": 0}, "signing_cost": {"east": "0..0.5"},
        "misreading": {"east": 0.45, "west": 0}, "trust": {"east": {"west": 1}},
        "hardening": {}, "pressures": [], "escalation": {}, "runup": {}, "rounds": {},
        "readings": {}, "aftermath": None,
    }  # fmt: skip
    situation = Situation.model_validate({**body, **bare})
    got = drivers(situation, None, None, Plan(32_768, 3), parts=[VALUE])
    assert got.target == "tangible_given_held"
    groups = got.over.effects[VALUE][got.target]
    asked = [groups.pop(name) for name in ("outlook.east", "signing_cost.east")]
    for effect in asked:
        assert effect.first.low <= first <= effect.first.high
        assert effect.total.low <= 1.0 - first <= effect.total.high
    assert sum(e.first.value for e in asked) == pytest.approx(2.0 * first, abs=0.06)
    assert all(effect.total == Share(0.0, 0.0, 0.0) for effect in groups.values())
    share = got.over.addresses["outlook.east"][got.target]
    assert share.low <= first <= share.high
    assert share.high - share.low < 0.15
    inputs = got.over.inputs[got.target]
    p = float(chance.mean())
    assert inputs.low <= chance.var() / (p * (1.0 - p)) <= inputs.high


def test_an_output_that_inputs_hardly_move_is_called_faint() -> None:
    """A share whose lower end is less than half of it cannot be divided."""
    scope = Scope({}, {"a": Share(0.1, 0.06, 0.2), "b": Share(0.1, 0.04, 0.2)}, {})
    assert [scope.faint(name) for name in ("a", "b", "c")] == [False, True, True]


def test_a_target_that_is_not_modelled_is_refused(three_acts: Situation) -> None:
    with pytest.raises(UsageError, match="lasts-long: this round does not model it"):
        drivers(three_acts, None, "spring", Plan(100, 1), parts=[], target="lasts-long")


def test_without_claims_nobody_speaks(three_acts: Situation) -> None:
    """Every value is then the analyst's or a default."""
    got = drivers(three_acts, None, "spring", Plan(200, 1), parts=[SOURCE])
    assert set(got.members[SOURCE]) <= {"*analyst", "*default"}
