"""Which conclusions survive another theory of bargaining."""

from __future__ import annotations

import pytest

from detente.analysis.probabilities import probabilities
from detente.analysis.robustness import Conclusion, Robustness, robustness
from detente.bargaining.protocols import NASH, PROTOCOLS
from detente.ensemble.run import run
from detente.errors import UsageError
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.load import Loaded
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation

PLAN = Plan(600, 3)


@pytest.fixture(scope="module")
def found(three_acts: Situation) -> Robustness:
    return robustness(three_acts, None, "spring", PLAN, before="winter")


def test_every_protocol_is_run_and_nash_is_what_run_gives(
    three_acts: Situation, found: Robustness
) -> None:
    assert found.protocols == tuple(PROTOCOLS)
    wanted = scenarios(three_acts, None, rounds=["spring"])
    for scenario, outcomes in zip(wanted, run(structure_of(three_acts), wanted, PLAN), strict=True):
        assert found.found[scenario.reading][NASH].probabilities == probabilities(outcomes)


def test_a_change_is_a_protocols_chance_less_that_of_nash(found: Robustness) -> None:
    for table in found.found.values():
        for under in table.values():
            assert under.change is not None
            first, second = (
                table[NASH].probabilities["tangible"].p, under.probabilities["tangible"].p,
            )  # fmt: skip
            assert under.change.points == pytest.approx(second - first, abs=1e-12)


def test_with_one_package_only_the_offer_that_may_be_refused_differs(found: Robustness) -> None:
    """Who agrees at all agrees on the one package; taking it or leaving it, chance of refusal."""
    for table in found.found.values():
        same = {
            name: under.probabilities["deal"].p
            for name, under in table.items()
            if name != "take-it-or-leave-it"
        }
        assert len(set(same.values())) == 1
        assert table["take-it-or-leave-it"].probabilities["deal"].p >= same[NASH] - 0.05


def test_conclusions_are_judged_only_where_clear_of_monte_carlo_error(found: Robustness) -> None:
    for one in found.conclusions:
        if one.sort != "likely":
            continue
        for name, verdict in one.holds.items():
            chance = found.found[one.reading][name].probabilities["tangible"]
            clear = abs(chance.p - 0.5) > 1.96 * chance.mc_se
            assert verdict is (chance.p > 0.5 if clear else None)


@pytest.mark.parametrize(
    ("holds", "settled", "odd"),
    [
        ([True, True, True], True, None),
        ([False, False, False], True, None),
        ([True, False, False], False, (0, True)),
        ([True, True, False], False, (2, False)),
        ([True, None, False], False, None),
        ([None, True, True], False, None),
    ],
)
def test_a_conclusion_is_settled_odd_or_open(
    holds: list[bool | None], settled: bool, odd: tuple[int, bool] | None
) -> None:
    names = "abc"
    one = Conclusion("likely", None, "", dict(zip(names, holds, strict=True)))
    assert one.settled is settled
    assert one.odd == (None if odd is None else (names[odd[0]], odd[1]))


def test_more_than_two_principals_leave_alternating_offers_out(every_term: Loaded) -> None:
    body = every_term.situation.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    spare = next(n for n, a in body["actors"].items() if a["role"] != ["principal"])
    body["actors"][spare]["role"] = ["principal"]
    body["actors"][spare].pop("consents_to", None)
    body.pop("leverage", None)
    situation = Situation.model_validate(body)
    round_ = list(situation.rounds)[-1]
    found = robustness(situation, None, round_, Plan(100, 1), protocols=["alternating-offers"])
    assert found.left_out == ("alternating-offers",)
    assert found.protocols == (NASH,)


def test_chunks_do_not_matter_and_unknown_protocols_are_refused(three_acts: Situation) -> None:
    plan = Plan(300, 2)
    names = ["take-it-or-leave-it", "alternating-offers"]
    first, second = (
        robustness(three_acts, None, "spring", plan, protocols=names, chunk=size)
        for size in (300, 77)
    )
    assert first == second
    with pytest.raises(UsageError, match="did you mean egalitarian"):
        robustness(three_acts, None, "spring", plan, protocols=["egalitaran"])
