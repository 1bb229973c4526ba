"""Outputs: columns of probabilities, of conditional ones too, and of the zone."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.compare import influence
from detente.analysis.outputs import COUNTED, ZONE, counted, modelled, outputs_of
from detente.analysis.probabilities import probabilities
from detente.ensemble.chunk import Outcomes
from detente.ensemble.run import run
from detente.model.structure import structure_of
from detente.sampling.draws import Plan
from detente.situation.scenarios import scenarios
from detente.situation.schema import Situation


@pytest.fixture(scope="module")
def spring(three_acts: Situation) -> list[Outcomes]:
    """The bridge in spring, under both readings."""
    found = scenarios(three_acts, None, rounds=["spring"])
    return run(structure_of(three_acts), found, Plan(2000, 5), why=False)


def test_an_output_is_its_probability_and_varies_as_its_error_says(spring: list[Outcomes]) -> None:
    """Means are those that every run reports; columns are the influences of ``compare``."""
    for outcomes in spring:
        found = outputs_of(modelled(outcomes), [counted(outcomes)], [1.0])
        told = probabilities(outcomes)
        columns = found.of(counted(outcomes))
        assert set(found.names) == {*told, ZONE}
        for name, column in zip(found.names, columns, strict=True):
            if name == ZONE:
                assert column == pytest.approx(np.log10(1.0 + outcomes.zone))
                continue
            assert found.means[name] == pytest.approx(told[name].p)
            theirs = influence(outcomes, name)
            assert column - column.mean() == pytest.approx(theirs - theirs.mean(), abs=1e-9)


def test_over_readings_a_conditional_chance_is_pooled_by_bayes_rule(
    spring: list[Outcomes],
) -> None:
    """The reading under which they meet oftener counts for more."""
    samples, weights = [counted(one) for one in spring], [0.25, 0.75]
    found = outputs_of(modelled(spring[0]), samples, weights)
    tangible, held = (
        sum(w * float(s[COUNTED.index(name)].mean()) for w, s in zip(weights, samples, strict=True))
        for name in ("tangible", "held")
    )
    assert found.means["tangible_given_held"] == pytest.approx(tangible / held)


def test_a_condition_that_hardly_holds_is_skipped_with_the_reason(spring: list[Outcomes]) -> None:
    sample = counted(spring[0])[:, :400].copy()
    sample[COUNTED.index("deal")] = 0.0
    sample[COUNTED.index("deal"), :7] = 1.0
    found = outputs_of(modelled(spring[0]), [sample], [1.0])
    assert "lasts_given_deal" not in found.names
    assert found.skipped["lasts_given_deal"] == "its condition holds in 7 of 400 draws"
    assert len(found.of(sample)) == len(found.names)
    assert np.isfinite(found.of(sample)).all()


def test_without_a_calendar_meeting_is_no_output(ran: Outcomes) -> None:
    """What is taken as given has no variance to divide."""
    if ran.cause is None:
        assert "held" not in modelled(ran)
        assert "tangible" not in modelled(ran)
    assert modelled(ran)[-1] == ZONE
