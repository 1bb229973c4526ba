"""Rival readings weighed by what happened, on a situation small enough to know the answer."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from detente.analysis.indicators import usual_count
from detente.analysis.probabilities import probabilities
from detente.analysis.weighing import Weighing, weigh
from detente.ensemble.run import run
from detente.errors import UsageError
from detente.model.runup import DAYS_A_MONTH
from detente.model.structure import structure_of
from detente.sampling.draws import Draws, Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Event, Happened, Situation

PLAN = Plan(4000, 2)
DAYS = 30


def planned(outcome: Happened, round_: str = "only") -> Event:
    return Event(
        id="e", date=date(2020, 3, 1), round=round_, outcome=outcome, says="So it went.", source="R"
    )


def constant_tension() -> Situation:
    """Two readings that differ in the hazard of calling off alone; tension stays at 1."""
    return Situation.model_validate(
        {
            "detente": 1,
            "title": "t",
            "actors": {n: {"name": n, "role": "principal"} for n in ("a", "b")},
            "issues": {
                "k": {
                    "status_quo": "no",
                    "options": {"no": "", "yes": ""},
                    "salience": {"a": 1, "b": 1},
                    "preferences": {"a": {"no": 0, "yes": 1}, "b": {"no": 0, "yes": 1}},
                }
            },
            "misreading": {"a": 0, "b": 0},
            "runup": {"lookback": 0, "tension": 1, "calling_off": {"rate": 0.1}},
            "rounds": {"only": {"title": "r", "announced": "2020-01-01", "planned": "2020-01-31"}},
            "readings": {
                "calm": {"title": "Calm", "speaker": "c", "prior": 0.6},
                "rash": {"title": "Rash", "speaker": "r", "prior": 0.2,
                         "set": {"runup.calling_off.rate": 1.0}},
            },
        }
    )  # fmt: skip


def with_events(situation: Situation, *events: Event, as_of: date | None = None) -> Situation:
    return situation.model_copy(update={"events": events, "as_of": as_of})


def test_weights_follow_bayes_rule_on_likelihoods_known_in_closed_form() -> None:
    """Held with chance exp(-rate x months): weights within four standard errors."""
    situation = with_events(constant_tension(), planned("not-held"))
    found = weigh(situation, None, "only", PLAN)
    months = DAYS / DAYS_A_MONTH
    off = {"calm": 1 - math.exp(-0.1 * months), "rash": 1 - math.exp(-1.0 * months)}
    joint = {"calm": 0.75 * off["calm"], "rash": 0.25 * off["rash"]}
    for name, weight in found.steps[-1].weights.items():
        assert 0.0 < weight.mc_se < 0.02
        assert abs(weight.p - joint[name] / sum(joint.values())) < 4 * weight.mc_se
    before = 0.75 * (1 - off["calm"]) + 0.25 * (1 - off["rash"])
    assert abs(found.before["held"].p - before) < 4 * found.before["held"].mc_se


def test_a_further_meeting_is_forecast_with_the_new_weights() -> None:
    situation = with_events(constant_tension(), planned("not-held"))
    found = weigh(situation, None, "only", PLAN)
    assert found.resolved
    weights = {name: one.p for name, one in found.steps[-1].weights.items()}
    by_hand = sum(w * found.by_reading[name]["held"].p for name, w in weights.items())
    assert found.after["held"].p == pytest.approx(by_hand, abs=4 * found.after["held"].mc_se)


def test_chance_is_new_in_every_meeting_and_inputs_are_not(three_acts: Situation) -> None:
    plan, again = Plan(500, 3), Plan(500, 3, luck="again")
    values = scenarios(three_acts, None, rounds=["spring"], readings=["calm"])[0].values
    one, other = Draws(values, plan, 0, 500), Draws(values, again, 0, 500)
    assert np.array_equal(one.value("outlook.east"), other.value("outlook.east"))
    together = np.corrcoef(one.chance("table.closes"), other.chance("table.closes"))[0, 1]
    assert abs(together) < 0.15


def test_the_forecast_of_each_reading_is_that_of_a_run(three_acts: Situation) -> None:
    """Recording what happened in an earlier round does not touch it."""
    situation = with_events(three_acts, planned("held", "winter"))
    found = weigh(situation, None, "spring", PLAN)
    wanted = scenarios(three_acts, None, rounds=["spring"])
    for scenario, outcomes in zip(wanted, run(structure_of(three_acts), wanted, PLAN), strict=True):
        assert scenario.reading is not None
        assert found.by_reading[scenario.reading] == probabilities(outcomes)
    assert not found.resolved


@pytest.fixture(scope="module")
def unweighed(three_acts: Situation) -> Weighing:
    """What was known when the readings were written does not count."""
    known = with_events(three_acts, planned("held", "winter"), as_of=date(2020, 3, 1))
    return weigh(known, None, "spring", PLAN)


def test_what_was_known_weighs_nothing_but_is_shown(unweighed: Weighing) -> None:
    assert unweighed.events == ()
    assert unweighed.after == unweighed.before
    assert [one.event.id for one in unweighed.known] == ["e"]
    assert set(unweighed.if_known_counted) == {"calm", "dark"}


def test_counting_what_was_known_gives_the_weights_that_were_announced(
    three_acts: Situation, unweighed: Weighing
) -> None:
    known = with_events(three_acts, planned("held", "winter"), as_of=date(2020, 3, 1))
    found = weigh(known, None, "spring", PLAN, every_event=True)
    assert found.steps[-1].weights == unweighed.if_known_counted


def test_indicators_leave_out_what_is_settled_and_come_most_telling_first() -> None:
    situation = with_events(constant_tension(), planned("not-held"))
    found = weigh(situation, None, "only", PLAN)
    bits = [one.bits for one in found.indicators]
    assert bits == sorted(bits, reverse=True)
    first = found.indicators[0]
    assert (first.candidate.sort, first.again) in {("held", True), ("deal", True),
                                                   ("tangible", True), ("option", True),
                                                   ("tension", True)}  # fmt: skip
    assert not [one for one in found.indicators if one.candidate.sort == "held" and not one.again]
    for one in found.indicators:
        assert sum(one.if_seen.values()) == pytest.approx(1.0)
        expected = one.p * one.if_seen["calm"] + (1 - one.p) * one.if_not["calm"]
        assert expected == pytest.approx(found.steps[-1].weights["calm"].p)  # no gain on average


def test_readings_are_needed_and_must_exist(three_acts: Situation) -> None:
    with pytest.raises(UsageError, match="at least two"):
        weigh(three_acts, None, "spring", PLAN, readings=["calm"])
    with pytest.raises(UsageError, match="--reading dim"):
        weigh(three_acts, None, "spring", PLAN, readings=["calm", "dim"])


def test_chunks_do_not_matter(three_acts: Situation) -> None:
    situation = with_events(three_acts, planned("not-held", "spring"))
    plan = Plan(600, 5)
    first, second = (weigh(situation, None, "spring", plan, chunk=size) for size in (600, 91))
    assert first == second


def test_without_incidents_none_is_usual() -> None:
    assert usual_count([]) == 0
